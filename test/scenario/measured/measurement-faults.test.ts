import { describe, expect, it } from 'vitest';
import { faultsOf, said } from '../reading.ts';

const usual = {
  hold: 'p50: 12ms, p99: 180ms, measuredAt: 450/s',
  service: 'instances: 8, pool: { max: 10 }',
  database: 'cores: 100, contention: cores',
};

function scenario(parts: Partial<typeof usual>): string {
  const { hold, service, database } = { ...usual, ...parts };
  return `duration: 1m
traffic: { rate: 100 }
requests: { hold: { ${hold} } }
service: { ${service} }
database: { ${database} }
`;
}

const withHold = (hold: string) => scenario({ hold });

describe('what is wrong with how a measured hold is written', () => {
  it.each(
    [
      [
        withHold('p50: 12ms, measuredAt: 450/s'),
        '3:13: requests.hold.p99: is missing; p50 and p99 stand together',
      ],
      [
        withHold('p50: 12ms, p99: 180ms, measuredAt: 0'),
        '3:56: requests.hold.measuredAt: 0 is too low; a rate above 0 is needed',
      ],
      [
        withHold('p50: 12ms, p99: 180ms, measuredAt: 450rps'),
        '3:56: requests.hold.measuredAt: 450rps is no rate; a number from 0 to 1000000000 of requests per second, or a rate such as 450/s or 27000/min, is needed; did you mean 450/s?',
      ],
      [
        withHold('exponential: 20ms, measuredAt: 450/s'),
        '3:52: requests.hold.measuredAt: stands beside p50 and p99, or beside mean; write what was measured so',
      ],
      [
        withHold('p50: 12ms, p99: 180ms, cpu: 40%, contention: none'),
        '3:49: requests.hold.cpu: stands beside measuredAt, which is missing',
        '3:66: requests.hold.contention: stands beside measuredAt, which is missing',
      ],
      [
        withHold('p50: 12ms, p99: 180ms, measuredAt: 450/s, contention: cores'),
        '3:75: requests.hold.contention: cores is unknown; allowed: none',
      ],
      [
        withHold('mean: 20ms, exponential: 20ms'),
        '3:46: requests.hold.exponential: stands beside mean; keep one',
      ],
      [
        'duration: 1m\ntraffic: { rate: 1 }\nrequests: { query: { exponential: 5ms, measuredAt: 5/s } }\nservice: {}\n',
        '3:40: requests.query.measuredAt: stands in hold; write hold: { p50: …, p99: …, measuredAt: 450/s }',
      ],
      [
        withHold('percentiles: { p50: 5ms, p99: 6ms, measuredAt: 5/s }'),
        '3:56: requests.hold.percentiles.measuredAt: stands in hold; write hold: { p50: …, p99: …, measuredAt: 450/s }',
      ],
    ].map(said),
  )('%s', (_, { text, faults }) => {
    expect(faultsOf(text)).toEqual(faults);
  });
});

describe('a mean that does not go with p50 and p99', () => {
  // p95 = p99 = 15 · p50 has the mean p50 · (e^(s²/2) · Φ(z95 − s) + 15 · 5 %), s = ln 15 ÷ z95: 2.687 · p50.
  it('is refused with those that do, whether measured at a rate or not', () => {
    const range = 'does not go with p50 12ms and p99 180ms; means from 21.4ms to 32.2ms do';
    expect(faultsOf(withHold('p50: 12ms, p99: 180ms, mean: 40ms'))).toEqual([
      `3:50: requests.hold.mean: 40ms ${range}`,
    ]);
    expect(faultsOf(withHold('p50: 12ms, p99: 180ms, mean: 12ms, measuredAt: 450/s'))).toEqual([
      `3:50: requests.hold.mean: 12ms ${range}`,
    ]);
    expect(faultsOf(withHold('percentiles: { p50: 12ms, p99: 180ms, mean: 33ms }'))).toEqual([
      `3:65: requests.hold.percentiles.mean: 33ms ${range}`,
    ]);
    expect(faultsOf(withHold('p50: 12ms, p99: 180ms, mean: 32ms'))).toEqual([]);
    expect(faultsOf(withHold('p50: 12ms, p99: 180ms, mean: 22ms'))).toEqual([]);
  });
});

describe('a hold that cannot have been measured', () => {
  const served =
    'it cannot have served that; measuredAt is the rate of all instances together, and a hold is one use of a connection';
  it.each(
    [
      [
        scenario({ service: 'instances: 2, pool: { max: 4 }' }),
        `3:56: requests.hold.measuredAt: 450/s × 23.6ms = 10.6 connections in use, but 2 × 4 = 8 are there: ${served}`,
      ],
      [
        scenario({ service: 'pool: { max: 10 }', database: 'contention: none' }),
        `3:56: requests.hold.measuredAt: 450/s × 23.6ms = 10.6 connections in use, but the pool has 10: ${served}`,
      ],
      [
        scenario({ database: 'contention: cores, maxConnections: 12' }),
        '3:56: requests.hold.measuredAt: 10.6 connections in use on the database when it was measured, but database.maxConnections leaves 9: it cannot have served that',
      ],
      [
        scenario({ database: 'contention: cores, roundTrip: 15ms' }),
        '3:26: requests.hold.p50: p50 12ms leaves no time for work: database.roundTrip, which is in it, is 15ms',
      ],
      [
        scenario({
          hold: 'mean: 10ms, measuredAt: 45/s',
          database: 'contention: cores, roundTrip: 15ms',
        }),
        '3:27: requests.hold.mean: mean 10ms leaves no time for work: database.roundTrip, which is in it, is 15ms',
      ],
      [
        `duration: 1m
traffic: { rate: 100 }
requests:
  - { name: a, hold: { mean: 10ms, measuredAt: 100/s } }
  - { name: b, hold: { mean: 10ms, measuredAt: 90/s } }
  - { name: c, weight: 0, hold: { mean: 10ms, measuredAt: 100/s } }
service: {}
database: { contention: cores }
`,
        '5:48: requests.b.hold.measuredAt: 90/s here and 100/s before; the classes of a service are measured at one rate, that of all its requests',
        '6:59: requests.c.hold.measuredAt: the weight of the class is 0: at 100/s none of it was there to be measured',
      ],
    ].map(said),
  )('%s', (_, { text, faults }) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it('is one for which the processors would have had hardly a moment to spare', () => {
    const [fault] = faultsOf(
      scenario({
        hold: 'mean: 1s, measuredAt: 450/s',
        service: 'instances: 100, pool: { max: 10 }',
        database: 'cores: 4, contention: cores',
      }),
    );
    expect(fault).toMatch(
      /^3:43: requests\.hold\.measuredAt: 1s at 450\/s would have kept the 4 cores 99\.\d% busy, which does not last; more cores, less cpu of the work, or contention: none beside measuredAt explains it$/,
    );
  });

  it('is one that varies less than contention alone makes it', () => {
    const [fault, more] = faultsOf(
      scenario({
        hold: 'p50: 20ms, p99: 20ms, measuredAt: 450/s',
        database: 'contention: { usl: { sigma: 0.1, kappa: 0 } }',
      }),
    );
    expect(more).toBeUndefined();
    expect(fault).toMatch(
      /^3:19: requests\.hold: no query work explains p50 20ms, p95 20ms and p99 20ms at 450\/s; the nearest, p50 [\d.]+ms, p95 [\d.]+ms and p99 [\d.]+ms, gives p50 [\d.]+ms, p95 [\d.]+ms and p99 [\d.]+ms; check database\.contention, or write contention: none beside measuredAt to use the hold as it is$/,
    );
  });

  it('is one of more connections at work than the law of contention can hold steady', () => {
    // 225 in use; from 140 on, more of them do less: √((1 − 0.02) ÷ 0.00005).
    const [fault] = faultsOf(
      scenario({
        hold: 'mean: 500ms, measuredAt: 450/s',
        service: 'instances: 100, pool: { max: 10 }',
        database: 'contention: { usl: { sigma: 0.02, kappa: 0.00005 } }',
      }),
    );
    expect(fault).toBe(
      '3:46: requests.hold.measuredAt: 500ms at 450/s: 225 connections in use, but under this database.contention more than 140 get less done the more they are, which does not last; another law of contention, or contention: none beside measuredAt explains it',
    );
  });

  it('is one with more connections in use than any server has', () => {
    const [fault] = faultsOf(
      scenario({
        hold: 'mean: 1s, measuredAt: 1000000/s',
        service: 'instances: 2, pool: { max: 1000000 }',
        database: 'contention: { usl: { sigma: 0, kappa: 0 } }',
      }),
    );
    expect(fault).toBe(
      '3:43: requests.hold.measuredAt: 1000000 connections in use on the database when it was measured; up to 30000 can be unwound. Is the rate right? contention: none beside it uses the hold as it is',
    );
  });

  it('names the --set that brought it about', () => {
    expect(
      faultsOf(withHold('mean: 20ms, measuredAt: 100/s'), 'requests.hold.measuredAt=9000/s'),
    ).toEqual([
      expect.stringMatching(
        /^--set requests\.hold\.measuredAt=9000\/s: requests\.hold\.measuredAt: 9000\/s × 20ms = 180 connections in use, but 8 × 10 = 80 are there/,
      ),
    ]);
  });
});

describe('a measurement that comes with a change', () => {
  const at = (set: string) => `timeline: [{ at: 10s, title: plans, set: { ${set} } }]\n`;

  it('is refused: a hold is unwound when the file is read', () => {
    expect(
      faultsOf(withHold('p50: 12ms, p99: 180ms') + at('requests.hold.measuredAt: 100/s')),
    ).toEqual([
      '6:70: timeline[0].set.requests.hold.measuredAt: is for the file: a hold is unwound when it is read, not by a change; leave measuredAt out, and the hold is used as it is',
    ]);
    expect(faultsOf(scenario({}) + at('requests.hold.p50: 10ms'))).toEqual([
      '6:44: timeline[0].set.requests.hold.p50: these requests do query work, which a hold with measuredAt becomes when the file is read; change their query',
    ]);
  });

  it('does not hide what else is wrong, nor what is wrong with it', () => {
    expect(faultsOf(scenario({ database: 'cores: 0, contention: cores' }))).toEqual([
      '5:20: database.cores: 0 is out of range; a whole number from 1 to 100000 is needed',
    ]);
    expect(faultsOf(scenario({}), 'service.pool.maxx=3')).toEqual([
      '--set service.pool.maxx=3: service.pool.maxx: unknown key; did you mean max?',
    ]);
  });
});

// Traffic as scenarios write it: every kind, what belongs together, and what a `set` may change.

import { describe, expect, it } from 'vitest';
import { trafficOf } from '../support/small-system.ts';
import { faultsOf, minimal, said, scenarioOf, serviceOf, withPassage } from './reading.ts';

const S = 1e9;

/** The smallest scenario with this traffic. */
const withTraffic = (traffic: string) => withPassage(minimal, 'rate: 100', traffic);

/** … and with one entry of the timeline, at 30 s. */
const thenSet = (traffic: string, set: string) =>
  `${withTraffic(traffic)}timeline: [{ at: 30s, title: x, set: ${set} }]\n`;

const hundred = [{ atNs: 0, perSecond: 100 }];

describe('traffic', () => {
  it.each([
    ['rate: 100', { rate: hundred }],
    ['rate: 100, arrivals: poisson', { rate: hundred }],
    ['rate: 100, arrivals: deterministic', { rate: hundred, arrivals: { kind: 'deterministic' } }],
    [
      'rate: 100, arrivals: { erlang: 4 }',
      { rate: hundred, arrivals: { kind: 'erlang', stages: 4 } },
    ],
    [
      'rate: 100, arrivals: { batch: 5 }',
      { rate: hundred, arrivals: { kind: 'batch', sizes: [{ size: 5, weight: 1 }] } },
    ],
    [
      'rate: 100, arrivals: { batch: { 1: 25%, 9: 75% } }',
      {
        rate: hundred,
        arrivals: {
          kind: 'batch',
          sizes: [
            { size: 1, weight: 0.25 },
            { size: 9, weight: 0.75 },
          ],
        },
      },
    ],
    [
      'rate: 100, arrivals: { mmpp: { ratio: 3.5, calm: 1s, busy: 200ms } }',
      { rate: hundred, arrivals: { kind: 'mmpp', ratio: 3.5, calmNs: S, busyNs: 0.2 * S } },
    ],
    [
      'bursts: [{ at: 10s, count: 50 }, { at: 10s, count: 1 }]',
      {
        bursts: [
          { atNs: 10 * S, count: 50 },
          { atNs: 10 * S, count: 1 },
        ],
      },
    ],
    [
      'users: 50, think: { exponential: 7s }',
      {
        users: {
          points: [{ atNs: 0, users: 50 }],
          think: { family: 'exponential', mean: 7 * S },
        },
      },
    ],
    [
      'users: [{ at: 1s, users: 0 }, { at: 1m, users: 10.5 }], think: 0s, rate: 100',
      {
        rate: hundred,
        users: {
          points: [
            { atNs: S, users: 0 },
            { atNs: 60 * S, users: 10.5 },
          ],
          think: { family: 'constant', value: 0 },
        },
      },
    ],
  ] as const)('is read: %s', (traffic, wishes) => {
    expect(serviceOf(withTraffic(traffic)).traffic).toEqual(trafficOf(wishes));
  });

  it.each(
    [
      [
        'client: {}',
        '2:10: traffic: one of these keys is needed: rate, base, stages, stairs, bursts, users, trace',
      ],
      ['rat: 5', '2:12: traffic.rat: unknown key; did you mean rate?'],
      ['burst: []', '2:12: traffic.burst: unknown key; did you mean bursts?'],
      [
        'users: 5',
        '2:1: traffic.think: is missing; users need it, such as think: { exponential: 7s }',
      ],
      ['users: 5, thinkTime: 1s', '2:22: traffic.thinkTime: unknown key; did you mean think?'],
      [
        'rate: 5, think: 1s',
        '2:28: traffic.think: is of users, and there are none; write users: 50, say',
      ],
      [
        'users: 5, think: 1s, arrivals: poisson',
        '2:43: traffic.arrivals: says how arrivals scatter around a rate; rate is missing',
      ],
      [
        'users: 5, think: 7',
        '2:29: traffic.think: 7: a duration needs a unit; did you mean 7s or 7ms?',
      ],
      [
        'users: 1.5, think: 1s',
        '2:19: traffic.users: 1.5 is not whole; a whole number from 0 to 10000000 is needed',
      ],
      [
        'users: 10000001, think: 1s',
        '2:19: traffic.users: 10000001 is out of range; a whole number from 0 to 10000000 is needed',
      ],
      [
        'users: [{ at: 2s, users: 1 }, { at: 1s, users: 1 }], think: 1s',
        '2:48: traffic.users[1].at: 1s comes before the point above it (00:00:02); points stand in order of time',
      ],
      [
        'users: [{ at: 2s, count: 1 }], think: 1s',
        '2:30: traffic.users[0].count: unknown key; did you mean users?',
      ],
      [
        'bursts: [{ at: 2s, count: 0 }]',
        '2:38: traffic.bursts[0].count: 0 is out of range; a whole number from 1 to 10000000 is needed',
      ],
      [
        'bursts: [{ at: 2s, count: 1 }, { at: 1s, count: 1 }]',
        '2:49: traffic.bursts[1].at: 1s comes before the burst above it (00:00:02); bursts stand in order of time',
      ],
      ['bursts: []', '2:20: traffic.bursts: is empty; at least one burst is needed'],
      ['bursts: 5', '2:20: traffic.bursts: is no list of bursts { at, count }'],
      [
        'users: 0, think: 1s, rate: 0',
        '2:39: traffic.rate: is 0 all the time: nothing would ever arrive',
      ],
      [
        'users: [{ at: 0s, users: 0 }], think: 1s',
        '2:19: traffic.users: is 0 all the time: nothing would ever arrive',
      ],
    ].map(([traffic = '', ...faults]) => said([withTraffic(traffic), faults])),
  )('is refused: %s', (_, { text, faults }) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it.each(
    [
      ['erlang', 'erlang needs its stages; write arrivals: { erlang: 4 }'],
      ['batch', 'batch needs its size; write arrivals: { batch: 5 }'],
      [
        'mmpp',
        'mmpp needs its phases; write arrivals: { mmpp: { ratio: 3.5, calm: 1s, busy: 200ms } }',
      ],
      ['burst', 'a burst has a moment; write bursts: [{ at: 10s, count: 50 }] beside the rate'],
      ['trace', 'a trace has its own moments; write trace: FILE, without arrivals'],
      [
        'determinstic',
        'determinstic is unknown; did you mean deterministic? (allowed: poisson, deterministic, or a map with erlang, batch or mmpp)',
      ],
      [
        '5',
        '5 is not allowed; allowed: poisson, deterministic, or a map with erlang, batch or mmpp',
      ],
      ['{}', 'one of these keys is needed: erlang, batch, mmpp'],
      ['{ erlang: 4, batch: 5 }', 'erlang and batch exclude each other; keep one'],
      ['{ batch: { 1: 50%, 9: 40% } }', 'the shares of the sizes add up to 90%; 100% is needed'],
    ].map(([arrivals = '', message = '']) => [arrivals, message] as const),
  )('says what is wrong with arrivals: %s', (arrivals, message) => {
    const [fault = '', ...others] = faultsOf(withTraffic(`rate: 1, arrivals: ${arrivals}`));
    expect(others).toEqual([]);
    expect(fault.replace(/^[^ ]+ traffic\.arrivals(\.batch)?: /, '')).toBe(message);
  });

  it.each([
    ['{ erlang: 1001 }', 'erlang: 1001 is out of range; a whole number from 1 to 1000 is needed'],
    ['{ erlang: 0 }', 'erlang: 0 is out of range; a whole number from 1 to 1000 is needed'],
    ['{ batch: 0 }', 'batch: 0 is out of range; a whole number from 1 to 10000000 is needed'],
    ['{ batch: { 0: 100% } }', 'batch.0: is no size; a whole number from 1 to 10000000 is needed'],
    ['{ batch: { x: 100% } }', 'batch.x: is no size; a whole number from 1 to 10000000 is needed'],
    [
      '{ mmpp: { ratio: 0.5, calm: 1s, busy: 1s } }',
      'mmpp.ratio: 0.5 is out of range; a number from 1 to 1000000 is needed',
    ],
    [
      '{ mmpp: { ratio: 5, calm: 1us, busy: 1s } }',
      'mmpp.calm: is too short; phases last 1ms or more (batch is for less)',
    ],
    ['{ mmpp: { ratio: 5, calm: 1s } }', 'mmpp.busy: is missing'],
    ['{ mmpp: { ratio: 5, calm: 1s, bussy: 1s } }', 'mmpp.bussy: unknown key; did you mean busy?'],
    ['{ erlnag: 3 }', 'erlnag: unknown key; did you mean erlang?'],
  ])('says which part of arrivals is wrong: %s', (arrivals, message) => {
    const [fault = '', ...others] = faultsOf(withTraffic(`rate: 1, arrivals: ${arrivals}`));
    expect(others).toEqual([]);
    expect(fault.replace(/^[^ ]+ traffic\.arrivals\./, '')).toBe(message);
  });

  it('names all faults at once', () => {
    const text = withTraffic('users: -1, bursts: [{ at: 1, count: x }], arrivals: burst');
    expect(faultsOf(text).map((fault) => fault.replace(/^\S+ (\S+): .*/, '$1'))).toEqual([
      'traffic.think',
      'traffic.users',
      'traffic.bursts[0].at',
      'traffic.bursts[0].count',
      'traffic.arrivals',
    ]);
  });
});

describe('a set', () => {
  const mmpp = 'rate: 5, arrivals: { mmpp: { ratio: 3, calm: 1s, busy: 1s } }';

  it.each([
    ['users: 50, think: 1s', '{ traffic.users: 80 }'],
    ['users: 50, think: 1s', '{ traffic.users: 0 }'],
    ['users: 50, think: { exponential: 1s }', '{ traffic.think.exponential: 2s }'],
    ['rate: 5', '{ traffic.users: 80, traffic.think: 1s }'],
    ['rate: 0', '{ traffic.bursts: [{ at: 40s, count: 5 }] }'],
    [mmpp, '{ traffic.arrivals.mmpp.ratio: 5, traffic.arrivals.mmpp.calm: 3s }'],
  ])('may change %s: %s', (traffic, set) => {
    expect(faultsOf(thenSet(traffic, set))).toEqual([]);
  });

  it.each([
    [
      'users: 50, think: 1s',
      '{ traffic.think: { exponential: 1s } }',
      "a distribution's family cannot change during a run; its parameters can",
    ],
    [
      'users: 50, think: 1s',
      '{ traffic: { rate: 5 } }',
      'users cannot be taken away during a run; set users to 0',
    ],
    [
      mmpp,
      '{ traffic.arrivals: poisson }',
      'the kind of arrivals (but for the phases of mmpp) cannot change during a run',
    ],
    [
      'rate: 5, arrivals: { erlang: 3 }',
      '{ traffic.arrivals.erlang: 4 }',
      'the kind of arrivals (but for the phases of mmpp) cannot change during a run',
    ],
  ])('may not change %s: %s', (traffic, set, message) => {
    const [fault = '', ...others] = faultsOf(thenSet(traffic, set));
    expect(others).toEqual([]);
    expect(fault.endsWith(message), fault).toBe(true);
  });
});

describe('think by two percentiles', () => {
  it('says which mean it implies', () => {
    const traffic = 'users: 5, think: { percentiles: { p50: 1s, p99: 10s } }';
    expect(() => scenarioOf(withTraffic(traffic))).not.toThrow();
    const service = serviceOf(withTraffic(traffic));
    expect(service.traffic.users?.think).toMatchObject({ family: 'lognormal' });
  });
});

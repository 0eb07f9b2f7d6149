import { describe, expect, it } from 'vitest';
import { faultsOf, minimal, rawFaultsOf, said, withPassage } from './reading.ts';

/** One line a key, so that the places of faults are easy to see. */
const base = `start: 2024-01-21T13:30:00Z
duration: 2h
traffic:
  rate:
    - { at: "13:40", rps: 10 }
    - { at: "13:50", rps: 20 }
requests:
  - { name: page, weight: 1, query: { lognormal: { mean: 16ms, cv: 1.5 }, cpu: 40% } }
service:
  instances: 6
  balancer: round-robin
  pool:
    max: 10
    acquireTimeout: 5s
database:
  cores: 32
objectives:
  - errors < 1%
alerts:
  - { name: ErrorRate, when: errors > 5% over 1m }
timeline:
  - { at: "14:00", title: One }
  - { at: "14:30", title: Two, set: { service.pool.max: 20 } }
`;

const change = (passage: string, replacement: string): string =>
  withPassage(base, passage, replacement);

const times = (n: number, line: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => line(i)).join('');

describe('a file that is no scenario', () => {
  it.each([
    ['an empty file', '', '1:1: is empty; a scenario is needed'],
    ['a file of comments', '# nothing\n\n', '1:1: is empty; a scenario is needed'],
    [
      'a list',
      '- a\n',
      '1:1: a list stands at the top; a scenario is a map of keys such as duration, traffic, requests, service',
    ],
    [
      'a word',
      'hello\n',
      '1:1: hello stands at the top; a scenario is a map of keys such as duration, traffic, requests, service',
    ],
    ['binary', '\u007fELF\u0002', '1:1: is not a text file: it contains the character U+007F'],
    [
      '10 MB of garbage',
      'x]: {'.repeat(2_000_000),
      '1:1: is 10000000 characters long; a scenario has at most 262144',
    ],
  ])('is refused: %s', (_, text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  it('shows the first 100 faults and counts the rest', () => {
    const text = `${minimal}${times(150, (i) => `what${i}: 1\n`)}`;
    const faults = faultsOf(text);
    expect(faults).toHaveLength(101);
    expect(faults[0]).toMatch(/^5:1: what0: unknown key/);
    expect(faults[100]).toBe(' and 50 more faults');
  });
});

describe('one mistake is one fault with its place', () => {
  it.each(
    [
      [
        change('    max: 10', '    maxConections: 10'),
        '13:5: service.pool.maxConections: unknown key; did you mean max?',
      ],
      [
        change('    max: 10', '    maximumPoolSize: 10'),
        '13:5: service.pool.maximumPoolSize: unknown key; did you mean max?',
      ],
      [
        change('  instances: 6', '  instancse: 6'),
        '10:3: service.instancse: unknown key; did you mean instances?',
      ],
      [
        change('service:\n  instances', 'sevice:\n  instances'),
        '9:1: sevice: unknown key; did you mean service?',
      ],
      [change('duration: 2h', 'duraton: 2h'), '2:1: duraton: unknown key; did you mean duration?'],
      [
        change('duration: 2h', 'format: 2\nduration: 2h'),
        '2:9: format: 2 is no format that this version reads; 1 is',
      ],
      [
        change('5s', '5'),
        '14:21: service.pool.acquireTimeout: 5: a duration needs a unit; did you mean 5s or 5ms?',
      ],
      [
        change('5s', '5 seconds'),
        '14:21: service.pool.acquireTimeout: "5 seconds" is no duration such as 30s or 1h30m (units: d, h, m, s, ms, us, ns); did you mean 5s?',
      ],
      [
        change('5s', 'never'),
        '14:21: service.pool.acquireTimeout: never is no duration such as 30s or 1h30m (units: d, h, m, s, ms, us, ns), or none',
      ],
      [
        change('5s', '0s'),
        '14:21: service.pool.acquireTimeout: 0s is too short; a duration above 0 is needed, or none',
      ],
      [
        change('5s', '-5s'),
        '14:21: service.pool.acquireTimeout: -5s is negative; a duration is not',
      ],
      [
        change('40%', '40'),
        '8:80: requests.page.query.cpu: 40 is no share such as 40%; did you mean 40%?',
      ],
      [
        change('40%', '140%'),
        '8:80: requests.page.query.cpu: 140% is out of range; a share is from 0% to 100%',
      ],
      [
        change('40%', '1'),
        '8:80: requests.page.query.cpu: 1 may mean 1% or 100%; write the percent sign',
      ],
      [change('40%', '40ms'), '8:80: requests.page.query.cpu: 40ms is no share such as 40%'],
      [
        change('rps: 10', 'rps: -10'),
        '5:27: traffic.rate[0].rps: -10 is out of range; a number from 0 to 1000000000 of requests per second, or a rate such as 450/s or 27000/min, is needed',
      ],
      [
        change('rps: 10', 'rps: 10rps'),
        '5:27: traffic.rate[0].rps: 10rps is no rate; a number from 0 to 1000000000 of requests per second, or a rate such as 450/s or 27000/min, is needed; did you mean 10/s?',
      ],
      [
        change('rps: 10', 'rps: .inf'),
        '5:27: traffic.rate[0].rps: Infinity is out of range; a number from 0 to 1000000000 of requests per second, or a rate such as 450/s or 27000/min, is needed',
      ],
      [change('rps: 10', 'rate: 10'), '5:22: traffic.rate[0].rate: unknown key; did you mean rps?'],
      [
        change('rps: 10', 'rps: 0').replace('rps: 20', 'rps: 0'),
        '5:5: traffic.rate: is 0 all the time: nothing would ever arrive',
      ],
      [
        withPassage(minimal, 'rate: 100', 'rate: 0'),
        '2:18: traffic.rate: is 0 all the time: nothing would ever arrive',
      ],
      [
        withPassage(minimal, 'rate: 100', 'rate: []'),
        '2:18: traffic.rate: has no points; at least one is needed',
      ],
      [
        withPassage(minimal, 'rate: 100', 'rate: fast'),
        '2:18: traffic.rate: fast is no rate; a number from 0 to 1000000000 of requests per second, or a rate such as 450/s or 27000/min, is needed',
      ],
      [
        change('"13:40"', '"13:55"'),
        '6:13: traffic.rate[1].at: 13:50 comes before the point above it (13:55); points stand in order of time',
      ],
      [
        change('"13:40"', '"13:20"'),
        '6:13: traffic.rate[1].at: 13:50 comes before the point above it (13:20); points stand in order of time',
      ],
      [
        change('"13:40"', '1340'),
        '5:13: traffic.rate[0].at: 1340 is not a clock time such as 14:30 or 14:30:15, or an offset such as 45s or 1h30m; did you mean 1340s?',
      ],
      [
        change('duration: 2h', 'duration: 0s'),
        '2:11: duration: 0s is too short; a duration above 0 is needed',
      ],
      [change('duration: 2h', 'duration: 105d'), '2:11: duration: 105d is longer than 104 days'],
      [
        change('    max: 10', '    max: 0'),
        '13:10: service.pool.max: 0 is out of range; a whole number from 1 to 1000000 is needed',
      ],
      [
        change('    max: 10', '    max: 1.5'),
        '13:10: service.pool.max: 1.5 is not whole; a whole number from 1 to 1000000 is needed',
      ],
      [
        change('    max: 10', '    max: 1e9'),
        '13:10: service.pool.max: 1000000000 is out of range; a whole number from 1 to 1000000 is needed',
      ],
      [
        change('    max: 10', '    max: .nan'),
        '13:10: service.pool.max: .nan is out of range; a whole number from 1 to 1000000 is needed',
      ],
      [
        change('    max: 10', '    max: "10"'),
        '13:10: service.pool.max: "10" is text; a whole number from 1 to 1000000 is needed; write 10 without quotes',
      ],
      [
        change('    max: 10', '    max:'),
        '13:9: service.pool.max: is empty; a whole number from 1 to 1000000 is needed',
      ],
      [
        change('    max: 10', '    max: 10\n    initial: 11'),
        '14:14: service.pool.initial: 11 is more than max (10); at most that, or max, is needed',
      ],
      [
        change('    max: 10', '    max: 10\n    min: 11'),
        '14:10: service.pool.min: 11 is more than max (10); at most that is needed',
      ],
      [
        change(
          '    max: 10',
          '    max: 10\n    maxPending: -1\n    order: random\n    handover: 5',
        ),
        '14:17: service.pool.maxPending: -1 is out of range; a whole number from 0 to 1000000000, or unlimited, is needed',
        '15:12: service.pool.order: random is unknown; allowed: fifo, lifo',
        '16:15: service.pool.handover: 5: a duration needs a unit; did you mean 5s or 5ms?',
      ],
      [
        change('    max: 10', '    max: 10\n    idleTimeout: 0s\n    maxWaitingClients: 5'),
        '14:18: service.pool.idleTimeout: 0s is too short; a duration above 0 is needed, or none',
        '15:5: service.pool.maxWaitingClients: unknown key; did you mean maxPending?',
      ],
      [
        change('traffic:', 'traffic:\n  client: { patience: never }'),
        '4:23: traffic.client.patience: never is no duration such as 30s or 1h30m (units: d, h, m, s, ms, us, ns), or none',
      ],
      [
        change('    max: 10', '    max: 10\n    initial: full'),
        '14:14: service.pool.initial: full is no number; a whole number from 0 to 1000000, or max, is needed',
      ],
      [
        change('instances: 6', 'instances: 100001'),
        '10:14: service.instances: 100001 is out of range; a whole number from 1 to 100000 is needed',
      ],
      [
        change('weight: 1', 'weight: 0'),
        '8:3: requests: all weights are 0; at least one must be positive',
      ],
      [
        change('weight: 1', 'weight: -1'),
        '8:27: requests.page.weight: -1 is out of range; a number from 0 to 1000000000 is needed',
      ],
      [
        change('weight: 1', 'hold: 5ms'),
        '8:5: requests.page: query and hold exclude each other; keep one',
      ],
      [
        change('round-robin', 'round-robbin'),
        '11:13: service.balancer: round-robbin is unknown; did you mean round-robin? (allowed: round-robin, random, least-connections)',
      ],
      [
        change('errors < 1%', 'erors < 1%'),
        '18:5: objectives[0]: erors is no metric; did you mean errors? allowed: response|acquire|use|opening p50|p90|p95|p99|p99.9|mean, errors, pool utilisation, pool pending, database utilisation, arrivals, goodput',
      ],
      [
        change('errors < 1%', 'errors < 1% over 3h'),
        '18:5: objectives[0]: over 3h is longer than the run (2h)',
      ],
      [
        change('errors < 1%', 'errors < 1% during 14:30..14:00'),
        '18:5: objectives[0]: 14:30..14:00 does not go forward in time',
      ],
      [
        change('errors < 1%', 'errors < 1% during 14:30..16:00'),
        '18:5: objectives[0]: 14:30..16:00 reaches beyond the end of the run (15:30)',
      ],
      [
        change('over 1m', 'over run'),
        '20:30: alerts.ErrorRate.when: an alert looks back over a duration, such as over 1m',
      ],
      [
        change('when: errors > 5%', 'per: instance, when: response p99 > 5s'),
        '20:29: alerts.ErrorRate.per: per: instance is for errors, pool utilisation and pool pending only',
      ],
      [
        change('name: ErrorRate', 'name: Error rate'),
        '20:13: alerts[0].name: "Error rate" is no name; letters, digits, _ and - are allowed, beginning with a letter',
      ],
      [
        change('"14:30"', '"13:45"'),
        '23:11: timeline[1].at: 13:45 comes before the entry above it (14:00); entries stand in order of time',
      ],
      [
        change('"14:30"', '"15:31"'),
        '23:11: timeline[1].at: 15:31 is beyond the end of the run (15:30)',
      ],
      [change('"14:30"', '3h'), '23:11: timeline[1].at: 3h is beyond the end of the run (15:30)'],
      [
        change('title: One', 'titel: One'),
        '22:20: timeline[0].titel: unknown key; did you mean title?',
      ],
      [
        change('title: One', 'title: One, restart: 30s'),
        '22:41: timeline[0].restart: 30s stands where a map is needed with the keys each, service',
      ],
      [
        change('2024-01-21T', '2024-02-30T'),
        '1:8: start: 2024-02-30T13:30:00Z does not exist in the calendar',
      ],
      [
        change('cores: 32', 'maxConnections: 3'),
        '16:19: database.maxConnections: 3 leaves no connection: 3 are reserved or used by others',
      ],
      [
        change('database:', 'pool: { max: 5 }\ndatabase:'),
        '15:1: pool: stands in service; write service: { pool: … }',
      ],
      [
        change('  pool:', '  traffic: 5\n  pool:'),
        '12:3: service.traffic: stands at the top of the file, beside service',
      ],
      [
        'duration: 1m\ntraffic:\nrequests: { query: 5ms }\nservice: {}\n',
        '2:9: traffic: is empty; a map is needed with the keys arrivals, rate, base, surges, startRate, stages, stairs, bursts, users, think, trace, speed, client',
      ],
    ].map(said),
  )('%s', (_, { text, faults }) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it('does not blame what follows from it', () => {
    const text = `${change('cores: 32', 'cors: 32')}provenance:
  database.cores: assumed
  service.pool.mx: assumed
`;
    expect(faultsOf(text)).toEqual([
      '16:3: database.cors: unknown key; did you mean cores?',
      '26:3: provenance.service.pool.mx: the scenario has no such path; did you mean service.pool.max?',
    ]);
  });
});

describe('several things of one kind', () => {
  it('are limited in number, so that every file is answered soon', () => {
    const points = times(2001, (i) => `{ at: ${i}s, rps: 1 }, `);
    expect(faultsOf(withPassage(minimal, 'rate: 100', `rate: [${points}]`))).toEqual([
      '2:18: traffic.rate: has more than 2000 points',
    ]);
    const entries = times(301, () => '  - { at: 1s, title: A }\n');
    expect(faultsOf(`${minimal}timeline:\n${entries}`)).toEqual([
      '6:3: timeline: has more than 300 entries',
    ]);
  });

  it('have names that differ', () => {
    const alert = '{ name: A, when: errors > 1% }';
    expect(faultsOf(`${minimal}alerts: [${alert}, ${alert}]`)).toEqual([
      '5:50: alerts.A.name: A is the name of two alerts',
    ]);
  });
});

describe('several mistakes', () => {
  it('are all found at once, in the order of the file', () => {
    const text = base
      .replace('duration: 2h', 'duration: 2')
      .replace('rps: 10', 'rps: -1')
      .replace('cv: 1.5', 'cv: -1')
      .replace('round-robin', 'robin')
      .replace('    max: 10', '    max: 0')
      .replace('cores: 32', 'cors: 32')
      .replace('errors < 1%', 'errors < 1')
      .replace('"14:30"', '"14:99"');
    expect(faultsOf(text).map((fault) => fault.split(': ').slice(0, 2).join(' '))).toEqual([
      '2:11 duration',
      '5:27 traffic.rate[0].rps',
      '8:68 requests.page.query.lognormal.cv',
      '11:13 service.balancer',
      '13:10 service.pool.max',
      '16:3 database.cors',
      '18:5 objectives[0]',
      '23:11 timeline[1].at',
    ]);
  });

  it('have codes that stay', () => {
    const codes = (text: string) => rawFaultsOf(text).map((fault) => fault.code);
    expect(codes(change('    max: 10', '    mx: 10'))).toEqual(['unknown-key']);
    expect(codes(change('    max: 10', '    max: 0'))).toEqual(['out-of-range']);
    expect(codes(change('5s', '5'))).toEqual(['no-unit']);
    expect(codes(change('round-robin', 'power-of-two'))).toEqual(['not-supported-yet']);
    expect(codes('duration: 1m')).toEqual(['missing', 'missing', 'missing']);
  });
});

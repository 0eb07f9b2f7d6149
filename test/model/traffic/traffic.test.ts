// Bursts, traces, and everything at once: who comes first at the same instant.

import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../src/engine/time.ts';
import type { LoggedEvent } from '../../../src/model/event-log.ts';
import { PopulationCurve } from '../../../src/model/traffic/population-curve.ts';
import {
  databaseSettings,
  holding,
  lines,
  type ServiceWishes,
  systemOf,
  systemSettings,
  trafficOf,
} from '../../support/small-system.ts';

function logOf(service: ServiceWishes, endNs: number, wiring = {}): LoggedEvent[] {
  const log: LoggedEvent[] = [];
  systemOf(systemSettings([service], databaseSettings({ roundTripNs: 3 })), {
    log,
    ...wiring,
  }).runUntil(endNs);
  return log;
}

const arrivalsOf = (log: readonly LoggedEvent[]) =>
  log.filter((event) => event.name === 'arrival').map((event) => event.atNs);

const once = (atNs: number) => [
  { atNs, perSecond: 0 },
  { atNs, perSecond: SECOND },
  { atNs: atNs + 1, perSecond: SECOND },
  { atNs: atNs + 1, perSecond: 0 },
];

describe('a burst', () => {
  it('is so many requests at one instant', () => {
    const bursts = [
      { atNs: 0, count: 2 },
      { atNs: 50, count: 3 },
      { atNs: 50, count: 1 },
    ];
    expect(arrivalsOf(logOf({ traffic: trafficOf({ bursts }) }, 1000))).toEqual([
      0, 0, 50, 50, 50, 50,
    ]);
  });

  it('of nobody is no request, and neither is the end of a phase in which nothing arrives', () => {
    const bursts = [{ atNs: 20, count: 0 }];
    expect(arrivalsOf(logOf({ traffic: trafficOf({ bursts }) }, 1000))).toEqual([]);
    const phases = { kind: 'mmpp', ratio: 3, calmNs: 10, busyNs: 10 } as const;
    expect(arrivalsOf(logOf({ traffic: trafficOf({ arrivals: phases }) }, 1000))).toEqual([]);
  });

  it('that a set brings comes if its moment has not passed', () => {
    const bursts = [20, 40, 60].map((atNs) => ({ atNs, count: 1 }));
    const settings = systemSettings([{ traffic: trafficOf({ bursts }) }]);
    const changes = [{ kind: 'set', atNs: 40, settings }];
    expect(arrivalsOf(logOf({}, 100, { changes }))).toEqual([40, 60]);
  });
});

describe('a set', () => {
  const trace = (...atNs: number[]) =>
    trafficOf({ trace: { atNs: Float64Array.from(atNs), holdNs: null } });
  const to = (atNs: number, traffic: ReturnType<typeof trafficOf>) => [
    { kind: 'set', atNs, settings: systemSettings([{ traffic }]) },
  ];

  it('that brings another trace goes on with what of it has not passed', () => {
    const changes = to(40, trace(10, 40, 70));
    expect(arrivalsOf(logOf({ traffic: trace(5, 50) }, 100, { changes }))).toEqual([5, 40, 70]);
  });

  it('that leaves the trace as it is goes on in it, and one without a trace ends it', () => {
    const traffic = trace(40, 40, 50);
    expect(arrivalsOf(logOf({ traffic }, 100, { changes: to(45, traffic) }))).toEqual([40, 40, 50]);
    expect(arrivalsOf(logOf({ traffic }, 100, { changes: to(45, trafficOf({})) }))).toEqual([
      40, 40,
    ]);
  });

  it('without users lets those who are there leave at their next act', () => {
    const users = {
      points: [{ atNs: 0, users: 2 }],
      think: { family: 'constant', value: 30 },
    } as const;
    const changes = to(45, trafficOf({}));
    // Both send at 30, and would send again at 70 and at 80.
    const service = { traffic: trafficOf({ users }), requests: [holding(10)] };
    expect(arrivalsOf(logOf(service, 1000, { changes }))).toEqual([30, 30]);
  });
});

describe('users of two services', () => {
  it('think for times of their own', () => {
    const points = [{ atNs: 0, users: 1 }];
    const think = { family: 'exponential', mean: 1000 } as const;
    const traffic = trafficOf({ users: { points, think } });
    const log: LoggedEvent[] = [];
    const settings = systemSettings([
      { name: 'a', traffic },
      { name: 'b', traffic },
    ]);
    systemOf(settings, { log }).runUntil(20_000);
    const [first, second] = arrivalsOf(log);
    expect(first).not.toBe(second);
  });
});

describe('a trace', () => {
  it('arrives as recorded, and holds as recorded: no class, no round trip, no reconnection', () => {
    const trace = {
      atNs: Float64Array.of(5, 10, 10, 40),
      holdNs: Float64Array.of(20, 7, 0, -1),
    };
    const service = {
      traffic: trafficOf({ trace }),
      requests: [
        { name: 'page', weight: 1, work: { kind: 'query', work: constant(6), cpu: 1 } } as const,
      ],
      pool: { max: 3 },
    };
    const log = logOf(service, 100);
    const ends = lines(log.filter(({ name }) => name === 'arrival' || name === 'complete'));
    expect(ends).toEqual([
      '5 arrival 1@-1',
      '10 arrival 2@-1',
      '10 arrival 3@-1',
      '10 complete 3@0',
      '17 complete 2@0',
      '25 complete 1@0',
      '40 arrival 4@-1',
      '49 complete 4@0',
    ]);
    const reconnecting = logOf({ ...service, pool: { max: 3, reconnectShare: 1 } }, 100);
    const names = reconnecting.filter(({ name }) => name === 'reconnect').map((e) => e.request);
    expect(names).toEqual([4]);
  });

  it('keeps its hold over a retry', () => {
    const trace = { atNs: Float64Array.of(1, 2), holdNs: Float64Array.of(100, 30) };
    const client = { retryAttempts: 5, retryBackoffNs: 20 };
    const pool = { acquireTimeoutNs: 10, reconnectShare: 1 };
    const log = logOf({ traffic: trafficOf({ trace }), client, pool }, 500);
    const [first, second] = log.filter(({ name }) => name === 'complete');
    // It waits at 2, 32, 62 and 92, and gets the connection at 101.
    expect([first?.atNs, second?.atNs]).toEqual([101, 131]);
    expect(log.some(({ name }) => name === 'reconnect')).toBe(false);
  });

  it('without holds takes its requests from the mix', () => {
    const trace = { atNs: Float64Array.of(5, 6), holdNs: null };
    const log = logOf({ traffic: trafficOf({ trace }), pool: { max: 2 } }, 100);
    const ends = log.filter(({ name }) => name === 'complete').map(({ atNs }) => atNs);
    expect(ends).toEqual([15, 16]);
  });
});

describe('at the same instant', () => {
  it('open arrivals come first, then bursts, then users, then the trace', () => {
    const traffic = trafficOf({
      arrivals: { kind: 'deterministic' },
      rate: once(100),
      bursts: [{ atNs: 100, count: 2 }],
      users: { points: [{ atNs: 0, users: 1 }], think: constant(100) },
      trace: { atNs: Float64Array.of(100), holdNs: Float64Array.of(1000) },
    });
    const log = logOf({ traffic, requests: [holding(10)] }, 5000);
    const held = [1, 2, 3, 4, 5].map((request) => {
      const of = log.filter((event) => event.request === request);
      const at = (name: string) => of.find((event) => event.name === name)?.atNs ?? NaN;
      return [at('arrival'), at('release') - at('acquire')];
    });
    expect(held).toEqual([
      [100, 10],
      [100, 10],
      [100, 10],
      [100, 10],
      [100, 1000],
    ]);
    // The fourth is the user's: it sends again 100 ns after its outcome at 140.
    expect(arrivalsOf(log)[5]).toBe(240);
  });

  it('a batch is one request an event, before anything of a lower rank', () => {
    const batch = { kind: 'batch', sizes: [{ size: 3, weight: 1 }] } as const;
    const traffic = trafficOf({ arrivals: batch, rate: [{ atNs: 0, perSecond: 1e7 }] });
    const arrivals = arrivalsOf(logOf({ traffic, pool: { max: 99 } }, 10_000));
    expect(arrivals.length).toBeGreaterThan(30);
    for (let i = 0; i + 2 < arrivals.length; i += 3) {
      expect(arrivals[i + 1]).toBe(arrivals[i]);
      expect(arrivals[i + 2]).toBe(arrivals[i]);
    }
  });
});

describe('a population curve', () => {
  const curve = new PopulationCurve([
    { atNs: 100, users: 0 },
    { atNs: 200, users: 3 },
    { atNs: 200, users: 1 },
    { atNs: 300, users: 1.9 },
  ]);

  it('is rounded down, and at a jump has the users from then on', () => {
    expect([0, 133, 134, 199, 200, 299, 1000].map((t) => curve.at(t))).toEqual([
      0, 0, 1, 2, 1, 1, 1,
    ]);
    expect(curve.before(200)).toBe(3);
    expect(curve.before(150)).toBe(1);
  });

  it('says when it rises next, or has a corner', () => {
    expect(curve.nextRise(0, 1)).toBe(100);
    expect(curve.nextRise(100, 1)).toBe(134);
    expect(curve.nextRise(134, 2)).toBe(167);
    expect(curve.nextRise(167, 3)).toBe(200);
    expect(curve.nextRise(200, 2)).toBe(300);
    expect(curve.nextRise(300, 2)).toBe(Infinity);
  });

  it('rises on its own slope, at the next nanosecond if it has risen already, and not while it falls', () => {
    const hill = new PopulationCurve([
      { atNs: 0, users: 2 },
      { atNs: 100, users: 6 },
      { atNs: 200, users: 0 },
    ]);
    expect([hill.nextRise(0, 3), hill.nextRise(30, 3), hill.nextRise(50, 6)]).toEqual([
      25, 31, 100,
    ]);
    expect([hill.nextRise(50, 7), hill.nextRise(100, 5), hill.nextRise(150, 1)]).toEqual([
      100, 200, 200,
    ]);
    expect(hill.nextRise(200, 1)).toBe(Infinity);
  });

  it('refuses points that are out of order, or none', () => {
    const back = [
      { atNs: 10, users: 1 },
      { atNs: 9, users: 1 },
    ];
    expect(() => new PopulationCurve(back)).toThrow('bug: user points out of order');
    expect(() => new PopulationCurve([])).toThrow('bug: a population without points');
  });

  it('has an area', () => {
    expect(curve.userTime(0, 100)).toBe(0);
    expect(curve.userTime(150, 300)).toBeCloseTo(112.5 + 145, 9);
    expect(curve.userTime(300, 400)).toBeCloseTo(190, 9);
  });
});

function constant(value: number) {
  return { family: 'constant', value } as const;
}

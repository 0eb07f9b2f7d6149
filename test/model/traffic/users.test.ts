// Users: the law of the machine repair problem, the population under ramps and jumps, and who leaves when.

import { describe, expect, it } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/engine/time.ts';
import type { LoggedEvent } from '../../../src/model/event-log.ts';
import type { System } from '../../../src/model/system.ts';
import type { UserPoint, UserSettings } from '../../../src/model/traffic/settings.ts';
import { faultsOf } from '../../support/invariants.ts';
import {
  holding,
  lines,
  requesting,
  type ServiceWishes,
  systemOf,
  systemSettings,
  trafficOf,
} from '../../support/small-system.ts';
import { batchMeans, STANDARD_ERRORS } from '../../support/statistics.ts';

const SEED = process.env['TIDEMARK_TEST_SEED'] ?? 'users';
const MS = MILLISECOND;

const constant = (value: number) => ({ family: 'constant', value }) as const;

function users(points: readonly UserPoint[], think: UserSettings['think']) {
  return trafficOf({ users: { points, think } });
}

const always = (count: number, think: UserSettings['think']) =>
  users([{ atNs: 0, users: count }], think);

function run(service: ServiceWishes, endNs: number, wiring: Parameters<typeof systemOf>[1] = {}) {
  const log: LoggedEvent[] = [];
  const system = systemOf(systemSettings([service]), { log, ...wiring });
  system.runUntil(endNs);
  expect(faultsOf(system)).toEqual([]);
  return { system, log, arrivals: log.filter((e) => e.name === 'arrival').map((e) => e.atNs) };
}

describe('users', () => {
  it('are the machine repair problem: 50 who think 100 ms, 5 connections of 20 ms', () => {
    const system = systemOf(
      systemSettings([
        {
          traffic: always(50, { family: 'exponential', mean: 100 * MS }),
          requests: [requesting({ kind: 'hold', hold: { family: 'exponential', mean: 20 * MS } })],
          pool: { max: 5 },
        },
      ]),
      { seed: SEED },
    );
    const [service] = system.services;
    if (service === undefined) throw new Error('no service');
    const done = () => service.meters.response.count;
    const spent = () => service.meters.response.total.value;
    system.runUntil(10 * SECOND);
    let before = { done: done(), spent: spent() };
    const batches = Array.from({ length: 40 }, (_, k) => {
      system.runUntil((10 + 10 * (k + 1)) * SECOND);
      const now = { done: done(), spent: spent() };
      const count = now.done - before.done;
      const figures = { throughput: count / 10, response: (now.spent - before.spent) / count / MS };
      before = now;
      return figures;
    });
    // M/M/5//50, closed form (oracle closed-01).
    const throughput = batchMeans(batches.map((b) => b.throughput));
    const response = batchMeans(batches.map((b) => b.response));
    expect(Math.abs(throughput.mean - 249.993954573)).toBeLessThan(
      STANDARD_ERRORS * throughput.standardError,
    );
    expect(Math.abs(response.mean - 100.004836458)).toBeLessThan(
      STANDARD_ERRORS * response.standardError,
    );
  });

  it('begin by thinking, and think again after each outcome', () => {
    const service = { traffic: always(2, constant(100)), requests: [holding(10)] };
    const { log } = run(service, 130);
    expect(lines(log)).toEqual([
      '100 arrival 1@-1',
      '100 acquire 1@0',
      '100 arrival 2@-1',
      '100 wait 2@0',
      '110 release 1@0',
      '110 complete 1@0',
      '110 acquire 2@0',
      '120 release 2@0',
      '120 complete 2@0',
    ]);
    expect(run(service, 250).arrivals).toEqual([100, 100, 210, 220]);
  });

  it('think after the last retry has failed, and after they have left', () => {
    const client = { retryAttempts: 1, retryBackoffNs: 5 };
    const failing = { traffic: always(1, constant(100)), client, pool: { acquireTimeoutNs: 20 } };
    // Another class of traffic keeps the only connection.
    const busy = { ...failing, requests: [holding(10_000)] };
    const traffic = trafficOf({ ...busy.traffic, bursts: [{ atNs: 0, count: 1 }] });
    expect(run({ ...busy, traffic }, 500).arrivals).toEqual([0, 100, 245, 390]);
    const leaving = { ...busy, traffic, pool: {}, client: { ...client, timeoutNs: 30 } };
    // The burst's own client leaves and retries too; the user: 30 + 5 + 30 and 100 of thinking.
    expect(run(leaving, 500).arrivals).toEqual([0, 100, 265, 430]);
  });

  it('answer a changed law of thinking from their next outcome on', () => {
    const [slow, fast] = [always(1, constant(100)), always(1, constant(20))];
    const changes = [
      { kind: 'set' as const, atNs: 50, settings: systemSettings([{ traffic: fast }]) },
    ];
    expect(run({ traffic: slow }, 170, { changes }).arrivals).toEqual([100, 130, 160]);
  });
});

describe('the population', () => {
  const points = [
    { atNs: 0, users: 0 },
    { atNs: 1000, users: 10 },
    { atNs: 2000, users: 10 },
    { atNs: 2000, users: 4 },
    { atNs: 3000, users: 4 },
    { atNs: 3000, users: 8 },
    { atNs: 4000, users: 0 },
  ];

  it('grows by one whenever the curve has reached the next whole number', () => {
    const traffic = users(points, constant(100_000));
    const { arrivals } = run({ traffic, pool: { max: 20 } }, 100_950);
    expect(arrivals).toEqual([]);
    // At the end the curve has nobody: all leave instead of sending.
    const growing = users(points.slice(0, 2), constant(100_000));
    expect(run({ traffic: growing, pool: { max: 20 } }, 101_000).arrivals).toEqual(
      Array.from({ length: 10 }, (_, k) => 100_100 + 100 * k),
    );
  });

  it('is never above the curve among those who send', () => {
    const traffic = users(points, constant(1));
    const { arrivals } = run({ traffic, requests: [holding(9)], pool: { max: 20 } }, 5000);
    const at = (t: number) => {
      if (t < 1000) return Math.floor(t / 100);
      if (t < 2000) return 10;
      return t < 3000 ? 4 : Math.floor(Math.max(0, 8 - (t - 3000) / 125));
    };
    // Each user sends every 10 ns, so in any 10 ns there are as many requests as users.
    for (let from = 0; from < 5000; from += 5) {
      const most = Math.max(at(from), at(from + 9));
      const sent = arrivals.filter((t) => t >= from && t < from + 10).length;
      expect(sent, `from ${from}`).toBeLessThanOrEqual(most);
    }
    expect(arrivals.filter((t) => t >= 1500 && t < 1510)).toHaveLength(10);
    expect(arrivals.filter((t) => t >= 2500 && t < 2510)).toHaveLength(4);
    expect(arrivals.filter((t) => t >= 4000)).toEqual([]);
  });

  it('keeps who is too many only until the next act, and for good if the curve is back by then', () => {
    const dip = [
      { atNs: 0, users: 2 },
      { atNs: 10, users: 2 },
      { atNs: 10, users: 0 },
      { atNs: 90, users: 0 },
      { atNs: 90, users: 2 },
      { atNs: 150, users: 2 },
      { atNs: 150, users: 1 },
      { atNs: 1000, users: 1 },
      { atNs: 1000, users: 2 },
    ];
    const traffic = users(dip, constant(100));
    // Both think through the dip; one leaves at 210 instead of sending, and another joins at 1000.
    const { arrivals } = run({ traffic, requests: [holding(10)], pool: { max: 2 } }, 1150);
    expect(arrivals).toEqual([100, 100, 210, 320, 430, 540, 650, 760, 870, 980, 1090, 1100]);
  });

  it('follows a set, up and down', () => {
    const to = (atNs: number, count: number) => ({
      kind: 'set' as const,
      atNs,
      settings: systemSettings([{ traffic: always(count, constant(10)) }]),
    });
    const changes = [to(100, 3), to(200, 0), to(300, 1)];
    const { arrivals } = run({ traffic: always(0, constant(10)) }, 330, { changes });
    expect(arrivals.filter((t) => t < 115)).toEqual([110, 110, 110]);
    expect(arrivals.filter((t) => t >= 200)).toEqual([310, 330]);
  });

  it('comes back by a set on the way down, also those who have left already', () => {
    const falling = users(
      [
        { atNs: 0, users: 3 },
        { atNs: 100, users: 0 },
      ],
      constant(30),
    );
    const service = { requests: [holding(1)], pool: { max: 3 } };
    const settings = systemSettings([{ ...service, traffic: always(2, constant(30)) }]);
    const changes = [{ kind: 'set' as const, atNs: 95, settings }];
    // One leaves at 30, one at 61 and the last at 92, each instead of sending.
    const { arrivals } = run({ ...service, traffic: falling }, 130, { changes });
    expect(arrivals).toEqual([30, 30, 61, 125, 125]);
  });

  it('may begin in a service that had no users', () => {
    const settings = systemSettings([{ traffic: always(1, constant(10)) }]);
    const changes = [{ kind: 'set' as const, atNs: 100, settings }];
    expect(run({}, 115, { changes }).arrivals).toEqual([110]);
  });

  it('all come back: nobody is lost over failures, retries and clients who leave', () => {
    const system: System = run(
      {
        traffic: always(40, { family: 'exponential', mean: 5 * MS }),
        requests: [requesting({ kind: 'hold', hold: { family: 'exponential', mean: 5 * MS } })],
        client: { timeoutNs: 30 * MS, retryAttempts: 1, retryBackoffNs: MS },
        pool: { max: 3, acquireTimeoutNs: 15 * MS },
      },
      5 * SECOND,
      { seed: SEED },
    ).system;
    const [service] = system.services;
    const outcomes = [...(service?.meters.abandoned ?? []), ...(service?.meters.failed ?? [])];
    expect(outcomes.reduce((a, b) => a + b, 0)).toBeGreaterThan(1000);
    expect(system.inFlight).toBeLessThanOrEqual(40);
    // In each of the last 5 s, everybody who is not lost sends at least some requests.
    const before = system.arrived;
    system.runUntil(6 * SECOND);
    expect(system.arrived - before).toBeGreaterThan(500);
  });
});

describe('time', () => {
  it('does not stand still for users who neither think nor wait', () => {
    const service = {
      traffic: always(3, constant(0)),
      requests: [holding(0)],
    };
    expect(() => run(service, 1)).toThrow(
      'time stands still: 3 users sent more than 130 requests at one instant (each had its outcome at ' +
        'once, and traffic.think is 0); give them time to think',
    );
  });

  it('goes on for many users who act at the same instant', () => {
    const service = { traffic: always(2000, constant(0)), concurrency: 1, queue: 0 };
    expect(() => run({ ...service, requests: [holding(10)] }, 1)).toThrow('time stands still');
    const waiting = { traffic: always(2000, constant(0)), requests: [holding(10)] };
    expect(run(waiting, 100).arrivals).toHaveLength(2010);
  });
});

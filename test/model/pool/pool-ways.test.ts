// How requests wait for a pool beyond the plain case: turned away, last come first served, handed over,
// out of patience; and what becomes of connections that nobody needs.

import { describe, expect, it } from 'vitest';
import { MILLISECOND } from '../../../src/engine/time.ts';
import { total } from '../../../src/model/meters/snapshot.ts';
import type { LoggedEvent } from '../../../src/model/event-log.ts';
import type { PoolSettings } from '../../../src/model/pool/settings.ts';
import { ACQUIRE_QUEUE } from '../../../src/model/request/stage.ts';
import type { Change, SystemSettings } from '../../../src/model/settings.ts';
import type { System } from '../../../src/model/system.ts';
import { faultsOf, leftoversOf } from '../../support/invariants.ts';
import { firstArrivals } from '../../support/known-arrivals.ts';
import {
  type ServiceWishes,
  holding,
  lines,
  systemOf,
  systemSettings,
  trafficOf,
} from '../../support/small-system.ts';
import { poolBench } from './pool-bench.ts';

const { at } = firstArrivals(4);
const [a1 = NaN, a2 = NaN, a3 = NaN, a4 = NaN] = at;

interface Wiring {
  readonly until?: number;
  readonly changesOf?: (settings: SystemSettings) => readonly Change[];
}

/** Runs the first `count` arrivals of a service; what happened after the arrivals, and the system. */
function run(count: number, wishes: ServiceWishes, { until = 1_000_000, changesOf }: Wiring = {}) {
  const log: LoggedEvent[] = [];
  const settings = systemSettings([{ traffic: firstArrivals(count).traffic, ...wishes }]);
  const system = systemOf(settings, { log, changes: changesOf?.(settings) ?? [] });
  for (let k = 1; k <= 20; k++) {
    system.runUntil((until * k) / 20);
    expect(faultsOf(system)).toEqual([]);
  }
  expect(leftoversOf(system)).toEqual([]);
  const service = system.services[0];
  if (service === undefined) throw new Error('a system without services');
  const { meters, pool } = service;
  return { system, meters, pool, log: lines(log).filter((line) => !line.includes('arrival')) };
}

function setPool(atNs: number, pool: Partial<PoolSettings>) {
  return (settings: SystemSettings): Change[] => [
    {
      kind: 'set',
      atNs,
      settings: {
        ...settings,
        services: settings.services.map((s) => ({ ...s, pool: { ...s.pool, ...pool } })),
      },
    },
  ];
}

describe('a pool that lets only so many wait', () => {
  const wishes = { requests: [holding(1000)], pool: { maxPending: 1 } };

  it('turns the next away at once', () => {
    const { log, meters } = run(3, wishes);
    expect(log).toEqual([
      `${a1} acquire 1@0`,
      `${a2} wait 2@0`,
      `${a3} fail 3@0 pool-full`,
      `${a1 + 1000} release 1@0`,
      `${a1 + 1000} complete 1@0`,
      `${a1 + 1000} acquire 2@0`,
      `${a1 + 2000} release 2@0`,
      `${a1 + 2000} complete 2@0`,
    ]);
    expect([...meters.failures]).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0]);
    expect(meters.acquireFailures).toBe(1);
  });

  it('does not count those who open a connection themselves', () => {
    const { log } = run(3, { ...wishes, pool: { max: 1, initial: 0, maxPending: 1 } });
    expect(log.slice(0, 3)).toEqual([`${a1} open 1@0`, `${a1 + 5} acquire 1@0`, `${a2} wait 2@0`]);
    expect(log[3]).toBe(`${a3} fail 3@0 pool-full`);
  });

  it('turns away all whom a growing instance lets in from its own queue', () => {
    const service = { requests: [holding(1000)], concurrency: 1, pool: { maxPending: 0 } };
    const { log } = run(4, service, {
      changesOf: (settings) => [
        {
          kind: 'set',
          atNs: a4 + 1,
          settings: {
            ...settings,
            services: settings.services.map((s) => ({ ...s, concurrency: 2 })),
          },
        },
      ],
    });
    expect(log.filter((line) => line.includes('pool-full'))).toEqual([
      `${a4 + 1} fail 2@0 pool-full`,
      `${a4 + 1} fail 3@0 pool-full`,
      `${a4 + 1} fail 4@0 pool-full`,
    ]);
  });

  it('sends nobody away who waits already when the limit shrinks', () => {
    const { meters } = run(
      3,
      { requests: [holding(1000)] },
      { changesOf: setPool(a3 + 1, { maxPending: 0 }) },
    );
    expect(total(meters.completed)).toBe(3);
  });
});

describe('a pool that serves the last come first', () => {
  it('gives the next connection to who has waited shortest', () => {
    const { log } = run(4, { requests: [holding(1000)], pool: { order: 'lifo' } });
    expect(log.filter((line) => line.includes('acquire'))).toEqual([
      `${a1} acquire 1@0`,
      `${a1 + 1000} acquire 4@0`,
      `${a1 + 2000} acquire 3@0`,
      `${a1 + 3000} acquire 2@0`,
    ]);
  });

  it('lets him open it too when the pool grows', () => {
    const { log } = run(
      3,
      { requests: [holding(1000)], pool: { order: 'lifo' } },
      { changesOf: setPool(a3 + 1, { max: 2 }) },
    );
    expect(log[3]).toBe(`${a3 + 1} open 3@0`);
  });
});

describe('an idle timeout', () => {
  /** Closings of the only service, by the instant. */
  function closedAt(system: System, instants: readonly number[]): number[] {
    return instants.map((instant) => {
      system.runUntil(instant);
      return system.services[0]?.pool.closed ?? NaN;
    });
  }

  function quiet(pool: Partial<PoolSettings>, changesOf?: Wiring['changesOf']): System {
    const settings = systemSettings([
      { traffic: firstArrivals(2).traffic, requests: [holding(1000)], pool },
    ]);
    return systemOf(settings, { changes: changesOf?.(settings) ?? [] });
  }

  it('closes what was not needed for so long, and spares what was given out in between', () => {
    const system = quiet({ max: 4, idleTimeoutNs: 5000 });
    // The requests use the two connections returned last, and give them back at a1 + 1000 and a2 + 1000.
    expect(closedAt(system, [4999, 5000, a1 + 5999, a1 + 6000, a2 + 6000])).toEqual([
      0, 2, 2, 3, 4,
    ]);
    expect(system.database.slots.open).toBe(0);
    expect(faultsOf(system)).toEqual([]);
  });

  it('gives out what was returned last, so that a surplus grows old', () => {
    const bursts = [1000, 3000].map((atNs) => ({ atNs, count: 1 }));
    const wishes = { traffic: trafficOf({ bursts }), pool: { max: 2, idleTimeoutNs: 5000 } };
    const system = systemOf(systemSettings([wishes]));
    // One connection has both holds of 10 ns, the other has been idle from the start.
    expect(closedAt(system, [4999, 5000, 8009, 8010])).toEqual([0, 1, 1, 2]);
  });

  it('leaves `min` open', () => {
    const system = quiet({ max: 4, idleTimeoutNs: 5000, min: 3 });
    expect(closedAt(system, [4999, 5000, 900_000])).toEqual([0, 1, 1]);
  });

  it('makes who comes later open a connection again', () => {
    const { log } = run(1, { requests: [holding(10)], pool: { idleTimeoutNs: a1 } });
    expect(log.slice(0, 1)).toEqual([`${a1} acquire 1@0`]);
    const late = run(1, { requests: [holding(10)], pool: { idleTimeoutNs: a1 - 1 } });
    expect(late.log.slice(0, 2)).toEqual([`${a1} open 1@0`, `${a1 + 5} acquire 1@0`]);
  });

  it('that is shortened holds for what is idle already', () => {
    const system = quiet(
      { max: 4, idleTimeoutNs: 50_000 },
      setPool(a2 + 3000, { idleTimeoutNs: 2500 }),
    );
    expect(closedAt(system, [a2 + 2999, a2 + 3000, a2 + 3499, a2 + 3500])).toEqual([0, 2, 3, 4]);
  });

  it('that is new counts from its beginning, and a lower `min` acts at once', () => {
    const appearing = quiet({ max: 4 }, setPool(50_000, { idleTimeoutNs: 5000, min: 2 }));
    expect(closedAt(appearing, [54_999, 55_000, 900_000])).toEqual([0, 2, 2]);
    const lowered = quiet(
      { max: 4, idleTimeoutNs: 5000, min: 3 },
      setPool(50_000, { idleTimeoutNs: 5000, min: 1 }),
    );
    expect(closedAt(lowered, [49_999, 50_000])).toEqual([1, 3]);
  });

  it('that is new knows no more idle connections than there are', () => {
    const wishes = {
      traffic: trafficOf({ bursts: [{ atNs: 60_000, count: 1 }] }),
      requests: [holding(1000)],
      pool: { max: 4 },
    };
    const settings = systemSettings([wishes]);
    const changes = setPool(50_000, { idleTimeoutNs: 5000 })(settings);
    const system = systemOf(settings, { changes });
    // Opened anew at 60,005, it is idle from 61,005 on.
    expect(closedAt(system, [54_999, 55_000, 66_004, 66_005])).toEqual([0, 4, 4, 5]);
  });

  it('that ends closes nothing more', () => {
    const system = quiet(
      { max: 4, idleTimeoutNs: 5000 },
      setPool(4000, { idleTimeoutNs: Infinity }),
    );
    expect(closedAt(system, [900_000])).toEqual([0]);
  });

  it('that was gone for a while counts anew', () => {
    const system = quiet({ max: 4, idleTimeoutNs: 5000 }, (settings) => [
      ...setPool(4000, { idleTimeoutNs: Infinity })(settings),
      ...setPool(50_000, { idleTimeoutNs: 5000 })(settings),
    ]);
    expect(closedAt(system, [54_999, 55_000])).toEqual([0, 4]);
  });

  it('sets one timer for all that are idle, and the next only when that has rung', () => {
    const { pool, timers } = poolBench({ max: 3, idleTimeoutNs: 100 });
    pool.acquire(0, 1, 10);
    pool.release(0, 20);
    pool.idleTimerRings(0, 50);
    expect(timers).toEqual([{ instance: 0, at: 100 }]);
    pool.idleTimerRings(0, 100);
    expect(timers.slice(1)).toEqual([{ instance: 0, at: 120 }]);
    expect(pool.closed).toBe(2);
  });

  it('begins anew for the connections of a restarted instance', () => {
    const system = quiet({ max: 4, idleTimeoutNs: 50_000 }, () => [
      { kind: 'restart', atNs: 20_000, service: 0, eachNs: 10_000 },
    ]);
    expect(closedAt(system, [29_999, 30_000, 79_999, 80_000])).toEqual([0, 4, 4, 8]);
  });
});

describe('a hand-over', () => {
  const slow = { requests: [holding(1000)], pool: { handoverNs: 30 } };

  it('comes between a release and the waiter’s hold, and is part of his wait', () => {
    const { log, meters, pool } = run(2, slow);
    expect(log.filter((line) => line.includes('acquire'))).toEqual([
      `${a1} acquire 1@0`,
      `${a1 + 1030} acquire 2@0`,
    ]);
    expect(meters.ledger[ACQUIRE_QUEUE]?.value).toBe(a1 + 1030 - a2);
    expect(meters.acquireWait.max).toBe(a1 + 1030 - a2);
    expect(pool.owned.integral(0, 5000)).toBe(2030);
    expect(pool.handing.integral(0, 5000)).toBe(30);
  });

  it('is not needed for an idle connection, nor for one’s own', () => {
    expect(run(1, slow).meters.acquireWait.max).toBe(0);
    const cold = { ...slow, pool: { handoverNs: 30, initial: 0 } };
    expect(run(1, cold).meters.acquireWait.max).toBe(5);
  });

  it('is safe from the acquire timeout and from impatience', () => {
    const wait = a1 + 1000 - a2;
    const patience = { family: 'constant', value: wait + 10 } as const;
    const kept = run(2, {
      ...slow,
      pool: { handoverNs: 30, acquireTimeoutNs: wait + 10 },
      client: { patience, cancel: true },
    });
    expect(total(kept.meters.completed)).toBe(2);
  });

  it('that is cancelled gives the connection to the next, who has a hand-over of his own', () => {
    const client = { timeoutNs: 1001, cancel: true };
    const { log, pool } = run(3, {
      requests: [holding(1000)],
      pool: { handoverNs: a3 - a1 + 500 },
      client,
    });
    expect(log).toEqual([
      `${a1} acquire 1@0`,
      `${a2} wait 2@0`,
      `${a3} wait 3@0`,
      `${a1 + 1000} release 1@0`,
      `${a1 + 1000} complete 1@0`,
      `${a2 + 1001} abandon 2@0`,
      `${a3 + 1001} abandon 3@0`,
    ]);
    expect(pool.handing.integral(0, 1_000_000)).toBe(a3 + 1001 - (a1 + 1000));
  });

  it('ends with its instance, connection and request', () => {
    const { log, pool } = run(2, slow, {
      changesOf: () => [
        { kind: 'restart', atNs: a2 + 1, service: 0, eachNs: a1 + 1010 - (a2 + 1) },
      ],
    });
    expect(log.at(-1)).toBe(`${a1 + 1010} fail 2@0 instance-lost`);
    expect([pool.handing.integral(0, 1_000_000), pool.opened, pool.closed]).toEqual([10, 2, 1]);
  });
});

describe('a client that loses patience', () => {
  const patience = { family: 'constant', value: 300 } as const;

  it('leaves the queue for a connection, and has abandoned its request', () => {
    const { log, meters } = run(2, {
      requests: [holding(1000)],
      client: { patience, cancel: true },
    });
    expect(log.filter((line) => line.includes(' 2@'))).toEqual([
      `${a2} wait 2@0`,
      `${a2 + 300} abandon 2@0`,
    ]);
    expect([total(meters.completed), total(meters.abandoned)]).toEqual([1, 1]);
  });

  it('leaves the instance’s own queue, and a connection that is being opened', () => {
    const queued = run(2, {
      requests: [holding(1000)],
      concurrency: 1,
      client: { patience, cancel: true },
    });
    expect(queued.log).toContain(`${a2 + 300} abandon 2@0`);
    const quick = { family: 'constant', value: 3 } as const;
    const opening = run(1, { pool: { initial: 0 }, client: { patience: quick, cancel: true } });
    expect(opening.log).toEqual([`${a1} open 1@0`, `${a1 + 3} abandon 1@0`]);
  });

  it('stays once it has a connection', () => {
    const { meters } = run(1, { requests: [holding(5000)], client: { patience } });
    expect(total(meters.completed)).toBe(1);
  });

  it('leaves its attempt behind without `cancel`, and tries again as after a timeout', () => {
    const { log, meters } = run(2, {
      requests: [holding(1000)],
      client: { patience, retryAttempts: 1, retryBackoffNs: 20_000 },
    });
    expect(log.filter((line) => line.includes(' 2@'))).toEqual([
      `${a2} wait 2@0`,
      `${a2 + 300} abandon 2@0`,
      `${a1 + 1000} acquire 2@0`,
      `${a1 + 2000} release 2@0`,
      `${a2 + 20_300} retry 2@-1`,
      `${a2 + 20_300} acquire 2@0`,
      `${a2 + 21_300} release 2@0`,
      `${a2 + 21_300} complete 2@0`,
    ]);
    expect([total(meters.completed), meters.wastedAttempts]).toEqual([2, 1]);
  });

  it('counts from its attempt, through the instance’s own queue and that of the pool', () => {
    const { log } = run(3, {
      requests: [holding(1000)],
      concurrency: 2,
      client: { patience: { family: 'constant', value: 1500 }, cancel: true },
    });
    // It waits for its place until the first is done, and then for the connection of the second.
    expect(log.filter((line) => line.includes(' 3@'))).toEqual([
      `${a3} queue 3@0`,
      `${a1 + 1000} wait 3@0`,
      `${a3 + 1500} abandon 3@0`,
    ]);
  });

  it('loses it again in the next attempt', () => {
    const { log } = run(2, {
      requests: [holding(5000)],
      client: { patience, cancel: true, retryAttempts: 1, retryBackoffNs: 200 },
    });
    expect(log.filter((line) => line.includes(' 2@'))).toEqual([
      `${a2} wait 2@0`,
      `${a2 + 300} abandon 2@0`,
      `${a2 + 500} retry 2@-1`,
      `${a2 + 500} wait 2@0`,
      `${a2 + 800} abandon 2@0`,
    ]);
  });

  it('has the patience of its number, whatever others do', () => {
    const exponential = { family: 'exponential', mean: MILLISECOND } as const;
    const left = (retryAttempts: number) => {
      const client = { patience: exponential, cancel: true, retryAttempts };
      const { log } = run(4, { requests: [holding(1e9)], client }, { until: 5e9 });
      return [2, 3, 4].map((n) => log.find((line) => line.endsWith(`abandon ${n}@0`)));
    };
    expect(left(1)).toEqual(left(0));
  });
});

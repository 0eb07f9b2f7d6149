// The generic pool: who gets which connection, and when.

import { describe, expect, it } from 'vitest';
import { NOBODY } from '../../../src/model/pool/connection-pool.ts';
import type { PoolBench } from './pool-bench.ts';
import { poolBench, poolSettings } from './pool-bench.ts';

/** `used idle opening pending` of an instance. */
function levels({ pool }: PoolBench, i = 0): string {
  const opening = pool.opening.level[i] ?? NaN;
  const owned = (pool.owned.level[i] ?? NaN) - (pool.ownedOpening.level[i] ?? NaN);
  return `used ${owned} idle ${pool.idleAt(i)} opening ${opening} pending ${pool.pendingAt(i)}`;
}

describe('a pool that starts full', () => {
  it('grants at once while a connection is idle, then lets wait', () => {
    const bench = poolBench({ max: 2 });
    expect([7, 8, 9].map((slot) => bench.pool.acquire(0, slot, 10))).toEqual([
      'granted',
      'granted',
      'waiting',
    ]);
    expect(levels(bench)).toBe('used 2 idle 0 opening 0 pending 1');
  });

  it('serves those who wait first in first out', () => {
    const { pool } = poolBench({ max: 1 });
    for (const slot of [3, 1, 4, 2]) pool.acquire(0, slot, 10);
    expect([20, 30, 40, 50].map((now) => pool.release(0, now))).toEqual([1, 4, 2, NOBODY]);
  });

  it('serves the last come first when told so', () => {
    const { pool } = poolBench({ max: 1, order: 'lifo' });
    for (const slot of [3, 1, 4, 2]) pool.acquire(0, slot, 10);
    expect([20, 30, 40, 50].map((now) => pool.release(0, now))).toEqual([2, 4, 1, NOBODY]);
  });

  it('turns away who would be one too many of those that wait', () => {
    const { pool } = poolBench({ max: 1, maxPending: 2 });
    const answers = [0, 1, 2, 3].map((slot) => pool.acquire(0, slot, 10));
    expect(answers).toEqual(['granted', 'waiting', 'waiting', 'full']);
  });

  it('passes over one who has left the queue, wherever he stood', () => {
    const { pool } = poolBench({ max: 1 });
    for (const slot of [0, 1, 2, 3, 4]) pool.acquire(0, slot, 10);
    for (const slot of [1, 3, 4]) pool.leave(0, slot, 15);
    expect([pool.release(0, 20), pool.pendingAt(0)]).toEqual([2, 0]);
  });

  it('keeps the queues of its instances apart', () => {
    const { pool } = poolBench({ max: 1 }, { instances: 2 });
    for (const slot of [0, 1]) pool.acquire(0, slot, 10);
    for (const slot of [2, 3]) pool.acquire(1, slot, 10);
    expect([pool.release(1, 20), pool.release(0, 20)]).toEqual([3, 1]);
  });

  it('counts the most that were pending at once over the whole fleet', () => {
    const { pool } = poolBench({ max: 1 }, { instances: 2 });
    for (const slot of [0, 1, 2]) pool.acquire(0, slot, 10);
    pool.leave(0, 1, 20);
    for (const slot of [3, 4, 5]) pool.acquire(1, slot, 30);
    expect(pool.peakPending).toBe(3);
  });

  it('measures owned and pending time to the nanosecond', () => {
    const { pool } = poolBench({ max: 1 });
    pool.acquire(0, 0, 10);
    pool.acquire(0, 1, 13);
    pool.release(0, 20);
    pool.release(0, 27);
    expect([pool.owned.integral(0, 30), pool.pending.integral(0, 30)]).toEqual([17, 7]);
  });
});

describe('a pool that starts cold', () => {
  it('establishes a connection for each who comes, up to max, and lets the others wait', () => {
    const bench = poolBench({ max: 2, initial: 0 });
    expect([5, 6, 7].map((slot) => bench.pool.acquire(0, slot, 10))).toEqual([
      'opening',
      'opening',
      'waiting',
    ]);
    expect(bench.begun.map(({ delay }) => delay)).toEqual([5, 5]);
    expect(levels(bench)).toBe('used 0 idle 0 opening 2 pending 1');
  });

  it('gives an established connection to him who asked for it, not to who has waited longer', () => {
    const bench = poolBench({ max: 2, initial: 1 });
    for (const slot of [5, 6, 7]) bench.pool.acquire(0, slot, 10);
    expect(bench.pool.openingDone(bench.begun[0]?.id ?? -1, 15)).toBe(6);
    expect(levels(bench)).toBe('used 2 idle 0 opening 0 pending 1');
  });

  it('goes on with an establishment that nobody waits for, and serves the next who does', () => {
    const bench = poolBench({ max: 1, initial: 0 });
    bench.pool.acquire(0, 5, 10);
    const id = bench.begun[0]?.id ?? -1;
    bench.pool.disown(id, 11);
    expect(levels(bench)).toBe('used 0 idle 0 opening 1 pending 0');
    expect(bench.pool.acquire(0, 6, 12)).toBe('waiting');
    expect(bench.pool.openingDone(id, 15)).toBe(6);
    expect(levels(bench)).toBe('used 1 idle 0 opening 0 pending 0');
  });

  it('keeps a connection idle that nobody waits for when it is established', () => {
    const bench = poolBench({ max: 1, initial: 0 });
    bench.pool.acquire(0, 5, 10);
    bench.pool.disown(bench.begun[0]?.id ?? -1, 11);
    expect(bench.pool.openingDone(bench.begun[0]?.id ?? -1, 15)).toBe(NOBODY);
    expect(levels(bench)).toBe('used 0 idle 1 opening 0 pending 0');
    expect(bench.pool.acquire(0, 6, 16)).toBe('granted');
  });

  it('tells time spent establishing from time spent using', () => {
    const { pool, begun } = poolBench({ max: 1, initial: 0 });
    pool.acquire(0, 5, 10);
    pool.openingDone(begun[0]?.id ?? -1, 15);
    pool.release(0, 35);
    expect([pool.owned, pool.ownedOpening, pool.opening].map((m) => m.integral(0, 40))).toEqual([
      25, 5, 5,
    ]);
  });
});

describe('a pool that grows', () => {
  it('lets those who wait establish the new connections at once, first come first', () => {
    const bench = poolBench({ max: 1 });
    for (const slot of [0, 1, 2, 3]) bench.pool.acquire(0, slot, 10);
    bench.pool.settings = poolSettings({ max: 3 });
    expect([20, 20, 20].map((now) => bench.pool.openForWaiter(0, now))).toEqual([1, 2, NOBODY]);
    expect(levels(bench)).toBe('used 1 idle 0 opening 2 pending 1');
  });
});

describe('a pool that shrinks', () => {
  it('closes idle connections at once and used ones as they come free, though somebody waits', () => {
    const bench = poolBench({ max: 4 });
    const { pool } = bench;
    for (const slot of [0, 1, 2]) pool.acquire(0, slot, 10);
    pool.settings = poolSettings({ max: 1 });
    pool.trim(0, 20);
    expect([levels(bench), pool.closed]).toEqual(['used 3 idle 0 opening 0 pending 0', 1]);
    expect(pool.acquire(0, 3, 21)).toBe('waiting');
    expect([30, 31, 32].map((now) => pool.release(0, now))).toEqual([NOBODY, NOBODY, 3]);
    expect([levels(bench), pool.closed]).toEqual(['used 1 idle 0 opening 0 pending 0', 3]);
  });

  it('closes a connection that is established after it has become too many', () => {
    const bench = poolBench({ max: 2, initial: 1 });
    const { pool, begun } = bench;
    for (const slot of [0, 1]) pool.acquire(0, slot, 10);
    pool.disown(begun[0]?.id ?? -1, 11);
    pool.settings = poolSettings({ max: 1 });
    expect(pool.openingDone(begun[0]?.id ?? -1, 15)).toBe(NOBODY);
    expect([levels(bench), pool.closed]).toEqual(['used 1 idle 0 opening 0 pending 0', 1]);
  });
});

describe('a pool on a server that refuses connections', () => {
  const database = { maxConnections: 3, reservedConnections: 1, roundTripNs: 2 };

  it('starts with as many as the server admits', () => {
    const bench = poolBench({ max: 2 }, { instances: 2, database });
    expect([levels(bench, 0), levels(bench, 1)]).toEqual([
      'used 0 idle 2 opening 0 pending 0',
      'used 0 idle 0 opening 0 pending 0',
    ]);
    expect(bench.database.slots.refused).toBe(1);
  });

  it('learns of a refusal one round trip later, and has room again', () => {
    const bench = poolBench({ max: 2 }, { instances: 2, database });
    expect(bench.pool.acquire(1, 9, 10)).toBe('opening');
    const [refusal] = bench.begun;
    expect(refusal?.delay).toBe(2);
    expect(bench.pool.openingFailed(refusal?.id ?? -1, 12)).toBe(9);
    expect([levels(bench, 1), bench.pool.opened]).toEqual(['used 0 idle 0 opening 0 pending 0', 2]);
  });

  it('fails nobody by a refusal that nobody waits for any more', () => {
    const bench = poolBench({ max: 2 }, { instances: 2, database });
    bench.pool.acquire(1, 9, 10);
    const id = bench.begun[0]?.id ?? -1;
    bench.pool.disown(id, 11);
    expect(bench.pool.openingFailed(id, 12)).toBe(NOBODY);
    expect(levels(bench, 1)).toBe('used 0 idle 0 opening 0 pending 0');
  });

  it('gets what another pool has closed', () => {
    const { pool } = poolBench({ max: 2 }, { instances: 2, database });
    pool.retire(0, 10);
    expect(pool.acquire(1, 9, 11)).toBe('opening');
    expect(pool.openings.outcome[0]).toBe(0);
  });
});

describe('an instance that is taken out of the fleet', () => {
  it('closes its connections at once, also one that is established later', () => {
    const bench = poolBench({ max: 3, initial: 2 });
    const { pool, begun, database } = bench;
    for (const slot of [0, 1, 2]) pool.acquire(0, slot, 10);
    pool.disown(begun[0]?.id ?? -1, 11);
    for (const now of [12, 13]) pool.release(0, now);
    pool.retire(0, 20);
    expect([levels(bench), pool.closed]).toEqual(['used 0 idle 0 opening 1 pending 0', 2]);
    expect(pool.openingDone(begun[0]?.id ?? -1, 30)).toBe(NOBODY);
    expect([levels(bench), pool.closed]).toEqual(['used 0 idle 0 opening 0 pending 0', 3]);
    expect(database.slots.open).toBe(0);
  });

  it('has its connections again when it comes back', () => {
    const bench = poolBench({ max: 3, initial: 2 });
    bench.pool.retire(0, 20);
    bench.pool.start(0, 30);
    expect([levels(bench), bench.pool.opened]).toEqual(['used 0 idle 2 opening 0 pending 0', 4]);
  });
});

describe('an instance whose process ends', () => {
  it('loses what is idle and what is being established, and gives the server its places back', () => {
    const bench = poolBench({ max: 3, initial: 2 });
    const { pool, database, begun } = bench;
    for (const slot of [0, 1, 2]) pool.acquire(0, slot, 10);
    pool.release(0, 11);
    pool.disown(begun[0]?.id ?? -1, 12);
    pool.abandonUsed(0, 12);
    pool.stop(0, 12);
    expect([levels(bench), pool.closed]).toEqual(['used 0 idle 0 opening 0 pending 0', 2]);
    expect(database.slots.open).toBe(2);
    expect(pool.openingDone(begun[0]?.id ?? -1, 15)).toBe(NOBODY);
    expect([levels(bench), database.slots.open]).toEqual(['used 0 idle 0 opening 0 pending 0', 1]);
  });
});

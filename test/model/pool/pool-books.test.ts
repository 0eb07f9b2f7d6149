// The pool's own books: what it counts, what it finds wrong with itself, and whose connection is whose.

import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../src/engine/time.ts';
import { NOBODY } from '../../../src/model/pool/connection-pool.ts';
import { poolBench, poolSettings } from './pool-bench.ts';

describe('a look at the pool', () => {
  it('finds nothing wrong when nobody waits, or nothing is there to be had', () => {
    const { pool } = poolBench({ max: 2 });
    pool.audit(0);
    for (const slot of [0, 1, 2]) pool.acquire(0, slot, 0);
    pool.audit(0);
    expect(pool.idleWhileWaiting).toBe(0);
  });

  it('finds one who waits though a connection could be opened', () => {
    const { pool } = poolBench({ max: 1 }, { instances: 2 });
    for (const slot of [0, 1]) pool.acquire(0, slot, 0);
    pool.settings = poolSettings({ max: 2 });
    pool.audit(0);
    expect(pool.idleWhileWaiting).toBe(1);
  });

  it('finds one who waits though a connection is idle', () => {
    const { pool } = poolBench({ max: 1 });
    for (const slot of [0, 1]) pool.acquire(0, slot, 0);
    pool.settings = poolSettings({ max: 2 });
    pool.start(0, 1);
    expect(pool.idleWhileWaiting).toBe(1);
    pool.audit(0);
    expect(pool.idleWhileWaiting).toBe(2);
  });
});

describe('the books of a pool', () => {
  it('count what was opened and closed, a connection replaced inside a hold too', () => {
    const { pool, begun } = poolBench({ max: 3, initial: 1 });
    for (const slot of [0, 1]) pool.acquire(0, slot, 0);
    pool.openingDone(begun[0]?.id ?? -1, 5);
    expect([pool.opened, pool.closed, pool.violations]).toEqual([2, 0, 0]);
    pool.countReconnect();
    expect([pool.opened, pool.closed]).toEqual([3, 1]);
  });

  it('open nothing twice when an instance starts that has its connections', () => {
    const { pool } = poolBench({ max: 3, initial: 2 });
    pool.start(0, 10);
    expect([pool.open.level[0], pool.opened]).toEqual([2, 2]);
  });

  it('keep the peak of those who waited when fewer wait later', () => {
    const { pool } = poolBench({ max: 1 });
    for (const slot of [0, 1, 2, 3]) pool.acquire(0, slot, 0);
    for (const slot of [1, 2, 3]) pool.leave(0, slot, 1);
    pool.acquire(0, 4, 2);
    expect(pool.peakPending).toBe(3);
  });

  it('see the onset where the first began to wait, though others joined and left', () => {
    const { pool } = poolBench({ max: 1 });
    pool.acquire(0, 0, 0);
    pool.acquire(0, 1, 2 * SECOND);
    pool.acquire(0, 2, 6 * SECOND);
    pool.release(0, 8 * SECOND);
    pool.onset.close(13 * SECOND);
    expect(pool.onset.at).toBe(2 * SECOND);
  });
});

describe('connections being established', () => {
  it('are any number at once, each for its own request', () => {
    const { pool, begun } = poolBench({ max: 300, initial: 0 });
    for (let slot = 0; slot < 300; slot++) pool.acquire(0, slot, slot);
    const owners = begun.toReversed().map(({ id }) => pool.openingDone(id, 1000));
    expect(owners).toEqual(Array.from({ length: 300 }, (_, k) => 299 - k));
    expect([pool.open.level[0], pool.violations]).toEqual([300, 0]);
  });

  it('take up no more places than there are at once', () => {
    const { pool, begun } = poolBench({ max: 100, initial: 0 });
    for (let slot = 0; slot < 100; slot++) {
      pool.acquire(0, slot, slot);
      pool.openingDone(begun.at(-1)?.id ?? -1, slot);
    }
    expect([pool.openings.fresh, pool.openings.owner.length]).toEqual([1, 64]);
  });

  it('are lost with their own instance only, and once', () => {
    const { pool, begun } = poolBench({ max: 1, initial: 0 }, { instances: 2 });
    pool.acquire(0, 0, 0);
    pool.acquire(1, 1, 0);
    pool.disown(begun[0]?.id ?? -1, 1);
    pool.stop(0, 2);
    pool.stop(0, 3);
    expect([[...pool.open.level], [...pool.opening.level]]).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(pool.openingDone(begun[1]?.id ?? -1, 5)).toBe(1);
  });

  it('change nothing when they are refused after their instance or their request has gone', () => {
    const refusing = { database: { maxConnections: 0 } };
    const { pool, begun } = poolBench({ max: 1, initial: 0 }, refusing);
    for (const stops of [true, false]) {
      pool.acquire(0, 0, 0);
      const id = begun.at(-1)?.id ?? -1;
      pool.disown(id, 1);
      if (stops) pool.stop(0, 2);
      expect(pool.openingFailed(id, 3)).toBe(NOBODY);
      const { open, opening, owned, ownedOpening } = pool;
      expect([open, opening, owned, ownedOpening].map((m) => m.level[0])).toEqual([0, 0, 0, 0]);
    }
  });
});

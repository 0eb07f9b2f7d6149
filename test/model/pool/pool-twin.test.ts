// The pool against a naive twin that keeps plain lists, over random orders of what may happen to it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOBODY } from '../../../src/model/pool/pool.ts';
import { fuzzed } from '../../support/fuzz.ts';
import { type PoolBench, poolBench, poolSettings } from './pool-bench.ts';

type Step =
  | { readonly act: 'acquire' }
  | { readonly act: 'release' | 'leave' | 'disown' | 'established'; readonly which: number }
  | { readonly act: 'resize'; readonly max: number };

/** A pool as one would explain it: lists of slots. */
class TwinPool {
  idle: number;
  used: number[] = [];
  waiting: number[] = [];
  /** Owners of what is being established; NOBODY: no one any more. */
  opening: number[] = [];
  private max: number;

  constructor(max: number, initial: number) {
    this.max = max;
    this.idle = initial;
  }

  acquire(slot: number): string {
    if (this.idle > 0) {
      this.idle--;
      this.used.push(slot);
      return 'granted';
    }
    if (this.open < this.max) {
      this.opening.push(slot);
      return 'opening';
    }
    this.waiting.push(slot);
    return 'waiting';
  }

  release(slot: number): number {
    this.used = this.used.filter((other) => other !== slot);
    return this.handOver();
  }

  established(k: number): number {
    const [owner = NOBODY] = this.opening.splice(k, 1);
    if (owner === NOBODY) return this.handOver();
    this.used.push(owner);
    return owner;
  }

  resize(max: number): number[] {
    this.max = max;
    this.idle = Math.max(0, Math.min(this.idle, max - this.open + this.idle));
    const begun = this.waiting.splice(0, Math.max(0, max - this.open));
    this.opening.push(...begun);
    return begun;
  }

  /** A connection has come free that counts as nobody's at the moment. */
  private handOver(): number {
    if (this.open + 1 > this.max) return NOBODY;
    const next = this.waiting.shift();
    if (next === undefined) this.idle++;
    else this.used.push(next);
    return next ?? NOBODY;
  }

  get open(): number {
    return this.idle + this.used.length + this.opening.length;
  }
}

const which = fc.nat({ max: 20 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.record({ act: fc.constant('acquire' as const) }), weight: 4 },
  { arbitrary: fc.record({ act: fc.constant('release' as const), which }), weight: 3 },
  { arbitrary: fc.record({ act: fc.constant('established' as const), which }), weight: 3 },
  fc.record({ act: fc.constant('leave' as const), which }),
  fc.record({ act: fc.constant('disown' as const), which }),
  fc.record({ act: fc.constant('resize' as const), max: fc.integer({ min: 1, max: 6 }) }),
);

/** Does the same thing to both, and returns what each answers. */
function both(bench: PoolBench, twin: TwinPool, wanted: Step, slot: number): [unknown, unknown] {
  const { pool, begun } = bench;
  const now = slot;
  switch (wanted.act) {
    case 'acquire':
      return [pool.acquire(0, slot, now), twin.acquire(slot)];
    case 'release': {
      const releasing = pick(twin.used, wanted.which);
      if (releasing === undefined) return [0, 0];
      return [pool.release(0, now), twin.release(releasing)];
    }
    case 'leave': {
      const leaving = pick(twin.waiting, wanted.which);
      if (leaving === undefined) return [0, 0];
      pool.leave(0, leaving, now);
      twin.waiting = twin.waiting.filter((other) => other !== leaving);
      return [0, 0];
    }
    case 'disown': {
      const k = wanted.which % Math.max(1, begun.length);
      const id = begun[k]?.id;
      if (id === undefined || twin.opening[k] === NOBODY) return [0, 0];
      pool.disown(id, now);
      twin.opening[k] = NOBODY;
      return [0, 0];
    }
    case 'established': {
      const k = wanted.which % Math.max(1, begun.length);
      const [done] = begun.splice(k, 1);
      if (done === undefined) return [0, 0];
      return [pool.openingDone(done.id, now), twin.established(k)];
    }
    case 'resize': {
      pool.settings = poolSettings({ max: wanted.max });
      pool.trim(0, now);
      const growing: number[] = [];
      for (let next = pool.openForWaiter(0, now); next !== NOBODY; ) {
        growing.push(next);
        next = pool.openForWaiter(0, now);
      }
      return [growing, twin.resize(wanted.max)];
    }
  }
}

function pick(slots: readonly number[], which: number): number | undefined {
  return slots[which % Math.max(1, slots.length)];
}

describe('the pool and its naive twin', () => {
  it('answer alike and have the same connections after every step', () => {
    const runs = fc.tuple(
      fc.integer({ min: 1, max: 5 }),
      fc.nat({ max: 5 }),
      fc.array(step, { maxLength: 80 }),
    );
    fc.assert(
      fc.property(runs, ([max, initial, steps]) => {
        const start = Math.min(max, initial);
        const bench = poolBench({ max, initial: start });
        const twin = new TwinPool(max, start);
        steps.forEach((wanted, slot) => {
          const [ours, naive] = both(bench, twin, wanted, slot);
          expect(ours, `${wanted.act} at ${slot}`).toEqual(naive);
          const { pool } = bench;
          expect([pool.idleAt(0), pool.open.level[0], pool.pendingAt(0)]).toEqual([
            twin.idle,
            twin.open,
            twin.waiting.length,
          ]);
          expect(bench.database.slots.open).toBe(twin.open);
        });
      }),
      fuzzed(1000),
    );
  });
});

// The pool against a naive twin that keeps plain lists, over random orders of what may happen to it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOBODY } from '../../../src/model/pool/pool.ts';
import { fuzzed } from '../../support/fuzz.ts';
import { type PoolBench, poolBench, poolSettings } from './pool-bench.ts';

type Step =
  | { readonly act: 'acquire' }
  | { readonly act: 'release' | 'leave'; readonly which: number }
  | { readonly act: 'disown' | 'established'; readonly which: number }
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

/** Does the same thing to both, and returns what each answers; null: there is nobody to do it to. */
function both(
  bench: PoolBench,
  twin: TwinPool,
  wanted: Step,
  now: number,
): [unknown, unknown] | null {
  const { pool } = bench;
  switch (wanted.act) {
    case 'acquire':
      return [pool.acquire(0, now, now), twin.acquire(now)];
    case 'release': {
      const slot = pick(twin.used, wanted.which);
      return slot === undefined ? null : [pool.release(0, now), twin.release(slot)];
    }
    case 'leave': {
      const slot = pick(twin.waiting, wanted.which);
      if (slot === undefined) return null;
      pool.leave(0, slot, now);
      twin.waiting = twin.waiting.filter((other) => other !== slot);
      return null;
    }
    case 'disown':
    case 'established':
      return toOpening(bench, twin, wanted, now);
    case 'resize':
      return [resized(bench, wanted.max, now), twin.resize(wanted.max)];
  }
}

function toOpening(
  { pool, begun }: PoolBench,
  twin: TwinPool,
  { act, which }: { readonly act: 'disown' | 'established'; readonly which: number },
  now: number,
): [unknown, unknown] | null {
  const k = which % Math.max(1, begun.length);
  const opening = begun[k];
  if (opening === undefined) return null;
  if (act === 'established') {
    begun.splice(k, 1);
    return [pool.openingDone(opening.id, now), twin.established(k)];
  }
  if (twin.opening[k] === NOBODY) return null;
  pool.disown(opening.id, now);
  twin.opening[k] = NOBODY;
  return null;
}

function resized({ pool }: PoolBench, max: number, now: number): number[] {
  pool.settings = poolSettings({ max });
  pool.trim(0, now);
  const growing: number[] = [];
  for (;;) {
    const slot = pool.openForWaiter(0, now);
    if (slot === NOBODY) return growing;
    growing.push(slot);
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
          const [ours, naive] = both(bench, twin, wanted, slot) ?? [];
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

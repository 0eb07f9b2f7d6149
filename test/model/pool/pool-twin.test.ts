// The pool against a naive twin that keeps plain lists, over random orders of what may happen to it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOBODY } from '../../../src/model/pool/connection-pool.ts';
import { fuzzed } from '../../support/fuzz.ts';
import { type PoolBench, poolBench, poolSettings } from './pool-bench.ts';

type Step =
  | { readonly act: 'acquire' }
  | { readonly act: 'release' | 'leave'; readonly which: number }
  | { readonly act: 'disown' | 'established'; readonly which: number }
  | { readonly act: 'handed'; readonly which: number; readonly isCancelled: boolean }
  | { readonly act: 'later'; readonly ns: number }
  | { readonly act: 'change'; readonly settings: Changeable };

/** What a change of settings may change, and a pool may begin with. */
interface Changeable {
  readonly max: number;
  readonly min: number;
  readonly maxPending: number;
  readonly order: 'fifo' | 'lifo';
  readonly idleTimeoutNs: number;
  readonly handoverNs: number;
}

/** A pool as one would explain it: lists of slots. */
class TwinPool {
  /** Since when, of each idle connection; the one returned last is the last. */
  idle: number[];
  used: number[] = [];
  waiting: number[] = [];
  /** Those to whom a connection is on its way. */
  handed: number[] = [];
  /** Owners of what is being established; NOBODY: no one any more. */
  opening: number[] = [];
  private settings: Changeable;

  constructor(settings: Changeable, initial: number) {
    this.settings = settings;
    this.idle = Array.from({ length: initial }, () => 0);
  }

  acquire(slot: number): string {
    if (this.idle.pop() !== undefined) {
      this.used.push(slot);
      return 'granted';
    }
    if (this.open < this.settings.max) {
      this.opening.push(slot);
      return 'opening';
    }
    if (this.waiting.length >= this.settings.maxPending) return 'full';
    this.waiting.push(slot);
    return 'waiting';
  }

  release(slot: number, now: number): number {
    this.used = without(this.used, slot);
    return this.comeFree(now);
  }

  established(k: number, now: number): number {
    const [owner = NOBODY] = this.opening.splice(k, 1);
    if (owner === NOBODY) return this.comeFree(now);
    this.used.push(owner);
    return owner;
  }

  /** A hand-over is over; when its request was cancelled, the next in line gets the connection. */
  handedOver(slot: number, isCancelled: boolean, now: number): number {
    this.handed = without(this.handed, slot);
    if (isCancelled) return this.comeFree(now);
    this.used.push(slot);
    return slot;
  }

  change(settings: Changeable, now: number): number[] {
    const hadTimeout = this.settings.idleTimeoutNs < Infinity;
    this.settings = settings;
    if (!hadTimeout) this.idle = this.idle.map(() => now);
    this.idle.splice(0, Math.max(0, this.open - settings.max));
    this.closeAged(now);
    const begun: number[] = [];
    while (this.waiting.length > 0 && this.open < settings.max) {
      begun.push(this.next());
      this.opening.push(begun.at(-1) ?? NOBODY);
    }
    return begun;
  }

  closeAged(now: number): void {
    const { idleTimeoutNs, min } = this.settings;
    while (this.open > min && now - (this.idle[0] ?? Infinity) >= idleTimeoutNs) this.idle.shift();
  }

  /** A connection has come free that counts as nobody's at the moment. */
  private comeFree(now: number): number {
    if (this.open + 1 > this.settings.max) return NOBODY;
    if (this.waiting.length === 0) {
      this.idle.push(now);
      return NOBODY;
    }
    const next = this.next();
    (this.settings.handoverNs > 0 ? this.handed : this.used).push(next);
    return next;
  }

  private next(): number {
    const { order } = this.settings;
    return (order === 'fifo' ? this.waiting.shift() : this.waiting.pop()) ?? NOBODY;
  }

  get open(): number {
    const { idle, used, handed, opening } = this;
    return idle.length + used.length + handed.length + opening.length;
  }
}

function without(slots: readonly number[], slot: number): number[] {
  return slots.filter((other) => other !== slot);
}

const which = fc.nat({ max: 20 });
const changeable: fc.Arbitrary<Changeable> = fc.record({
  max: fc.integer({ min: 1, max: 6 }),
  min: fc.nat({ max: 3 }),
  maxPending: fc.constantFrom(Infinity, Infinity, 0, 2),
  order: fc.constantFrom('fifo', 'lifo'),
  idleTimeoutNs: fc.constantFrom(Infinity, 1, 7, 20),
  handoverNs: fc.constantFrom(0, 1),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.record({ act: fc.constant('acquire' as const) }), weight: 4 },
  { arbitrary: fc.record({ act: fc.constant('release' as const), which }), weight: 3 },
  { arbitrary: fc.record({ act: fc.constant('established' as const), which }), weight: 3 },
  fc.record({ act: fc.constant('leave' as const), which }),
  fc.record({ act: fc.constant('disown' as const), which }),
  {
    arbitrary: fc.record({ act: fc.constant('handed' as const), which, isCancelled: fc.boolean() }),
    weight: 2,
  },
  {
    arbitrary: fc.record({ act: fc.constant('later' as const), ns: fc.nat({ max: 9 }) }),
    weight: 2,
  },
  fc.record({ act: fc.constant('change' as const), settings: changeable }),
);

/** Does the same thing to both, and returns what each answers; null: there is nobody to do it to. */
function both(
  bench: PoolBench,
  twin: TwinPool,
  wanted: Step,
  request: number,
  now: number,
): [unknown, unknown] | null {
  const { pool } = bench;
  switch (wanted.act) {
    case 'acquire':
      return [pool.acquire(0, request, now), twin.acquire(request)];
    case 'release': {
      const slot = pick(twin.used, wanted.which);
      if (slot === undefined) return null;
      return [given(bench, pool.release(0, now), now), twin.release(slot, now)];
    }
    case 'leave': {
      const slot = pick(twin.waiting, wanted.which);
      if (slot === undefined) return null;
      pool.leave(0, slot, now);
      twin.waiting = without(twin.waiting, slot);
      return null;
    }
    case 'handed':
      return toHanded(bench, twin, wanted, now);
    case 'later':
      return null;
    case 'disown':
    case 'established':
      return toOpening(bench, twin, wanted, now);
    case 'change':
      return [changed(bench, wanted.settings, now), twin.change(wanted.settings, now)];
  }
}

/** Starts the hand-over to a waiter that is given a connection, as whoever has the clock does. */
function given({ pool }: PoolBench, slot: number, now: number): number {
  if (slot !== NOBODY && pool.settings.handoverNs > 0) pool.beginHandover(0, now);
  return slot;
}

function toHanded(
  bench: PoolBench,
  twin: TwinPool,
  { which, isCancelled }: { readonly which: number; readonly isCancelled: boolean },
  now: number,
): [unknown, unknown] | null {
  const { pool } = bench;
  const slot = pick(twin.handed, which);
  if (slot === undefined) return null;
  pool.endHandover(0, now);
  const next = isCancelled ? given(bench, pool.release(0, now), now) : slot;
  return [next, twin.handedOver(slot, isCancelled, now)];
}

function toOpening(
  bench: PoolBench,
  twin: TwinPool,
  { act, which }: { readonly act: 'disown' | 'established'; readonly which: number },
  now: number,
): [unknown, unknown] | null {
  const { pool, begun } = bench;
  const k = which % Math.max(1, begun.length);
  const opening = begun[k];
  if (opening === undefined) return null;
  if (act === 'established') {
    begun.splice(k, 1);
    const isOwned = twin.opening[k] !== NOBODY;
    const slot = pool.openingDone(opening.id, now);
    return [isOwned ? slot : given(bench, slot, now), twin.established(k, now)];
  }
  if (twin.opening[k] === NOBODY) return null;
  pool.disown(opening.id, now);
  twin.opening[k] = NOBODY;
  return null;
}

function changed({ pool }: PoolBench, settings: Changeable, now: number): number[] {
  pool.settings = poolSettings(settings);
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

/** Lets the timers ring that come due up to an instant, in their order. */
function letTimersRing({ pool, timers }: PoolBench, now: number): void {
  for (;;) {
    const next = timers.toSorted((a, b) => a.at - b.at)[0];
    if (next === undefined || next.at > now) return;
    timers.splice(timers.indexOf(next), 1);
    pool.idleTimerRings(0, next.at);
  }
}

describe('the pool and its naive twin', () => {
  it('answer alike and have the same connections after every step', () => {
    const runs = fc.tuple(changeable, fc.nat({ max: 5 }), fc.array(step, { maxLength: 80 }));
    fc.assert(
      fc.property(runs, ([settings, initial, steps]) => {
        const start = Math.min(settings.max, initial);
        const bench = poolBench({ ...settings, initial: start });
        const twin = new TwinPool(settings, start);
        let now = 0;
        steps.forEach((wanted, request) => {
          now += wanted.act === 'later' ? wanted.ns : 1;
          letTimersRing(bench, now);
          twin.closeAged(now);
          const [ours, naive] = both(bench, twin, wanted, request, now) ?? [];
          expect(ours, `${wanted.act} at ${now}`).toEqual(naive);
          const { pool } = bench;
          expect([
            pool.idleAt(0),
            pool.open.level[0],
            pool.pendingAt(0),
            pool.handing.level[0],
          ]).toEqual([twin.idle.length, twin.open, twin.waiting.length, twin.handed.length]);
          expect(bench.database.slots.open).toBe(twin.open);
        });
      }),
      fuzzed(1000),
    );
  });
});

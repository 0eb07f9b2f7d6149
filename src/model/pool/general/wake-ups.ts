/**
 * Waiters of one instance who are told that a connection is free instead of being given it, and come for
 * it a hand-over later: axis A3. Until then a newcomer can take it, if it may.
 */
import type { Lending } from './lending.ts';
import type { PoolParts } from './parts.ts';
import { STEP, stepCode } from './steps.ts';

export class WakeUps {
  private readonly i: number;
  private readonly parts: PoolParts;
  private readonly lending: Lending;
  /** Those who were told and are not there yet, and when they will be. */
  private readonly woken = new Map<number, number>();

  constructor(i: number, parts: PoolParts, lending: Lending) {
    this.i = i;
    this.parts = parts;
    this.lending = lending;
  }

  get size(): number {
    return this.woken.size;
  }

  /** Tells the next who waits that a connection is free. */
  wake(now: number): void {
    const { line, free } = this.lending;
    if (line.size === 0 || free.size <= this.woken.size) return;
    const { policy, handoverNs } = this.parts.books.settings;
    const slot = line.next(policy.order);
    this.woken.set(slot, now + handoverNs);
    if (handoverNs === 0) this.comeFor(slot, now);
    else this.parts.events.stepSet(stepCode(STEP.woken, this.i), now + handoverNs);
  }

  /** Those who were woken in time come for a connection; who finds none is last in the line again. */
  come(now: number): void {
    for (const [slot, at] of this.woken) if (at <= now) this.comeFor(slot, now);
  }

  /** One who was woken gives up; false: he was not. */
  leave(slot: number, now: number): boolean {
    if (!this.woken.delete(slot)) return false;
    this.parts.books.countPending(this.i, -1, now);
    this.wake(now);
    return true;
  }

  clear(): void {
    this.woken.clear();
  }

  private comeFor(slot: number, now: number): void {
    const { line, free } = this.lending;
    this.woken.delete(slot);
    if (free.size === 0) {
      line.push(slot, now);
      return;
    }
    this.parts.books.countPending(this.i, -1, now);
    this.lending.serveNext(slot, now, now);
  }
}

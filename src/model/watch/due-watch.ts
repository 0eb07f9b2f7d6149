/**
 * Steps whose end is known when they begin: notes the instant by slot, apart from the lists of events,
 * and looks whether the step ends then.
 */
import { widenFloats } from '../../engine/typed-arrays.ts';

const INITIAL = 1024;

export class DueWatch {
  /** Steps that ended too early, too late, or a second time. */
  faults = 0;
  /** When each slot's step must have ended; Infinity: it is in none. */
  private due = new Float64Array(INITIAL).fill(Infinity);

  /** The slot's step ends at `at` at the latest. */
  begin(slot: number, at: number): void {
    const { length } = this.due;
    if (slot >= length) this.due = widenFloats(this.due, 2 * slot).fill(Infinity, length);
    this.due[slot] = at;
  }

  /** The step ends because its time is up: exactly now. */
  ring(slot: number, now: number): void {
    if (this.due[slot] !== now) this.faults++;
    this.due[slot] = Infinity;
  }

  /** The step, if the slot is in one, ends for another reason: not after its time. */
  end(slot: number, now: number): void {
    if ((this.due[slot] as number) < now) this.faults++;
    this.due[slot] = Infinity;
  }

  /** The step ends that lasts at least so long, but for `rounding`. */
  endSlow(slot: number, now: number, rounding: number): void {
    if ((this.due[slot] as number) > now + rounding) this.faults++;
    this.due[slot] = Infinity;
  }

  /** Somebody else watches the slot's step from now on. */
  forget(slot: number): void {
    this.due[slot] = Infinity;
  }

  /** Faults so far, with the steps that should have ended before now. O(slots). */
  faultsUntil(now: number): number {
    let overdue = 0;
    for (const at of this.due) if (at < now) overdue++;
    return this.faults + overdue;
  }
}

/**
 * Tickets tell whether an entry of a deadline lane is still meant: it carries the ticket that its slot
 * had when it was made, and the slot's ticket is taken back when the deadline no longer matters. So a
 * deadline is cancelled in O(1), without looking for its entry.
 */
import { widenFloats } from './typed-arrays.ts';

export class Tickets {
  private current: Float64Array;
  private last = 0;

  constructor(slots: number) {
    this.current = new Float64Array(slots);
  }

  /** Gives the slot a new ticket; any older one of it is void. */
  issue(slot: number): number {
    this.current[slot] = ++this.last;
    return this.last;
  }

  revoke(slot: number): void {
    this.current[slot] = 0;
  }

  isValid(slot: number, ticket: number): boolean {
    return this.current[slot] === ticket;
  }

  /** Makes room for more slots. */
  resize(slots: number): void {
    this.current = widenFloats(this.current, slots);
  }
}

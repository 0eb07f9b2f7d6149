/**
 * Deadlines in any order that can be called off: a heap whose entries carry tickets, as those of
 * `ordered-lanes` do. Entries whose ticket is void stay where they are until they come to the front or
 * until they outnumber the valid ones; so memory follows what is in flight, not what was called off.
 */
import { EventList } from './event-list.ts';
import type { Tickets } from './tickets.ts';

/** Fewer entries than this are not worth looking through. */
const FEW = 64;

export class TicketedHeap {
  private list = new EventList();
  private lookAt = FEW;
  private readonly tickets: Tickets;

  constructor(tickets: Tickets) {
    this.tickets = tickets;
  }

  /** The earliest instant; Infinity when there is none. O(1). */
  get firstAt(): number {
    return this.list.firstKey;
  }

  /** Entries, void ones included. */
  get size(): number {
    return this.list.size;
  }

  /** `ticket` is the slot's latest one. At equal instants the older ticket is first. O(log n) amortised. */
  push(at: number, slot: number, ticket: number): void {
    if (this.list.size >= this.lookAt) this.dropVoid();
    this.list.push(at, slot, ticket);
  }

  /** Removes the first entry: its slot, or −1 when its ticket is void. There must be one. O(log n). */
  pop(): number {
    const ticket = this.list.firstSequence;
    const slot = this.list.pop();
    return this.tickets.isValid(slot, ticket) ? slot : -1;
  }

  /** Leaves out what is void if that is the larger part; looks again when the rest has doubled. */
  private dropVoid(): void {
    const valid = this.list.filtered((slot, ticket) => this.tickets.isValid(slot, ticket));
    if (valid.size * 2 < this.list.size) this.list = valid;
    this.lookAt = Math.max(FEW, this.list.size * 2);
  }
}

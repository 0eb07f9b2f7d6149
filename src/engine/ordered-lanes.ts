/**
 * Delays that are (nearly) always the same come due in the order in which they were started: a ring
 * buffer keeps them at O(1) an entry, where a heap would pay O(log n). When a changed setting makes a
 * later entry due earlier than the last one, a new lane is opened beside the old, which empties by and
 * by; so any sequence of delays is served in order, and every lane is sorted by construction.
 *
 *     lane 0:  14:00:03.1  14:00:03.4  14:00:04.9        (5 s timeouts from before the change)
 *     lane 1:  14:00:02.0  14:00:02.2                    (2 s timeouts from after it)
 *
 * At equal instants the older lane goes first, so ties are first in first out.
 */
import type { Tickets } from './tickets.ts';

const INITIAL_CAPACITY = 64;

export class OrderedLanes {
  private lanes: Lane[];
  private readonly tickets: Tickets | null;

  /** With `tickets`, entries whose ticket is void are dropped unseen. */
  constructor(tickets: Tickets | null) {
    this.tickets = tickets;
    this.lanes = [new Lane()];
  }

  /** The earliest instant; Infinity when there is none. O(lanes), which is 1 unless a delay has shrunk. */
  get firstAt(): number {
    return this.lanes.length === 1 ? (this.lanes[0] as Lane).firstAt : this.earliest().firstAt;
  }

  /** Entries, void ones included. O(lanes). */
  get size(): number {
    return this.lanes.reduce((sum, lane) => sum + lane.size, 0);
  }

  /** O(1) amortised. `ticket` is 0 without tickets. */
  push(at: number, payload: number, ticket: number): void {
    let lane = this.lanes[this.lanes.length - 1] as Lane;
    if (at < lane.lastAt) {
      lane = new Lane();
      this.lanes.push(lane);
    }
    lane.push(at, payload, ticket, this.tickets);
  }

  /**
   * Removes the first entry and returns its payload, or −1 when its ticket is void. There must be an
   * entry. O(1).
   */
  pop(): number {
    const lane = this.lanes.length === 1 ? (this.lanes[0] as Lane) : this.earliest();
    const payload = lane.pop(this.tickets);
    if (this.lanes.length > 1 && lane.size === 0) {
      this.lanes = this.lanes.filter((other) => other !== lane);
    }
    return payload;
  }

  /** Calls `visit` with payload and instant of each entry that still counts. O(entries). */
  forEach(visit: (payload: number, at: number) => void): void {
    for (const lane of this.lanes) lane.forEach(this.tickets, visit);
  }

  /** Removes all entries; what one lane has of room is kept. */
  clear(): void {
    this.lanes = this.lanes.slice(0, 1);
    (this.lanes[0] as Lane).size = 0;
  }

  private earliest(): Lane {
    let first = this.lanes[0] as Lane;
    for (const lane of this.lanes) if (lane.firstAt < first.firstAt) first = lane;
    return first;
  }
}

/** One ring of entries in order of time. */
class Lane {
  size = 0;
  private at = new Float64Array(INITIAL_CAPACITY);
  private payloads = new Int32Array(INITIAL_CAPACITY);
  private ticketOf = new Float64Array(INITIAL_CAPACITY);
  private head = 0;

  get firstAt(): number {
    return this.size === 0 ? Infinity : (this.at[this.head] as number);
  }

  get lastAt(): number {
    if (this.size === 0) return -Infinity;
    return this.at[(this.head + this.size - 1) & (this.at.length - 1)] as number;
  }

  push(at: number, payload: number, ticket: number, tickets: Tickets | null): void {
    if (this.size === this.at.length) this.makeRoom(tickets);
    const i = (this.head + this.size++) & (this.at.length - 1);
    this.at[i] = at;
    this.payloads[i] = payload;
    this.ticketOf[i] = ticket;
  }

  /** The payload of the first entry, −1 if it is void; then void entries that follow are dropped. */
  pop(tickets: Tickets | null): number {
    const payload = this.payloads[this.head] as number;
    const isValid =
      tickets === null || tickets.isValid(payload, this.ticketOf[this.head] as number);
    this.drop();
    if (tickets !== null) this.dropVoid(tickets);
    return isValid ? payload : -1;
  }

  forEach(tickets: Tickets | null, visit: (payload: number, at: number) => void): void {
    for (let k = 0; k < this.size; k++) {
      const i = (this.head + k) & (this.at.length - 1);
      const payload = this.payloads[i] as number;
      const isValid = tickets === null || tickets.isValid(payload, this.ticketOf[i] as number);
      if (isValid) visit(payload, this.at[i] as number);
    }
  }

  private dropVoid(tickets: Tickets): void {
    while (this.size > 0) {
      const slot = this.payloads[this.head] as number;
      if (tickets.isValid(slot, this.ticketOf[this.head] as number)) return;
      this.drop();
    }
  }

  private drop(): void {
    this.head = (this.head + 1) & (this.at.length - 1);
    this.size--;
  }

  /**
   * Squeezes out the void entries; doubles the ring only when at least half of it is still meant, so
   * that its size follows what is in flight and not the length of the delay.
   */
  private makeRoom(tickets: Tickets | null): void {
    const valid = tickets === null ? this.size : this.countValid(tickets);
    const capacity = valid * 2 > this.at.length ? this.at.length * 2 : this.at.length;
    const { at, payloads, ticketOf, head, size } = this;
    const mask = at.length - 1;
    this.at = new Float64Array(capacity);
    this.payloads = new Int32Array(capacity);
    this.ticketOf = new Float64Array(capacity);
    this.head = 0;
    this.size = 0;
    for (let k = 0; k < size; k++) {
      const i = (head + k) & mask;
      const payload = payloads[i] as number;
      const ticket = ticketOf[i] as number;
      if (tickets !== null && !tickets.isValid(payload, ticket)) continue;
      this.at[this.size] = at[i] as number;
      this.payloads[this.size] = payload;
      this.ticketOf[this.size++] = ticket;
    }
  }

  private countValid(tickets: Tickets): number {
    let valid = 0;
    for (let k = 0; k < this.size; k++) {
      const i = (this.head + k) & (this.at.length - 1);
      if (tickets.isValid(this.payloads[i] as number, this.ticketOf[i] as number)) valid++;
    }
    return valid;
  }
}

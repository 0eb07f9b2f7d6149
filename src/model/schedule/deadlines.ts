/**
 * Timeouts that can be called off, each valid as long as its slot's ticket is. Delays that are always
 * the same go into lanes, others into a heap.
 */
import type { LawFamily } from '../../engine/law.ts';
import { OrderedLanes } from '../../engine/ordered-lanes.ts';
import { EventSource, type Simulation } from '../../engine/simulation.ts';
import { TicketedHeap } from '../../engine/ticketed-heap.ts';
import type { Tickets } from '../../engine/tickets.ts';
import { RANK } from './ranks.ts';

export class Deadlines {
  private readonly simulation: Simulation;
  private readonly source: EventSource;
  private entries: OrderedLanes | TicketedHeap;
  private readonly tickets: Tickets;

  /** @param expired called with the slot whose deadline has passed */
  constructor(
    simulation: Simulation,
    tickets: Tickets,
    expired: (slot: number) => void,
    family: LawFamily = 'constant',
  ) {
    this.simulation = simulation;
    this.tickets = tickets;
    this.entries = family === 'constant' ? new OrderedLanes(tickets) : new TicketedHeap(tickets);
    this.source = new EventSource(simulation, RANK.timeout, () => {
      const slot = this.entries.pop();
      simulation.schedule(this.source, this.entries.firstAt);
      if (slot < 0) return;
      tickets.revoke(slot);
      expired(slot);
    });
  }

  /** The slot's deadline is at `at`; Infinity: never. */
  set(slot: number, at: number): void {
    if (at === Infinity) return;
    this.entries.push(at, slot, this.tickets.issue(slot));
    this.simulation.schedule(this.source, this.entries.firstAt);
  }

  /**
   * Calls off all deadlines of delays that are always the same.
   * @param slots how many there are
   * @returns the deadline of each slot; Infinity: it had none
   */
  takeAll(slots: number): Float64Array {
    const { entries } = this;
    const taken = new Float64Array(slots).fill(Infinity);
    if (!(entries instanceof OrderedLanes)) return taken;
    entries.forEach((slot, at) => {
      taken[slot] = at;
      this.cancel(slot);
    });
    entries.clear();
    this.simulation.schedule(this.source, Infinity);
    return taken;
  }

  /** The slot's deadline does not matter any more. */
  cancel(slot: number): void {
    this.tickets.revoke(slot);
  }
}

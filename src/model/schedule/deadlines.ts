/** Timeouts that can be called off: lanes of deadlines, each valid as long as its slot's ticket is. */
import { OrderedLanes } from '../../engine/ordered-lanes.ts';
import { EventSource, type Simulation } from '../../engine/simulation.ts';
import type { Tickets } from '../../engine/tickets.ts';
import { RANK } from './ranks.ts';

export class Deadlines {
  private readonly simulation: Simulation;
  private readonly source: EventSource;
  private readonly lanes: OrderedLanes;
  private readonly tickets: Tickets;

  /** @param expired called with the slot whose deadline has passed */
  constructor(simulation: Simulation, tickets: Tickets, expired: (slot: number) => void) {
    this.simulation = simulation;
    this.tickets = tickets;
    this.lanes = new OrderedLanes(tickets);
    this.source = new EventSource(simulation, RANK.timeout, () => {
      const slot = this.lanes.pop();
      simulation.schedule(this.source, this.lanes.firstAt);
      if (slot < 0) return;
      tickets.revoke(slot);
      expired(slot);
    });
  }

  /** The slot's deadline is at `at`; Infinity: never. */
  set(slot: number, at: number): void {
    if (at === Infinity) return;
    this.lanes.push(at, slot, this.tickets.issue(slot));
    this.simulation.schedule(this.source, this.lanes.firstAt);
  }

  /** The slot's deadline does not matter any more. */
  cancel(slot: number): void {
    this.tickets.revoke(slot);
  }
}

/**
 * Steps that take a time known at their start and end with an event: round trips, connection set-ups,
 * pauses. What always takes equally long goes into lanes, what does not into a heap; both are asked the
 * same things.
 */
import { EventList } from '../../engine/event-list.ts';
import type { LawFamily } from '../../engine/law.ts';
import { OrderedLanes } from '../../engine/ordered-lanes.ts';
import { EventSource, type Simulation } from '../../engine/simulation.ts';

export class Delays {
  private readonly simulation: Simulation;
  private readonly source: EventSource;
  private readonly lanes: OrderedLanes | null;
  private readonly heap: EventList;

  /** @param done called with the payload when its time has passed */
  constructor(
    simulation: Simulation,
    rank: number,
    family: LawFamily,
    done: (payload: number) => void,
  ) {
    this.simulation = simulation;
    this.lanes = family === 'constant' ? new OrderedLanes(null) : null;
    this.heap = new EventList();
    this.source = new EventSource(simulation, rank, () => {
      const payload = this.lanes === null ? this.heap.pop() : this.lanes.pop();
      this.reschedule();
      done(payload);
    });
  }

  /** `payload` is done at the instant `at`. */
  push(at: number, payload: number): void {
    if (this.lanes === null) this.heap.push(at, payload);
    else this.lanes.push(at, payload, 0);
    this.reschedule();
  }

  private reschedule(): void {
    const at = this.lanes === null ? this.heap.firstKey : this.lanes.firstAt;
    this.simulation.schedule(this.source, at);
  }
}

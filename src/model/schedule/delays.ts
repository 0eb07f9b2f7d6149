/**
 * Steps that take a time known at their start and end with an event: round trips, connection set-ups,
 * pauses. What always takes equally long goes into lanes, what does not into a queue; both are asked the
 * same things.
 */
import { EventQueue } from '../../engine/event-queue.ts';
import type { LawFamily } from '../../engine/law.ts';
import { OrderedLanes } from '../../engine/ordered-lanes.ts';
import { EventSource, type Simulation } from '../../engine/simulation.ts';

export class Delays {
  private readonly simulation: Simulation;
  private readonly source: EventSource;
  /** Where the payloads wait, one of the two. */
  readonly lanes: OrderedLanes | null;
  readonly queue: EventQueue;

  /** @param done called with the payload when its time has passed */
  constructor(
    simulation: Simulation,
    rank: number,
    family: LawFamily,
    done: (payload: number) => void,
  ) {
    this.simulation = simulation;
    this.lanes = family === 'constant' ? new OrderedLanes(null) : null;
    this.queue = new EventQueue();
    this.source = new EventSource(simulation, rank, () => {
      const payload = this.lanes === null ? this.queue.pop() : this.lanes.pop();
      this.reschedule();
      done(payload);
    });
  }

  /** Steps under way. */
  get size(): number {
    return this.lanes === null ? this.queue.size : this.lanes.size;
  }

  /** When each payload under way is done, of delays that are always the same. O(steps). */
  instants(): ReadonlyMap<number, number> {
    const instants = new Map<number, number>();
    this.lanes?.forEach((payload, at) => instants.set(payload, at));
    return instants;
  }

  /** `payload` is done at the instant `at`. */
  push(at: number, payload: number): void {
    if (this.lanes === null) this.queue.push(at, payload);
    else this.lanes.push(at, payload, 0);
    this.reschedule();
  }

  /** Somebody else takes the payloads out from now on. */
  suspend(): void {
    this.simulation.schedule(this.source, Infinity);
  }

  /** Ends `suspend`. */
  reschedule(): void {
    const at = this.lanes === null ? this.queue.firstKey : this.lanes.firstAt;
    this.simulation.schedule(this.source, at);
  }
}

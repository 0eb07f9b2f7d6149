/**
 * The loop. Events come from sources: each knows the instant of its next event and what to do then. The
 * loop takes the earliest; at equal instants the source of the lower rank, then the one that was added
 * first; within a source its own order holds, first in first out. A source is a lane, a heap, a virtual
 * clock or a single next arrival: the loop does not care, and a run has about ten of them, so looking
 * at all heads is cheaper than any tree.
 */
import { widenFloats } from './typed-arrays.ts';

/** Something that has a next event. Add it to a simulation before it schedules. */
export class EventSource {
  readonly rank: number;
  readonly fire: () => void;
  /** Position among the simulation's sources. */
  index = -1;

  /** @param fire called when the source's instant has come; must move the instant on, or clear it */
  constructor(rank: number, fire: () => void) {
    this.rank = rank;
    this.fire = fire;
  }
}

export class Simulation {
  /** Events fired so far. */
  events = 0;
  private sources: EventSource[] = [];
  private nextAt = new Float64Array(16);
  /** In an array, so that reading and writing the clock boxes no number. */
  private readonly clock = new Float64Array(1);

  /** The current instant, in whole nanoseconds since the start of the run. */
  get now(): number {
    return this.clock[0] as number;
  }

  /** Adds a source with nothing scheduled. O(sources). */
  add(source: EventSource): void {
    const known = new Map(this.sources.map((s) => [s, this.nextAt[s.index] as number]));
    this.sources = [...this.sources, source].sort((a, b) => a.rank - b.rank);
    if (this.sources.length > this.nextAt.length) {
      this.nextAt = widenFloats(this.nextAt, this.nextAt.length * 2);
    }
    this.sources.forEach((s, index) => {
      s.index = index;
      this.nextAt[index] = known.get(s) ?? Infinity;
    });
  }

  /** Sets the instant of the source's next event (not before now); Infinity clears it. */
  schedule(source: EventSource, at: number): void {
    this.nextAt[source.index] = at;
  }

  /** Fires every event up to and including the instant `until`, then moves the clock there. */
  runUntil(until: number): void {
    const { nextAt, sources, clock } = this;
    const count = sources.length;
    for (;;) {
      let first = 0;
      let at = Infinity;
      for (let i = 0; i < count; i++) {
        const candidate = nextAt[i] as number;
        if (candidate < at) {
          at = candidate;
          first = i;
        }
      }
      if (at > until) break;
      clock[0] = at;
      this.events++;
      (sources[first] as EventSource).fire();
    }
    clock[0] = until;
  }
}

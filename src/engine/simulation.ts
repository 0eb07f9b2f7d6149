/**
 * The loop. Events come from sources: each knows the instant of its next event and what to do then. The
 * loop takes the earliest; at equal instants the source of the lower rank, then the one that was created
 * first; within a source its own order holds, first in first out. A source is a lane, a heap, a virtual
 * clock or a single next arrival: the loop does not care, and a run has about ten of them, so looking
 * at all heads is cheaper than any tree.
 */
import { widenFloats } from './typed-arrays.ts';

/** Something that has a next event. */
export class EventSource {
  readonly rank: number;
  readonly fire: () => void;
  /** Position in the loop; −1 until it schedules for the first time. */
  index = -1;
  /** Which one it is among all sources of its simulation, in the order of their creation. */
  readonly order: number;

  /** @param fire called when the source's instant has come; must move the instant on, or clear it */
  constructor(simulation: Simulation, rank: number, fire: () => void) {
    this.rank = rank;
    this.fire = fire;
    this.order = simulation.register();
  }
}

export class Simulation {
  /** Events fired so far. */
  events = 0;
  /** Sources that have ever scheduled: what is never used costs nothing. */
  private sources: EventSource[] = [];
  private nextAt = new Float64Array(16).fill(Infinity);
  private registered = 0;
  /** The current instant, in an array so that reading and writing it boxes no number. */
  readonly clock = new Float64Array(1);

  /** The current instant, in whole nanoseconds since the start of the run. */
  get now(): number {
    return this.clock[0] as number;
  }

  /** The number of a new source. */
  register(): number {
    return this.registered++;
  }

  /** Sets the instant of the source's next event (not before now); Infinity clears it. */
  schedule(source: EventSource, at: number): void {
    if (source.index < 0) {
      if (at === Infinity) return;
      this.enter(source);
    }
    this.nextAt[source.index] = at;
  }

  /** The instant of a source's next event; Infinity: it has none. */
  instantOf({ index }: EventSource): number {
    return index < 0 ? Infinity : (this.nextAt[index] as number);
  }

  /** The first instant at which a source of these ranks has an event. O(sources). */
  nextOf(fromRank: number, toRank: number): number {
    let at = Infinity;
    for (const { rank, index } of this.sources) {
      if (rank >= fromRank && rank <= toRank) at = Math.min(at, this.nextAt[index] as number);
    }
    return at;
  }

  /**
   * Fires every event up to and including the instant `until`, then moves the clock there.
   * @param budget stops after so many events, wherever the clock is then
   * @returns whether `until` was reached
   */
  runUntil(until: number, budget = Infinity): boolean {
    const { clock } = this;
    const lastEvent = this.events + budget;
    while (this.events < lastEvent) {
      const { nextAt, sources } = this;
      const count = sources.length;
      let first = 0;
      let at = Infinity;
      for (let i = 0; i < count; i++) {
        const candidate = nextAt[i] as number;
        if (candidate < at) {
          at = candidate;
          first = i;
        }
      }
      if (at > until || at === Infinity) {
        clock[0] = until;
        return true;
      }
      clock[0] = at;
      this.events++;
      (sources[first] as EventSource).fire();
    }
    return false;
  }

  /** Takes a source into the loop, at its place. */
  private enter(source: EventSource): void {
    const instants = new Map(this.sources.map((s) => [s, this.nextAt[s.index] as number]));
    this.sources = [...this.sources, source].sort((a, b) => a.rank - b.rank || a.order - b.order);
    if (this.sources.length > this.nextAt.length) {
      this.nextAt = widenFloats(this.nextAt, this.nextAt.length * 2);
    }
    this.sources.forEach((s, index) => {
      s.index = index;
      this.nextAt[index] = instants.get(s) ?? Infinity;
    });
  }
}

/** Bursts: so many requests at one instant, on top of whatever else arrives. */
import { countBefore } from './instant-list.ts';
import type { Burst } from './settings.ts';

export class Bursts {
  private bursts: readonly Burst[];
  private next: number;

  constructor(bursts: readonly Burst[]) {
    this.bursts = bursts;
    this.next = indexFrom(bursts, 0);
  }

  /** The instant of the next burst; Infinity: there is none. */
  get nextAt(): number {
    return this.bursts[this.next]?.atNs ?? Infinity;
  }

  /** Moves past the burst at `nextAt`, and says how many requests it has. */
  advance(): number {
    return this.bursts[this.next++]?.count ?? 0;
  }

  /** Other bursts from `now` on, those of this instant included. */
  apply(bursts: readonly Burst[], now: number): void {
    this.bursts = bursts;
    this.next = indexFrom(bursts, now);
  }
}

function indexFrom(bursts: readonly Burst[], now: number): number {
  return countBefore(
    bursts.map(({ atNs }) => atNs),
    now,
  );
}

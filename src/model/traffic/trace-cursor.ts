/** Walks through a recorded trace: O(1) an arrival. */
import { countBefore } from './instant-list.ts';
import type { TraceSettings } from './settings.ts';

/** The hold of an arrival for which none was recorded. */
export const NO_HOLD = -1;

export class TraceCursor {
  private trace: TraceSettings | null;
  private next: number;

  constructor(trace: TraceSettings | null) {
    this.trace = trace;
    this.next = trace === null ? 0 : countBefore(trace.atNs, 0);
  }

  /** The instant of the next arrival; Infinity: there is none. */
  get nextAt(): number {
    return this.trace?.atNs[this.next] ?? Infinity;
  }

  /** Moves past the arrival at `nextAt`, and says how long it keeps its connection, or NO_HOLD. */
  advance(): number {
    const i = this.next++;
    return this.trace?.holdNs?.[i] ?? NO_HOLD;
  }

  /** Another trace from `now` on, what arrives at this instant included; the same one just goes on. */
  apply(trace: TraceSettings | null, now: number): void {
    if (trace === this.trace) return;
    this.trace = trace;
    this.next = trace === null ? 0 : countBefore(trace.atNs, now);
  }
}

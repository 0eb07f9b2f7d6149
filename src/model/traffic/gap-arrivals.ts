/**
 * Arrivals with independent gaps under a varying rate. Gaps of mean 1 are laid end to end on the axis of
 * the integrated rate; where they fall in time are the arrivals (Çinlar's method; with exponential gaps
 * they are Poisson). So the same seed gives the same gaps under any rate, and the process is exact at
 * every corner and jump.
 */
import type { VariateStream } from '../../engine/variates.ts';
import type { OpenArrivals } from './open-arrivals.ts';
import { RateCurve } from './rate-curve.ts';
import type { RatePoint, TrafficSettings } from './settings.ts';

/** Entries of the state: floating-point fields would be boxed at every write. */
const LAST = 0;
const GAP = 1;
const NEXT = 2;

export class GapArrivals implements OpenArrivals {
  private curve: RateCurve;
  private readonly gaps: VariateStream;
  /** Where the last arrival fell, not rounded; the gap after it; where that ends. */
  private readonly state = new Float64Array(3);

  constructor(rate: readonly RatePoint[], gaps: VariateStream) {
    this.curve = new RateCurve(rate);
    this.gaps = gaps;
    this.state[GAP] = gaps.next();
    this.locateNext();
  }

  /** The instant of the next arrival, rounded up to whole ns; Infinity when the rate ends at 0. */
  get nextAt(): number {
    return Math.ceil(this.state[NEXT] as number);
  }

  /** Moves past the arrival at `nextAt`. O(log segments). */
  advance(): number {
    this.state[LAST] = this.state[NEXT] as number;
    this.state[GAP] = this.gaps.next();
    this.locateNext();
    return 1;
  }

  /** Changes the rate from `now` on: what is left of the current gap is run down at the new rate. */
  apply(settings: TrafficSettings, now: number): void {
    const last = this.state[LAST] as number;
    if (last < now) {
      const passed = this.curve.expected(last, now);
      this.state[GAP] = Math.max((this.state[GAP] as number) - passed, Number.MIN_VALUE);
      this.state[LAST] = now;
    }
    this.curve = new RateCurve(settings.rate);
    this.locateNext();
  }

  private locateNext(): void {
    this.state[NEXT] = this.curve.advance(this.state[LAST] as number, this.state[GAP] as number);
  }
}

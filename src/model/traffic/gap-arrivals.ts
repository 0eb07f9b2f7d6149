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

export interface GapCourse {
  /** Where the last arrival fell, and the next one falls, not rounded; the gap between them. */
  readonly last: number;
  readonly gap: number;
  readonly next: number;
  /** The rate per ns, and until when it is that. */
  readonly constantRate: number;
  readonly end: number;
}

export class GapArrivals implements OpenArrivals {
  /** The instant of the next arrival, rounded up to whole ns; Infinity when the rate ends at 0. */
  nextAt = Infinity;
  private curve: RateCurve;
  readonly gaps: VariateStream;
  /** Where the last arrival fell, not rounded; the gap after it; where that ends. */
  private last = -0;
  private gap = -0;
  private next = -0;
  /** End, rate and slope of the segment of the curve in which the next arrival falls. */
  private end = -0;
  private rate = -0;
  private slope = -0;

  constructor(rate: readonly RatePoint[], gaps: VariateStream) {
    this.curve = new RateCurve(rate);
    this.gaps = gaps;
    this.gap = gaps.next();
    this.locateNext();
  }

  /** Moves past the arrival at `nextAt`. O(1) amortised. */
  advance(): number {
    this.last = this.next;
    this.gap = this.gaps.next();
    if (this.slope === 0) {
      // As `locateNext` does it, where √rate² is the rate; nearly always.
      const at = this.last + this.gap / this.rate;
      if (at <= this.end) {
        this.comeAt(at);
        return 1;
      }
    }
    this.locateNext();
    return 1;
  }

  /** Where it is, for those who go on from here themselves while the rate is constant; 0: it is not. */
  get course(): GapCourse {
    const { last, gap, next, end, rate, slope } = this;
    return { last, gap, next, end, constantRate: slope === 0 ? rate : 0 };
  }

  /** They have come to this arrival, by this gap after the one before. */
  moveTo(last: number, gap: number, next: number): void {
    this.last = last;
    this.gap = gap;
    this.comeAt(next);
  }

  /** … and have drawn a gap that may end where the rate is another. */
  goOn(last: number, gap: number): void {
    this.last = last;
    this.gap = gap;
    this.locateNext();
  }

  /** Changes the rate from `now` on: what is left of the current gap is run down at the new rate. */
  apply(settings: TrafficSettings, now: number): void {
    if (this.last < now) {
      const passed = this.curve.expected(this.last, now);
      this.gap = Math.max(this.gap - passed, Number.MIN_VALUE);
      this.last = now;
    }
    this.curve = new RateCurve(settings.rate);
    this.locateNext();
  }

  private locateNext(): void {
    // A gap of 0 is possible, and not an amount that a curve reaches.
    this.comeAt(this.curve.advance(this.last, this.gap || Number.MIN_VALUE));
    const { end, rate, slope } = this.curve.segmentAround(this.next);
    this.end = end;
    this.rate = rate;
    this.slope = slope;
  }

  private comeAt(at: number): void {
    this.next = at;
    this.nextAt = Math.ceil(at);
  }
}

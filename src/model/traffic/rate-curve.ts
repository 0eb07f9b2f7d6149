/**
 * A rate that is piecewise linear in time, with jumps, and its exact integral and inverse: what a
 * non-homogeneous Poisson process needs so that no corner is cut and no step is taken.
 */
import { LAST_INSTANT, SECOND } from '../../engine/time.ts';
import type { RatePoint } from './settings.ts';

export class RateCurve {
  /** Segment k runs from `starts[k]` to `starts[k + 1]` (the last one for ever), in ns. */
  private readonly starts: Float64Array;
  private readonly ends: Float64Array;
  /** Rate at the segment's start, per ns. */
  private readonly rates: Float64Array;
  /** Change of the rate, per ns². */
  private readonly slopes: Float64Array;

  /** @param points at least one, in order of time; constant before the first and after the last */
  constructor(points: readonly RatePoint[]) {
    const segments = segmentsOf(points);
    this.starts = Float64Array.from(segments, (s) => s.start);
    this.ends = Float64Array.from(segments, (_, k) => segments[k + 1]?.start ?? Infinity);
    this.rates = Float64Array.from(segments, (s) => s.rate);
    this.slopes = Float64Array.from(segments, (s) => s.slope);
  }

  /** Requests per second at an instant; at a jump, the rate from then on. */
  perSecondAt(atNs: number): number {
    const k = this.segmentAt(atNs);
    return this.rateAt(k, atNs) * SECOND;
  }

  /** ∫ rate dt from one instant to a later one: the expected number of arrivals. */
  expected(fromNs: number, toNs: number): number {
    let sum = 0;
    let from = fromNs;
    for (let k = this.segmentAt(fromNs); from < toNs; k++) {
      const to = Math.min(toNs, this.endOf(k));
      sum += this.area(k, from, to);
      from = to;
    }
    return sum;
  }

  /**
   * The instant (a fraction of a ns, so that rounding does not add up) at which ∫ rate dt from `fromNs`
   * reaches `amount`; Infinity when it never does. Within a segment the area r·d + s·d²/2 = amount is
   * solved as d = 2·amount / (r + √(r² + 2·s·amount)), which loses no digits when s is small.
   */
  advance(fromNs: number, amount: number): number {
    let from = fromNs;
    let left = amount;
    for (let k = this.segmentAt(fromNs); k < this.starts.length; k++) {
      const rate = this.rateAt(k, from);
      const slope = this.slopes[k] as number;
      const end = this.endOf(k);
      const discriminant = rate * rate + 2 * slope * left;
      if (discriminant >= 0 && left > 0) {
        const at = from + (2 * left) / (rate + Math.sqrt(discriminant));
        if (at <= end) return at;
      }
      if (end === Infinity) return Infinity;
      left = Math.max(left - this.area(k, from, end), Number.MIN_VALUE);
      from = end;
    }
    return Infinity;
  }

  /** The segment in which an instant lies: its end, rate per ns at its start, change of the rate per ns². */
  segmentAround(atNs: number): {
    readonly end: number;
    readonly rate: number;
    readonly slope: number;
  } {
    const k = this.segmentAt(atNs);
    return {
      end: this.endOf(k),
      rate: this.rates[k] as number,
      slope: this.slopes[k] as number,
    };
  }

  /** The next corner of the curve after an instant; Infinity when there is none. O(log segments). */
  cornerAfter(atNs: number): number {
    return this.endOf(this.segmentAt(atNs));
  }

  /** The first instant from `fromNs` on after which the rate is above 0; Infinity: it never is. */
  firstPositive(fromNs: number): number {
    for (let k = this.segmentAt(fromNs); k < this.starts.length; k++) {
      const from = Math.max(fromNs, this.starts[k] as number);
      if (this.rateAt(k, from) > 0 || (this.slopes[k] as number) > 0) return from;
    }
    return Infinity;
  }

  private rateAt(k: number, at: number): number {
    const rate =
      (this.rates[k] as number) + (this.slopes[k] as number) * (at - (this.starts[k] as number));
    return rate > 0 ? rate : 0;
  }

  private area(k: number, from: number, to: number): number {
    return ((this.rateAt(k, from) + this.rateAt(k, to)) / 2) * (to - from);
  }

  private endOf(k: number): number {
    return this.ends[k] as number;
  }

  /** The last segment that starts at or before the instant. O(log segments). */
  private segmentAt(at: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

interface Segment {
  readonly start: number;
  readonly rate: number;
  readonly slope: number;
}

function segmentsOf(points: readonly RatePoint[]): Segment[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined)
    throw new Error('bug: a rate curve without points');
  const segments: Segment[] = [{ start: -LAST_INSTANT, rate: first.perSecond / SECOND, slope: 0 }];
  points.slice(1).forEach((point, i) => {
    const from = points[i] as RatePoint;
    const length = point.atNs - from.atNs;
    if (length < 0) throw new Error('bug: rate points out of order');
    if (length === 0) return;
    const rate = from.perSecond / SECOND;
    segments.push({ start: from.atNs, rate, slope: (point.perSecond / SECOND - rate) / length });
  });
  segments.push({ start: last.atNs, rate: last.perSecond / SECOND, slope: 0 });
  return segments;
}

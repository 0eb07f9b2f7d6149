/**
 * How many users there are: a curve that is piecewise linear in time, with jumps, rounded down. User k
 * (from 0) exists while the curve is at least k + 1, so there are never more users than the curve says.
 */
import { LAST_INSTANT } from '../../engine/time.ts';
import type { UserPoint } from './settings.ts';

/** What rounding errors may take off a whole number of users. */
const ROUNDING = 1e-9;

export class PopulationCurve {
  /** Segment k runs from `starts[k]` to `starts[k + 1]` (the last one for ever), in ns. */
  private readonly starts: Float64Array;
  private readonly first: Float64Array;
  /** Users at the end of the segment, just before what may be a jump. */
  private readonly last: Float64Array;

  /** @param points at least one, in order of time; constant before the first and after the last */
  constructor(points: readonly UserPoint[]) {
    const segments = segmentsOf(points);
    this.starts = Float64Array.from(segments, ({ start }) => start);
    this.first = Float64Array.from(segments, ({ first }) => first);
    this.last = Float64Array.from(segments, ({ last }) => last);
  }

  /** Whole users at an instant; at a jump, those from then on. O(log segments). */
  at(atNs: number): number {
    return whole(this.valueAt(this.segmentAt(atNs), atNs));
  }

  /** Whole users just before an instant. O(log segments). */
  before(atNs: number): number {
    const k = this.segmentAt(atNs);
    if (k > 0 && this.starts[k] === atNs) return whole(this.last[k - 1] as number);
    return this.at(atNs);
  }

  /**
   * The next instant (whole, after `atNs`) at which the curve has risen to `users`, or at which it has a
   * corner, whichever is earlier; Infinity: neither will be.
   */
  nextRise(atNs: number, users: number): number {
    const k = this.segmentAt(atNs);
    const end = this.endOf(k);
    const [first, last] = [this.first[k] as number, this.last[k] as number];
    if (last <= first || users > last) return end;
    const start = this.starts[k] as number;
    const at = start + ((users - first) / (last - first)) * (end - start);
    return Math.min(end, Math.max(Math.ceil(at - ROUNDING), atNs + 1));
  }

  /** ∫ users dt (unrounded) from one instant to a later one. */
  userTime(fromNs: number, toNs: number): number {
    let sum = 0;
    let from = fromNs;
    for (let k = this.segmentAt(fromNs); from < toNs; k++) {
      const to = Math.min(toNs, this.endOf(k));
      sum += ((this.valueAt(k, from) + this.valueAt(k, to)) / 2) * (to - from);
      from = to;
    }
    return sum;
  }

  private valueAt(k: number, atNs: number): number {
    const [first, last] = [this.first[k] as number, this.last[k] as number];
    if (first === last) return first;
    const start = this.starts[k] as number;
    return first + ((last - first) * (atNs - start)) / (this.endOf(k) - start);
  }

  private endOf(k: number): number {
    return this.starts[k + 1] ?? Infinity;
  }

  /** The last segment that starts at or before the instant. O(log segments). */
  private segmentAt(atNs: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= atNs) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function whole(users: number): number {
  return Math.floor(users + ROUNDING);
}

interface Segment {
  readonly start: number;
  readonly first: number;
  readonly last: number;
}

function segmentsOf(points: readonly UserPoint[]): Segment[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined)
    throw new Error('bug: a population without points');
  const segments: Segment[] = [{ start: -LAST_INSTANT, first: first.users, last: first.users }];
  points.slice(1).forEach((point, i) => {
    const from = points[i] as UserPoint;
    if (point.atNs < from.atNs) throw new Error('bug: user points out of order');
    if (point.atNs === from.atNs) return;
    segments.push({ start: from.atNs, first: from.users, last: point.users });
  });
  segments.push({ start: last.atNs, first: last.users, last: last.users });
  return segments;
}

/**
 * Streaming histogram of whole, non-negative numbers below 2^53 in fixed memory. Buckets are log-linear:
 * 64 to each power of two, found from the top bits of the number's own floating-point form, so an add
 * costs a shift. A quantile is the middle of its bucket: at most 1/128 of it (0.8 %) off, and never
 * beyond the largest value seen. Count, total and maximum are exact.
 */
import { ExactSum } from './exact-sum.ts';

/** Bits of the mantissa that choose the bucket within a power of two. */
const SUB_BITS = 6;
const SHIFT = 20 - SUB_BITS;
/** Bucket 0 is for 0; bucket 1 begins at 1 = 2^0, whose biased exponent is 1023. */
const BASE = (1023 << SUB_BITS) - 1;

/** Number of buckets of every histogram: zero, and 53 powers of two. */
export const BUCKETS = 53 * (1 << SUB_BITS) + 1;

/** `p · count` may come out a hair above a whole number: .07 × 100 = 7.000000000000001. */
const RANK_ROUNDING = 1e-6;

/** A quantile's relative error is at most this. */
export const RELATIVE_ERROR = 1 / (2 << SUB_BITS);

export class Histogram {
  /** How many values lie in each bucket. */
  counts: Float64Array = new Float64Array(BUCKETS);
  readonly total = new ExactSum();
  count = 0;
  max = 0;

  add(x: number): void {
    const bucket = indexOf(x);
    this.counts[bucket] = (this.counts[bucket] as number) + 1;
    this.total.add(x);
    this.count++;
    if (x > this.max) this.max = x;
  }

  /** Goes on counting in an array that is as long. */
  countIn(counts: Float64Array): void {
    counts.set(this.counts);
    this.counts = counts;
  }

  /**
   * The rest of `add` for values that somebody has counted in the buckets: how many they are, what they add up
   * to (below 2^52), and the largest of them.
   */
  absorb(count: number, total: number, max: number): void {
    this.count += count;
    this.total.add(total);
    if (max > this.max) this.max = max;
  }

  addHistogram(other: Histogram): void {
    for (let i = 0; i < BUCKETS; i++) {
      this.counts[i] = (this.counts[i] as number) + (other.counts[i] as number);
    }
    this.total.addSum(other.total);
    this.count += other.count;
    if (other.max > this.max) this.max = other.max;
  }

  /** A histogram of its own that later additions do not change. */
  copy(): Histogram {
    const copy = new Histogram();
    copy.addHistogram(this);
    return copy;
  }

  /**
   * What was added after `earlier`, a copy of this one. If the largest value came before, that of the rest
   * is known as well as its bucket.
   */
  since(earlier: Histogram): Histogram {
    const rest = this.copy();
    for (let i = 0; i < BUCKETS; i++) {
      rest.counts[i] = (rest.counts[i] as number) - (earlier.counts[i] as number);
    }
    rest.total.subtract(earlier.total);
    rest.count -= earlier.count;
    if (earlier.max === this.max) rest.max = Math.min(this.max, largestOf(rest.counts));
    return rest;
  }

  /** Whether the buckets hold as many values as were counted, and such as can have this sum. O(buckets). */
  fits(): boolean {
    let count = 0;
    const least = new ExactSum();
    const most = new ExactSum();
    this.counts.forEach((here, i) => {
      count += here;
      if (here === 0 || i === 0) return;
      least.addProduct(Math.ceil(bucketStart(i)), here);
      most.addProduct(Math.ceil(bucketStart(i + 1)) - 1, here);
    });
    const total = this.total.exact;
    return count === this.count && least.exact <= total && total <= most.exact;
  }

  /** null when nothing was added. */
  get mean(): number | null {
    return this.count === 0 ? null : this.total.value / this.count;
  }

  /** The smallest value that at least the share `p` of all values do not exceed; null when empty. */
  quantile(p: number): number | null {
    const value = quantileOf(this.counts, this.count, p);
    return value === null ? null : Math.min(value, this.max);
  }
}

const scratch = new Float64Array(1);
const scratchWords = new Uint32Array(scratch.buffer);
const HIGH_WORD = highWordIndex();

/**
 * How the bucket of a number above 0 follows from the half of its floating-point form that holds its exponent:
 * `(half >>> shift) − base`; which half that is on this machine. For those who have the form at hand.
 */
export const BUCKET_BITS = { half: HIGH_WORD, shift: SHIFT, base: BASE } as const;

/** `bucketOf`, a constant of this module alone: an exported function is looked up anew at each call. */
const indexOf = (x: number): number => {
  if (x === 0) return 0;
  scratch[0] = x;
  return ((scratchWords[HIGH_WORD] as number) >>> SHIFT) - BASE;
};

/** Index of the bucket of a whole number ≥ 0. */
export function bucketOf(x: number): number {
  return indexOf(x);
}

/** The middle of a bucket, rounded to a whole number that lies in it. */
export function bucketMiddle(bucket: number): number {
  if (bucket === 0) return 0;
  const low = bucketStart(bucket);
  const width = bucketStart(bucket + 1) - low;
  return width <= 1 ? Math.ceil(low) : Math.floor(low + width / 2);
}

/** Quantile of bucket counts that hold `count` values in all (some may lie beyond every bucket: Infinity). */
export function quantileOf(counts: Float64Array, count: number, p: number): number | null {
  if (count === 0) return null;
  const rank = rankOf(p, count);
  let seen = 0;
  for (let i = 0; i < BUCKETS; i++) {
    seen += counts[i] as number;
    if (seen >= rank) return bucketMiddle(i);
  }
  return Infinity;
}

/** Which of so many values, from 1 on in ascending order, is the quantile. */
export function rankOf(p: number, count: number): number {
  return Math.max(1, Math.ceil(p * count - RANK_ROUNDING));
}

/**
 * The same quantile, linear within its bucket as if the values lay evenly in it: without the steps of the
 * buckets, for what is averaged or compared.
 */
export function smoothQuantileOf(counts: Float64Array, count: number, p: number): number | null {
  if (count === 0) return null;
  const rank = Math.max(1, p * count);
  let seen = 0;
  for (let i = 0; i < BUCKETS; i++) {
    const here = counts[i] as number;
    if (here > 0 && seen + here >= rank - RANK_ROUNDING) {
      if (i === 0) return 0;
      const low = bucketStart(i);
      return low + ((bucketStart(i + 1) - low) * (rank - seen)) / here;
    }
    seen += here;
  }
  return null;
}

/**
 * Variance of values in buckets, of which the exact mean is known: each stands in the middle of its bucket,
 * so that it is about 1 % off. Not below 0.
 */
export function varianceOf(counts: Float64Array, count: number, mean: number): number {
  let squares = 0;
  for (let i = 0; i < BUCKETS; i++) {
    const here = counts[i] as number;
    if (here === 0) continue;
    const off = bucketMiddle(i) - mean;
    squares += here * off * off;
  }
  return count === 0 ? 0 : squares / count;
}

/** The middle of the highest bucket that holds anything; 0 when none does. */
function largestOf(counts: Float64Array): number {
  return bucketMiddle(
    Math.max(
      0,
      counts.findLastIndex((count) => count > 0),
    ),
  );
}

function bucketStart(bucket: number): number {
  scratchWords[1 - HIGH_WORD] = 0;
  scratchWords[HIGH_WORD] = (bucket + BASE) << SHIFT;
  return scratch[0] as number;
}

/** The word of a double that holds its exponent: 1 on little-endian machines. */
function highWordIndex(): 0 | 1 {
  scratch[0] = 1;
  return scratchWords[1] === 0 ? 0 : 1;
}

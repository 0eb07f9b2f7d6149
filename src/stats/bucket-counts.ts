/**
 * The bucket counts of a histogram at one instant, without the empty buckets at either end. Values of a
 * run lie in a few powers of two of the 53, and a run reads its histograms thousands of times.
 */
import { BUCKETS, bucketMiddle, rankOf } from './histogram.ts';

export interface BucketCounts {
  /** The bucket of the first count. */
  readonly first: number;
  readonly counts: Float64Array;
}

/** A copy of all counts of a histogram. O(buckets). */
export function copyOfCounts(all: Float64Array): BucketCounts {
  let first = 0;
  let end = BUCKETS;
  while (end > 0 && all[end - 1] === 0) end--;
  while (first < end && all[first] === 0) first++;
  return { first, counts: all.slice(first, end) };
}

/** What has been added from an earlier copy to a later one, of which all counts are at least as large. */
export function countsBetween(earlier: BucketCounts, later: BucketCounts): BucketCounts {
  const counts = later.counts.slice();
  const shift = earlier.first - later.first;
  for (let i = 0; i < earlier.counts.length; i++) {
    counts[i + shift] = (counts[i + shift] as number) - (earlier.counts[i] as number);
  }
  return { first: later.first, counts };
}

/** Adds these counts to those of all buckets, and returns the latter. */
export function addCounts(all: Float64Array, { first, counts }: BucketCounts): Float64Array {
  for (let i = 0; i < counts.length; i++) {
    all[first + i] = (all[first + i] as number) + (counts[i] as number);
  }
  return all;
}

/** The quantile of what has been added from an earlier copy to a later one: `count` values in all. */
export function quantileBetween(
  earlier: BucketCounts,
  later: BucketCounts,
  count: number,
  p: number,
): number | null {
  if (count === 0) return null;
  const rank = rankOf(p, count);
  const shift = later.first - earlier.first;
  const before = earlier.counts;
  let seen = 0;
  for (let i = 0; i < later.counts.length; i++) {
    const at = i + shift;
    const known = at >= 0 && at < before.length ? (before[at] as number) : 0;
    seen += (later.counts[i] as number) - known;
    if (seen >= rank) return bucketMiddle(later.first + i);
  }
  return Infinity;
}

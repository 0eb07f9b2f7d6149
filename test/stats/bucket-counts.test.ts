// Copies of bucket counts against a naive twin: all buckets, added and subtracted one by one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addCounts,
  type BucketCounts,
  copyOfCounts,
  countsBetween,
  quantileBetween,
} from '../../src/stats/bucket-counts.ts';
import { BUCKETS, bucketOf, quantileOf } from '../../src/stats/histogram.ts';
import { fuzzed } from '../support/fuzz.ts';

/** The smallest and the largest come up often, and numbers that share a bucket. */
const value = fc.oneof(
  fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER),
  fc.nat({ max: 200 }),
  fc.maxSafeNat(),
);
const values = fc.array(value, { maxLength: 30 });

function countsOf(xs: readonly number[]): Float64Array {
  const counts = new Float64Array(BUCKETS);
  for (const x of xs) counts[bucketOf(x)] = (counts[bucketOf(x)] as number) + 1;
  return counts;
}

function copyOf(xs: readonly number[]): BucketCounts {
  return copyOfCounts(countsOf(xs), Math.max(0, ...xs));
}

describe('a copy of bucket counts', () => {
  it('has every count, and no empty bucket at its ends', () => {
    fc.assert(
      fc.property(values, (xs) => {
        const { first, counts } = copyOf(xs);
        expect(addCounts(new Float64Array(BUCKETS), { first, counts })).toEqual(countsOf(xs));
        if (xs.length === 0) expect(counts.length).toBe(0);
        else expect([counts[0], counts.at(-1)]).not.toContain(0);
      }),
      fuzzed(500),
    );
  });

  it('is not changed by what is counted later', () => {
    const counts = countsOf([1, 2]);
    const copy = copyOfCounts(counts, 2);
    counts[bucketOf(1)] = 5;
    expect([...copy.counts].filter((count) => count > 0)).toEqual([1, 1]);
  });
});

describe('what came between two copies', () => {
  it('is what was counted between them', () => {
    fc.assert(
      fc.property(values, values, (before, after) => {
        const earlier = copyOf(before);
        const later = copyOf([...before, ...after]);
        const between = countsBetween(earlier, later);
        expect(addCounts(new Float64Array(BUCKETS), between)).toEqual(countsOf(after));
      }),
      fuzzed(500),
    );
  });

  it('has the quantiles of what was counted between them, with some beyond every bucket', () => {
    fc.assert(
      fc.property(values, values, fc.nat({ max: 5 }), (before, after, lost) => {
        const earlier = copyOf(before);
        const later = copyOf([...before, ...after]);
        const count = after.length + lost;
        for (const p of [0, 0.01, 0.5, 0.9, 0.99, 1]) {
          const quantile = quantileBetween(earlier, later, count, p);
          expect(quantile, `p = ${p}`).toBe(quantileOf(countsOf(after), count, p));
        }
      }),
      fuzzed(500),
    );
  });
});

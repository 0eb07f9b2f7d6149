// Copies of bucket counts against a naive twin: all buckets, added and subtracted one by one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addCounts,
  copyOfCounts,
  countsBetween,
  quantileBetween,
} from '../../src/stats/bucket-counts.ts';
import { BUCKETS, quantileOf } from '../../src/stats/histogram.ts';
import { fuzzed } from '../support/fuzz.ts';

/** Values by bucket; the first and the last bucket come up often. */
const bucket = fc.oneof(fc.constantFrom(0, 1, BUCKETS - 1), fc.nat({ max: BUCKETS - 1 }));
const values = fc.array(bucket, { maxLength: 30 });

function countsOf(buckets: readonly number[]): Float64Array {
  const counts = new Float64Array(BUCKETS);
  for (const i of buckets) counts[i] = (counts[i] as number) + 1;
  return counts;
}

describe('a copy of bucket counts', () => {
  it('has every count, and no empty bucket at its ends', () => {
    fc.assert(
      fc.property(values, (buckets) => {
        const copy = copyOfCounts(countsOf(buckets));
        expect(addCounts(new Float64Array(BUCKETS), copy)).toEqual(countsOf(buckets));
        expect(copy.counts.length).toBe(
          buckets.length === 0 ? 0 : Math.max(...buckets) - Math.min(...buckets) + 1,
        );
      }),
      fuzzed(500),
    );
  });

  it('is not changed by what is counted later', () => {
    const counts = countsOf([7, 9]);
    const copy = copyOfCounts(counts);
    counts[8] = 5;
    expect(copy).toEqual({ first: 7, counts: Float64Array.of(1, 0, 1) });
  });
});

describe('what came between two copies', () => {
  it('is what was counted between them', () => {
    fc.assert(
      fc.property(values, values, (before, after) => {
        const earlier = copyOfCounts(countsOf(before));
        const later = copyOfCounts(countsOf([...before, ...after]));
        const between = countsBetween(earlier, later);
        expect(addCounts(new Float64Array(BUCKETS), between)).toEqual(countsOf(after));
      }),
      fuzzed(500),
    );
  });

  it('has the quantiles of what was counted between them, with some beyond every bucket', () => {
    fc.assert(
      fc.property(values, values, fc.nat({ max: 5 }), (before, after, lost) => {
        const earlier = copyOfCounts(countsOf(before));
        const later = copyOfCounts(countsOf([...before, ...after]));
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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BUCKETS,
  Histogram,
  RELATIVE_ERROR,
  quantileOf,
  smoothQuantileOf,
} from '../../src/stats/histogram.ts';
import { fuzzed } from '../support/fuzz.ts';

const PROBABILITIES = [0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1];

/** Whole numbers of any magnitude below 2^53. */
const anyMagnitude = fc
  .tuple(fc.nat({ max: 52 }), fc.double({ min: 1, max: 2, maxExcluded: true, noNaN: true }))
  .map(([power, mantissa]) => Math.floor(mantissa * 2 ** power));
const value = fc.oneof(fc.constant(0), fc.nat({ max: 300 }), anyMagnitude, fc.maxSafeNat());

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const x of values) histogram.add(x);
  return histogram;
}

/** The smallest value whose share of values that are not larger reaches p. */
function exactQuantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted.find((_, i) => (i + 1) / sorted.length >= p);
  return found ?? NaN;
}

describe('a histogram', () => {
  it('promises a relative error of less than 1 %', () => {
    expect(RELATIVE_ERROR).toBeLessThan(0.01);
  });

  it('gives each value back within 1 %, and whole', () => {
    fc.assert(
      fc.property(value, (x) => {
        const histogram = histogramOf([x, Number.MAX_SAFE_INTEGER]);
        const middle = histogram.quantile(0.5) ?? NaN;
        expect(Number.isSafeInteger(middle)).toBe(true);
        expect(Math.abs(middle - x)).toBeLessThanOrEqual(RELATIVE_ERROR * x);
      }),
      fuzzed(5000),
    );
  });

  it('gives quantiles within 1 % of the exact ones', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
        const histogram = histogramOf(values);
        for (const p of PROBABILITIES) {
          const exact = exactQuantile(values, p);
          const given = histogram.quantile(p) ?? NaN;
          expect(Math.abs(given - exact), `p = ${p}`).toBeLessThanOrEqual(RELATIVE_ERROR * exact);
        }
      }),
      fuzzed(1000),
    );
  });

  it.each([0.5, 0.9, 0.95, 0.99, 0.999])(
    'takes no rank too many at p = %f through rounding, for any number of values to 4,000',
    (p) => {
      const wrong: number[] = [];
      for (let n = 1; n <= 4000; n++) {
        const rank = Math.max(1, Math.floor(p * n) - 2);
        const exact = [0, 1, 2, 3, 4].map((k) => rank + k).find((r) => r / n >= p) ?? NaN;
        // `exact` values of 1 and the others 2: the quantile is 1 if rank `exact` is enough.
        const counts = new Float64Array(BUCKETS);
        counts[1] = exact;
        counts[65] = n - exact;
        if (quantileOf(counts, n, p) !== 1) wrong.push(n);
      }
      expect(wrong).toEqual([]);
    },
  );

  it('counts values below 64 exactly', () => {
    const values = Array.from({ length: 64 }, (_, x) => x);
    const histogram = histogramOf(values);
    expect(values.map((x) => histogram.quantile((x + 1) / 64))).toEqual(values);
  });

  it('keeps zeros apart from ones', () => {
    const histogram = histogramOf([0, 0, 0, 1]);
    expect([0.75, 0.76].map((p) => histogram.quantile(p))).toEqual([0, 1]);
  });

  it('knows the largest value exactly and never goes beyond it', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
        const histogram = histogramOf(values);
        expect(histogram.max).toBe(Math.max(...values));
        expect(histogram.quantile(1)).toBeLessThanOrEqual(histogram.max);
      }),
      fuzzed(500),
    );
  });

  it('knows count and mean exactly', () => {
    const histogram = histogramOf([3, 1_000_003, 5]);
    expect([histogram.count, histogram.total.value, histogram.mean]).toEqual([
      3, 1_000_011, 333_337,
    ]);
  });

  it('has nothing to say when it is empty', () => {
    const histogram = new Histogram();
    expect([histogram.quantile(0.5), histogram.mean, histogram.max, histogram.count]).toEqual([
      null,
      null,
      0,
      0,
    ]);
  });

  it('is the same whether values come together or in two histograms that are merged', () => {
    // Their sum is exact for terms below 2^52: 52 days in nanoseconds.
    const term = value.filter((x) => x < 2 ** 52);
    const values = fc.array(term, { maxLength: 40 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const merged = histogramOf(a);
        merged.addHistogram(histogramOf(b));
        const together = histogramOf([...a, ...b]);
        expect([...merged.counts.entries()].filter(([, n]) => n > 0)).toEqual(
          [...together.counts.entries()].filter(([, n]) => n > 0),
        );
        const figures = ({ count, max, total }: Histogram) => [count, max, total.high, total.low];
        expect(figures(merged)).toEqual(figures(together));
      }),
      fuzzed(200),
    );
  });

  it('counts those that lie beyond every bucket as infinitely large', () => {
    const counts = new Float64Array(BUCKETS);
    counts[1] = 98;
    expect([0.98, 0.981].map((p) => quantileOf(counts, 100, p))).toEqual([1, Infinity]);
  });

  it('has what came after a copy: counts and total exactly, the largest to its bucket at worst', () => {
    const term = value.filter((x) => x < 2 ** 52);
    const values = fc.array(term, { maxLength: 40 });
    fc.assert(
      fc.property(values, values, (before, after) => {
        const histogram = histogramOf(before);
        const earlier = histogram.copy();
        for (const x of after) histogram.add(x);
        const rest = histogram.since(earlier);
        const alone = histogramOf(after);
        expect(rest.counts).toEqual(alone.counts);
        expect([rest.count, rest.total.value]).toEqual([alone.count, alone.total.value]);
        expect(Math.abs(rest.max - alone.max)).toBeLessThanOrEqual(RELATIVE_ERROR * alone.max);
        expect(earlier.count).toBe(before.length);
      }),
      fuzzed(300),
    );
  });

  it('has quantiles without steps, within the bucket of the others', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
        const histogram = histogramOf(values);
        for (const p of PROBABILITIES) {
          const exact = exactQuantile(values, p);
          const smooth = smoothQuantileOf(histogram.counts, histogram.count, p) ?? NaN;
          const allowed = Math.max(1, 2 * RELATIVE_ERROR * exact);
          expect(Math.abs(smooth - exact), `p = ${p}`).toBeLessThanOrEqual(allowed);
        }
      }),
      fuzzed(500),
    );
    expect(smoothQuantileOf(new Float64Array(BUCKETS), 0, 0.5)).toBeNull();
  });

  it('has smooth quantiles that are right on average where values lie evenly', () => {
    // 0 … 99,999 evenly: the p-quantile is 100,000·p, and buckets there are 1,024 wide.
    const even = histogramOf(Array.from({ length: 100_000 }, (_, i) => i));
    for (const p of [0.7, 0.75, 0.8, 0.9, 0.99]) {
      const smooth = smoothQuantileOf(even.counts, even.count, p) ?? NaN;
      expect(Math.abs(smooth - 100_000 * p)).toBeLessThanOrEqual(1);
    }
  });
});

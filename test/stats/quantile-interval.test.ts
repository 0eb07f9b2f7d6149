import { describe, expect, it } from 'vitest';
import { quantileRanks, sectioningInterval } from '../../src/stats/quantile-interval.ts';

describe('the ranks around a quantile', () => {
  // Conover, Practical Nonparametric Statistics, and David and Nagaraja, Order Statistics, 7.1: the
  // sign test's intervals of the median with at least 95 %.
  it.each([
    [6, 1, 6],
    [10, 2, 9],
    [15, 4, 12],
    [20, 6, 15],
    [25, 8, 18],
    [100, 40, 61],
  ])('of the median of %i values are %i and %i', (n, low, high) => {
    expect(quantileRanks(n, 0.5)).toEqual({ low, high });
  });

  it('do not exist where even the largest value may lie below: 0.95ⁿ > 2.5 % for n ≤ 71', () => {
    // P(all of n below the 95th percentile) = 0.95ⁿ: 0.0262 at n = 71, 0.0249 at n = 72.
    expect(quantileRanks(71, 0.95)).toBeNull();
    expect(quantileRanks(72, 0.95)).not.toBeNull();
    expect(quantileRanks(5, 0.5)).toBeNull();
  });

  it('hold at least the confidence for large samples too, and not much more', () => {
    // Normal approximation: 100,000·0.99 ± 1.96·√(100,000·0.99·0.01) = 99,000 ± 61.7.
    const ranks = quantileRanks(100_000, 0.99);
    expect(Math.abs((ranks?.low ?? NaN) - 98_938)).toBeLessThanOrEqual(2);
    expect(Math.abs((ranks?.high ?? NaN) - 99_062)).toBeLessThanOrEqual(2);
  });
});

describe('sectioning', () => {
  it('puts the whole run’s quantile in the middle, and the scatter of the sections around it', () => {
    // Deviations −1, 1, −1, 1 and 0 around 10: s² = 4 ÷ 4 = 1; t(0.975, 4) = 2.776, ÷ √5.
    const interval = sectioningInterval(10, [9, 11, 9, 11, 10]);
    expect(interval?.mean).toBe(10);
    expect(interval?.halfWidth).toBeCloseTo(2.776 / Math.sqrt(5), 3);
  });

  it('grows wider when the sections are biased, instead of moving', () => {
    const interval = sectioningInterval(10, [8, 8, 8, 8]);
    expect(interval?.mean).toBe(10);
    expect(interval?.halfWidth).toBeGreaterThan(3);
  });

  it('needs two sections', () => {
    expect(sectioningInterval(10, [10])).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { quantileBounds, quantileRanks } from '../../src/stats/quantile-interval.ts';

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

describe('Woodruff’s bounds', () => {
  it('are as far from p as the share beyond the quantile is uncertain', () => {
    // Shares 0.8 % and 1.2 %, five of each and one of 1 %: s² = 10 · 0.2² ÷ 10, so s = 0.2 %; t(0.975, 10) = 2.228.
    const shares = [...Array.from({ length: 5 }, () => [0.008, 0.012]).flat(), 0.01];
    const bounds = quantileBounds(0.99, shares);
    const halfWidth = (2.228 * 0.002) / Math.sqrt(11);
    expect(bounds?.low).toBeCloseTo(0.99 - halfWidth, 5);
    expect(bounds?.high).toBeCloseTo(0.99 + halfWidth, 5);
  });

  it('are p itself when all batches agree', () => {
    expect(quantileBounds(0.9, [0.1, 0.1, 0.1])).toEqual({ low: 0.9, high: 0.9 });
  });

  it('do not exist when the tail was hardly ever seen', () => {
    expect(quantileBounds(0.99, [0, 0, 0, 0.04])).toBeNull();
    expect(quantileBounds(0.99, [0, 0, 0])).toBeNull();
    expect(quantileBounds(0.99, [0.01])).toBeNull();
  });
});

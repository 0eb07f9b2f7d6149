import { mean, quantile } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { momentsOf, standardError } from '../../src/stats/moments.ts';

describe('the moments of a sample', () => {
  it('are those of NIST’s NumAcc data sets, to twelve digits', () => {
    // NIST StRD: NumAcc1 has the mean 10000002 and the deviation 1 exactly; NumAcc2 1.2 and 0.1.
    expect(momentsOf([10000001, 10000003, 10000002])).toEqual({
      count: 3,
      mean: 10000002,
      variance: 1,
    });
    const accuracy2 = [1.2, ...Array.from({ length: 500 }, () => [1.1, 1.3]).flat()];
    const moments = momentsOf(accuracy2);
    expect(moments?.mean).toBe(1.2);
    expect(moments?.variance).toBeCloseTo(0.01, 12);
  });

  it('have a standard error of √(variance ÷ count)', () => {
    const moments = momentsOf([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(moments).toEqual({ count: 8, mean: 5, variance: 4.57142857143 });
    expect(moments && standardError(moments)).toBeCloseTo(Math.sqrt(4 / 7), 11);
  });

  it('have no variance when the values are equal, whatever doubles make of their sum', () => {
    expect(momentsOf([0.1, 0.1, 0.1])).toEqual({ count: 3, mean: 0.1, variance: 0 });
  });

  it('are not known of fewer than two values', () => {
    expect([momentsOf([]), momentsOf([1])]).toEqual([null, null]);
  });
});

describe('simple-statistics', () => {
  it('has the quantile of type 7 of Hyndman and Fan, which has changed in a patch before', () => {
    // Type 7 is linear between the ranks: at 1 + (n − 1)·p. R: quantile(c(1, 2, 4, 8), type = 7).
    const quarters = [0, 0.25, 0.5, 0.75, 1].map((p) => quantile([1, 2, 4, 8], p));
    expect(quarters).toEqual([1, 1.75, 3, 5, 8]);
  });

  it('throws on the mean of nothing, which is why moments ask first', () => {
    expect(() => mean([])).toThrow();
  });
});

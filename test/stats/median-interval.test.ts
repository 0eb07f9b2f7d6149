import { describe, expect, it } from 'vitest';
import { medianInterval } from '../../src/stats/median-interval.ts';

describe('the interval of a median', () => {
  // Table of the binomial distribution with p = 1/2: P(X ≤ 1 of 10) = 0.0107, P(X ≤ 2 of 10) = 0.0547.
  it('is from the 2nd to the 9th of ten values, as the textbooks say', () => {
    const values = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
    expect(medianInterval(values)).toEqual({ median: 5, low: 2, high: 9 });
  });

  it('is that of the smallest and the largest of six, and there is none of five', () => {
    // (1/2)^6 = 0.0156 is below 0.025 and (1/2)^5 = 0.031 is not.
    expect(medianInterval([3, 1, 2, 6, 5, 4])).toEqual({ median: 3, low: 1, high: 6 });
    expect(medianInterval([1, 2, 3, 4, 5])).toBeNull();
    expect(medianInterval([])).toBeNull();
  });

  it('may end in infinity', () => {
    const values = [1, 2, 3, 4, 5, 6, 7, Infinity, Infinity, Infinity];
    expect(medianInterval(values)).toEqual({ median: 5, low: 2, high: Infinity });
  });

  it('is wider with more confidence', () => {
    const values = Array.from({ length: 100 }, (_, i) => i + 1);
    // Ranks 40 and 61 for 95 %, 37 and 64 for 99 % (Conover, table A3).
    expect(medianInterval(values)).toMatchObject({ low: 40, high: 61 });
    expect(medianInterval(values, 0.99)).toMatchObject({ low: 37, high: 64 });
  });
});

import { describe, expect, it } from 'vitest';
import { lag1Autocorrelation } from '../../src/stats/autocorrelation.ts';

describe('the lag-1 autocorrelation', () => {
  it('can be worked out by hand', () => {
    // Around the mean 2: −1, 0, 1, 0; products 0 + 0 + 0, squares 2. Then −1, −1, 1, 1: 1 − 1 + 1 over 4.
    expect(lag1Autocorrelation([1, 2, 3, 2])).toBe(0);
    expect(lag1Autocorrelation([1, 1, 3, 3])).toBe(0.25);
    expect(lag1Autocorrelation([5, 5, 5])).toBe(0);
  });
});

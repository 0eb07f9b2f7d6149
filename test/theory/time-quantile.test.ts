import { describe, expect, it } from 'vitest';
import { timeQuantile } from '../../src/theory/time-quantile.ts';
import { relativeDifference } from './queues.ts';

const exponential = (seconds: number) => Math.exp(-seconds);

describe('the quantile of a time', () => {
  it.each([1e-30, 1, 1e30])('does not depend on where the search begins: %d', (scale) => {
    const median = timeQuantile(exponential, 0.5, scale);
    expect(relativeDifference(median, Math.LN2)).toBeLessThan(1e-15);
  });

  it('is 0 when enough do not wait at all, and 0 for nobody', () => {
    expect(timeQuantile((t) => 0.3 * exponential(t), 0.7, 1)).toBe(0);
    expect(timeQuantile(exponential, 0, 1)).toBe(0);
  });

  it('is the jump of a law that jumps', () => {
    expect(timeQuantile((t) => (t < 3 ? 1 : 0), 0.5, 1)).toBe(3);
  });

  it('is Infinity for a share that never gets there', () => {
    expect(timeQuantile(() => 0.5, 0.9, 1)).toBe(Infinity);
  });

  it('refuses a share of 1, which no endless law stays within', () => {
    expect(() => timeQuantile(exponential, 1, 1)).toThrow(RangeError);
  });
});

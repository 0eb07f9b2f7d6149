import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mser5 } from '../../src/stats/mser5.ts';
import { fuzzed } from '../support/fuzz.ts';

/** Batches of five equal observations. */
function ofBatches(means: readonly number[]): number[] {
  return means.flatMap((mean) => [mean, mean, mean, mean, mean]);
}

/** The definition, word for word. */
function byDefinition(means: readonly number[]): number {
  const n = means.length;
  const scores = Array.from({ length: Math.floor(n / 2) + 1 }, (_, d) => {
    const tail = means.slice(d);
    const mean = tail.reduce((a, b) => a + b, 0) / tail.length;
    return tail.reduce((sum, y) => sum + (y - mean) * (y - mean), 0) / (tail.length * tail.length);
  });
  return scores.indexOf(Math.min(...scores));
}

describe('MSER-5', () => {
  it('cuts a transient off where it ends', () => {
    const level = [1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1];
    expect(mser5(ofBatches([100, 60, 30, ...level]))).toEqual({ cut: 15, reached: true });
  });

  it('cuts nothing off a level', () => {
    expect(mser5(ofBatches([3, 3, 3, 3, 3, 3]))).toEqual({ cut: 0, reached: true });
  });

  it('says that a steady rise has not reached its level', () => {
    const rise = Array.from({ length: 40 }, (_, i) => i * i * i);
    expect(mser5(ofBatches(rise.reverse()))).toMatchObject({ cut: 100, reached: false });
  });

  it('looks at means of five, not at single observations', () => {
    const oscillating = Array.from({ length: 50 }, (_, i) => [10, -10, 5, -5, 0][i % 5] as number);
    expect(mser5(oscillating)).toEqual({ cut: 0, reached: true });
  });

  it('needs ten observations', () => {
    expect(mser5([1, 2, 3, 4, 5, 6, 7, 8, 9])).toBeNull();
    expect(mser5([])).toBeNull();
  });

  it('finds the minimum of its definition', () => {
    const means = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(means, (values) => {
        const d = (mser5(ofBatches(values))?.cut ?? NaN) / 5;
        const score = (at: number) => {
          const tail = values.slice(at);
          const mean = tail.reduce((a, b) => a + b, 0) / tail.length;
          return tail.reduce((sum, y) => sum + (y - mean) * (y - mean), 0) / tail.length ** 2;
        };
        // Rounding may choose another of equal minima, but no worse one.
        expect(score(d)).toBeLessThanOrEqual(score(byDefinition(values)) + 1e-9);
      }),
      fuzzed(500),
    );
  });
});

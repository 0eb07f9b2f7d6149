import { describe, expect, it } from 'vitest';
import { quantileBounds } from '../../src/stats/quantile-interval.ts';

describe('Woodruff’s bounds', () => {
  it('are as far from p as the share beyond the quantile is uncertain', () => {
    // Shares 0.8 % and 1.2 %, five of each and one of 1 %: s² = 10 · 0.2² ÷ 10, so s = 0.2 %; t(0.975, 10) = 2.228.
    const shares = [...Array.from({ length: 5 }, () => [0.008, 0.012]).flat(), 0.01];
    const bounds = quantileBounds(0.99, shares);
    const halfWidth = (2.228 * 0.002) / Math.sqrt(11);
    expect(bounds?.low).toBeCloseTo(0.99 - halfWidth, 5);
    expect(bounds?.high).toBeCloseTo(0.99 + halfWidth, 5);
  });

  it('lie higher for a tail that comes in clusters, as Hall’s transform says', () => {
    // Nine shares of 9.8 % and one of 11.8 %: mean 10 %, s ÷ √10 = 0.2 %, and the skewness is
    // (9·(−0.2)³ + 1.8³) ÷ 10 ÷ 0.63246³ = 2.2768, so that a = 0.72. With t(0.975, 9) = 2.26216 the transform
    // T + a·T²/3 + a²·T³/27 + a/6 is ± 2.26216 for T = 1.5201 and T = −7.8928.
    const bounds = quantileBounds(0.9, [...Array.from({ length: 9 }, () => 0.098), 0.118]);
    expect(((bounds?.low ?? NaN) - 0.9) / 0.002).toBeCloseTo(-1.5201, 3);
    expect(((bounds?.high ?? NaN) - 0.9) / 0.002).toBeCloseTo(7.8928, 3);
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

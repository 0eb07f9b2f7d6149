import { describe, expect, it } from 'vitest';
import { quantileBounds } from '../../src/stats/quantile-interval.ts';
import { ofOneEach } from './batches.ts';

describe('Woodruff’s bounds', () => {
  it('are as far from p as the share beyond the quantile is uncertain, in its logarithm', () => {
    // Shares 0.8 % and 1.2 %, five of each and one of 1 %: s² = 10 · 0.2² ÷ 10, so s = 0.2 %; t(0.975, 10) = 2.228.
    const shares = [...Array.from({ length: 5 }, () => [0.008, 0.012]).flat(), 0.01];
    const bounds = quantileBounds(0.99, ofOneEach(shares));
    const relative = (2.228 * 0.002) / Math.sqrt(11) / 0.01;
    expect(bounds?.low).toBeCloseTo(1 - 0.01 * Math.exp(relative), 5);
    expect(bounds?.high).toBeCloseTo(1 - 0.01 * Math.exp(-relative), 5);
  });

  it('lie higher for a tail that comes in clusters, as Hall’s transform says', () => {
    // Nine shares of 9.8 % and one of 11.8 %: the mean is 10 %, its standard error 0.2 %, and the skewness ÷ √10
    // is 0.8. With t(0.975, 9) = 2.26216 the transform T + a·T²/3 + a²·T³/27 + a/6 is ± 2.26216 for
    // T = 1.47376 and T = −7.39243.
    const bounds = quantileBounds(
      0.9,
      ofOneEach([...Array.from({ length: 9 }, () => 0.098), 0.118]),
    );
    expect(bounds?.low).toBeCloseTo(1 - 0.1 * Math.exp(0.02 * 1.47376), 6);
    expect(bounds?.high).toBeCloseTo(1 - 0.1 * Math.exp(0.02 * -7.39243), 6);
  });

  it('have an upper end even when the share may be more than twice as large', () => {
    const bounds = quantileBounds(0.99, ofOneEach([0, 0, 0, 0.04]));
    expect(bounds?.high).toBeGreaterThan(0.995);
    expect(bounds?.high).toBeLessThan(1);
  });

  it('are p itself when all batches agree', () => {
    expect(quantileBounds(0.75, ofOneEach([0.25, 0.25, 0.25]))).toMatchObject({
      low: 0.75,
      high: 0.75,
    });
  });

  it('do not exist when the tail was not seen, or in one batch only there is', () => {
    expect(quantileBounds(0.99, ofOneEach([0, 0, 0]))).toBeNull();
    expect(quantileBounds(0.99, ofOneEach([0.01]))).toBeNull();
  });

  it('are called dependent when fewer than fifty independent values lie beyond', () => {
    // Alternating shares of 10 ± d %: 20 of them have the standard error d ÷ √19, and 10 % of n draws scatter
    // by √(0.1 · 0.9 ÷ n), so that n = 500 at d² = 0.09 · 19 ÷ 500.
    const isDependent = (worth: number) => {
      const d = Math.sqrt((0.09 * 19) / worth);
      const shares = Array.from({ length: 20 }, (_, i) => 0.1 + (i % 2 === 0 ? d : -d));
      return quantileBounds(0.9, ofOneEach(shares))?.isDependent;
    };
    expect(isDependent(501)).toBe(false);
    expect(isDependent(499)).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { poissonAverage } from '../../src/theory/poisson-average.ts';
import { logPoissonDensity } from '../../src/theory/poisson-density.ts';
import { relativeDifference } from './queues.ts';

describe('the average over a Poisson number', () => {
  it.each([0, 1e-9, 0.3, 1, 7.5, 745, 1e4, 1e7])(
    'of one, itself and its square: mean %d',
    (mean) => {
      expect(
        relativeDifference(
          poissonAverage(mean, () => 1),
          1,
        ),
      ).toBeLessThan(1e-15);
      expect(
        relativeDifference(
          poissonAverage(mean, (n) => n),
          mean,
        ),
      ).toBeLessThan(1e-13);
      const square = poissonAverage(mean, (n) => n * n);
      expect(relativeDifference(square, mean * (1 + mean))).toBeLessThan(1e-13);
    },
  );

  it('of a single number is its density', () => {
    for (const [n, mean] of [
      [1, 0.5],
      [3, 7.5],
      [15, 15],
      [40, 12],
      [990, 1000],
    ] as const) {
      const share = poissonAverage(mean, (i) => (i === n ? 1 : 0));
      const density = Math.exp(logPoissonDensity(n, mean));
      expect(relativeDifference(share, density), `${n} of ${mean}`).toBeLessThan(1e-13);
    }
  });
});

describe('the Poisson density', () => {
  it('between whole numbers has the gamma function of Legendre: Γ(3/2) = √π/2', () => {
    const density = Math.exp(logPoissonDensity(0.5, 1));
    expect(relativeDifference(density, Math.exp(-1) / (Math.sqrt(Math.PI) / 2))).toBeLessThan(
      1e-14,
    );
  });

  it('is not lost at any size', () => {
    const n = 1e12;
    const peak = Math.exp(logPoissonDensity(n, n)) * Math.sqrt(2 * Math.PI * n);
    expect(relativeDifference(peak, 1)).toBeLessThan(1e-12);
  });
});

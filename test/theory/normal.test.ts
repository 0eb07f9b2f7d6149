import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalDensity, normalDistribution, normalQuantile } from '../../src/theory/normal.ts';
import { fuzzed } from '../support/fuzz.ts';
import { relativeDifference } from './queues.ts';

/** To the last digit of a double by mpmath 1.3 (`ncdf`, 40 digits of working precision), November 2026. */
const DISTRIBUTION = [
  [-37, 5.725571222524577e-300],
  [-20, 2.7536241186062337e-89],
  [-8.3, 5.205569744890254e-17],
  [-5.7, 5.990371401063528e-9],
  [-5.6, 1.071759025831093e-8],
  [-4, 3.1671241833119924e-5],
  [-2, 0.02275013194817921],
  [-0.67, 0.2514288950953101],
  [-0.66, 0.25462691467133614],
  [-0.1, 0.460172162722971],
  [0, 0.5],
  [0.5, 0.6914624612740131],
  [1.5, 0.9331927987311419],
  [6, 0.9999999990134123],
] as const;

const QUANTILES = [
  [1e-300, -37.0470962993612],
  [1e-12, -7.034483825301132],
  [1e-11, -6.706023155495136],
  [0.001, -3.0902323061678136],
  [0.07, -1.4757910281791706],
  [0.08, -1.4050715603096327],
  [0.3, -0.5244005127080408],
  [0.75, 0.6744897501960817],
  [0.9, 1.2815515655446006],
  [0.975, 1.9599639845400538],
  [0.99, 2.3263478740408408],
  [0.999, 3.090232306167813],
] as const;

describe('the normal distribution', () => {
  it.each(DISTRIBUTION)('is right in all digits at %d', (x, expected) => {
    expect(relativeDifference(normalDistribution(x), expected)).toBeLessThan(1e-15);
  });

  it('has its quantiles right in all digits', () => {
    for (const [share, expected] of QUANTILES) {
      expect(relativeDifference(normalQuantile(share), expected), `${share}`).toBeLessThan(1e-15);
    }
  });

  it('is its own mirror image', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (x) => {
        const sum = normalDistribution(x) + normalDistribution(-x);
        expect(Math.abs(sum - 1)).toBeLessThan(3e-16);
      }),
      fuzzed(1000),
    );
  });

  it('gives back the share whose quantile it is asked for', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 0.5, noNaN: true }), (share) => {
        const x = normalQuantile(share);
        // The rounding of x alone moves the share by x·φ(x)/Φ(x), about x² in the tail.
        const tolerance = 1e-15 * (4 + x * x);
        expect(relativeDifference(normalDistribution(x), share)).toBeLessThan(tolerance);
      }),
      fuzzed(1000),
    );
  });

  it('rises with its density as the slope', () => {
    for (const x of [-3.1, -0.66, 0, 0.67, 2, 5.7]) {
      const step = 1e-4;
      const slope = (normalDistribution(x + step) - normalDistribution(x - step)) / (2 * step);
      expect(Math.abs(slope - normalDensity(x)), `${x}`).toBeLessThan(1e-8);
    }
  });

  it('ends at infinity', () => {
    expect([-Infinity, Infinity].map(normalDistribution)).toEqual([0, 1]);
    expect([0, 1].map(normalQuantile)).toEqual([-Infinity, Infinity]);
  });

  it('has no quantile beyond certainty', () => {
    for (const share of [-0.1, 1.1, NaN]) {
      expect(() => normalQuantile(share)).toThrow(RangeError);
    }
  });
});

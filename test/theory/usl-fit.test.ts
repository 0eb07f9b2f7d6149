import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitUsl } from '../../src/theory/usl-fit.ts';
import { uslPeak, uslThroughput } from '../../src/theory/usl.ts';
import { fuzzed } from '../support/fuzz.ts';
import { measured } from './measured.ts';

const LOADS = [1, 2, 4, 8, 16, 32, 64, 128];

describe('fitUsl on published measurements', () => {
  // Gunther, Guerrilla Capacity Planning, 2007; fitted by the R package usl (Möding and Gunther).
  it('finds the parameters of SPEC SDM91 and its peak of 1884 at 96.52', () => {
    const loads = [1, 18, 36, 72, 108, 144, 216];
    const fit = fitUsl(measured(loads, [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775, 1702.2]));
    expect(fit.sigma).toBeCloseTo(0.02773, 5);
    expect(fit.kappa).toBeCloseTo(1.044e-4, 7);
    expect(fit.gammaPerSecond).toBeCloseTo(90, 1);
    const { clients, perSecond } = uslPeak(fit);
    expect(clients).toBeCloseTo(96.52, 2);
    expect(Math.round(perSecond)).toBe(1884);
  });

  it('finds the parameters of the first six rows of the ray tracer', () => {
    const fit = fitUsl(measured([1, 4, 8, 12, 16, 20], [20, 78, 130, 170, 190, 200]));
    expect(fit.sigma).toBeCloseTo(0.02444, 5);
    expect(fit.kappa).toBeCloseTo(0.00163, 5);
    expect(fit.gammaPerSecond).toBeCloseTo(20.856, 3);
  });

  it('finds σ = κ = 0.02 in points computed with them to four decimals', () => {
    const throughputs = [1, 1.8868, 3.0769, 3.5294, 3.5398, 3.3557];
    const fit = fitUsl(measured([1, 2, 4, 6, 8, 10], throughputs));
    // Half of the last digit of X is 5e-5 of 1.9.
    expect(Math.abs(fit.sigma - 0.02)).toBeLessThan(3e-5);
    expect(Math.abs(fit.kappa - 0.02)).toBeLessThan(3e-5);
    expect(fit.rSquared).toBeGreaterThan(1 - 1e-8);
  });
});

describe('fitUsl', () => {
  it('recovers the parameters behind points without noise, bounds included', () => {
    const usl = fc.record({
      sigma: fc.oneof(fc.constant(0), fc.double({ min: 1e-4, max: 0.99, noNaN: true })),
      kappa: fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 0.5, noNaN: true })),
      gammaPerSecond: fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
    });
    fc.assert(
      fc.property(usl, (given) => {
        const throughputs = LOADS.map((n) => uslThroughput(given, n));
        const fit = fitUsl(measured(LOADS, throughputs));
        expect(Math.abs(fit.sigma - given.sigma)).toBeLessThan(1e-8);
        expect(Math.abs(fit.kappa - given.kappa)).toBeLessThan(1e-8);
        expect(fit.gammaPerSecond / given.gammaPerSecond).toBeCloseTo(1, 8);
        expect(fit.rSquared).toBeCloseTo(1, 8);
      }),
      fuzzed(100),
    );
  });

  it('stays within the bounds and beats its neighbours within them, for noisy points', () => {
    const noise = fc.array(fc.double({ min: 0.7, max: 1.4, noNaN: true }), {
      minLength: LOADS.length,
      maxLength: LOADS.length,
    });
    const truth = fc.record({
      sigma: fc.double({ min: 0, max: 1, noNaN: true }),
      kappa: fc.double({ min: 0, max: 0.01, noNaN: true }),
      gammaPerSecond: fc.constant(100),
    });
    fc.assert(
      fc.property(truth, noise, (usl, factors) => {
        const given = LOADS.map((n, i) => uslThroughput(usl, n) * (factors[i] ?? NaN));
        const fit = fitUsl(measured(LOADS, given));
        expect(fit.sigma).toBeGreaterThanOrEqual(0);
        expect(fit.sigma).toBeLessThanOrEqual(1);
        expect(fit.kappa).toBeGreaterThanOrEqual(0);
        // The digits that rounding leaves to the minimum.
        const best = squares(fit, given) * (1 - 1e-9);
        for (const nudge of [0.999, 1.001]) {
          const gammaPerSecond = fit.gammaPerSecond * nudge;
          expect(squares({ ...fit, gammaPerSecond }, given)).toBeGreaterThanOrEqual(best);
          const sigma = Math.min(1, fit.sigma * nudge);
          expect(squares({ ...fit, sigma }, given)).toBeGreaterThanOrEqual(best);
          const kappa = fit.kappa * nudge;
          expect(squares({ ...fit, kappa }, given)).toBeGreaterThanOrEqual(best);
        }
      }),
      fuzzed(100),
    );
  });

  it('fits again on the bound where cutting κ off at 0 would leave a worse curve', () => {
    const loads = [1, 2, 4, 8];
    // Throughput per client rises again at the end: the free parabola wants κ < 0.
    const points = [10, 14, 17, 24];
    const fit = fitUsl(measured(loads, points));
    expect(fit.kappa).toBe(0);
    const off = squaresAt(loads, fit, points);
    for (let sigma = 0; sigma <= 1; sigma += 0.001) {
      for (const nudge of [0.99, 0.999, 1, 1.001, 1.01]) {
        const other = { sigma, kappa: 0, gammaPerSecond: fit.gammaPerSecond * nudge };
        expect(squaresAt(loads, other, points)).toBeGreaterThanOrEqual(off * (1 - 1e-9));
      }
    }
  });

  it('knows what linear and constant throughput are', () => {
    const linear = fitUsl(measured([1, 2, 3, 4], [10, 20, 30, 40]));
    expect(linear).toMatchObject({ sigma: 0, kappa: 0 });
    expect(linear.gammaPerSecond).toBeCloseTo(10, 10);
    const constant = fitUsl(measured([1, 2, 3, 4], [10, 10, 10, 10]));
    expect(constant).toMatchObject({ sigma: 1, kappa: 0, rSquared: 1 });
  });

  it('refuses too few loads and points that are none', () => {
    expect(() => fitUsl(measured([1, 2, 2], [1, 2, 2.1]))).toThrow(
      'a fit takes points at 3 different loads or more, not at 2',
    );
    expect(() => fitUsl(measured([1, 2, 3], [1, 0, 2]))).toThrow(
      'points[1].perSecond is a finite number above 0, not 0',
    );
  });
});

function squares(usl: Parameters<typeof uslThroughput>[0], throughputs: readonly number[]): number {
  return squaresAt(LOADS, usl, throughputs);
}

function squaresAt(
  loads: readonly number[],
  usl: Parameters<typeof uslThroughput>[0],
  throughputs: readonly number[],
): number {
  return loads.reduce((sum, n, i) => {
    const miss = uslThroughput(usl, n) - (throughputs[i] ?? NaN);
    return sum + miss * miss;
  }, 0);
}

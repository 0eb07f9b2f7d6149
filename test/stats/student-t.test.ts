import { describe, expect, it } from 'vitest';
import { twoSidedP, twoSidedT } from '../../src/stats/student-t.ts';

describe('the two-sided t quantile', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2: three decimals.
  it.each([
    [0.95, 1, 12.706],
    [0.95, 2, 4.303],
    [0.95, 5, 2.571],
    [0.95, 9, 2.262],
    [0.95, 19, 2.093],
    [0.95, 29, 2.045],
    [0.95, 100, 1.984],
    [0.9, 1, 6.314],
    [0.9, 10, 1.812],
    [0.9, 30, 1.697],
    [0.99, 1, 63.657],
    [0.99, 9, 3.25],
    [0.99, 60, 2.66],
  ])('of %f with %i degrees of freedom is %f, as the table says', (confidence, degrees, t) => {
    expect(twoSidedT(confidence, degrees)).toBeCloseTo(t, 3);
  });

  // scipy 1.x, stats.t.ppf(0.975, …).
  it.each([
    [3, 3.1824463052837078],
    [4, 2.7764451051977934],
    [9, 2.262157162798205],
    [10, 2.228138851986274],
    [99, 1.9842169515864174],
    [9999, 1.960201263621357],
  ])('with %i degrees of freedom is right to 1e-10', (degrees, t) => {
    expect(Math.abs(twoSidedT(0.95, degrees) - t)).toBeLessThan(1e-10);
  });

  it.each([0.5, 0.9, 0.95, 0.999])(
    'of %f is that of the closed forms for 1 and 2',
    (confidence) => {
      const one = Math.tan((Math.PI * confidence) / 2);
      expect(Math.abs(twoSidedT(confidence, 1) / one - 1)).toBeLessThan(1e-10);
      const two = confidence * Math.sqrt(2 / (1 - confidence * confidence));
      expect(Math.abs(twoSidedT(confidence, 2) / two - 1)).toBeLessThan(1e-10);
    },
  );

  it('has twelve digits at most, so that machines agree', () => {
    for (let degrees = 1; degrees <= 200; degrees++) {
      const t = twoSidedT(0.95, degrees);
      expect(t).toBe(Number(t.toPrecision(12)));
    }
  });

  it.each([
    [1, 9],
    [0, 9],
    [NaN, 9],
    [0.95, 0],
  ])('does not exist for %f and %i', (confidence, degrees) => {
    expect(() => twoSidedT(confidence, degrees)).toThrow('bug:');
  });
});

describe('the two-sided p value of t', () => {
  it.each([1, 2, 9, 30, 9999])('is what the quantile leaves out, with %i degrees', (degrees) => {
    for (const p of [0.5, 0.05, 0.005, 1e-4, 1e-7]) {
      const found = twoSidedP(twoSidedT(1 - p, degrees), degrees);
      expect(Math.abs(found - p)).toBeLessThan(1e-10);
    }
  });

  // scipy 1.17: 2 * stats.t.sf(t, degrees).
  it.each([
    [2.5, 9, 0.0338618277],
    [1, 1, 0.5],
    [4.781, 9, 0.00099987792],
  ])('of %f with %i degrees of freedom is %f', (t, degrees, p) => {
    expect(twoSidedP(t, degrees)).toBeCloseTo(p, 9);
    expect(twoSidedP(-t, degrees)).toBe(twoSidedP(t, degrees));
  });

  it('is 1 at 0, and 0 where values do not scatter', () => {
    expect(twoSidedP(0, 9)).toBe(1);
    expect(twoSidedP(Infinity, 9)).toBe(0);
    expect(twoSidedP(-Infinity, 9)).toBe(0);
  });
});

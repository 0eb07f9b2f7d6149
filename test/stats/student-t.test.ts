import { describe, expect, it } from 'vitest';
import { twoSidedT } from '../../src/stats/student-t.ts';

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

import { describe, expect, it } from 'vitest';
import { studentInterval } from '../../src/stats/confidence-interval.ts';

describe('Student’s interval', () => {
  it('is that of Law’s example of ten replications', () => {
    // Law, Simulation Modeling and Analysis, example 4.27: 1.34 ± 0.24 with 90 %.
    const sample = [1.2, 1.5, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.5, 1.09];
    const interval = studentInterval(sample, 0.9);
    expect(interval?.mean).toBeCloseTo(1.343, 12);
    expect(interval?.halfWidth).toBeCloseTo(0.24, 2);
    expect(Math.abs((interval?.low ?? NaN) - 1.1)).toBeLessThan(0.01);
    expect(Math.abs((interval?.high ?? NaN) - 1.58)).toBeLessThan(0.01);
  });

  it('is t·s/√n wide to either side: two values leave 12.7 standard errors', () => {
    expect(studentInterval([0, 2])?.halfWidth).toBeCloseTo(12.7062047362, 9);
  });

  it('has no width when all values are equal', () => {
    expect(studentInterval([0.1, 0.1, 0.1])).toEqual({
      mean: 0.1,
      low: 0.1,
      high: 0.1,
      halfWidth: 0,
    });
  });

  it('cannot be given for fewer than two values', () => {
    expect([studentInterval([]), studentInterval([7])]).toEqual([null, null]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitCliff } from '../../src/theory/cliff-fit.ts';
import { cliffThroughput } from '../../src/theory/cliff.ts';
import { fitUsl } from '../../src/theory/usl-fit.ts';
import { fuzzed } from '../support/fuzz.ts';
import { measured } from './measured.ts';

describe('cliffThroughput', () => {
  it('comes to X_s/√2 at n_s without a cliff, and is halved by the cliff at N_t', () => {
    const cliff = {
      levelPerSecond: 100,
      saturationClients: 10,
      cliffClients: 1e6,
      steepness: 2,
    };
    expect(cliffThroughput(cliff, 10)).toBeCloseTo(100 / Math.SQRT2, 6);
    expect(cliffThroughput(cliff, 1e6)).toBeCloseTo(50, 6);
    expect(cliffThroughput(cliff, 0)).toBe(0);
    expect(cliffThroughput(cliff, 1e300)).toBe(0);
  });

  it('refuses parameters that mean nothing', () => {
    const cliff = { levelPerSecond: 1, saturationClients: 1, cliffClients: 0, steepness: 2 };
    expect(() => cliffThroughput(cliff, 1)).toThrow(
      'cliffClients is a finite number above 0, not 0',
    );
  });
});

describe('fitCliff on published measurements', () => {
  // MariaDB 5.5, sysbench, 16 cores.
  const loads = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096];
  const readOnly = measured(loads, [3944, 4725, 4878, 4863, 4732, 4554, 4345, 4103, 1670]);
  const readWrite = measured(loads, [2833, 3510, 3545, 3420, 3259, 2818, 1788, 820, 113]);

  it('explains 97 % of the read-only series, where the scalability law does not reach 85 %', () => {
    expect(fitCliff(readOnly).rSquared).toBeGreaterThanOrEqual(0.97);
    expect(fitUsl(readOnly).rSquared).toBeLessThan(0.85);
  });

  it('explains 99 % of the read-write series', () => {
    const fit = fitCliff(readWrite);
    expect(fit.rSquared).toBeGreaterThanOrEqual(0.99);
    expect(fit.saturationClients).toBeCloseTo(0.75 * 16, 0);
  });
});

describe('fitCliff', () => {
  it('recovers the parameters behind points without noise', () => {
    const loads = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
    const cliff = fc.record({
      levelPerSecond: fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      saturationClients: fc.double({ min: 2, max: 30, noNaN: true }),
      cliffClients: fc.double({ min: 100, max: 700, noNaN: true }),
      steepness: fc.double({ min: 1, max: 4, noNaN: true }),
    });
    fc.assert(
      fc.property(cliff, (given) => {
        const throughputs = loads.map((n) => cliffThroughput(given, n));
        const fit = fitCliff(measured(loads, throughputs));
        expect(fit.levelPerSecond / given.levelPerSecond).toBeCloseTo(1, 6);
        expect(fit.saturationClients / given.saturationClients).toBeCloseTo(1, 6);
        expect(fit.cliffClients / given.cliffClients).toBeCloseTo(1, 6);
        expect(fit.steepness / given.steepness).toBeCloseTo(1, 6);
      }),
      fuzzed(25),
    );
  });

  it('is never worse than a level line, and has a finite curve for any points', () => {
    const throughputs = fc.array(fc.double({ min: 0.1, max: 1000, noNaN: true }), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(throughputs, (given) => {
        const fit = fitCliff(measured([1, 3, 10, 30, 100, 300], given));
        expect(fit.rSquared).toBeGreaterThanOrEqual(-1e-5);
        expect(fit.rSquared).toBeLessThanOrEqual(1);
        expect(cliffThroughput(fit, 1000)).toBeLessThan(Infinity);
      }),
      fuzzed(25),
    );
  });

  it('refuses fewer loads than parameters', () => {
    expect(() => fitCliff(measured([1, 2, 3], [1, 2, 3]))).toThrow(
      'a fit takes points at 4 different loads or more, not at 3',
    );
  });
});

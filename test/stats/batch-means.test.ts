import { describe, expect, it } from 'vitest';
import { RandomStreams } from '../../src/engine/random-streams.ts';
import { uniformStream } from '../../src/engine/variates.ts';
import { batchMeans, lag1Autocorrelation } from '../../src/stats/batch-means.ts';
import { twoSidedT } from '../../src/stats/student-t.ts';
import { mean, STANDARD_ERRORS, variance } from '../support/statistics.ts';

const PHI = 0.8;
const seeds = (process.env['TIDEMARK_TEST_SEED'] ?? 'one two').split(' ');

/** X(t) = φ·X(t−1) + noise, uniform with variance 1, started in its level. */
function autoregressive(seed: string, n: number): number[] {
  const draws = uniformStream(new RandomStreams(seed), 'noise');
  const noise = () => (draws.next() - 0.5) * Math.sqrt(12);
  let x = 0;
  for (let i = 0; i < 200; i++) x = PHI * x + noise();
  return Array.from({ length: n }, () => (x = PHI * x + noise()));
}

function meansOf(series: readonly number[], length: number): number[] {
  return Array.from({ length: series.length / length }, (_, i) =>
    mean(series.slice(i * length, (i + 1) * length)),
  );
}

/** Variance of the mean of n: (1 + 2·Σ(1 − k/n)·φᵏ) ÷ (1 − φ²) ÷ n, with noise of variance 1. */
function exactVariance(n: number): number {
  let sum = 1;
  let power = 1;
  for (let k = 1; k < n; k++) {
    power *= PHI;
    sum += 2 * (1 - k / n) * power;
  }
  return sum / (1 - PHI * PHI) / n;
}

describe.each(seeds)('batch means of an autoregressive series, with seed %s', (seed) => {
  const runs = Array.from({ length: 200 }, (_, i) => autoregressive(`${seed}/${i}`, 6000));

  it('scatter by the variance that the theory gives batches of that length', () => {
    const found = runs.map((series) => variance(meansOf(series, 200)));
    const expected = exactVariance(200) - exactVariance(6000);
    const scatter = Math.sqrt(variance(found) / found.length);
    // Of dependent batches, the sample variance falls short by the variance of the whole's mean.
    const sample = (expected * 30) / 29;
    expect(Math.abs(mean(found) - sample)).toBeLessThan(STANDARD_ERRORS * scatter);
  });

  it('give intervals that hold the true mean 95 times in 100', () => {
    const inside = runs.filter((series) => {
      const interval = batchMeans(meansOf(series, 200));
      return interval !== null && interval.low <= 0 && interval.high >= 0;
    });
    // 200 trials: 190 ± 3.1; 4.5 standard errors, and half a per cent for what dependence is left.
    expect(inside.length).toBeGreaterThan(190 - 1 - STANDARD_ERRORS * Math.sqrt(200 * 0.95 * 0.05));
    expect(inside.length).toBeLessThan(200);
  });

  it('are called dependent when they are too short, and hardly ever when they are long', () => {
    const share = (length: number) =>
      runs.filter(
        (series) => batchMeans(meansOf(series.slice(0, 30 * length), length))?.isDependent,
      ).length / runs.length;
    expect(share(2)).toBeGreaterThan(0.7);
    expect(share(200)).toBeLessThan(0.08);
  });
});

describe('batch means', () => {
  it('are refused when there are fewer than twenty', () => {
    expect(batchMeans(Array.from({ length: 19 }, (_, i) => i))).toBeNull();
  });

  it('have Student’s interval', () => {
    const means = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 9 : 11));
    const found = batchMeans(means);
    expect(found).toMatchObject({ mean: 10, batches: 20, isDependent: false });
    expect(found?.halfWidth).toBeCloseTo(twoSidedT(0.95, 19) * Math.sqrt(20 / 19 / 20), 10);
  });

  it('have an autocorrelation that can be worked out by hand', () => {
    // Around the mean 2: −1, 0, 1, 0; products 0 + 0 + 0, squares 2. Then −1, −1, 1, 1: 1 − 1 + 1 over 4.
    expect(lag1Autocorrelation([1, 2, 3, 2])).toBe(0);
    expect(lag1Autocorrelation([1, 1, 3, 3])).toBe(0.25);
    expect(lag1Autocorrelation([5, 5, 5])).toBe(0);
  });
});

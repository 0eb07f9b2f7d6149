import { describe, expect, it } from 'vitest';
import { RandomStreams } from '../../src/engine/random-streams.ts';
import { uniformStream } from '../../src/engine/variates.ts';
import { batchMeans } from '../../src/stats/batch-means.ts';
import { twoSidedT } from '../../src/stats/student-t.ts';
import { mean, STANDARD_ERRORS, variance } from '../support/statistics.ts';
import { ofOneEach } from './batches.ts';

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
      const interval = batchMeans(ofOneEach(meansOf(series, 200)));
      return interval !== null && interval.low <= 0 && interval.high >= 0;
    });
    // 200 trials: 190 ± 3.1; 4.5 standard errors, and half a per cent for what dependence is left.
    expect(inside.length).toBeGreaterThan(190 - 1 - STANDARD_ERRORS * Math.sqrt(200 * 0.95 * 0.05));
    expect(inside.length).toBeLessThan(200);
  });

  it('are called dependent when they are too short, and hardly ever when they are long', () => {
    const share = (length: number) =>
      runs.filter(
        (series) =>
          batchMeans(ofOneEach(meansOf(series.slice(0, 30 * length), length)))?.isDependent,
      ).length / runs.length;
    expect(share(2)).toBeGreaterThan(0.7);
    expect(share(200)).toBeLessThan(0.08);
  });
});

describe('batch means', () => {
  it('are refused when there are fewer than twenty', () => {
    expect(batchMeans(ofOneEach(Array.from({ length: 19 }, (_, i) => i)))).toBeNull();
  });

  it('have Student’s interval when they scatter evenly', () => {
    const found = batchMeans(ofOneEach(alternating));
    expect(found).toMatchObject({ mean: 10, batches: 20, isDependent: false });
    const halfWidth = twoSidedT(0.95, 19) * Math.sqrt(20 / 19 / 20);
    expect(found?.low).toBeCloseTo(10 - halfWidth, 10);
    expect(found?.high).toBeCloseTo(10 + halfWidth, 10);
  });

  it('count by how much is in a batch', () => {
    const batches = alternating.map((value) =>
      value === 9 ? { numerator: 9, denominator: 1 } : { numerator: 33, denominator: 3 },
    );
    expect(batchMeans(batches)?.mean).toBe(10.5);
  });

  it('of equal values have an interval without width, and of nothing have none', () => {
    const equal = batchMeans(ofOneEach(alternating.map(() => 4)));
    expect(equal).toEqual({ mean: 4, low: 4, high: 4, batches: 20, isDependent: false });
    const nothing = alternating.map(() => ({ numerator: 0, denominator: 0 }));
    expect(batchMeans(nothing)).toBeNull();
  });

  it('are called dependent when the run is worth fewer than ten independent values a batch', () => {
    // The variance of the mean is 1/19, so that a variance of 200/19 is worth 200.
    const isDependent = (varianceOfOne: number) =>
      batchMeans(ofOneEach(alternating), varianceOfOne)?.isDependent;
    expect(isDependent(200.1 / 19)).toBe(false);
    expect(isDependent(199.9 / 19)).toBe(true);
  });
});

/** 9, 11, 9, 11 …: the variance is 20/19. */
const alternating = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 9 : 11));

import { describe, expect, it } from 'vitest';
import type { LawFamily } from '../../src/engine/law.ts';
import { RandomStreams } from '../../src/engine/random-streams.ts';
import {
  exponentialStream,
  standardVariates,
  uniformStream,
  type VariateStream,
} from '../../src/engine/variates.ts';
import {
  STANDARD_ERRORS,
  kolmogorovLimit,
  kolmogorovSmirnov,
  mean,
  normalCdf,
  variance,
} from '../support/statistics.ts';

const N = 1_000_000;
const streams = new RandomStreams(process.env['TIDEMARK_TEST_SEED'] ?? 'variates');

function sample(stream: VariateStream, n = N): Float64Array {
  return Float64Array.from({ length: n }, () => stream.next());
}

// Mean, variance and the fourth central moment, which is behind the variance's own standard error.
describe.each([
  {
    name: 'uniform',
    stream: () => uniformStream(streams, 'u'),
    moments: [1 / 2, 1 / 12, 1 / 80],
    cdf: (x: number) => x,
  },
  {
    name: 'exponential',
    stream: () => exponentialStream(streams, 'e'),
    moments: [1, 1, 9],
    cdf: (x: number) => 1 - Math.exp(-x),
  },
  {
    name: 'normal',
    stream: () => standardVariates(streams, 'n', 'lognormal'),
    moments: [0, 1, 3],
    cdf: normalCdf,
  },
] as const)('a million $name variates', ({ stream, moments: [mu, sigma2, fourth], cdf }) => {
  const drawn = sample(stream());

  it('have the mean and the variance of their law', () => {
    expect(Math.abs(mean(drawn) - mu)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(sigma2 / N));
    const standardError = Math.sqrt((fourth - sigma2 * sigma2) / N);
    expect(Math.abs(variance(drawn) - sigma2)).toBeLessThan(STANDARD_ERRORS * standardError);
  });

  it('are distributed by their law (Kolmogorov and Smirnov)', () => {
    expect(kolmogorovSmirnov(drawn, cdf)).toBeLessThan(kolmogorovLimit(N));
  });

  it('do not depend on each other from one to the next', () => {
    const other = sample(stream());
    let sum = 0;
    for (let i = 1; i < N; i++) {
      sum += ((other[i - 1] as number) - mu) * ((other[i] as number) - mu);
    }
    const r = sum / (N - 1) / sigma2;
    expect(Math.abs(r)).toBeLessThan(STANDARD_ERRORS / Math.sqrt(N));
  });
});

describe('variates', () => {
  it('are zero for a constant law, which draws no chance', () => {
    expect(new Set(sample(standardVariates(streams, 'c', 'constant'), 1000))).toEqual(new Set([0]));
  });

  it('come in the same order whether one looks at one or at many', () => {
    const one = uniformStream(streams, 'order');
    const source = streams.stream('order');
    for (let i = 0; i < 1000; i++) expect(one.next()).toBe(source());
  });

  it('lie in the range of their law and are finite', () => {
    const ranges: [LawFamily, number, number][] = [
      ['uniform', 0, 1 - 2 ** -32],
      ['exponential', Number.MIN_VALUE, 45],
      ['lognormal', -10, 10],
    ];
    for (const [family, low, high] of ranges) {
      const drawn = sample(standardVariates(streams, `range/${family}`, family), 100_000);
      expect(Math.min(...drawn.slice(0, 50_000))).toBeGreaterThanOrEqual(low);
      expect(drawn.every((x) => x >= low && x <= high)).toBe(true);
    }
  });

  it('resolve the far tail of the exponential law more finely than 32 bits would', () => {
    const tail = sample(exponentialStream(streams, 'tail'), N).filter((x) => x > 10);
    // e^-10 of a million is 45; in steps of 2^-32, u < e^-10 has only 195,000 values.
    expect(new Set(tail).size).toBe(tail.length);
    expect(Math.abs(tail.length - N * Math.exp(-10))).toBeLessThan(
      STANDARD_ERRORS * Math.sqrt(N * Math.exp(-10)),
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { Law } from '../../src/engine/law.ts';
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
const normal: Law = { family: 'lognormal', mean: 1, cv: 1 };
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
    stream: () => standardVariates(streams, 'n', normal),
    moments: [0, 1, 3],
    cdf: normalCdf,
  },
  {
    name: 'fine uniform',
    stream: () =>
      standardVariates(streams, 'f', { family: 'empirical', values: new Float64Array(1) }),
    moments: [1 / 2, 1 / 12, 1 / 80],
    cdf: (x: number) => x,
  },
  {
    // The sum of three exponentials of mean 1/3: variance 1/k, fourth moment 3/k² + 6/k³.
    name: 'erlang',
    stream: () => standardVariates(streams, 'k', { family: 'erlang', mean: 5, stages: 3 }),
    moments: [1, 1 / 3, 3 / 9 + 6 / 27],
    cdf: (x: number) => 1 - Math.exp(-3 * x) * (1 + 3 * x + (3 * x) ** 2 / 2),
  },
  {
    // A shape of 2 is the sum of two exponentials.
    name: 'gamma (shape 2)',
    stream: () => standardVariates(streams, 'g2', { family: 'gamma', mean: 5, cv: Math.SQRT1_2 }),
    moments: [1, 1 / 2, 3 / 4 + 6 / 8],
    cdf: (x: number) => 1 - Math.exp(-2 * x) * (1 + 2 * x),
  },
  {
    // A shape of 1/2 is a squared normal: chi squared with one degree of freedom.
    name: 'gamma (shape 1/2)',
    stream: () => standardVariates(streams, 'g.5', { family: 'gamma', mean: 5, cv: Math.SQRT2 }),
    moments: [1, 2, 12 + 48],
    cdf: (x: number) => 2 * normalCdf(Math.sqrt(x)) - 1,
  },
  {
    name: 'gamma (shape 1)',
    stream: () => standardVariates(streams, 'g1', { family: 'gamma', mean: 5, cv: 1 }),
    moments: [1, 1, 9],
    cdf: (x: number) => 1 - Math.exp(-x),
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
    expect(
      new Set(sample(standardVariates(streams, 'c', { family: 'constant', value: 7 }), 1000)),
    ).toEqual(new Set([0]));
  });

  it('come in the same order whether one looks at one or at many', () => {
    const one = uniformStream(streams, 'order');
    const bits = streams.stream('order');
    for (let i = 0; i < 1000; i++) expect(one.next()).toBe((bits.word() >>> 0) * 2 ** -32);
  });

  it('lie in the range of their law and are finite', () => {
    const ranges: [Law, number, number][] = [
      [{ family: 'uniform', low: 0, high: 1 }, 0, 1 - 2 ** -32],
      [{ family: 'exponential', mean: 1 }, Number.MIN_VALUE, 45],
      [{ family: 'pareto', mean: 1, shape: 2 }, Number.MIN_VALUE, 45],
      [normal, -10, 10],
      [{ family: 'percentiles', p50: 1, p95: 2, p99: 3, mean: 1.2 }, -10, 10],
      [{ family: 'empirical', values: new Float64Array(1) }, 2 ** -53, 1 - 2 ** -53],
      [{ family: 'hyperexponential', branches: [] }, 2 ** -53, 1 - 2 ** -53],
      [{ family: 'erlang', mean: 1, stages: 100 }, 0.4, 1.8],
      [{ family: 'gamma', mean: 1, cv: 100 }, 0, 1e6],
      [{ family: 'gamma', mean: 1, cv: 1e-3 }, 0.99, 1.01],
      [{ family: 'gamma', mean: 1, cv: 0 }, 1, 1],
    ];
    for (const [law, low, high] of ranges) {
      const drawn = sample(standardVariates(streams, `range/${law.family}`, law), 100_000);
      expect(Math.min(...drawn.slice(0, 50_000))).toBeGreaterThanOrEqual(low);
      expect(drawn.every((x) => x >= low && x <= high)).toBe(true);
    }
  });

  it('take over the shape of a changed law at once, and the same ones whenever that happens', () => {
    const one: Law = { family: 'erlang', mean: 1, stages: 1 };
    const many: Law = { family: 'erlang', mean: 1, stages: 1000 };
    const drawn = (before: number): number[] => {
      const stream = standardVariates(streams, 'reshaped', one);
      for (let i = 0; i < before; i++) stream.next();
      stream.reshape({ ...one, mean: 7 });
      const unchanged = stream.next();
      stream.reshape(many);
      return [unchanged, ...sample(stream, 1000)];
    };
    const [unchanged, ...changed] = drawn(3);
    expect(unchanged).toBe(sample(standardVariates(streams, 'reshaped', one), 4)[3]);
    expect(changed.every((x) => Math.abs(x - 1) < 0.2)).toBe(true);
    // Both were in the first batch, the rest of which is dropped.
    expect(drawn(77).slice(1)).toEqual(changed);
  });

  it('keep their batch when a law changes whose shape is in no variate', () => {
    const stream = standardVariates(streams, 'kept', normal);
    const other = standardVariates(streams, 'kept', normal);
    stream.next();
    other.next();
    stream.reshape({ family: 'lognormal', mean: 2, cv: 0.5 });
    expect(stream.next()).toBe(other.next());
  });

  it('resolve the far tail of the exponential law more finely than 32 bits would', () => {
    const tail = sample(exponentialStream(streams, 'tail'), N).filter((x) => x > 8);
    expect(Math.abs(tail.length - N * Math.exp(-8))).toBeLessThan(
      STANDARD_ERRORS * Math.sqrt(N * Math.exp(-8)),
    );
    // In steps of 2^-32 every u = e^-x would be a whole number of them; by chance one in 500 is near.
    const steps = tail.map((x) => Math.exp(-x) * 2 ** 32);
    const whole = steps.filter((u) => Math.abs(u - Math.round(u)) < 1e-3);
    expect(whole.length).toBeLessThan(0.05 * tail.length);
  });
});

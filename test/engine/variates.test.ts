import { describe, expect, it } from 'vitest';
import type { Law } from '../../src/engine/law.ts';
import { RandomStreams } from '../../src/engine/random-streams.ts';
import {
  exponentialStream,
  standardVariates,
  uniformStream,
  type VariateStream,
} from '../../src/engine/variates.ts';
import { bitsOf, digestOf } from '../support/bits.ts';
import { isNightly } from '../support/nightly.ts';
import {
  ANDERSON_DARLING_LIMIT,
  STANDARD_ERRORS,
  andersonDarling,
  kolmogorovLimit,
  kolmogorovSmirnov,
  mean,
  normalCdf,
  variance,
} from '../support/statistics.ts';

const N = isNightly ? 10_000_000 : 1_000_000;
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
    // The middle of its step.
    cdf: (x: number) => x + 2 ** -33,
  },
  {
    name: 'exponential',
    stream: () => exponentialStream(streams, 'e'),
    moments: [1, 1, 9],
    cdf: (x: number) => -Math.expm1(-x),
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
    cdf: (x: number) => -Math.expm1(-x),
  },
] as const)(
  'a million $name variates and more',
  ({ stream, moments: [mu, sigma2, fourth], cdf }) => {
    const drawn = sample(stream());

    it('have the mean and the variance of their law', () => {
      expect(Math.abs(mean(drawn) - mu)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(sigma2 / N));
      const standardError = Math.sqrt((fourth - sigma2 * sigma2) / N);
      expect(Math.abs(variance(drawn) - sigma2)).toBeLessThan(STANDARD_ERRORS * standardError);
    });

    it('are distributed by their law (Kolmogorov and Smirnov, Anderson and Darling)', () => {
      expect(kolmogorovSmirnov(drawn, cdf)).toBeLessThan(kolmogorovLimit(N));
      expect(andersonDarling(drawn, cdf)).toBeLessThan(ANDERSON_DARLING_LIMIT);
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
  },
);

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

  it('are the same read from the buffer, batch by batch, as one by one', () => {
    const one = exponentialStream(streams, 'read');
    const direct = exponentialStream(streams, 'read');
    for (let i = 0; i < 2000; i++) {
      if (direct.position === direct.buffer.length) direct.refill();
      expect(direct.buffer[direct.position++]).toBe(one.next());
    }
  });

  it('resolve the exponential law near 0 and far out more finely than 32 bits would', () => {
    const drawn = sample(exponentialStream(streams, 'tail'));
    // By inversion of a number of 32 bits each e^-x is a whole number of steps; here one in 500 is near.
    const isWhole = (x: number) => {
      const steps = Math.exp(-x) * 2 ** 32;
      return Math.abs(steps - Math.round(steps)) < 1e-3;
    };
    for (const some of [drawn.filter((x) => x < 1e-3), drawn.filter((x) => x > 7)]) {
      expect(some.length).toBeGreaterThan(500);
      expect(some.filter(isWhole).length).toBeLessThan(0.05 * some.length);
    }
  });

  // Golden: drawn on Node 20.20, November 2026. Other bits on another engine, or after a change of the
  // method, change every result of the product.
  it.each<{ law: Law; bits: string[]; digest: string }>([
    {
      law: { family: 'uniform', low: 0, high: 1 },
      bits: ['3fec39b19de00000', '3fed307ea0800000', '3fcf8b44d7000000', '3fe761aecda00000'],
      digest: '3382caf01867f065',
    },
    {
      law: { family: 'exponential', mean: 1 },
      bits: ['3fd6a61c0819cc98', '3fd2059d3f3683e2', '3fc5b8f32d1345fc', '3fde913eb10593fe'],
      digest: '1eb73a58bf61f719',
    },
    {
      law: { family: 'lognormal', mean: 1, cv: 1 },
      bits: ['bfc3873e19c161b1', '3fe3525e4f566eaa', '3fd71d756693f34c', 'bfe96923e001d952'],
      digest: '7d97915b06d273c8',
    },
    {
      law: { family: 'hyperexponential', branches: [] },
      bits: ['3fec39b1d307ea09', '3fcf8b45d86bb36c', '3fc2a8674eb08e4c', '3fe3208e0e3b2261'],
      digest: '6937058d05a6523c',
    },
    {
      law: { family: 'erlang', mean: 1, stages: 3 },
      bits: ['3fd12d6649f35128', '3feb7109373b5e09', '3ff9d826a62f8880', '4004c8c89f80563c'],
      digest: 'cfd5f2cd0d0fc88a',
    },
    {
      law: { family: 'gamma', mean: 1, cv: 0.5 },
      bits: ['3feb0ec7f7f2d347', '3ff19c513824d31e', '4001c66ea86cc6be', '3fe7dbbc93e31812'],
      digest: '19fc04bb5c407018',
    },
    {
      law: { family: 'gamma', mean: 1, cv: 2 },
      bits: ['3ff93f4e3c0eaf20', '4004d46728973c62', '3fad500991bef77e', '3ffa0194039fd893'],
      digest: 'e683803730281a3d',
    },
  ])('have the pinned bits: $law', ({ law, bits, digest }) => {
    const stream = standardVariates(new RandomStreams('tidemark'), 'golden', law);
    expect(Array.from({ length: bits.length }, () => bitsOf(stream.next()))).toEqual(bits);
    expect(digestOf(() => stream.next())).toBe(digest);
  });
});

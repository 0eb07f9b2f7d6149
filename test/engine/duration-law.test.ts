import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DurationLaw } from '../../src/engine/duration-law.ts';
import { type Law, lawMean, lawScv } from '../../src/engine/law.ts';
import { RandomStreams } from '../../src/engine/random-streams.ts';
import { standardVariates } from '../../src/engine/variates.ts';
import { fuzzed } from '../support/fuzz.ts';
import {
  STANDARD_ERRORS,
  kolmogorovLimit,
  kolmogorovSmirnov,
  mean,
  normalCdf,
  variance,
} from '../support/statistics.ts';

const N = 200_000;
const streams = new RandomStreams(process.env['TIDEMARK_TEST_SEED'] ?? 'laws');

function durations(law: Law): Float64Array {
  const compiled = new DurationLaw(law);
  const variates = standardVariates(streams, JSON.stringify(law), law);
  return Float64Array.from({ length: N }, () => compiled.duration(variates.next()));
}

const hyperexponential: Law = {
  family: 'hyperexponential',
  branches: [
    { probability: 0.887, mean: 5_600_000 },
    { probability: 0.113, mean: 44_000_000 },
  ],
};
const empirical: Law = {
  family: 'empirical',
  values: Float64Array.of(1_000_000, 1_000_000, 3_000_000, 50_000_000),
};
const Z95 = 1.6448536269514722;
const scale = Math.log(60 / 12) / Z95;
const slopeTo = (p99: number) => Math.log(p99 / 60e6) / 0.6814942470893686;
const tailScale = slopeTo(180e6);

/** Its mean: p50·e^(s²/2)·Φ(z95 − s) below the kink, and what the second line gives above it. */
function percentilesTo(p99: number): Law {
  const tail = slopeTo(p99);
  const mean =
    12e6 * Math.exp(scale ** 2 / 2) * normalCdf(Z95 - scale) +
    60e6 * Math.exp(tail ** 2 / 2 - tail * Z95) * normalCdf(tail - Z95);
  return { family: 'percentiles', p50: 12e6, p95: 60e6, p99, mean };
}
const percentiles = percentilesTo(180e6);

/** Laws with a finite fourth moment or nearly so: their variance can be seen in a sample. */
const laws: Law[] = [
  { family: 'exponential', mean: 5_000_000 },
  { family: 'uniform', low: 2_000_000, high: 6_000_000 },
  { family: 'lognormal', mean: 16_100_000, cv: 1.5 },
  { family: 'lognormal', mean: 16_100_000, cv: 0.5 },
  { family: 'erlang', mean: 8_000_000, stages: 4 },
  { family: 'gamma', mean: 8_000_000, cv: 2 },
  { family: 'gamma', mean: 8_000_000, cv: 0.3 },
  hyperexponential,
  { family: 'pareto', mean: 8_000_000, shape: 6 },
  empirical,
  // With a p99 of 180 ms σ is 1.6 in the tail: no sample of this size shows that variance.
  percentilesTo(110e6),
];

describe('a duration law', () => {
  it.each(laws.map((law) => ({ law })))(
    'has the mean and the scatter that $law says',
    ({ law }) => {
      const drawn = durations(law);
      const expected = lawMean(law);
      const deviation = Math.sqrt(variance(drawn));
      const expectedDeviation = Math.sqrt(lawScv(law)) * expected;
      const meanError = expectedDeviation / Math.sqrt(N);
      expect(Math.abs(mean(drawn) - expected)).toBeLessThan(STANDARD_ERRORS * meanError);
      // The squares' own scatter is heavy for the skewed laws: estimated from the sample's batches.
      const batches = Array.from({ length: 50 }, (_, k) =>
        Math.sqrt(variance(drawn.subarray((k * N) / 50, ((k + 1) * N) / 50))),
      );
      const deviationError = Math.sqrt(variance(batches) / batches.length);
      expect(Math.abs(deviation - expectedDeviation)).toBeLessThan(
        STANDARD_ERRORS * deviationError + 0.01 * expectedDeviation,
      );
    },
  );

  const low = (8e6 * 1.3) / 2.3;
  it.each<{ law: Law; cdf: (x: number) => number }>([
    { law: { family: 'exponential', mean: 5e6 }, cdf: (x) => -Math.expm1(-x / 5e6) },
    {
      law: { family: 'lognormal', mean: 16e6, cv: 1.5 },
      cdf: (x) => {
        const sigma = Math.sqrt(Math.log1p(1.5 ** 2));
        return normalCdf(Math.log(x / 16e6) / sigma + sigma / 2);
      },
    },
    {
      law: { family: 'erlang', mean: 8e6, stages: 2 },
      cdf: (x) => 1 - Math.exp(-x / 4e6) * (1 + x / 4e6),
    },
    {
      law: { family: 'gamma', mean: 8e6, cv: Math.SQRT2 },
      cdf: (x) => 2 * normalCdf(Math.sqrt(x / 8e6)) - 1,
    },
    {
      law: hyperexponential,
      cdf: (x) => 1 - 0.887 * Math.exp(-x / 5.6e6) - 0.113 * Math.exp(-x / 44e6),
    },
    {
      law: { family: 'pareto', mean: 8e6, shape: 2.3 },
      cdf: (x) => (x < low ? 0 : 1 - (low / x) ** 2.3),
    },
    {
      law: percentiles,
      cdf: (x) =>
        normalCdf(x < 60e6 ? Math.log(x / 12e6) / scale : Z95 + Math.log(x / 60e6) / tailScale),
    },
  ])('is distributed as $law.family says (Kolmogorov and Smirnov)', ({ law, cdf }) => {
    expect(kolmogorovSmirnov(durations(law), cdf)).toBeLessThan(kolmogorovLimit(N));
  });

  it('goes through all three percentiles, exactly', () => {
    const law = new DurationLaw(percentiles);
    const z = [0, Z95, 2.3263478740408408];
    expect(z.map((at) => law.duration(at))).toEqual([12e6, 60e6, 180e6]);
  });

  it('draws each of its values equally often, and no others, when it is empirical', () => {
    const drawn = durations(empirical);
    const times = (value: number) => drawn.filter((x) => x === value).length;
    const counts = [times(1e6), times(3e6), times(50e6)];
    expect(counts.reduce((a, b) => a + b, 0)).toBe(N);
    for (const [i, share] of [0.5, 0.25, 0.25].entries()) {
      const error = STANDARD_ERRORS * Math.sqrt(N * share * (1 - share));
      expect(Math.abs((counts[i] as number) - N * share)).toBeLessThan(error);
    }
    const law = new DurationLaw(empirical);
    expect([2 ** -53, 0.5, 1 - 2 ** -53].map((u) => law.duration(u))).toEqual([1e6, 3e6, 50e6]);
  });

  it('never ends before its low when it is pareto, whatever its mean', () => {
    const law: Law = { family: 'pareto', mean: 3e6, shape: 1.5 };
    expect(new DurationLaw(law).duration(0)).toBe(1e6);
    expect(durations(law).every((x) => x >= 1e6)).toBe(true);
  });

  it('is cut at the last instant when it is longer than any run', () => {
    const cases: [Law, number][] = [
      [{ family: 'exponential', mean: 9e15 }, 40],
      [{ family: 'lognormal', mean: 9e15, cv: 100 }, 40],
      [{ family: 'pareto', mean: 9e15, shape: 1.0001 }, 44],
      [{ family: 'gamma', mean: 9e15, cv: 100 }, 1e9],
      [percentilesTo(9e15), 10],
      [{ family: 'hyperexponential', branches: [{ probability: 1, mean: 9e15 }] }, 1 - 2 ** -53],
    ];
    for (const [law, variate] of cases) {
      expect(new DurationLaw(law).duration(variate), law.family).toBe(Number.MAX_SAFE_INTEGER);
    }
  });

  it('is always the same for a constant', () => {
    const law = new DurationLaw({ family: 'constant', value: 400_000_000 });
    expect([law.duration(0), law.duration(0)]).toEqual([400_000_000, 400_000_000]);
  });

  it('keeps within its bounds when it is uniform', () => {
    const law = new DurationLaw({ family: 'uniform', low: 10, high: 20 });
    expect([0, 0.5, 1 - 2 ** -32].map((u) => law.duration(u))).toEqual([10, 15, 20]);
  });

  it('has its median at the mean ÷ √(1 + cv²) when it is lognormal', () => {
    const law = new DurationLaw({ family: 'lognormal', mean: 1_000_000_000, cv: 2 });
    expect(law.duration(0)).toBe(Math.round(1_000_000_000 / Math.sqrt(5)));
  });

  it('is whole and never negative, whatever the parameters and the variate', () => {
    const time = fc.integer({ min: 1, max: 1e11 });
    const laws: fc.Arbitrary<{ law: Law; z: number }> = fc.oneof(
      fc.record({
        law: fc.record({ family: fc.constant('exponential' as const), mean: time }),
        z: fc.double({ min: 0, max: 45, noNaN: true }),
      }),
      fc.record({
        law: fc.record({
          family: fc.constant('lognormal' as const),
          mean: time,
          cv: fc.double({ min: 0, max: 5, noNaN: true }),
        }),
        z: fc.double({ min: -9, max: 6, noNaN: true }),
      }),
      fc.record({
        law: fc
          .tuple(time, time)
          .map(([a, b]): Law => ({ family: 'uniform', low: Math.min(a, b), high: Math.max(a, b) })),
        z: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      }),
      fc.record({
        law: fc.record({
          family: fc.constant('pareto' as const),
          mean: time,
          shape: fc.double({ min: 1, minExcluded: true, max: 50, noNaN: true }),
        }),
        z: fc.double({ min: 0, max: 45, noNaN: true }),
      }),
      fc.record({
        law: fc.tuple(time, time, time).map(([a, b, c]): Law => {
          const [p50, p95, p99] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
          return { family: 'percentiles', p50, p95, p99, mean: p50 };
        }),
        z: fc.double({ min: -10, max: 10, noNaN: true }),
      }),
      fc.record({
        law: fc
          .array(fc.tuple(fc.integer({ min: 1, max: 1000 }), time), { minLength: 1, maxLength: 9 })
          .map((parts): Law => {
            const all = parts.reduce((sum, [part]) => sum + part, 0);
            const branches = parts.map(([part, mean]) => ({ probability: part / all, mean }));
            return { family: 'hyperexponential', branches };
          }),
        z: fc.double({ min: 2 ** -53, max: 1 - 2 ** -53, noNaN: true }),
      }),
    );
    fc.assert(
      fc.property(laws, ({ law, z }) => {
        const duration = new DurationLaw(law).duration(z);
        expect(Number.isSafeInteger(duration)).toBe(true);
        expect(duration).toBeGreaterThanOrEqual(0);
      }),
      fuzzed(1000),
    );
  });

  it('grows with the variate, so that a changed mean keeps the order of requests', () => {
    const growing: Law[] = [
      { family: 'exponential', mean: 1000 },
      { family: 'lognormal', mean: 1000, cv: 1.5 },
      { family: 'uniform', low: 100, high: 900 },
      { family: 'pareto', mean: 1000, shape: 2 },
      empirical,
      percentiles,
    ];
    for (const law of growing) {
      const compiled = new DurationLaw(law);
      const grid = Array.from({ length: 100 }, (_, k) => compiled.duration(k / 100));
      expect(grid).toEqual(grid.toSorted((a, b) => a - b));
    }
  });
});

describe('the squared coefficient of variation', () => {
  it('is the variance ÷ mean², infinite where the variance is', () => {
    expect(lawScv({ family: 'constant', value: 5 })).toBe(0);
    expect(lawScv({ family: 'uniform', low: 0, high: 6 })).toBeCloseTo(1 / 3, 12);
    expect(lawScv({ family: 'pareto', mean: 5, shape: 3 })).toBeCloseTo(1 / 3, 12);
    expect(lawScv({ family: 'pareto', mean: 5, shape: 2 })).toBe(Infinity);
    expect(lawScv({ family: 'empirical', values: Float64Array.of(0, 10) })).toBe(1);
    expect(lawScv({ family: 'empirical', values: Float64Array.of(0, 0) })).toBe(0);
  });

  it('of percentiles on one line is that of the lognormal law: e^σ² − 1', () => {
    for (const sigma of [0.01, 0.5, 1.2, 3]) {
      const law: Law = {
        family: 'percentiles',
        p50: 1e6,
        p95: 1e6 * Math.exp(sigma * 1.6448536269514722),
        p99: 1e6 * Math.exp(sigma * 2.3263478740408408),
        mean: 1e6 * Math.exp(sigma ** 2 / 2),
      };
      expect(lawScv(law) / Math.expm1(sigma ** 2)).toBeCloseTo(1, 8);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DurationLaw } from '../../src/engine/duration-law.ts';
import { type Law, lawMean } from '../../src/engine/law.ts';
import { RandomStreams } from '../../src/engine/random-streams.ts';
import { standardVariates } from '../../src/engine/variates.ts';
import { fuzzed } from '../support/fuzz.ts';
import { STANDARD_ERRORS, mean, variance } from '../support/statistics.ts';

const N = 200_000;
const streams = new RandomStreams(process.env['TIDEMARK_TEST_SEED'] ?? 'laws');

function durations(law: Law): Float64Array {
  const compiled = new DurationLaw(law);
  const variates = standardVariates(streams, law.family, law.family);
  return Float64Array.from({ length: N }, () => compiled.duration(variates.next()));
}

describe('a duration law', () => {
  it.each<[Law, number]>([
    [{ family: 'exponential', mean: 5_000_000 }, 1],
    [{ family: 'uniform', low: 2_000_000, high: 6_000_000 }, 1 / Math.sqrt(12)],
    [{ family: 'lognormal', mean: 16_100_000, cv: 1.5 }, 1.5],
    [{ family: 'lognormal', mean: 16_100_000, cv: 0.5 }, 0.5],
  ])('has the mean and the scatter that %j says', (law, cv) => {
    const drawn = durations(law);
    const expected = lawMean(law);
    const deviation = Math.sqrt(variance(drawn));
    const expectedDeviation = law.family === 'uniform' ? cv * (law.high - law.low) : cv * expected;
    const meanError = expectedDeviation / Math.sqrt(N);
    expect(Math.abs(mean(drawn) - expected)).toBeLessThan(STANDARD_ERRORS * meanError);
    // The squares' own scatter is heavy for the lognormal law: estimated from the sample's batches.
    const batches = Array.from({ length: 50 }, (_, k) =>
      Math.sqrt(variance(drawn.subarray((k * N) / 50, ((k + 1) * N) / 50))),
    );
    const deviationError = Math.sqrt(variance(batches) / batches.length);
    expect(Math.abs(deviation - expectedDeviation)).toBeLessThan(
      STANDARD_ERRORS * deviationError + 0.01 * expectedDeviation,
    );
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
    const laws: Law[] = [
      { family: 'exponential', mean: 1000 },
      { family: 'lognormal', mean: 1000, cv: 1.5 },
      { family: 'uniform', low: 100, high: 900 },
    ];
    for (const law of laws) {
      const compiled = new DurationLaw(law);
      const grid = Array.from({ length: 100 }, (_, k) => compiled.duration(k / 100));
      expect(grid).toEqual(grid.toSorted((a, b) => a - b));
    }
  });
});

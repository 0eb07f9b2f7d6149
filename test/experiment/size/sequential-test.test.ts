import { expect, it } from 'vitest';
import { RandomStreams } from '../../../src/engine/random-streams.ts';
import { fillNormal } from '../../../src/engine/variate-fills.ts';
import { VariateStream } from '../../../src/engine/variates.ts';
import { decide, sequentialConstants } from '../../../src/experiment/size/sequential-test.ts';
import { isNightly } from '../../support/nightly.ts';

it('the constants are those of Kim and Nelson', () => {
  // k = 10 systems, n₀ = 20, α = .05: η .30293, h² 11.5115 (Kim and Nelson 2001).
  const { eta, hSquared } = sequentialConstants(0.05, 20, 9);
  expect(eta).toBeCloseTo(0.30293, 5);
  expect(hSquared).toBeCloseTo(11.5115, 4);
});

const plan = { alpha: 0.05, indifference: 0.01, first: 10 };

it('values that do not scatter are decided at once', () => {
  const low = Array.from({ length: 10 }, () => -0.02);
  expect(decide(low, plan)).toEqual({ isBelow: true, values: 10 });
  expect(
    decide(
      low.map((value) => -value),
      plan,
    ),
  ).toEqual({ isBelow: false, values: 10 });
});

it('nothing is decided before the first values are there', () => {
  expect(decide([-5, -5, -5], plan)).toEqual({ isBelow: null, values: 3 });
});

it('what scatters much is decided later than what scatters little', () => {
  const noisy = (by: number) =>
    Array.from({ length: 10_000 }, (_, i) => -0.02 + (i % 2 === 0 ? by : -by));
  const little = decide(noisy(0.01), plan);
  const much = decide(noisy(0.1), plan);
  expect(little.isBelow).toBe(true);
  expect(much.isBelow).toBe(true);
  expect(much.values).toBeGreaterThan(little.values * 3);
});

it('a mean at the edge of the indifference zone is called wrongly as seldom as promised', () => {
  const normal = new VariateStream(
    new RandomStreams('sequential test').stream('values'),
    fillNormal,
  );
  const cases = isNightly ? 4000 : 500;
  let wrong = 0;
  for (let i = 0; i < cases; i++) {
    const values = Array.from({ length: 800 }, () => 0.01 + 0.05 * normal.next());
    if (decide(values, plan).isBelow !== false) wrong++;
  }
  // At most 5 %; 4.5 standard errors on top.
  expect(wrong / cases).toBeLessThan(0.05 + 4.5 * Math.sqrt((0.05 * 0.95) / cases));
});

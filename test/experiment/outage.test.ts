import { expect, it } from 'vitest';
import { badShareOf, type Bin, findOutage, responseQuantile } from '../../src/experiment/outage.ts';
import { Histogram } from '../../src/stats/histogram.ts';
import { HistogramReader } from '../../src/stats/histogram-reading.ts';

/** Bins of a minute with a hundred outcomes each, of which so many are bad. */
function minutes(...bad: number[]): Bin[] {
  return bad.map((count, i) => ({
    fromNs: i * 60e9,
    toNs: (i + 1) * 60e9,
    completed: 100 - count,
    bad: count,
    responses: null,
    medianNs: null,
  }));
}

it('the outage runs from the first to the last minute in which half as much failed as on average', () => {
  expect(findOutage(minutes(0, 3, 24, 30, 30, 36, 30, 1, 0))).toEqual([2, 6]);
});

it('a single bad minute is an outage of a minute', () => {
  expect(findOutage(minutes(0, 0, 100, 0))).toEqual([2, 2]);
});

it('no failures, or one in ten thousand and fewer, are no outage', () => {
  expect(findOutage(minutes(0, 0, 0))).toBeNull();
  const rare: Bin = { ...(minutes(1)[0] as Bin), completed: 20_000 };
  expect(findOutage([rare])).toBeNull();
});

it('the failed share of no outcomes at all is unknown, not zero', () => {
  const empty: Bin = { ...(minutes(0)[0] as Bin), completed: 0 };
  expect(badShareOf([empty])).toBeNull();
  expect(badShareOf(minutes(10, 30))).toBeCloseTo(0.2, 12);
});

it('response times of an outage are those of all its bins, the ones without failures too', () => {
  const histogram = new Histogram();
  const reader = new HistogramReader([histogram]);
  const readings = [10, 20, 30, 40, 50].map((x) => {
    histogram.add(x);
    return reader.read();
  });
  const [before, first, second, last] = readings;
  const bins = minutes(99, 99, 99).map((bin) => ({ ...bin, completed: 1 }));
  const [a, b, c] = bins;
  if (!before || !first || !second || !last || !a || !b || !c) throw new Error('bug: too few');
  const outage: Bin[] = [
    { ...a, responses: [before, first] },
    { ...b, bad: 0 },
    { ...c, responses: [second, last] },
  ];
  expect([0, 0.5, 1].map((p) => responseQuantile(outage, p))).toEqual([20, 30, 40]);
});

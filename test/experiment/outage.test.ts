import { expect, it } from 'vitest';
import { badShareOf, type Bin, findOutage } from '../../src/experiment/outage.ts';
import { addedBetween, HistogramReader } from '../../src/stats/histogram-reading.ts';

const nothing = new HistogramReader([]).read();

/** Bins of a minute with a hundred outcomes each, of which so many are bad. */
function minutes(...bad: number[]): Bin[] {
  return bad.map((count, i) => ({
    fromNs: i * 60e9,
    toNs: (i + 1) * 60e9,
    completed: 100 - count,
    bad: count,
    responses: addedBetween(nothing, nothing),
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

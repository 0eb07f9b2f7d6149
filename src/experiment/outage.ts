/**
 * The outage: the stretch in which most of the failures fell. It runs from the first to the last bin (of
 * a minute, in runs of half an hour and more) whose failed share is at least half of what the average
 * failed request saw around it.
 */
import type { Snapshot } from '../model/meters/snapshot.ts';
import { quantileOf } from '../stats/histogram.ts';
import { addedBetween, type BucketRange, countsOf } from '../stats/histogram-reading.ts';

/** Fewer failures than this share of all requests are not called an outage. */
const LEAST_SHARE = 1e-4;

export interface Bin {
  readonly fromNs: number;
  readonly toNs: number;
  readonly completed: number;
  /** Failed and abandoned requests. */
  readonly bad: number;
  readonly responses: BucketRange;
}

/** The bin between two readings. */
export function binOf(from: Snapshot, to: Snapshot): Bin {
  return {
    fromNs: from.atNs,
    toNs: to.atNs,
    completed: to.completed - from.completed,
    bad: to.failed - from.failed + (to.abandoned - from.abandoned),
    responses: addedBetween(from.distributions.response, to.distributions.response),
  };
}

/** Index of the outage's first bin and of its last; null when hardly anything failed. */
export function findOutage(bins: readonly Bin[]): readonly [number, number] | null {
  const bad = sum(bins.map((bin) => bin.bad));
  const all = bad + sum(bins.map((bin) => bin.completed));
  if (bad === 0 || bad < all * LEAST_SHARE) return null;
  const seen = sum(bins.map((bin) => bin.bad * badShare(bin))) / bad;
  const isPart = (bin: Bin) => bin.bad > 0 && badShare(bin) >= seen / 2;
  return [bins.findIndex(isPart), bins.findLastIndex(isPart)];
}

/** (failed + abandoned) ÷ all outcomes. */
export function badShareOf(bins: readonly Bin[]): number | null {
  const bad = sum(bins.map((bin) => bin.bad));
  const all = bad + sum(bins.map((bin) => bin.completed));
  return all === 0 ? null : bad / all;
}

/** Response quantile in ns over completed requests of several bins; null when there are none. */
export function responseQuantile(bins: readonly Bin[], p: number): number | null {
  const counts = countsOf(bins.map((bin) => bin.responses));
  return quantileOf(counts, sum(bins.map((bin) => bin.completed)), p);
}

function badShare(bin: Bin): number {
  return badShareOf([bin]) ?? 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

/**
 * The outage: the stretch in which most of the failures fell. It runs from the first to the last bin (of
 * a minute, in runs of half an hour and more) whose failed share is at least half of what the average
 * failed request saw around it.
 */
import type { Snapshot } from '../model/meters/snapshot.ts';
import { type HistogramReading, quantileBetween } from '../stats/histogram-reading.ts';

/** Fewer failures than this share of all requests are not called an outage. */
const LEAST_SHARE = 1e-4;

export interface Bin {
  readonly fromNs: number;
  readonly toNs: number;
  readonly completed: number;
  /** Failed and abandoned requests. */
  readonly bad: number;
  /** Responses up to the bin's start, and up to its end; null when nothing failed in it. */
  readonly responses: readonly [HistogramReading, HistogramReading] | null;
  /** Median response from the start of the run up to the bin's end; null when nothing completed. */
  readonly medianNs: number | null;
}

/** The bin between two readings, of a run that began at `start`. */
export function binOf(start: Snapshot, from: Snapshot, to: Snapshot): Bin {
  const bad = to.failed - from.failed + (to.abandoned - from.abandoned);
  const before = from.distributions.response;
  const after = to.distributions.response;
  return {
    fromNs: from.atNs,
    toNs: to.atNs,
    completed: to.completed - from.completed,
    bad,
    responses: bad > 0 ? [before, after] : null,
    medianNs: quantileBetween(start.distributions.response, after, after.count, 0.5),
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

/** Response quantile in ns over completed requests of an outage's bins; null when there are none. */
export function responseQuantile(bins: readonly Bin[], p: number): number | null {
  const [first, last] = [bins[0]?.responses, bins.at(-1)?.responses];
  if (!first || !last) throw new Error('bug: an outage that begins or ends without failures');
  return quantileBetween(first[0], last[1], sum(bins.map((bin) => bin.completed)), p);
}

function badShare(bin: Bin): number {
  return badShareOf([bin]) ?? 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

/**
 * The steady state of one long run: its means with intervals from batch means. Only a run in which nothing
 * changes has one, and only when the load is less than what can be served or something bounds the queue.
 */
import { MILLISECOND, SECOND } from '../engine/time.ts';
import type { Snapshot } from '../model/meters/snapshot.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { batchMeans, FEWEST_BATCHES, MOST_BATCHES } from '../stats/batch-means.ts';
import { bucketOf, smoothQuantileOf, varianceOf } from '../stats/histogram.ts';
import { countFrom, countsBetween } from '../stats/histogram-reading.ts';
import { quantileBounds } from '../stats/quantile-interval.ts';
import type { Parts } from '../stats/ratio-estimate.ts';
import type { MeanInterval, Steady, SteadyFigure, SteadyFigures } from './result.ts';
import { rounded } from './rounding.ts';
import type { SeriesRow } from './series.ts';
import { isStationary, loadWithRetries, unboundedLoad, unboundedLoadAtEnd } from './stability.ts';
import { settledAt } from './warm-up.ts';

/** Responses that a batch needs for its mean, and for its 99th percentile: ten beyond it. */
const LEAST_FOR_MEAN = 100;
const LEAST_FOR_P99 = 1000;
const QUANTILE = 0.99;

/** Readings at the grid's instants; none when the run is not stationary. */
type Readings = readonly Snapshot[];

/** null when the run is not stationary, unless it ends with a queue that grows without end. */
export function steadyOf(
  scenario: Scenario,
  readings: Readings,
  rows: readonly SeriesRow[],
): Steady | null {
  if (!isStationary(scenario)) return unstableEnd(scenario);
  const load = unboundedLoad(scenario, meanHolds(readings));
  if (load !== null)
    return { unstable: true, offeredLoad: rounded(load), reason: 'unbounded-queue' };
  const retried = loadWithRetries(scenario);
  const found = settledOrNot(scenario, readings, rows);
  return retried === null ? found : { ...found, loadWithRetries: rounded(retried) };
}

function unstableEnd(scenario: Scenario): Steady | null {
  const load = unboundedLoadAtEnd(scenario);
  if (load === null) return null;
  const offeredLoad = rounded(load);
  return { unstable: true, offeredLoad, reason: 'unbounded-queue', atEnd: true };
}

function settledOrNot(scenario: Scenario, readings: Readings, rows: readonly SeriesRow[]): Steady {
  const start = startOf(scenario, readings, rows);
  if (start === null) return { undecided: true, reason: 'not-settled', timesLonger: null };
  const ends = batchEnds(readings, start);
  const responses = countBetween(ends) / Math.max(1, ends.length - 1);
  if (ends.length - 1 < FEWEST_BATCHES || responses < LEAST_FOR_MEAN) {
    const factor = responses === 0 ? null : Math.ceil(LEAST_FOR_MEAN / responses);
    return { undecided: true, reason: 'too-short', timesLonger: factor };
  }
  return figuresOf(ends, responses >= LEAST_FOR_P99);
}

/** Index of the reading at which the steady state begins; null when the run has not settled. */
function startOf(
  { warmupNs }: Scenario,
  readings: Readings,
  rows: readonly SeriesRow[],
): number | null {
  if (warmupNs !== 'auto' && warmupNs > 0) return 0;
  const settled = settledAt(
    rows,
    readings.map(({ atNs }) => atNs),
  );
  return settled.reached ? readings.findIndex(({ atNs }) => atNs === settled.atNs) : null;
}

/** The first reading and those at the end of each batch: as many cells to each as keep 20 to 40 batches. */
function batchEnds(readings: Readings, start: number): Readings {
  const cells = readings.length - 1 - start;
  const size = Math.max(1, Math.ceil(cells / MOST_BATCHES));
  const first = start + (cells % size);
  return readings.filter((_, i) => i >= first && (i - first) % size === 0);
}

function figuresOf(ends: Readings, hasQuantile: boolean): SteadyFigures {
  const [first, last] = [ends[0] as Snapshot, ends.at(-1) as Snapshot];
  return {
    fromSeconds: rounded(first.atNs / SECOND),
    batches: ends.length - 1,
    batchSeconds: rounded((last.atNs - first.atNs) / (ends.length - 1) / SECOND),
    figures: {
      'response.meanMs': meanFigure(ends, 'response'),
      'response.p99Ms': hasQuantile ? p99Figure(ends) : null,
      'acquireWait.meanMs': meanFigure(ends, 'acquire'),
      'pool.utilisation': useFigure(ends),
    },
  };
}

/** null when some batch observed nothing. */
function meanFigure(ends: Readings, of: 'response' | 'acquire'): SteadyFigure | null {
  const batches = eachBatch(ends, (from, to) => {
    const [a, b] = [from.distributions[of], to.distributions[of]];
    return { numerator: (b.total - a.total) / MILLISECOND, denominator: b.count - a.count };
  });
  if (batches === null) return null;
  const whole = allValues(ends, of);
  const variance = varianceOf(whole.counts, whole.count, whole.total / whole.count);
  const found = batchMeans(batches, variance / (MILLISECOND * MILLISECOND));
  return found === null ? null : figure(found, found.isDependent);
}

/** A share of something does not exceed 1. */
function useFigure(ends: Readings): SteadyFigure | null {
  if ((ends.at(-1)?.unlimited ?? 0) > (ends[0]?.unlimited ?? 0)) return null;
  const batches = eachBatch(ends, (from, to) => ({
    numerator: to.owned - from.owned,
    denominator: to.configured - from.configured,
  }));
  const found = batches === null ? null : batchMeans(batches);
  if (found === null) return null;
  const { low, high, ...rest } = figure(found, found.isDependent);
  return { ...rest, low: Math.min(1, low), high: Math.min(1, high) };
}

/** The 99th percentile of the whole, as well as its batches agree on how much lies beyond it. */
function p99Figure(ends: Readings): SteadyFigure | null {
  const whole = allValues(ends, 'response');
  const quantile = (p: number) =>
    (smoothQuantileOf(whole.counts, whole.count, p) ?? 0) / MILLISECOND;
  const first = bucketOf(Math.floor(quantile(QUANTILE) * MILLISECOND)) + 1;
  const beyond = ({ distributions }: Snapshot) => countFrom(distributions.response, first);
  const batches = eachBatch(ends, (from, to) => ({
    numerator: beyond(to) - beyond(from),
    denominator: to.distributions.response.count - from.distributions.response.count,
  }));
  const bounds = batches === null ? null : quantileBounds(QUANTILE, batches);
  if (bounds === null) return null;
  const [low, high] = [quantile(bounds.low), quantile(bounds.high)];
  return figure({ mean: quantile(QUANTILE), low, high }, bounds.isDependent);
}

function figure({ mean, low, high }: MeanInterval, dependent: boolean): SteadyFigure {
  return {
    mean: rounded(mean),
    low: rounded(Math.max(0, low)),
    high: rounded(high),
    ...(dependent ? { dependent } : {}),
  };
}

function eachBatch(ends: Readings, read: (from: Snapshot, to: Snapshot) => Parts): Parts[] | null {
  const batches = ends.slice(1).map((to, i) => read(ends[i] as Snapshot, to));
  return batches.every(({ denominator }) => denominator > 0) ? batches : null;
}

/** All values between the first reading and the last. */
function allValues(ends: Readings, of: 'response' | 'acquire') {
  const [from, to] = [ends[0] as Snapshot, ends.at(-1) as Snapshot];
  const [a, b] = [from.distributions[of], to.distributions[of]];
  return {
    counts: countsBetween(a, b),
    count: b.count - a.count,
    total: b.total - a.total,
  };
}

function countBetween(ends: Readings): number {
  const count = (reading: Snapshot | undefined) => reading?.distributions.response.count ?? 0;
  return count(ends.at(-1)) - count(ends[0]);
}

/** Mean hold of each service over the readings, ns. */
function meanHolds(readings: Readings): (number | null)[] {
  const first = readings[0]?.holds ?? [];
  const last = readings.at(-1)?.holds ?? [];
  return last.map(({ count, total }, i) => {
    const ended = count - (first[i]?.count ?? 0);
    return ended === 0 ? null : (total - (first[i]?.total ?? 0)) / ended;
  });
}

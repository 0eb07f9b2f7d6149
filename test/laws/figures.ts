// What the model measures, by the names that the oracle has for it. Times are milliseconds.

import { MILLISECOND, SECOND } from '../../src/engine/time.ts';
import { BUCKETS, quantileOf } from '../../src/stats/histogram.ts';
import { countsBetween } from '../../src/stats/histogram-reading.ts';
import type { DistributionName } from '../../src/model/control/settings.ts';
import type { Figure, Reading } from './steady-state.ts';

const change =
  (read: (reading: Reading) => number): Figure =>
  (from, to) =>
    read(to) - read(from);

const ratio =
  (numerator: Figure, denominator: Figure): Figure =>
  (from, to) =>
    numerator(from, to) / denominator(from, to);

const meanOf = (of: DistributionName): Figure =>
  ratio(
    change((r) => r.distributions[of].total / MILLISECOND),
    change((r) => r.distributions[of].count),
  );

const arrivals = change((r) => r.arrived);
const time = change((r) => r.atNs);
const grants = change((r) => r.distributions.acquire.count);
/** Those who got a connection at once. */
const zeroWaits = change((r) => r.distributions.acquire.sums[0] as number);
const lost = change((r) => r.failed + r.abandoned);

export const throughput = ratio(
  change((r) => r.completed * SECOND),
  time,
);
export const meanWait = meanOf('acquire');
export const poolUtilisation = ratio(
  change((r) => r.owned),
  change((r) => r.configured),
);
export const cpuUtilisation = ratio(
  change((r) => r.cpu),
  change((r) => r.cores),
);
const lostShare = ratio(lost, arrivals);

const meanOwned = ratio(
  change((r) => r.owned),
  time,
);
const meanPending = ratio(
  change((r) => r.pending),
  time,
);
const meanInSystem: Figure = (from, to) => meanOwned(from, to) + meanPending(from, to);
/** Share of all who came that did not get a connection at once. */
const waitShare: Figure = (from, to) => 1 - zeroWaits(from, to) / arrivals(from, to);
const waitShareOfServed: Figure = (from, to) => 1 - zeroWaits(from, to) / grants(from, to);
const waitOfWaiting: Figure = (from, to) => meanWait(from, to) / waitShareOfServed(from, to);
/** Mean wait of all, those who left included, by Little's law. */
const waitOfAll = ratio(
  change((r) => r.pending / MILLISECOND),
  arrivals,
);
const busyShare = ratio(
  change((r) => r.busyLooks),
  change((r) => r.looks),
);
const blockedShare = ratio(
  change((r) => r.poolFull),
  arrivals,
);

/** What each name in the oracle is in the model; quantiles: see `quantileOfName`. */
export const FIGURES: Readonly<Record<string, Figure>> = {
  rho: poolUtilisation,
  util: poolUtilisation,
  lambda_mean: ratio(
    change((r) => r.arrived * SECOND),
    time,
  ),
  lambda_total: ratio(
    change((r) => r.arrived * SECOND),
    time,
  ),
  p_wait: waitShare,
  p_wait_arrival: waitShare,
  p_acquire_wait: waitShare,
  p_wait_accepted: waitShareOfServed,
  p_block: blockedShare,
  call_congestion: blockedShare,
  p_abandon: lostShare,
  time_congestion: busyShare,
  p_all_cores_busy: busyShare,
  p_busy_time: busyShare,
  throughput,
  wq_mean_ms: meanWait,
  wq_mean_accepted_ms: meanWait,
  wq_mean_served_ms: meanWait,
  acquire_wait_mean_ms: meanWait,
  wq_mean_all_ms: waitOfAll,
  wq_given_wait_ms: waitOfWaiting,
  wq_sd_ms: (from, to) => deviationMs('acquire', from, to),
  t_sd_ms: (from, to) => deviationMs('response', from, to),
  query_time_mean_ms: meanOf('use'),
  t_mean_ms: meanOf('response'),
  lq: meanPending,
  l: meanInSystem,
  n_mean: meanInSystem,
  mean_active: meanOwned,
  carried: meanOwned,
};

interface QuantileName {
  readonly of: 'acquire' | 'response';
  readonly p: number;
}

/** `wq_p99_served_ms` is the 99th percentile of the wait; null for a name of another kind. */
export function quantileOfName(name: string): QuantileName | null {
  const [, of, percent] = /^(wq|t|acquire_wait)_p(\d\d)(?:_accepted|_served)?_ms$/.exec(name) ?? [];
  if (percent === undefined) return null;
  return { of: of === 't' ? 'response' : 'acquire', p: Number(percent) / 100 };
}

/** A quantile, ms, by the middle of its bucket. */
export const quantileMs =
  ({ of, p }: QuantileName): Figure =>
  (from, to) =>
    (quantileOf(
      countsBetween(from.distributions[of], to.distributions[of]),
      countBetween(of, from, to),
      p,
    ) ?? NaN) / MILLISECOND;

/** Share of the values of a distribution that lie in histogram buckets from this one on. */
export function shareFrom(of: DistributionName, firstBucket: number): Figure {
  return (from, to) => {
    const counts = countsBetween(from.distributions[of], to.distributions[of]);
    const beyond = counts.subarray(firstBucket).reduce((sum, n) => sum + n, 0);
    return beyond / countBetween(of, from, to);
  };
}

/** Standard deviation, ms: the mean is exact, the mean square from the middles of the buckets. */
function deviationMs(of: DistributionName, from: Reading, to: Reading): number {
  const counts = countsBetween(from.distributions[of], to.distributions[of]);
  let squares = 0;
  for (let i = 1; i < counts.length; i++) {
    if (counts[i] === 0) continue;
    const middle = bucketMiddleMs(i);
    squares += (counts[i] as number) * middle * middle;
  }
  const mean = meanOf(of)(from, to);
  return Math.sqrt(squares / countBetween(of, from, to) - mean * mean);
}

const middles: number[] = [];

/** The middle of a bucket: the quantile of a histogram that holds one value in it. */
function bucketMiddleMs(bucket: number): number {
  if (middles[bucket] === undefined) {
    const counts = new Float64Array(BUCKETS);
    counts[bucket] = 1;
    middles[bucket] = (quantileOf(counts, 1, 0.5) ?? NaN) / MILLISECOND;
  }
  return middles[bucket];
}

function countBetween(of: DistributionName, from: Reading, to: Reading): number {
  return to.distributions[of].count - from.distributions[of].count;
}

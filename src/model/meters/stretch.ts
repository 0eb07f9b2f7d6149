/** The figures of a stretch of time: the difference of two snapshots. */
import { SECOND } from '../../engine/time.ts';
import { quantileBetween } from '../../stats/histogram-reading.ts';
import type { Comparison, Condition, DistributionName, Metric } from '../control/settings.ts';
import type { Snapshot } from './snapshot.ts';

/** (failed + abandoned) ÷ (completed + failed + abandoned); null when no request ended. */
export function errorShare(from: Snapshot, to: Snapshot): number | null {
  const bad = to.failed - from.failed + (to.abandoned - from.abandoned);
  return ratio(bad, bad + (to.completed - from.completed));
}

/** Quantile in ns over those that ended well; null when there are none. */
export function quantileNs(
  from: Snapshot,
  to: Snapshot,
  of: DistributionName,
  p: number,
): number | null {
  return quantileWithLost(from, to, of, p, 0);
}

/** A metric's value in its own unit (seconds, share, number, per second); null: nothing observed. */
export function metricValue(metric: Metric, from: Snapshot, to: Snapshot): number | null {
  const length = to.atNs - from.atNs;
  switch (metric.kind) {
    case 'percentile': {
      const lost = lostIn(metric.of, from, to);
      const value = quantileWithLost(from, to, metric.of, metric.p, lost);
      return value === null ? null : value / SECOND;
    }
    case 'mean': {
      const a = from.distributions[metric.of];
      const b = to.distributions[metric.of];
      return ratio((b.total - a.total) / SECOND, b.count - a.count);
    }
    case 'errors':
      return errorShare(from, to);
    case 'pool-utilisation':
      return poolUse(from, to);
    case 'pool-pending':
      return ratio(to.pending - from.pending, length);
    case 'database-utilisation':
      return ratio(to.cpu - from.cpu, to.cores - from.cores);
    case 'arrival-rate':
      return ratio((to.arrived - from.arrived) * SECOND, length);
    case 'goodput':
      return ratio((to.completed - from.completed) * SECOND, length);
  }
}

/** Connections owned ÷ configured; null where a pool had no limit at any time: there is no share of that. */
function poolUse(from: Snapshot, to: Snapshot): number | null {
  if (to.unlimited > from.unlimited) return null;
  return ratio(to.owned - from.owned, to.configured - from.configured);
}

/** Whether a condition holds; a value that was never observed fulfils none. */
export function holds(condition: Condition, value: number | null): boolean {
  return value !== null && compare(value, condition.comparison, condition.limit);
}

function compare(value: number, comparison: Comparison, limit: number): boolean {
  switch (comparison) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
  }
}

/** Requests that never got what the distribution measures: they count as infinitely slow. */
function lostIn(of: DistributionName, from: Snapshot, to: Snapshot): number {
  if (of === 'response') return to.failed - from.failed + (to.abandoned - from.abandoned);
  return of === 'acquire' ? to.acquireFailures - from.acquireFailures : 0;
}

function quantileWithLost(
  from: Snapshot,
  to: Snapshot,
  of: DistributionName,
  p: number,
  lost: number,
): number | null {
  const a = from.distributions[of];
  const b = to.distributions[of];
  const value = quantileBetween(a, b, b.count - a.count + lost, p);
  return value === null || value === Infinity ? value : Math.min(value, b.max);
}

/** null instead of a division by nothing. */
function ratio(numerator: number, denominator: number): number | null {
  return denominator > 0 ? numerator / denominator : null;
}

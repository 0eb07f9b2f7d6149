/**
 * A reading of all meters of the system at one instant, services added up. The figures of a stretch are
 * the difference of two.
 */
import type { Histogram } from '../../stats/histogram.ts';
import type { DistributionName } from '../control/settings.ts';
import type { Database } from '../database/database.ts';
import type { Service } from '../service/service.ts';

export interface Snapshot {
  readonly atNs: number;
  readonly arrived: number;
  readonly completed: number;
  readonly failed: number;
  readonly abandoned: number;
  readonly acquireFailures: number;
  /** Integrals over time, connection- or request-nanoseconds. */
  readonly owned: number;
  readonly ownedOpening: number;
  readonly opening: number;
  readonly open: number;
  readonly pending: number;
  readonly configured: number;
  /** CPU time spent, and cores × time, ns. */
  readonly cpu: number;
  readonly cores: number;
  /** Requests that have arrived, by service. */
  readonly arrivals: readonly number[];
  /** Holds that have ended, and their sum in ns, by service. */
  readonly holds: readonly { readonly count: number; readonly total: number }[];
  readonly distributions: Readonly<Record<DistributionName, DistributionReading>>;
}

/** Bucket counts of a distribution so far. */
export interface DistributionReading {
  readonly counts: Float64Array;
  readonly count: number;
  /** Sum of the values, ns. */
  readonly total: number;
  readonly max: number;
}

/** Reads the meters. O(services × instances + buckets). */
export function takeSnapshot(
  services: readonly Service[],
  database: Database,
  now: number,
): Snapshot {
  const sum = (read: (service: Service) => number) =>
    services.reduce((total, service) => total + read(service), 0);
  return {
    atNs: now,
    arrived: sum((s) => s.meters.arrived),
    completed: sum((s) => total(s.meters.completed)),
    failed: sum((s) => total(s.meters.failed)),
    abandoned: sum((s) => total(s.meters.abandoned)),
    acquireFailures: sum((s) => s.meters.acquireFailures),
    owned: sum((s) => s.pool.owned.totalIntegral(now)),
    ownedOpening: sum((s) => s.pool.ownedOpening.totalIntegral(now)),
    opening: sum((s) => s.pool.opening.totalIntegral(now)),
    open: sum((s) => s.pool.open.totalIntegral(now)),
    pending: sum((s) => s.pool.pending.totalIntegral(now)),
    configured: sum((s) => s.configured.totalIntegral(now)),
    cpu: database.cpuTime(now),
    cores: database.coreTime(now),
    arrivals: services.map(({ meters }) => meters.arrived),
    holds: services.map(({ meters: { use } }) => ({ count: use.count, total: use.total.value })),
    distributions: {
      response: readDistribution(services.map((s) => s.meters.response)),
      acquire: readDistribution(services.map((s) => s.meters.acquireWait)),
      use: readDistribution(services.map((s) => s.meters.use)),
      opening: readDistribution(services.map((s) => s.meters.opening)),
    },
  };
}

/** Sum of counts or levels. */
export function total(counts: Float64Array | Int32Array): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}

function readDistribution(histograms: readonly Histogram[]): DistributionReading {
  const [first, ...others] = histograms;
  if (first === undefined) throw new Error('bug: a system without services');
  const counts = first.counts.slice();
  for (const other of others) other.counts.forEach((n, i) => (counts[i] = (counts[i] ?? 0) + n));
  return {
    counts,
    count: histograms.reduce((sum, h) => sum + h.count, 0),
    total: histograms.reduce((sum, h) => sum + h.total.value, 0),
    max: Math.max(...histograms.map((h) => h.max)),
  };
}

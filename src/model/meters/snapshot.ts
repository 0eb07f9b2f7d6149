/**
 * A reading of all meters of the system at one instant, services added up. The figures of a stretch are
 * the difference of two.
 */
import type { Histogram } from '../../stats/histogram.ts';
import { HistogramReader, type HistogramReading } from '../../stats/histogram-reading.ts';
import type { DistributionName } from '../control/settings.ts';
import type { Database } from '../database/database.ts';
import type { Pooler } from '../pooler/pooler.ts';
import type { Service } from '../service/service.ts';
import type { ServiceMeters } from './service-meters.ts';

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
  /** Instances whose pool has no limit, and so no configured connections. */
  readonly unlimited: number;
  /** CPU time spent, and cores × time, ns. */
  readonly cpu: number;
  readonly cores: number;
  /** Of the pooler in front of the database; null: there is none. */
  readonly pooler: PoolerReading | null;
  /** Requests that have arrived, by service. */
  readonly arrivals: readonly number[];
  /** Holds that have ended, and their sum in ns, by service. */
  readonly holds: readonly { readonly count: number; readonly total: number }[];
  readonly distributions: Readonly<Record<DistributionName, HistogramReading>>;
}

/** Integrals over time, connection- or client-nanoseconds. */
interface PoolerReading {
  readonly owned: number;
  /** Established connections. */
  readonly open: number;
  /** Clients that wait for a server connection. */
  readonly waiting: number;
  readonly configured: number;
  readonly unlimited: number;
}

/** Readings of one reader share what has not changed between them. */
export class MeterReader {
  private readonly services: readonly Service[];
  private readonly database: Database;
  private readonly pooler: Pooler | null;
  private readonly distributions: Readonly<Record<DistributionName, HistogramReader>>;

  /** @param asked distributions whose quantiles can be asked; null: all of them */
  constructor(
    services: readonly Service[],
    database: Database,
    pooler: Pooler | null,
    asked: ReadonlySet<DistributionName> | null,
  ) {
    this.services = services;
    this.database = database;
    this.pooler = pooler;
    const readerOf = (name: DistributionName, histogram: (meters: ServiceMeters) => Histogram) =>
      new HistogramReader(
        services.map(({ meters }) => histogram(meters)),
        asked?.has(name) ?? true,
      );
    this.distributions = {
      response: readerOf('response', (meters) => meters.response),
      acquire: readerOf('acquire', (meters) => meters.acquireWait),
      use: readerOf('use', (meters) => meters.use),
      opening: readerOf('opening', (meters) => meters.opening),
    };
  }

  /** Reads the meters. O(services × instances, and what was measured since the last reading). */
  read(now: number): Snapshot {
    const { services, database, pooler, distributions } = this;
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
      unlimited: sum((s) => s.unlimited.totalIntegral(now)),
      cpu: database.cpuTime(now),
      cores: database.coreTime(now),
      pooler: pooler === null ? null : readPooler(pooler, now),
      arrivals: services.map(({ meters }) => meters.arrived),
      holds: services.map(({ meters: { use } }) => ({ count: use.count, total: use.total.value })),
      distributions: {
        response: distributions.response.read(),
        acquire: distributions.acquire.read(),
        use: distributions.use.read(),
        opening: distributions.opening.read(),
      },
    };
  }
}

function readPooler({ pool, configured, unlimited }: Pooler, now: number): PoolerReading {
  return {
    owned: pool.owned.totalIntegral(now),
    open: pool.open.totalIntegral(now) - pool.opening.totalIntegral(now),
    waiting: pool.pending.totalIntegral(now) + pool.ownedOpening.totalIntegral(now),
    configured: configured.totalIntegral(now),
    unlimited: unlimited.totalIntegral(now),
  };
}

/** Sum of counts or levels. */
export function total(counts: Float64Array | Int32Array): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}

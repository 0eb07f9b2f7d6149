/** What the meters of a system tell of a stretch of time: counts, times, and what pools did meanwhile. */
import { MILLISECOND, SECOND } from '../../engine/time.ts';
import type { Snapshot } from '../../model/meters/snapshot.ts';
import { errorShare, metricValue, quantileNs } from '../../model/meters/stretch.ts';
import { FAILURES } from '../../model/request/failure.ts';
import { STAGES, type Stage } from '../../model/request/stage.ts';
import type { Service } from '../../model/service/service.ts';
import type { System } from '../../model/system.ts';

/** Plain data, unrounded: it may go to another thread, and be subtracted. */
export interface StretchReading {
  readonly seconds: number;
  readonly arrived: number;
  readonly completed: number;
  readonly failed: number;
  readonly abandoned: number;
  /** Requests under way at its end less those at its beginning. */
  readonly growth: number;
  readonly errors: number | null;
  readonly failures: Readonly<Record<string, number>>;
  /** Means over the requests completed in it; all 0 when none was. */
  readonly ledgerMs: Readonly<Record<Stage, number>>;
  readonly responseMs: Times;
  readonly acquireMs: Times;
  readonly useMs: Times;
  readonly openingMs: Times;
  readonly poolUtilisation: number | null;
  readonly databaseUtilisation: number;
  /** Connections that the pools have at the server, opening ones included. */
  readonly connections: number;
  /** Connections that the database, and a pooler in front of it, refused. */
  readonly refused: number;
  readonly poolerRefused: number;
  /** Of the pooler: all its connections in use while clients waited. */
  readonly poolerIsFull: boolean;
  readonly services: readonly ServiceReading[];
}

interface Times {
  readonly count: number;
  readonly meanMs: number | null;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

/** Time-weighted means. */
export interface ServiceReading {
  readonly name: string;
  readonly instances: readonly InstanceReading[];
}

export interface InstanceReading {
  /** Connections that a request has. */
  readonly used: number;
  readonly opening: number;
  /** null: no limit. */
  readonly max: number | null;
  readonly open: number;
  readonly pending: number;
  /** Connections that no request will give back. */
  readonly lost: number;
}

/** All connections of a pooler are in use from this share on. */
const POOLER_FULL = 0.95;

export interface MeterReading {
  readonly snapshot: Snapshot;
  readonly failures: readonly number[];
  readonly ledger: readonly number[];
  readonly inFlight: number;
  readonly refused: number;
  readonly poolerRefused: number;
  readonly services: readonly ServiceMeter[];
}

interface ServiceMeter {
  readonly name: string;
  readonly instances: readonly Levels[];
}

/** Integrals over time, of one instance. */
type Levels = Readonly<Record<Level, number>>;

type Level = 'used' | 'opening' | 'max' | 'unlimited' | 'open' | 'pending' | 'lost';

/** Reads what a stretch needs. O(services × instances). */
export function readMeters(system: System): MeterReading {
  const { services, database, pooler } = system;
  const sum = (read: (service: Service) => number) =>
    services.reduce((total, service) => total + read(service), 0);
  const snapshot = system.snapshot();
  const ended = snapshot.completed + snapshot.failed + snapshot.abandoned;
  return {
    snapshot,
    failures: FAILURES.map((_, i) => sum(({ meters }) => meters.failures[i] as number)),
    ledger: STAGES.map((_, i) => sum(({ meters }) => meters.ledger[i]?.value ?? 0)),
    inFlight: snapshot.arrived - ended,
    refused: database.slots.refused,
    poolerRefused: pooler?.slots.refused ?? 0,
    services: services.map((service) => meterOf(service, snapshot.atNs)),
  };
}

function meterOf(service: Service, now: number): ServiceMeter {
  const { pool, configured, unlimited, capacity, name } = service;
  const instances = Array.from({ length: capacity }, (_, i) => ({
    used: pool.owned.integral(i, now) - pool.ownedOpening.integral(i, now),
    opening: pool.opening.integral(i, now),
    max: configured.integral(i, now),
    unlimited: unlimited.integral(i, now),
    open: pool.open.integral(i, now),
    pending: pool.pending.integral(i, now) + pool.ownedOpening.integral(i, now),
    lost: pool.leaked.integral(i, now),
  }));
  return { name, instances };
}

/** The difference of two readings. */
export function stretchReading(from: MeterReading, to: MeterReading): StretchReading {
  const [a, b] = [from.snapshot, to.snapshot];
  const length = b.atNs - a.atNs;
  const completed = b.completed - a.completed;
  const failures = FAILURES.map((reason, i) => {
    return [reason, (to.failures[i] ?? 0) - (from.failures[i] ?? 0)] as const;
  });
  const services = to.services.map((_, i) => serviceReading(from, to, i));
  return {
    seconds: length / SECOND,
    arrived: b.arrived - a.arrived,
    completed,
    failed: b.failed - a.failed,
    abandoned: b.abandoned - a.abandoned,
    growth: to.inFlight - from.inFlight,
    errors: errorShare(a, b),
    failures: Object.fromEntries(failures.filter(([, n]) => n > 0)),
    ledgerMs: ledgerBetween(from, to, completed),
    responseMs: timesBetween(a, b, 'response'),
    acquireMs: timesBetween(a, b, 'acquire'),
    useMs: timesBetween(a, b, 'use'),
    openingMs: timesBetween(a, b, 'opening'),
    poolUtilisation: metricValue({ kind: 'pool-utilisation' }, a, b),
    databaseUtilisation: metricValue({ kind: 'database-utilisation' }, a, b) ?? 0,
    connections: services
      .flatMap(({ instances }) => instances)
      .reduce((sum, { open }) => sum + open, 0),
    refused: to.refused - from.refused,
    poolerRefused: to.poolerRefused - from.poolerRefused,
    poolerIsFull: isPoolerFull(a, b),
    services,
  };
}

function ledgerBetween(from: MeterReading, to: MeterReading, completed: number) {
  const means = STAGES.map((stage, i) => {
    const time = (to.ledger[i] ?? 0) - (from.ledger[i] ?? 0);
    return [stage, completed === 0 ? 0 : time / completed / MILLISECOND] as const;
  });
  return Object.fromEntries(means) as Record<Stage, number>;
}

function timesBetween(a: Snapshot, b: Snapshot, of: keyof Snapshot['distributions']): Times {
  const count = b.distributions[of].count - a.distributions[of].count;
  const total = b.distributions[of].total - a.distributions[of].total;
  const ms = (ns: number | null) => (ns === null ? null : ns / MILLISECOND);
  return {
    count,
    meanMs: count === 0 ? null : total / count / MILLISECOND,
    p50Ms: ms(quantileNs(a, b, of, 0.5)),
    p99Ms: ms(quantileNs(a, b, of, 0.99)),
  };
}

function isPoolerFull({ pooler: a, atNs }: Snapshot, { pooler: b, atNs: toNs }: Snapshot): boolean {
  if (a === null || b === null || b.waiting - a.waiting < toNs - atNs) return false;
  return b.owned - a.owned >= POOLER_FULL * (b.open - a.open);
}

function serviceReading(from: MeterReading, to: MeterReading, i: number): ServiceReading {
  const length = to.snapshot.atNs - from.snapshot.atNs;
  const [before, after] = [from.services[i] as ServiceMeter, to.services[i] as ServiceMeter];
  const instances = after.instances.map((end, k) =>
    instanceReading(before.instances[k] as Levels, end, length),
  );
  return {
    name: after.name,
    instances: instances.filter(({ max, used }) => max === null || max > 0 || used > 0),
  };
}

function instanceReading(start: Levels, end: Levels, length: number): InstanceReading {
  const mean = (level: Level) => (end[level] - start[level]) / length;
  return {
    used: mean('used'),
    opening: mean('opening'),
    max: mean('unlimited') > 0 ? null : mean('max'),
    open: mean('open'),
    pending: mean('pending'),
    lost: mean('lost'),
  };
}

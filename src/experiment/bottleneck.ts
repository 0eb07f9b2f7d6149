/** Where requests wait, and since when. */
import { MINUTE, SECOND } from '../engine/time.ts';
import { RateCurve } from '../model/traffic/rate-curve.ts';
import type { TrafficSettings } from '../model/traffic/settings.ts';
import type { System } from '../model/system.ts';
import { formatIso } from '../scenario/clock.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Bottleneck, RunResult, Station } from './result.ts';
import { rounded, roundedOrNull } from './rounding.ts';
import type { SeriesRow } from './series.ts';
import { settingsInForce } from './settings-history.ts';

/** Over this long the rate of traffic is observed that has no scheduled rate. */
const OBSERVED_NS = 10 * SECOND;
/** Waiting less than this share of the response time is no bottleneck. */
const LEAST_WAIT_SHARE = 0.1;
/** Workers that spend more than this share of their time somewhere are held up there. */
const MOSTLY = 0.5;
/** Contention that takes less than this share of the work itself holds nobody up. */
const SLOW = 0.5;
/** A pool this busy over a window or a run is full. */
const POOL_FULL = 0.95;
/** A processor this busy over a whole window has no time left for more. */
const CPU_FULL = 0.97;

/** Finds the onset on the services' pools; the run must have ended. Its figures are of that service. */
export function onsetOf(
  system: System,
  scenario: Scenario,
  rows: readonly SeriesRow[],
): Bottleneck['onset'] {
  const index = earliestOnset(system);
  const service = system.services[index];
  if (service === undefined) return null;
  const { at, instance } = service.pool.onset;
  const settings = settingsInForce(scenario, at).services[index];
  if (settings === undefined) throw new Error('bug: a service without settings');
  const rps = isScheduled(settings.traffic)
    ? new RateCurve(settings.traffic.rate).perSecondAt(at)
    : observedRate(rows, index, at);
  const hold = meanHold(rows, index, at);
  const connections = settings.instances * settings.pool.max;
  return {
    at: formatIso(scenario, at),
    afterSeconds: rounded(at / SECOND),
    rps: rounded(rps),
    offeredLoad: roundedOrNull(
      hold === null || connections === Infinity ? null : ((rps / SECOND) * hold) / connections,
    ),
    instance: `${service.name}/${String(instance)}`,
  };
}

/** Index of the service whose pool was short first; −1 when none was. */
function earliestOnset({ services, simulation }: System): number {
  for (const { pool } of services) pool.onset.close(simulation.now);
  const earliest = Math.min(...services.map(({ pool }) => pool.onset.at));
  return earliest === Infinity ? -1 : services.findIndex(({ pool }) => pool.onset.at === earliest);
}

/** Whether open arrivals at a known rate are all there is. */
function isScheduled({ bursts, users, trace }: TrafficSettings): boolean {
  return bursts.length === 0 && users === null && trace === null;
}

/** Arrivals per second at a service in the ten seconds from an instant on, by whole windows. */
function observedRate(rows: readonly SeriesRow[], service: number, at: number): number {
  let count = 0;
  let length = 0;
  for (const row of rows) {
    // What arrives at the very end of a window counts in it.
    if (row.toNs < at || row.fromNs >= at + OBSERVED_NS) continue;
    count += row.arrivals[service] ?? 0;
    length += row.toNs - row.fromNs;
  }
  return (count / length) * SECOND;
}

/** Mean hold of a service in ns in the last minute before an instant, by whole windows. */
function meanHold(rows: readonly SeriesRow[], service: number, at: number): number | null {
  let count = 0;
  let total = 0;
  for (const row of rows) {
    if (row.toNs <= at - MINUTE || row.fromNs >= at) continue;
    count += row.holds[service]?.count ?? 0;
    total += row.holds[service]?.total ?? 0;
  }
  return count === 0 ? null : total / count;
}

/** What tells where requests wait, in a run or a stretch of it. */
export interface StationEvidence {
  readonly failures: Readonly<Record<string, number>>;
  /** Means over completed requests; all 0 when none completed. */
  readonly ledgerMs: RunResult['ledgerMs'];
  /** Somebody waited for a connection for ten seconds without a break. */
  readonly hasOnset: boolean;
  /** Share of all requests whose client left before the answer. */
  readonly abandonedShare: number;
  readonly poolUtilisation: number;
  /** The processors set the pace, see `isCpuFull`. */
  readonly cpuIsFull: boolean;
  /** A pooler in front of the database does, see `isPoolerFull`. */
  readonly poolerIsFull: boolean;
  /** Connections that it refused. */
  readonly poolerRefused: number;
}

/**
 * The station where requests wait, from what was lost and from where the time of those went that were
 * answered. A service's own queue comes before its pool: a request in it has not asked for a connection.
 */
export function stationOf(evidence: StationEvidence): Station {
  const { failures, hasOnset, cpuIsFull } = evidence;
  const refusing = refusingStation(evidence);
  if (refusing !== null) return refusing;
  const station = heldUpAt(longestWait(evidence), evidence);
  const isShort = hasOnset || isMost(failures, 'acquire-timeout') || isDeserted(evidence);
  if (isShort) return behindPool(station, evidence);
  if (station === 'pool') return 'none';
  if (station !== 'database-contention') return station;
  if (!isSlow(evidence)) return 'none';
  return cpuIsFull ? 'database-cores' : station;
}

/** Queries that run together always slow each other down a little; where nothing is short, that is no fault. */
function isSlow({ ledgerMs }: StationEvidence): boolean {
  return ledgerMs.contention >= SLOW * ledgerMs.databaseWork;
}

/** What the pool waits for, if requests wait for it: what sets the pace stands behind it. */
function behindPool(longest: Station, evidence: StationEvidence): Station {
  const { cpuIsFull, poolerIsFull, ledgerMs } = evidence;
  if (longest === 'service-concurrency') return longest;
  if (cpuIsFull) return 'database-cores';
  if (poolerIsFull)
    return ledgerMs.contention > ledgerMs.databaseWork ? 'database-contention' : 'pooler';
  return longest === 'none' ? 'pool' : longest;
}

/** A service's own queue is long because of a pooler if its workers spend most of their time there. */
function heldUpAt(longest: Station, { poolerIsFull, ledgerMs }: StationEvidence): Station {
  if (longest !== 'service-concurrency' || !poolerIsFull) return longest;
  const all = Object.values(ledgerMs).reduce((a, b) => a + b, 0);
  const working = all - ledgerMs.queue - ledgerMs.backoff;
  return ledgerMs.poolerQueue > MOSTLY * working ? 'pooler' : longest;
}

/** The station that most of the failed requests were turned away by; null when they waited in vain. */
function refusingStation({ failures, cpuIsFull, poolerRefused }: StationEvidence): Station | null {
  if (isMost(failures, 'pooler-timeout')) return cpuIsFull ? 'database-cores' : 'pooler';
  if (isMost(failures, 'pooler-failed')) return 'pooler';
  if (isMost(failures, 'pool-full')) return cpuIsFull ? 'database-cores' : 'pool';
  if (isMost(failures, 'connect-refused')) return poolerRefused > 0 ? 'pooler' : 'connection-slots';
  if (isMost(failures, 'instance-lost')) return 'instances';
  return isMost(failures, 'queue-full') ? 'service-concurrency' : null;
}

/** Clients leave in numbers while (almost) all connections are in use. */
function isDeserted({ abandonedShare, poolUtilisation }: StationEvidence): boolean {
  return abandonedShare >= LEAST_WAIT_SHARE && poolUtilisation >= POOL_FULL;
}

/** The longest of the waits; none when all are short, or nobody was answered. */
function longestWait({ ledgerMs }: StationEvidence): Station {
  const waits: readonly (readonly [Station, number])[] = [
    ['service-concurrency', ledgerMs.queue],
    ['pool', ledgerMs.acquireQueue],
    ['connection-opening', ledgerMs.opening],
    ['pooler', ledgerMs.poolerQueue],
    ['database-contention', ledgerMs.contention],
  ];
  const [station, wait] = waits.reduce((a, b) => (b[1] > a[1] ? b : a));
  const response = Object.values(ledgerMs).reduce((a, b) => a + b, 0);
  return wait === 0 || wait < response * LEAST_WAIT_SHARE ? 'none' : station;
}

/**
 * Whether the processors set the pace: only `cores` makes queries wait for them, and only when they have
 * nothing left in most of the windows in which the pool was full (in any, when it never was).
 */
export function isCpuFull({ system }: Scenario, rows: readonly SeriesRow[]): boolean {
  if (system.database.contention.kind !== 'cores') return false;
  return isBehind(rows, (row) => row.databaseUtilisation >= CPU_FULL);
}

/** Whether all server connections that a pooler had were in use, and clients waited, when the pools were full. */
export function isPoolerFull(rows: readonly SeriesRow[]): boolean {
  return isBehind(rows, ({ pooler }) => {
    if (pooler === null || pooler.waiting === 0) return false;
    return pooler.used >= POOL_FULL * pooler.open;
  });
}

/** Whether something held in most of the windows in which the pool was full; in any, when it never was. */
function isBehind(rows: readonly SeriesRow[], holds: (row: SeriesRow) => boolean): boolean {
  const full = rows.filter((row) => (row.utilisation ?? 0) >= POOL_FULL);
  if (full.length === 0) return rows.some(holds);
  return full.filter(holds).length * 2 >= full.length;
}

function isMost(failures: Readonly<Record<string, number>>, reason: string): boolean {
  const count = failures[reason] ?? 0;
  return count > 0 && Object.values(failures).every((other) => other <= count);
}

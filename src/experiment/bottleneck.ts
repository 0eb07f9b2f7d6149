/** Where requests wait, and since when. */
import { MINUTE, SECOND } from '../engine/time.ts';
import type { Service } from '../model/service/service.ts';
import type { System } from '../model/system.ts';
import { formatIso } from '../scenario/clock.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Bottleneck, RunResult, Station } from './result.ts';
import { rounded, roundedOrNull } from './rounding.ts';
import type { SeriesRow } from './series.ts';
import { scheduledRate, settingsInForce } from './settings-history.ts';

/** Waiting less than this share of the response time is no bottleneck. */
const LEAST_WAIT_SHARE = 0.1;
/** A processor this busy over a whole window has no time left for more. */
const CPU_FULL = 0.97;

/** Finds the onset on the services' pools; the run must have ended. */
export function onsetOf(
  system: System,
  scenario: Scenario,
  rows: readonly SeriesRow[],
): Bottleneck['onset'] {
  const service = earliestOnset(system);
  if (service === null) return null;
  const { at, instance } = service.pool.onset;
  const rps = scheduledRate(scenario, at);
  const hold = meanHold(rows, at);
  const connections = settingsInForce(scenario, at).services.reduce(
    (sum, s) => sum + s.instances * s.pool.max,
    0,
  );
  return {
    at: formatIso(scenario, at),
    afterSeconds: rounded(at / SECOND),
    rps: rounded(rps),
    offeredLoad: roundedOrNull(hold === null ? null : ((rps / SECOND) * hold) / connections),
    instance: `${service.name}/${String(instance)}`,
  };
}

/** The service whose pool was short first; null when none was. */
function earliestOnset(system: System): Service | null {
  let earliest: Service | null = null;
  for (const service of system.services) {
    const { onset } = service.pool;
    onset.close(system.simulation.now);
    if (onset.at < (earliest?.pool.onset.at ?? Infinity)) earliest = service;
  }
  return earliest;
}

/** Mean hold in ns of the last minute before an instant, by whole windows. */
function meanHold(rows: readonly SeriesRow[], at: number): number | null {
  const last = rows.filter((r) => r.toNs > at - MINUTE && r.fromNs <= at);
  const holds = last.reduce((sum, r) => sum + r.holds, 0);
  return holds === 0 ? null : last.reduce((sum, r) => sum + r.holdNs, 0) / holds;
}

/**
 * The station where requests wait, from what was lost and from where the time went. A service's own queue
 * comes before its pool: a request in it has not asked for a connection yet.
 */
export function stationOf(
  result: Pick<RunResult, 'failures' | 'ledgerMs' | 'requests'>,
  hasOnset: boolean,
  rows: readonly SeriesRow[],
): Station {
  const { failures, ledgerMs } = result;
  if (isMost(failures, 'connect-refused')) return 'connection-slots';
  if (isMost(failures, 'queue-full')) return 'service-concurrency';
  const waits: readonly (readonly [Station, number])[] = [
    ['service-concurrency', ledgerMs.queue],
    ['pool', ledgerMs.acquireQueue],
    ['connection-opening', ledgerMs.opening],
    ['database-contention', ledgerMs.contention],
  ];
  const [station, wait] = waits.reduce((a, b) => (b[1] > a[1] ? b : a));
  const cpuIsFull = rows.some((r) => r.databaseUtilisation >= CPU_FULL);
  const response = Object.values(ledgerMs).reduce((a, b) => a + b, 0);
  if (!hasOnset && !isMost(failures, 'acquire-timeout')) {
    if (wait < response * LEAST_WAIT_SHARE) return 'none';
    return station === 'database-contention' && cpuIsFull
      ? 'database-cores'
      : stationOrNone(station);
  }
  return cpuIsFull && station !== 'service-concurrency' ? 'database-cores' : station;
}

/** Without an onset, a pool's short waits are no bottleneck. */
function stationOrNone(station: Station): Station {
  return station === 'pool' ? 'none' : station;
}

function isMost(failures: Readonly<Record<string, number>>, reason: string): boolean {
  const count = failures[reason] ?? 0;
  return count > 0 && Object.values(failures).every((other) => other <= count);
}

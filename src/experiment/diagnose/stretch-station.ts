/** The station where requests wait in a stretch, and what is behind it. */
import type { SystemSettings } from '../../model/settings.ts';
import { stationOf } from '../bottleneck.ts';
import { MECHANISM_STATION, type Mechanism } from '../mechanism/mechanism.ts';
import type { Station } from '../result.ts';
import type { LeverEffect } from './effects.ts';
import type { Cause, Hypothesis } from './hypotheses.ts';
import { busiestService } from './run-evidence.ts';
import type { StretchReading } from './stretch-reading.ts';

/** From this share on, all of something is in use over a stretch. */
const FULL = 0.95;
/** A pool with fewer of its connections in use has others that could be. */
const NOT_FULL = 0.8;
/** What takes more than this share of a hold is why connections are out. */
const MOSTLY = 0.5;
/** A query with so many times the work has another plan. */
const HEAVIER = 1.5;

/** By what was lost and where the time went, in the stretch alone. */
export function stationIn(reading: StretchReading, { database }: SystemSettings): Station {
  const isShort = isPoolShort(reading);
  const station = stationOf({
    failures: reading.failures,
    ledgerMs: reading.ledgerMs,
    hasOnset: isShort,
    abandonedShare: reading.abandoned / Math.max(1, reading.arrived),
    poolUtilisation: reading.poolUtilisation ?? 0,
    cpuIsFull: database.contention.kind === 'cores' && reading.databaseUtilisation >= FULL,
    poolerIsFull: reading.poolerIsFull,
    poolerRefused: reading.poolerRefused,
  });
  if (station !== 'pool' && station !== 'connection-opening') return station;
  if (isRefused(reading)) return 'connection-slots';
  return isOpening(reading) ? 'connection-opening' : station;
}

/** On some instance all connections are in use, and on average somebody waits for one. */
function isPoolShort({ services }: StretchReading): boolean {
  const instances = services.flatMap((service) => service.instances);
  return instances.some(
    ({ used, opening, max, pending }) =>
      max !== null && used + opening >= FULL * max && pending >= 1,
  );
}

/** Connections were refused, and requests wait though their pools may have more. */
function isRefused(reading: StretchReading): boolean {
  if (reading.refused === 0) return false;
  const instances = busiestService(reading)?.instances ?? [];
  return instances.some(({ open, max, pending }) => {
    return pending > 0 && (max === null || open < FULL * max);
  });
}

/** Requests wait beside connections that are being opened, or connections are mostly opened while they are out. */
function isOpening(reading: StretchReading): boolean {
  const instances = busiestService(reading)?.instances ?? [];
  // Now and then somebody waits beside any opening; who waits less than is opened waits for that.
  const waiting = instances.filter(({ pending, opening }) => pending >= 1 || opening >= pending);
  const isGrowing = waiting.some(
    ({ used, opening, max, pending }) =>
      pending > 0 && opening > 0 && used < NOT_FULL * (max ?? Infinity),
  );
  const { opening, network, databaseWork, contention } = reading.ledgerMs;
  const hold = opening + network + databaseWork + contention;
  return isGrowing || opening > MOSTLY * hold;
}

/**
 * Why requests wait, where the run shows it: it says which station it is, if requests wait for connections.
 * @param station where they wait in the stretch
 */
export function stationByMechanism(station: Station, mechanism: Mechanism | undefined): Station {
  const isOpen = ['pool', 'connection-opening', 'connection-slots'].includes(station);
  const named = mechanism === undefined ? null : MECHANISM_STATION[mechanism.name];
  return isOpen && named !== null ? named : station;
}

/**
 * Of several stations the one whose tenth more helps most: one behind that where requests stand in line,
 * when its lever surely does more than that station's own. The pool is in front of all others.
 */
export function strongestStation(station: Station, levers: readonly LeverEffect[]): Station {
  if (station === 'none') return station;
  const own = levers.filter((lever) => lever.station === station);
  if (own.length === 0) return station;
  const high = Math.max(...own.map((lever) => lever.high));
  const others = levers.filter(
    ({ station: other, verdict, low }) =>
      other !== null && other !== 'pool' && verdict === 'helps' && low > high,
  );
  const best = others.reduce<LeverEffect | null>(
    (a, b) => (a === null || b.effect > a.effect ? b : a),
    null,
  );
  return best?.station ?? station;
}

/** What a station's name says of the cause; none of those left out. */
const CAUSES: Partial<Record<Station, Cause>> = {
  pool: 'pool',
  'database-cores': 'database-cpu',
  'connection-opening': 'opening',
  'connection-slots': 'slots',
  'service-concurrency': 'concurrency',
};

/**
 * The cause behind the station. A run knows how much work its queries were; whether what is seen from
 * outside shows a cause of a full pool, is asked of the figures.
 */
export function causeBehind(
  station: Station,
  reading: StretchReading,
  usual: StretchReading | null,
  hypotheses: readonly Hypothesis[],
): Cause | null {
  if (station === 'none') return null;
  const before = usual?.ledgerMs.databaseWork ?? 0;
  const isHeavier = before > 0 && reading.ledgerMs.databaseWork >= HEAVIER * before;
  const shown = hypotheses.filter(({ state }) => state === 'shown').map(({ cause }) => cause);
  if (isHeavier) return shown.includes('deployment') ? 'deployment' : 'slow-plan';
  const byStation = CAUSES[station] ?? null;
  if (byStation !== 'pool') return byStation;
  const other = shown.find((cause) => ['balancer', 'leak', 'network'].includes(cause));
  return other ?? byStation;
}

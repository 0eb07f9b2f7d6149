/** What queueing theory says of a rate that stays: where a search begins, and what stands beside it. */
import { SECOND } from '../../engine/time.ts';
import type { Condition } from '../../model/control/settings.ts';
import type { SystemSettings } from '../../model/settings.ts';
import { erlangC } from '../../theory/erlang-c.ts';
import { matchingForms } from '../closed-forms/matching.ts';
import { type Station, stationOf } from '../closed-forms/station.ts';
import { fullHold, usableConnections } from '../full-hold.ts';
import { scaledSystem } from '../scaled-traffic.ts';
import { ratePerSecond } from '../steady/steady-run.ts';

/** Connections ÷ mean hold when all are in use, of all services; null where the settings do not tell. */
export function saturationInTheory(system: SystemSettings): number | null {
  const rates = system.services.map((service) => {
    const { fullNs } = fullHold(system, service);
    return fullNs === null || fullNs === 0 ? NaN : usableConnections(service) / (fullNs / SECOND);
  });
  // Services that share a database or differ in load are not full at the same rate.
  const [only] = rates;
  return rates.length === 1 && only !== undefined && only > 0 && only < MOST ? only : null;
}

/** Whether what theory says of a full pool is all that there is: no pooler, nesting or real pool beside. */
export function isKnownToTheory(system: SystemSettings): boolean {
  return stationAt(system, 1) !== null;
}

/** A pool without a limit counts as very large, and then serves more than anybody sends. */
const MOST = 1e9;

/** How the first service looks to queueing theory at `factor` times the traffic; null: no closed form. */
function stationAt(system: SystemSettings, factor: number): Station | null {
  const settings = scaledSystem(system, factor);
  const [first] = settings.services;
  if (settings.services.length > 1 || first === undefined) return null;
  return stationOf({
    fromNs: 0,
    toNs: Infinity,
    settings,
    service: 0,
    ratePerSecond: first.traffic.rate[0]?.perSecond ?? 0,
    users: first.traffic.users?.points[0]?.users ?? 0,
    before: { peakPerSecond: 0, peakUsers: 0, timeoutNs: 0, isUnchanged: true },
  });
}

/** Mean wait of those who get a connection, ms, and the relaxation time; null: theory knows neither. */
export function waitInTheory(
  system: SystemSettings,
  factor: number,
): { readonly waitMs: number; readonly relaxationSeconds: number } | null {
  const station = stationAt(system, factor);
  if (station === null) return null;
  for (const { figures, relaxationSeconds } of matchingForms(station)) {
    const wait = figures.find(({ kind }) => kind === 'mean-wait');
    if (wait !== undefined && wait.expected < Infinity) {
      return { waitMs: wait.expected * 1000, relaxationSeconds };
    }
  }
  return null;
}

/** Halvings of the bracket in which the rate is looked for. */
const HALVINGS = 60;

/**
 * The factor at which one objective on waits or responses is just met, where the pool is M/M/c; null
 * elsewhere, and where it is met at any rate or at none.
 */
export function kneeInTheory(
  system: SystemSettings,
  objectives: readonly Condition[],
): number | null {
  const factors = objectives.map((objective) => kneeOfOne(system, objective));
  const known = factors.filter((factor) => factor !== null);
  return factors.length === 0 || known.length < factors.length ? null : Math.min(...known);
}

function kneeOfOne(system: SystemSettings, { metric, limit }: Condition): number | null {
  if (metric.kind !== 'percentile' && metric.kind !== 'mean') return null;
  const station = stationAt(system, 1);
  const saturation = saturationInTheory(system);
  if (station === null || saturation === null || !isErlangC(station)) return null;
  const most = saturation / ratePerSecond(system);
  const valueAt = (factor: number): number => {
    const queue = erlangC({
      ratePerSecond: (station.ratePerSecond * factor) / station.instances,
      meanServiceSeconds: station.hold.delaySeconds,
      servers: station.servers,
    });
    if (metric.kind === 'mean') {
      return metric.of === 'response' ? queue.meanResponseSeconds : queue.meanWaitSeconds;
    }
    return metric.of === 'response'
      ? queue.responseQuantileSeconds(metric.p)
      : queue.waitQuantileSeconds(metric.p);
  };
  if (metric.of !== 'response' && metric.of !== 'acquire') return null;
  let [low, high] = [most * 1e-6, most * (1 - 1e-9)];
  if (valueAt(low) > limit || valueAt(high) < limit) return null;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (valueAt(middle) < limit) low = middle;
    else high = middle;
  }
  return low;
}

/** Poisson arrivals at each instance, exponential holds, and nothing that bounds a wait. */
function isErlangC(station: Station): boolean {
  const { arriving, hold, waitingPlaces, acquireTimeoutSeconds, patienceSeconds } = station;
  const isPatient = Math.min(waitingPlaces, acquireTimeoutSeconds, patienceSeconds) === Infinity;
  const isPlain = hold.law === 'exponential' && hold.contention.kind === 'none';
  return isPatient && isPlain && arriving.source.kind === 'poisson' && station.isSplitByChance;
}

/** Whether a run can have a steady state at all. */
import { lawMean } from '../engine/law.ts';
import { SECOND } from '../engine/time.ts';
import type { DatabaseSettings } from '../model/database/settings.ts';
import type { ServiceSettings } from '../model/service/settings.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** What arithmetic may take from a load of exactly 1. */
const ROUNDING = 1e-9;

/** Whether nothing changes during the run: constant rates, no restarts. Notes in the timeline may be. */
export function isStationary({ system, timeline }: Scenario): boolean {
  const isConstant = ({ traffic: { rate } }: ServiceSettings) =>
    rate.every(({ perSecond }) => perSecond === rate[0]?.perSecond);
  return (
    system.services.every(isConstant) &&
    timeline.every(({ settings, restart }) => settings === null && restart === null)
  );
}

/** Whether something keeps a service's queue from growing without end, however high the load. */
export function boundsQueue({ pool, client, concurrency, queue }: ServiceSettings): boolean {
  return (
    pool.acquireTimeoutNs < Infinity ||
    (client.timeoutNs < Infinity && client.cancel) ||
    (concurrency < Infinity && queue < Infinity)
  );
}

/**
 * The offered load of the service that is most overloaded, of those whose queue nothing bounds; null when
 * none is offered as much as it can serve.
 * @param observedHoldNs mean hold of each service in the run; null: none ended
 */
export function unboundedLoad(
  { system: { services, database } }: Scenario,
  observedHoldNs: readonly (number | null)[],
): number | null {
  const loads = services
    .map((service, i) => {
      const hold = impliedHoldNs(service, database) ?? observedHoldNs[i] ?? 0;
      return { service, load: offeredLoad(service, hold) };
    })
    .filter(({ service, load }) => !boundsQueue(service) && load >= 1 - ROUNDING)
    .map(({ load }) => load);
  return loads.length === 0 ? null : Math.max(...loads);
}

/** Arrival rate × mean hold ÷ the requests that the service can have at the database at once. */
function offeredLoad(service: ServiceSettings, holdNs: number): number {
  const { traffic, instances, concurrency, pool } = service;
  const perSecond = traffic.rate[0]?.perSecond ?? 0;
  return ((perSecond / SECOND) * holdNs) / (instances * Math.min(concurrency, pool.max));
}

/** The mean hold where the settings alone say it; null when connections slow each other down. */
function impliedHoldNs(
  { requests, pool }: ServiceSettings,
  { contention, roundTripNs, connectLatency }: DatabaseSettings,
): number | null {
  if (contention.kind !== 'none') return null;
  const all = requests.reduce((sum, { weight }) => sum + weight, 0);
  const work = requests.reduce((sum, { weight, work: each }) => {
    const mean = each.kind === 'hold' ? lawMean(each.hold) : roundTripNs + lawMean(each.work);
    return sum + (weight / all) * mean;
  }, 0);
  return work + pool.reconnectShare * lawMean(connectLatency);
}

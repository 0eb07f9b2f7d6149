/** Whether a run can have a steady state at all. */
import { lawsOf } from '../model/database/work-parts.ts';
import { lawMean } from '../engine/law.ts';
import { SECOND } from '../engine/time.ts';
import type { ServiceSettings } from '../model/service/settings.ts';
import type { SystemSettings } from '../model/settings.ts';
import type { TrafficSettings } from '../model/traffic/settings.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { fullHold, usableConnections } from './full-hold.ts';
import { settingsInForce } from './settings-history.ts';
import { userAttemptsPerSecond } from './user-load.ts';

/** What arithmetic may take from a load of exactly 1. */
const ROUNDING = 1e-9;
/** A load that was observed may be off by this: below 1.02 it does not tell. */
const NOISE = 0.02;

/** What keeps a run from having a steady state: traffic that changes, or people who do something. */
export type Disturbance = 'bursts' | 'trace' | 'rate' | 'users' | 'timeline';

/** What changes during the run; null when nothing does but notes in the timeline. */
export function disturbanceOf({ system, timeline, durationNs }: Scenario): Disturbance | null {
  const some = (of: (service: ServiceSettings) => boolean) => system.services.some(of);
  if (some(({ traffic }) => traffic.trace !== null)) return 'trace';
  if (some(({ traffic }) => traffic.bursts.some(({ atNs }) => atNs <= durationNs))) return 'bursts';
  if (some(({ traffic }) => changes(traffic.rate, (p) => p.perSecond, durationNs))) return 'rate';
  if (some(({ traffic: { users } }) => changes(users?.points ?? [], (p) => p.users, durationNs))) {
    return 'users';
  }
  return timeline.some((e) => e.settings !== null || e.restart !== null || e.outage !== null)
    ? 'timeline'
    : null;
}

/** Whether nothing changes during the run: the same traffic throughout, and nobody sets or restarts. */
export function isStationary(scenario: Scenario): boolean {
  return disturbanceOf(scenario) === null;
}

/** Whether a curve does not stay where it begins until the end of the run. */
function changes<Point extends { readonly atNs: number }>(
  points: readonly Point[],
  of: (point: Point) => number,
  endNs: number,
): boolean {
  const beyond = points.findIndex(({ atNs }) => atNs >= endNs);
  const heeded = beyond < 0 ? points : points.slice(0, beyond + 1);
  const [first] = heeded;
  return first !== undefined && heeded.some((point) => of(point) !== of(first));
}

/** Whether something keeps a service's queues from growing without end, however high the load. */
export function boundsQueue({ pool, client, concurrency, queue }: ServiceSettings): boolean {
  if (client.cancel && (client.timeoutNs < Infinity || client.patience !== null)) return true;
  if (concurrency === Infinity)
    return pool.acquireTimeoutNs < Infinity || pool.maxPending < Infinity;
  // A gate that lets in more than the pool has and lets wait never fills: the pool turns them away.
  return queue < Infinity || concurrency > pool.max + pool.maxPending;
}

/**
 * The offered load of the service that is most overloaded, of those whose queue nothing bounds; null when
 * none is surely offered as much as it can serve. First attempts only: retries come on top.
 * @param observedHoldNs mean hold of each service in the run, null: none ended; asked only where
 * contention keeps the settings from telling
 */
export function unboundedLoad(
  { system }: Scenario,
  observedHoldNs: readonly (number | null)[],
): number | null {
  if (!admitsAll(system)) return null;
  const loads = system.services
    .map((service, i) =>
      boundsQueue(service) ? null : overload(system, service, observedHoldNs[i] ?? null),
    )
    .filter((load) => load !== null);
  return loads.length === 0 ? null : Math.max(...loads);
}

/**
 * The same of a run in which something changes, for the settings in force at its end and the rate there:
 * if that goes on, the queue grows without end. What is observed tells nothing about it.
 */
export function unboundedLoadAtEnd(scenario: Scenario): number | null {
  const { durationNs } = scenario;
  const settings = settingsInForce(scenario, durationNs);
  const services = settings.services.map((service) => ({
    ...service,
    traffic: trafficAt(service.traffic, durationNs),
  }));
  return unboundedLoad({ ...scenario, system: { ...settings, services } }, []);
}

/** Nothing but the rate and the number of users at an instant, for ever; on a ramp, the lesser of its ends. */
function trafficAt(traffic: TrafficSettings, atNs: number): TrafficSettings {
  const { rate, users } = traffic;
  const perSecond = levelAt(rate, (point) => point.perSecond, atNs);
  const count = levelAt(users?.points ?? [], (point) => point.users, atNs);
  return {
    ...traffic,
    bursts: [],
    trace: null,
    rate: [{ atNs: 0, perSecond }],
    users: users === null ? null : { ...users, points: [{ atNs: 0, users: count }] },
  };
}

function levelAt<Point extends { readonly atNs: number }>(
  points: readonly Point[],
  of: (point: Point) => number,
  atNs: number,
): number {
  const before = points.findLast((point) => point.atNs <= atNs) ?? points[0];
  const after = points.find((point) => point.atNs > atNs) ?? before;
  return before === undefined || after === undefined ? 0 : Math.min(of(before), of(after));
}

/**
 * The load of such a service if all that can fail is tried again as often as clients may; null when that
 * is less than it can serve, or nothing fails. Retries take a queue there that a surge has begun.
 */
export function loadWithRetries({ system }: Scenario): number | null {
  if (!admitsAll(system)) return null;
  const loads = system.services
    .filter((service) => !boundsQueue(service) && service.client.retryAttempts > 0)
    .filter(({ client }) => client.timeoutNs < Infinity || client.patience !== null)
    .map((service) => {
      const { fullNs } = fullHold(system, service);
      return fullNs === null ? 0 : loadOf(service, fullNs, 1 + service.client.retryAttempts);
    })
    .filter((load) => load >= 1);
  return loads.length === 0 ? null : Math.max(...loads);
}

/** Whether the database has connections for all pools: a refusal ends a wait as a timeout does. */
function admitsAll({ services, database }: SystemSettings): boolean {
  const wanted = services.reduce((sum, { instances, pool }) => sum + instances * pool.max, 0);
  const { maxConnections, reservedConnections, otherConnections } = database;
  return wanted <= maxConnections - reservedConnections - otherConnections;
}

/** The offered load of a service whose queue nothing bounds; null when it may be below 1. */
function overload(
  system: SystemSettings,
  service: ServiceSettings,
  observedNs: number | null,
): number | null {
  const { leastNs, fullNs } = fullHold(system, service);
  const holdNs = fullNs ?? Math.max(leastNs, observedNs ?? 0);
  const sure = pressureOf(service, leastNs);
  if (sure > 1 + ROUNDING || (sure >= 1 - ROUNDING && !isEven(service))) {
    return loadOf(service, holdNs, 1);
  }
  if (observedNs === null || (fullNs !== null && pressureOf(service, fullNs) < 1)) return null;
  // A pool that serves less the fuller it is may be full or not at this load; so may one among others.
  return pressureOf(service, observedNs) > 1 + NOISE ? loadOf(service, holdNs, 1) : null;
}

/** Arrival rate × mean hold ÷ the connections that the service can use at once. */
function loadOf(service: ServiceSettings, holdNs: number, attempts: number): number {
  return (
    ((arrivalsPerSecond(service, holdNs, attempts) / SECOND) * holdNs) / usableConnections(service)
  );
}

/**
 * Arrivals ÷ what can leave at most. Those who wait for a connection behind a gate can also leave by the
 * acquire timeout, each place once in so long; what waits before the gate cannot.
 */
function pressureOf(service: ServiceSettings, holdNs: number): number {
  const { instances, concurrency, pool } = service;
  const waiting = concurrency === Infinity ? 0 : Math.max(0, concurrency - pool.max);
  const leaving = waiting === 0 ? 0 : (instances * waiting) / pool.acquireTimeoutNs;
  const serving = usableConnections(service) / holdNs;
  return arrivalsPerSecond(service, holdNs, 1) / SECOND / (serving + leaving);
}

/** Attempts that arrive however long the queue is: open traffic, and users who leave without a word. */
function arrivalsPerSecond(service: ServiceSettings, holdNs: number, attempts: number): number {
  const openPerSecond = service.traffic.rate[0]?.perSecond ?? 0;
  return openPerSecond * attempts + userAttemptsPerSecond(service, holdNs, attempts);
}

/** Whether nothing is left to chance: then exactly as much as can be served does not pile up. */
function isEven({ traffic, requests, pool, instances, balancer }: ServiceSettings): boolean {
  const lengths = requests
    .filter(({ weight }) => weight > 0)
    .flatMap(({ work }) => lawsOf(work))
    .map((law) => (law.family === 'constant' ? lawMean(law) : NaN));
  return (
    traffic.arrivals.kind === 'deterministic' &&
    traffic.users === null &&
    pool.reconnectShare === 0 &&
    (instances === 1 || balancer !== 'random') &&
    lengths.every((length) => length === lengths[0])
  );
}

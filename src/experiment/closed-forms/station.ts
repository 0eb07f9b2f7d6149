/**
 * A service in constant settings as queueing theory describes it, or null where it knows no such queue.
 * This file, with arriving.ts, hold.ts and plain-pool.ts, is the only one of the closed forms that reads settings.
 */
import { lawMean } from '../../engine/law.ts';
import { SECOND } from '../../engine/time.ts';
import type { ServiceSettings } from '../../model/service/settings.ts';
import type { SystemSettings } from '../../model/settings.ts';
import { type Arriving, arrivingOf } from './arriving.ts';
import { type Hold, holdOf } from './hold.ts';
import { isPlainPool } from './plain-pool.ts';
import type { Stretch } from './stretches.ts';

export interface Station {
  /** Arrivals of the whole fleet; of users, what they would send if nobody ever waited. */
  readonly ratePerSecond: number;
  readonly arriving: Arriving;
  readonly instances: number;
  /** Arrivals of each instance are of the kind that those of the fleet are, if these are Poisson. */
  readonly isSplitByChance: boolean;
  /** Connections of one instance. */
  readonly servers: number;
  /** Requests of one instance that may wait; Infinity: any number. */
  readonly waitingPlaces: number;
  /** Infinity: for ever. */
  readonly acquireTimeoutSeconds: number;
  /** Mean of the time after which a client that waits leaves; Infinity: none does. */
  readonly patienceSeconds: number;
  /** That time is the same for all; otherwise it is exponential. */
  readonly isPatienceConstant: boolean;
  /** Nothing but the pool makes a request fail, leave or come again. */
  readonly isFinalAtPool: boolean;
  readonly hold: Hold;
}

/** null where arrivals, gate or database do something that no closed form here describes. */
export function stationOf(stretch: Stretch): Station | null {
  const { settings, service } = stretch;
  const own = settings.services[service];
  if (own === undefined || !hasSteadyPool(own, settings)) return null;
  const arriving = arrivingOf(own.traffic, stretch);
  const waitingPlaces = waitingPlacesOf(own);
  const patienceSeconds = patienceOf(own);
  if (arriving === null || waitingPlaces === null || patienceSeconds === null) return null;
  const hold = holdOf(own, settings.database);
  return {
    ratePerSecond: rateOf(stretch, arriving, hold),
    arriving,
    instances: own.instances,
    isSplitByChance: own.instances === 1 || own.balancer === 'random',
    servers: own.pool.max,
    waitingPlaces,
    acquireTimeoutSeconds: own.pool.acquireTimeoutNs / SECOND,
    patienceSeconds,
    isPatienceConstant: own.client.patience?.family === 'constant',
    isFinalAtPool: isFinalAtPool(own),
    hold,
  };
}

/** A round of a user who never waits is thinking and a hold. */
function rateOf({ ratePerSecond, users }: Stretch, { source }: Arriving, hold: Hold): number {
  if (source.kind !== 'users') return ratePerSecond;
  return users / (source.thinkSeconds + hold.delaySeconds + hold.workSeconds);
}

/** All connections that the pool may want are there at once, and nothing but the law delays or slows them. */
function hasSteadyPool(own: ServiceSettings, settings: SystemSettings): boolean {
  const { services, database } = settings;
  if (!hasConnectionsForAll(settings) || !isPlainPool(own, database)) return false;
  if (own.requests.some(({ work, leak }) => work.kind === 'steps' || leak !== undefined))
    return false;
  if (database.contention.kind !== 'none' && services.length > 1) return false;
  return !mayRetry(own);
}

/** What fails comes again, perhaps much later: arrivals are not Poisson then. */
function mayRetry({ client, pool, concurrency }: ServiceSettings): boolean {
  const bounds = [client.timeoutNs, pool.acquireTimeoutNs, pool.maxPending, concurrency];
  const canFail = bounds.some((bound) => bound < Infinity) || client.patience !== null;
  return client.retryAttempts > 0 && canFail;
}

/** The database refuses none of the connections that all pools together may want. */
function hasConnectionsForAll({ services, database }: SystemSettings): boolean {
  const wanted = services.reduce((sum, { instances, pool }) => sum + instances * pool.max, 0);
  const { maxConnections, reservedConnections, otherConnections } = database;
  return wanted <= maxConnections - reservedConnections - otherConnections;
}

/** A gate without a queue of its own bounds how many wait in the pool; null: it does something else. */
function waitingPlacesOf({ concurrency, queue, pool }: ServiceSettings): number | null {
  if (concurrency === Infinity) return pool.maxPending;
  const isGateOnly = queue === 0 && concurrency >= pool.max;
  return isGateOnly ? Math.min(pool.maxPending, concurrency - pool.max) : null;
}

/** A client that leaves while the server goes on changes nothing there; null: nobody knows the queue. */
function patienceOf({ client, concurrency, pool }: ServiceSettings): number | null {
  const { patience, cancel, timeoutNs, retryAttempts } = client;
  if (patience === null || (!cancel && retryAttempts === 0)) return Infinity;
  const bounds = [timeoutNs, concurrency, pool.maxPending, pool.acquireTimeoutNs];
  const isAlone = bounds.every((bound) => bound === Infinity) && retryAttempts === 0;
  const isKnown = patience.family === 'exponential' || patience.family === 'constant';
  return isAlone && isKnown ? lawMean(patience) / SECOND : null;
}

/** A client that leaves without a word changes nothing for the server, unless it sends the next request. */
function isFinalAtPool({ client, traffic }: ServiceSettings): boolean {
  const { retryAttempts, timeoutNs, patience, cancel } = client;
  const isPatient = timeoutNs === Infinity && patience === null;
  const isSilent = traffic.users === null && (timeoutNs === Infinity || !cancel);
  return retryAttempts === 0 && (isPatient || isSilent);
}

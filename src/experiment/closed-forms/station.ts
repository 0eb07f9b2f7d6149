/**
 * A service in constant settings as queueing theory describes it, or null where it knows no such queue.
 * This is the one file of the closed forms that reads settings.
 */
import { type Law, lawMean, lawScv } from '../../engine/law.ts';
import { SECOND } from '../../engine/time.ts';
import { slowdownOf } from '../../model/database/contention.ts';
import type { DatabaseSettings } from '../../model/database/settings.ts';
import type { RequestClassSettings, ServiceSettings } from '../../model/service/settings.ts';
import type { SystemSettings } from '../../model/settings.ts';
import type { Stretch } from './stretches.ts';

export interface Station {
  /** Poisson arrivals of the whole fleet. */
  readonly ratePerSecond: number;
  readonly instances: number;
  /** Each instance's own arrivals are Poisson too: one instance, or chosen by chance. */
  readonly isSplitByChance: boolean;
  /** Connections of one instance. */
  readonly servers: number;
  /** Requests of one instance that may wait; Infinity: any number. */
  readonly waitingPlaces: number;
  /** Infinity: for ever. */
  readonly acquireTimeoutSeconds: number;
  /** Mean of the exponential time after which a client that waits leaves; Infinity: none does. */
  readonly patienceSeconds: number;
  /** Nothing but the pool makes a request fail, leave or come again. */
  readonly isFinalAtPool: boolean;
  readonly hold: Hold;
}

/** The time that a request holds its connection: a delay that others do not lengthen, and work. */
export interface Hold {
  readonly delaySeconds: number;
  readonly workSeconds: number;
  /** Squared coefficient of variation of delay and work together, when nobody else runs. */
  readonly scv: number;
  readonly law: 'exponential' | 'constant' | 'general';
  readonly contention: Contention;
}

/**
 * How much slower work is with n connections held. `cores`: work is CPU, and so many share them.
 * `held`: V(n) with n the connections held. `none`: it is not, and counts as delay.
 */
export type Contention =
  | { readonly kind: 'none' }
  | { readonly kind: 'cores'; readonly cores: number }
  | { readonly kind: 'held'; readonly slowdown: (n: number) => number };

/** null where arrivals, gate or database do something that no closed form here describes. */
export function stationOf({ settings, service, ratePerSecond }: Stretch): Station | null {
  const own = settings.services[service];
  if (own === undefined || !isPoissonOnly(own.traffic)) return null;
  if (!hasConnectionsForAll(settings) || losesConnections(own, settings.database)) return null;
  const { contention } = settings.database;
  if (contention.kind !== 'none' && settings.services.length > 1) return null;
  const waitingPlaces = waitingPlacesOf(own);
  const patienceSeconds = patienceOf(own);
  if (waitingPlaces === null || patienceSeconds === null || own.pool.handoverNs > 0) return null;
  // Whom a timeout meets depends on the order; without one, means do not.
  if (own.pool.order !== 'fifo' && own.pool.acquireTimeoutNs < Infinity) return null;
  return {
    ratePerSecond,
    instances: own.instances,
    isSplitByChance: own.instances === 1 || own.balancer === 'random',
    servers: own.pool.max,
    waitingPlaces,
    acquireTimeoutSeconds: own.pool.acquireTimeoutNs / SECOND,
    patienceSeconds,
    isFinalAtPool: isFinalAtPool(own),
    hold: holdOf(own, settings.database),
  };
}

/** Independent arrivals at a rate, and nobody else. */
function isPoissonOnly({ arrivals, bursts, users, trace }: ServiceSettings['traffic']): boolean {
  return arrivals.kind === 'poisson' && bursts.length === 0 && users === null && trace === null;
}

/** Connections that idle out must be opened again, which takes time. */
function losesConnections({ pool }: ServiceSettings, database: DatabaseSettings): boolean {
  return pool.idleTimeoutNs < Infinity && lawMean(database.connectLatency) > 0;
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
  return isAlone && patience.family === 'exponential' ? seconds(patience) : null;
}

/** A client that leaves without a word changes nothing for the server; one that tries again does. */
function isFinalAtPool({ client }: ServiceSettings): boolean {
  return client.retryAttempts === 0 && (client.timeoutNs === Infinity || !client.cancel);
}

function holdOf({ requests, pool }: ServiceSettings, database: DatabaseSettings): Hold {
  const { contention, cores, connectLatency } = database;
  const parts = requests.map((request) => partsOf(request, database));
  const weights = requests.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (of: (part: Parts) => number) =>
    parts.reduce((sum, part, i) => sum + ((requests[i]?.weight ?? 0) / weights) * of(part), 0);
  const reconnect = { share: pool.reconnectShare, law: connectLatency };
  const reconnectSeconds = reconnect.share * seconds(connectLatency);
  const requestSeconds = mean((part) => part.delay + part.work);
  const secondMoment =
    mean((part) => (part.delay + part.work) * (part.delay + part.work) * (1 + part.scv)) +
    2 * requestSeconds * reconnectSeconds +
    reconnectSeconds * seconds(connectLatency) * (1 + lawScv(connectLatency));
  const meanSeconds = requestSeconds + reconnectSeconds;
  const scv = Math.max(0, secondMoment / (meanSeconds * meanSeconds) - 1);
  return {
    delaySeconds: reconnectSeconds + mean((part) => part.delay),
    workSeconds: mean((part) => part.work),
    scv,
    law: reconnect.share > 0 ? 'general' : lawOf(requests, parts),
    contention: contentionOf(contention.kind, cores, database),
  };
}

/** One class's hold: its means in seconds, and the variability of the two together. */
interface Parts {
  readonly delay: number;
  readonly work: number;
  readonly scv: number;
  readonly law: Law;
  /** The hold is a draw from the law, and nothing is added to it. */
  readonly isPlain: boolean;
}

function partsOf({ work }: RequestClassSettings, database: DatabaseSettings): Parts {
  const { contention } = database;
  const law = work.kind === 'hold' ? work.hold : work.work;
  const mean = seconds(law);
  const scv = lawScv(law);
  if (work.kind === 'hold') return { delay: mean, work: 0, scv, law, isPlain: true };
  const roundTrip = database.roundTripNs / SECOND;
  const slowed = contention.kind === 'none' ? 0 : contention.kind === 'cores' ? work.cpu : 1;
  const whole = roundTrip + mean;
  return {
    delay: whole - mean * slowed,
    work: mean * slowed,
    scv: whole === 0 ? 0 : (scv * mean * mean) / (whole * whole),
    law,
    isPlain: roundTrip === 0,
  };
}

function lawOf(requests: readonly RequestClassSettings[], parts: readonly Parts[]): Hold['law'] {
  const drawn = parts.filter((_, i) => (requests[i]?.weight ?? 0) > 0);
  const means = new Set(drawn.map(({ delay, work }) => delay + work));
  if (means.size !== 1) return 'general';
  if (drawn.every(({ law }) => law.family === 'constant')) return 'constant';
  const isExponential = drawn.every(({ law, isPlain }) => isPlain && law.family === 'exponential');
  return isExponential ? 'exponential' : 'general';
}

function contentionOf(
  kind: DatabaseSettings['contention']['kind'],
  cores: number,
  database: DatabaseSettings,
): Contention {
  if (kind === 'none') return { kind };
  return kind === 'cores' ? { kind, cores } : { kind: 'held', slowdown: slowdownOf(database) };
}

function seconds(law: Law): number {
  return lawMean(law) / SECOND;
}

/**
 * The waits of a plain pool without any events: the recursion of Kiefer and Wolfowitz (1955). Kept are the
 * instants at which the connections become free, in order; a request takes the first of them, or leaves
 * when that is later than its timeout. A connection that comes free at the very instant of the timeout
 * still serves. It takes the variates that the simulation takes, in the same order and with the same
 * rounding, so it must agree with it to the last bit, and it is the yardstick for its speed.
 */
import { DurationLaw } from '../src/engine/duration-law.ts';
import { RandomStreams } from '../src/engine/random-streams.ts';
import { standardVariates } from '../src/engine/variates.ts';
import type { ServiceSettings } from '../src/model/service/settings.ts';
import { GapArrivals } from '../src/model/traffic/gap-arrivals.ts';
import { exponentialGaps } from '../src/model/traffic/gaps.ts';
import { Histogram } from '../src/stats/histogram.ts';

/** What has happened up to and including an instant. */
export interface RecursionCounts {
  readonly arrived: number;
  readonly timeouts: number;
  /** Of those that got a connection by then, and of those that gave it back by then. */
  readonly acquireWait: Histogram;
  readonly use: Histogram;
  readonly response: Histogram;
}

/** @param seed of the whole run, as the system takes it */
export function runRecursion(
  service: ServiceSettings,
  seed: string,
  untilNs: number,
): RecursionCounts {
  const { max, acquireTimeoutNs } = service.pool;
  const hold = plainHold(service);
  const streams = new RandomStreams(seed);
  const { name, traffic } = service;
  const gaps = exponentialGaps(streams, `${name}/arrivals`);
  const arrivals = new GapArrivals(traffic.rate, gaps);
  const demands = standardVariates(streams, `${name}/demand/${hold.className}`, hold.law);
  const law = new DurationLaw(hold.law);
  const freeAt = new Float64Array(max);
  const acquireWait = new Histogram();
  const use = new Histogram();
  const response = new Histogram();
  let arrived = 0;
  let timeouts = 0;
  for (let at = arrivals.nextAt; at <= untilNs; at = arrivals.nextAt) {
    arrivals.advance();
    arrived++;
    const demand = demands.next();
    const first = freeAt[0] as number;
    const start = first > at ? first : at;
    const wait = start - at;
    if (wait > acquireTimeoutNs) {
      if (at + acquireTimeoutNs <= untilNs) timeouts++;
      continue;
    }
    const held = law.duration(demand);
    const end = start + held;
    occupy(freeAt, end);
    if (start > untilNs) continue;
    acquireWait.add(wait);
    if (end > untilNs) continue;
    use.add(held);
    response.add(wait + held);
  }
  return { arrived, timeouts, acquireWait, use, response };
}

/** The first connection is busy until `end`: those that come free before move down. O(connections). */
function occupy(freeAt: Float64Array, end: number): void {
  const last = freeAt.length - 1;
  let i = 0;
  while (i < last) {
    const next = freeAt[i + 1] as number;
    if (next >= end) break;
    freeAt[i++] = next;
  }
  freeAt[i] = end;
}

/** The class and its hold, of a service that is nothing but a FIFO pool with Poisson arrivals. */
function plainHold(service: ServiceSettings) {
  const { traffic, client, requests, pool } = service;
  const [only, ...others] = requests;
  const isPlain =
    isPlainTraffic(traffic) && isPlainClient(client) && isPlainPool(pool) && others.length === 0;
  const isOnePool = service.instances === 1 && service.concurrency === Infinity;
  if (!isPlain || !isOnePool || only?.work.kind !== 'hold') {
    throw new Error('bug: the recursion knows plain FIFO pools with Poisson arrivals only');
  }
  return { className: only.name, law: only.work.hold };
}

function isPlainTraffic({ arrivals, bursts, users, trace }: ServiceSettings['traffic']): boolean {
  return arrivals.kind === 'poisson' && bursts.length === 0 && users === null && trace === null;
}

function isPlainClient({ timeoutNs, patience, retryAttempts }: ServiceSettings['client']): boolean {
  return timeoutNs === Infinity && patience === null && retryAttempts === 0;
}

function isPlainPool(pool: ServiceSettings['pool']): boolean {
  return (
    pool.initial === pool.max &&
    pool.maxPending === Infinity &&
    pool.policy.order === 'fifo' &&
    pool.idleTimeoutNs === Infinity &&
    pool.handoverNs === 0 &&
    pool.reconnectShare === 0
  );
}

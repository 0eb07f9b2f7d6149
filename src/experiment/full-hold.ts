/** How long a request has its connection when all connections are in use, from the settings alone. */
import { lawMean } from '../engine/law.ts';
import { SECOND } from '../engine/time.ts';
import { workMeans } from '../model/database/work-parts.ts';
import { slowdownOf } from '../model/database/contention.ts';
import type { ContentionSettings, DatabaseSettings } from '../model/database/settings.ts';
import type { RequestClassSettings, ServiceSettings } from '../model/service/settings.ts';
import type { SystemSettings } from '../model/settings.ts';
import { machineRepair } from '../theory/machine-repair.ts';

export interface FullHold {
  /** Connections ÷ the most that any number of them serves: nobody who uses all of them does better, ns. */
  readonly leastNs: number;
  /** Mean while all connections are in use, ns; null: other services have a say in it. */
  readonly fullNs: number | null;
}

/** Up to so many connections the chain is solved; beyond, cores and pool hardly get in each other's way. */
const MOST_SOLVED = 10_000;

/** What a pool without a limit counts as: more than anything needs, and a figure to divide by. */
const ANY_NUMBER = 1e6;

/** Connections that the whole service can have in use at once. */
export function usableConnections({ instances, concurrency, pool }: ServiceSettings): number {
  return instances * Math.min(concurrency, pool.max, ANY_NUMBER);
}

/** The mean hold of a service in this system. */
export function fullHold(
  { services, database }: SystemSettings,
  service: ServiceSettings,
): FullHold {
  const { contention } = database;
  const { delayNs, workNs } = partsOf(service, database);
  const alone = delayNs + workNs;
  if (contention.kind === 'none' || workNs === 0) return { leastNs: alone, fullNs: alone };
  if (services.length > 1) return { leastNs: alone, fullNs: null };
  const connections = usableConnections(service);
  if (contention.kind === 'cores') {
    const fullNs = sharingCores(connections, delayNs, workNs, database.cores);
    return { leastNs: fullNs, fullNs };
  }
  const holdNs = (held: number) => delayNs + workNs * slowdownOf(database)(held);
  const best = bestConcurrency(contention, connections, delayNs, workNs);
  const leastNs = (connections / best) * holdNs(best);
  // A pool without a limit is never full: all that can be said is what it serves at its best.
  const isLimited = Math.min(service.concurrency, service.pool.max) < Infinity;
  return { leastNs, fullNs: isLimited ? holdNs(connections) : leastNs };
}

/** The hold without contention: what others do not lengthen, and what they do. */
function partsOf(
  { requests, pool, concurrency }: ServiceSettings,
  { contention, roundTripNs, connectLatency }: DatabaseSettings,
): { readonly delayNs: number; readonly workNs: number } {
  const weights = requests.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (of: (request: RequestClassSettings) => number) =>
    requests.reduce((sum, request) => sum + (request.weight / weights) * of(request), 0);
  const all = mean(({ work }) => workMeans(work, roundTripNs).heldNs);
  const slowed = mean(({ work }) => {
    const { queryNs, cpuNs } = workMeans(work, roundTripNs);
    if (contention.kind === 'none') return 0;
    return contention.kind === 'cores' ? cpuNs : queryNs;
  });
  // When the pool is full somebody always waits, and every connection is handed over.
  const handoverNs = concurrency > pool.max ? pool.handoverNs : 0;
  const reconnectNs = pool.reconnectShare * lawMean(connectLatency);
  return { delayNs: all - slowed + reconnectNs + handoverNs, workNs: slowed };
}

/**
 * So many requests that are delayed, share the cores, and make room for the next: a closed system, of
 * which only the means matter (processor sharing and delays: Baskett, Chandy, Muntz and Palacios, 1975).
 */
function sharingCores(connections: number, delayNs: number, workNs: number, cores: number): number {
  const bound = Math.max((connections * workNs) / cores, delayNs + workNs);
  if (delayNs === 0 || connections > MOST_SOLVED) return bound;
  const { throughputPerSecond } = machineRepair({
    clients: connections,
    meanThinkSeconds: delayNs / SECOND,
    meanServiceSeconds: workNs / SECOND,
    servers: cores,
  });
  return (connections / throughputPerSecond) * SECOND;
}

/** The number of connections that serves most: n ÷ (A + B·n + C·n²) is largest at √(A ÷ C). */
function bestConcurrency(
  { sigma, kappa }: Extract<ContentionSettings, { kind: 'usl' }>,
  most: number,
  delayNs: number,
  workNs: number,
): number {
  const [a, c] = [delayNs + workNs * (1 - sigma), workNs * kappa];
  return c === 0 ? most : Math.min(most, Math.max(1, Math.sqrt(a / c)));
}

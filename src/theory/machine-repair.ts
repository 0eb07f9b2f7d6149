// M/M/c//N: so many clients that think, ask a pool for a connection, hold it, and think again.

import { birthDeathProbabilities, meanOver } from './birth-death.ts';
import { requireNotNegative, requirePositive, requireWhole } from './require-number.ts';

export interface FiniteSources {
  /** Whole and at least 1; each has at most one request at a time. */
  readonly clients: number;
  /** Mean time from the end of a client's request to its next. */
  readonly meanThinkSeconds: number;
  /** Mean time that a request holds its server. */
  readonly meanServiceSeconds: number;
  /** The connections of the pool: whole and at least 1. */
  readonly servers: number;
}

export interface MachineRepair {
  /** Requests finished a second. */
  readonly throughputPerSecond: number;
  /** The mean share of the servers that is busy. */
  readonly utilisation: number;
  /** The mean number of requests waiting. */
  readonly meanPending: number;
  /** Over all requests, those who do not wait included. */
  readonly meanWaitSeconds: number;
  /** Wait and service together. */
  readonly meanResponseSeconds: number;
  /** The share of requests that finds every server busy. */
  readonly waitProbability: number;
}

/**
 * The steady state under first come, first served with exponential service; of the think time only the
 * mean matters. Palm 1947 (machine interference). What a request finds on arrival is the steady state
 * with one client less (arrival theorem: Sevcik and Mitrani 1981). No think time means that every client
 * is always asking. Steps: a few times the clients.
 *
 * @throws RangeError when clients or servers are not whole, or a time is negative or the service 0
 */
export function machineRepair(sources: FiniteSources): MachineRepair {
  requireWhole('clients', sources.clients, 1);
  requireWhole('servers', sources.servers, 1);
  requireNotNegative('meanThinkSeconds', sources.meanThinkSeconds);
  requirePositive('meanServiceSeconds', sources.meanServiceSeconds);
  const { clients, servers, meanServiceSeconds } = sources;
  const p = asking(sources);
  const busy = meanOver(p, (n) => Math.min(n, servers));
  const throughputPerSecond = busy / meanServiceSeconds;
  const meanPending = meanOver(p, (n) => Math.max(0, n - servers));
  const meanWaitSeconds = meanPending / throughputPerSecond;
  const found = asking({ ...sources, clients: clients - 1 });
  return {
    throughputPerSecond,
    utilisation: busy / servers,
    meanPending,
    meanWaitSeconds,
    meanResponseSeconds: meanWaitSeconds + meanServiceSeconds,
    waitProbability: meanOver(found, (n) => (n >= servers ? 1 : 0)),
  };
}

/** The probabilities of so many clients waiting or in service. */
function asking(sources: FiniteSources): Float64Array {
  const { clients, servers, meanThinkSeconds, meanServiceSeconds } = sources;
  const load = meanServiceSeconds / meanThinkSeconds;
  return birthDeathProbabilities(clients, (n) => ((clients - n + 1) * load) / Math.min(n, servers));
}

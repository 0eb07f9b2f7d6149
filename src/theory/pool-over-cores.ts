// A pool of connections before a database whose cores are shared by whoever runs.
//
// With exponential work the n requests present, holding or waiting, leave at min(n, cores, pool) per
// mean work: M/M/c with c the smaller of cores and pool. The pool only divides the time between the
// wait for a connection and the query. Source: our own step from Erlang C (Erlang, 1917).

import { erlangC } from './erlang-c.ts';
import { type Queue } from './queue.ts';
import { requireNotNegative, requireShare, requireWhole } from './require-number.ts';

/** A pool over shared cores; the mean service is the work of a request on a core of its own. */
export interface PooledCores extends Omit<Queue, 'servers'> {
  readonly cores: number;
  readonly connections: number;
}

/** The steady state; none, and Infinity, from as much load as the smaller of cores and pool. */
export interface PoolOverCores {
  /** The share of arrivals that finds every connection in use. */
  readonly waitProbability: number;
  readonly meanWaitSeconds: number;
  /** The mean time that a connection is held. */
  readonly meanUseSeconds: number;
  readonly meanResponseSeconds: number;
  /** The mean number of connections in use. */
  readonly meanUsed: number;
  /** The probability of waiting longer than this for a connection. */
  readonly waitLongerThan: (seconds: number) => number;
  /** The wait for a connection that this share of arrivals stays within. */
  readonly waitQuantileSeconds: (share: number) => number;
}

/** @throws RangeError for a description that means nothing */
export function poolOverCores(pool: PooledCores): PoolOverCores {
  const { ratePerSecond, meanServiceSeconds, cores, connections } = pool;
  requireWhole('cores', cores, 1);
  requireWhole('connections', connections, 1);
  const servers = Math.min(cores, connections);
  const queue = erlangC({ ratePerSecond, meanServiceSeconds, servers });
  const { utilisation, meanWaitOfWaitersSeconds, meanResponseSeconds } = queue;
  const stable = utilisation < 1;
  // Beyond c requests each further one is ρ times as probable.
  const further = stable ? Math.exp((connections - servers) * Math.log(utilisation)) : 1;
  const waitProbability = queue.waitProbability * further;
  const meanWaitSeconds = waitProbability * meanWaitOfWaitersSeconds;
  const meanPending = ratePerSecond * meanWaitSeconds;
  return {
    waitProbability,
    meanWaitSeconds,
    // In overload every connection is in use, and the cores get through so many a second.
    meanUseSeconds: stable
      ? meanResponseSeconds - meanWaitSeconds
      : (connections * meanServiceSeconds) / servers,
    meanResponseSeconds,
    meanUsed: stable ? queue.meanInSystem - meanPending : connections,
    waitLongerThan: (seconds) => {
      requireNotNegative('seconds', seconds);
      return waitProbability * Math.exp(-seconds / meanWaitOfWaitersSeconds);
    },
    waitQuantileSeconds: (share) => {
      requireShare(share);
      if (!stable) return Infinity;
      return meanWaitOfWaitersSeconds * Math.max(0, Math.log(waitProbability / (1 - share)));
    },
  };
}

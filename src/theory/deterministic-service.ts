// M/D/c: constant service times.

import { deterministicBacklog } from './deterministic-backlog.ts';
import type { WaitingQueue } from './erlang-c.ts';
import { poissonAverage } from './poisson-average.ts';
import { offeredLoad, type Queue, requireQueue } from './queue.ts';
import { requireNotNegative, requireShare } from './require-number.ts';
import { timeQuantile } from './time-quantile.ts';

/** M/D/c, with the law of its wait. */
export interface DeterministicService extends WaitingQueue {
  /** The probability of waiting longer than this. */
  readonly waitLongerThan: (seconds: number) => number;
  /** The wait that this share of arrivals stays within; the response is one service longer. */
  readonly waitQuantileSeconds: (share: number) => number;
}

/**
 * Exact, with a relative error of about 1e-10, for loads close to the servers too. Steps: some thousand
 * times the square root of the servers.
 *
 * @throws RangeError for a queue that means nothing, see {@link requireQueue}
 */
export function deterministicService(queue: Queue): DeterministicService {
  requireQueue(queue);
  const { ratePerSecond, meanServiceSeconds: service, servers } = queue;
  const load = offeredLoad(queue);
  if (load >= servers) return overloaded(load / servers);
  const backlog = deterministicBacklog({ load, servers });
  const meanWaitSeconds = backlog.mean / ratePerSecond;

  // Franx 2001: with t between k and k + 1 services, an arrival waits longer than t when the number
  // waiting and those who come in the rest of the service begun, (k + 1)D − t, are at least (k + 1)c.
  const waitLongerThan = (seconds: number): number => {
    requireNotNegative('seconds', seconds);
    const begun = Math.floor(seconds / service) + 1;
    const rest = Math.max(0, begun * service - seconds);
    return poissonAverage(ratePerSecond * rest, (n) => backlog.atLeast(begun * servers - n));
  };
  const waitProbability = waitLongerThan(0);

  return {
    utilisation: load / servers,
    waitProbability,
    meanWaitSeconds,
    // Too improbable for a double, a waiter finds just `servers` in service, each with a uniform rest.
    meanWaitOfWaitersSeconds:
      waitProbability > 0 ? meanWaitSeconds / waitProbability : service / (servers + 1),
    meanResponseSeconds: meanWaitSeconds + service,
    meanPending: backlog.mean,
    meanInSystem: backlog.mean + load,
    waitLongerThan,
    waitQuantileSeconds: (share) => timeQuantile(waitLongerThan, share, service),
  };
}

function overloaded(utilisation: number): DeterministicService {
  return {
    utilisation,
    waitProbability: 1,
    meanWaitSeconds: Infinity,
    meanWaitOfWaitersSeconds: Infinity,
    meanResponseSeconds: Infinity,
    meanPending: Infinity,
    meanInSystem: Infinity,
    waitLongerThan: (seconds) => {
      requireNotNegative('seconds', seconds);
      return 1;
    },
    waitQuantileSeconds: (share) => {
      requireShare(share);
      return Infinity;
    },
  };
}

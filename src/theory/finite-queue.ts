// M/M/c/K: only so many may wait, and whoever finds the places taken is refused at once. Source: Gross and
// others, _Fundamentals of Queueing Theory_ (4th ed., 2008), 2.5.

import { birthDeathProbabilities } from './birth-death.ts';
import { poissonAverage } from './poisson-average.ts';
import { offeredLoad, type Queue, requireQueue } from './queue.ts';
import { requireNotNegative, requireWhole } from './require-number.ts';
import { timeQuantile } from './time-quantile.ts';

/** A queue with this many places for those who wait: K = servers + places. */
export interface BoundedQueue extends Queue {
  readonly waitingPlaces: number;
}

/** The steady state, which exists at every load. Waits are those of the accepted. */
export interface FiniteQueue {
  /** The probability of n requests, waiting or in service, for n = 0 … K. */
  readonly stateProbabilities: Float64Array;
  /** The share of arrivals that is refused. */
  readonly blockingProbability: number;
  /** The share of the accepted that finds every server busy. */
  readonly waitProbability: number;
  readonly meanWaitSeconds: number;
  /** Wait and service together. */
  readonly meanResponseSeconds: number;
  /** The mean number of requests waiting. */
  readonly meanPending: number;
  /** The mean number of requests waiting or in service. */
  readonly meanInSystem: number;
  /** Requests served a second. */
  readonly throughputPerSecond: number;
  /** The mean share of the servers that is busy. */
  readonly utilisation: number;
  /** The probability of an accepted one waiting longer than this. */
  readonly waitLongerThan: (seconds: number) => number;
  /** The wait that this share of the accepted stays within. */
  readonly waitQuantileSeconds: (share: number) => number;
}

/**
 * Solved as a birth-and-death chain. Memory and steps: servers + places.
 *
 * @throws RangeError for a queue that means nothing, or places that are not a whole number
 */
export function finiteQueue(queue: BoundedQueue): FiniteQueue {
  requireQueue(queue);
  requireWhole('waitingPlaces', queue.waitingPlaces, 0);
  const { ratePerSecond, meanServiceSeconds, servers, waitingPlaces } = queue;
  const load = offeredLoad(queue);
  const probabilities = birthDeathProbabilities(
    servers + waitingPlaces,
    (n) => load / Math.min(n, servers),
  );
  const blockingProbability = probabilities[servers + waitingPlaces] ?? 0;
  const acceptedPerSecond = ratePerSecond * openShare(probabilities);
  const meanPending = probabilities.reduce((sum, p, n) => sum + p * Math.max(0, n - servers), 0);
  const meanBusy = probabilities.reduce((sum, p, n) => sum + p * Math.min(n, servers), 0);
  const waiters = waitersAhead(probabilities, servers, waitingPlaces);

  const waitLongerThan = (seconds: number): number => {
    requireNotNegative('seconds', seconds);
    const departures = (seconds * servers) / meanServiceSeconds;
    return poissonAverage(departures, (n) => waiters[n] ?? 0);
  };

  return {
    stateProbabilities: probabilities,
    blockingProbability,
    waitProbability: waiters[0] ?? 0,
    meanWaitSeconds: meanPending / acceptedPerSecond,
    meanResponseSeconds: meanPending / acceptedPerSecond + meanServiceSeconds,
    meanPending,
    meanInSystem: meanPending + meanBusy,
    throughputPerSecond: acceptedPerSecond,
    utilisation: meanBusy / servers,
    waitLongerThan,
    waitQuantileSeconds: (share) => timeQuantile(waitLongerThan, share, meanServiceSeconds),
  };
}

/** The share of time, and so of arrivals, that finds a place; summed, since 1 − blocking cancels. */
function openShare(probabilities: Float64Array): number {
  return probabilities.subarray(0, -1).reduce((sum, p) => sum + p, 0);
}

/**
 * For i = 0, 1, …: the share of the accepted that finds every server busy and at least i waiting. Such
 * a one is served after i + 1 departures, which come at the rate of all servers: it waits longer than
 * t when there are at most i in that time.
 */
function waitersAhead(
  probabilities: Float64Array,
  servers: number,
  waitingPlaces: number,
): Float64Array {
  const accepted = openShare(probabilities);
  const shares = new Float64Array(waitingPlaces);
  let sum = 0;
  for (let i = waitingPlaces - 1; i >= 0; i--) {
    sum += probabilities[servers + i] ?? 0;
    shares[i] = sum / accepted;
  }
  return shares;
}

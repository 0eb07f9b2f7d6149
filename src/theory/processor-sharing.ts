// M/G/c-PS: everybody is in service at once, and each of n gets min(1, c/n) of a core.
//
// The number present follows M/M/c whatever the law of the work (Cohen 1979, generalised processor
// sharing), and a request's mean response is proportional to its own work.

import { erlangC } from './erlang-c.ts';
import { type Queue } from './queue.ts';
import { requireNotNegative } from './require-number.ts';

/** The steady state; from a load of `servers` cores on there is none, and means are Infinity. */
export interface ProcessorSharing {
  /** Offered load over cores. */
  readonly utilisation: number;
  /** The share of time, and of arrivals, with at least as many requests as cores. */
  readonly allBusyProbability: number;
  /** The mean number of requests present. */
  readonly meanInSystem: number;
  readonly meanResponseSeconds: number;
  /** How many times longer than alone a request takes, on average; the same for every size. */
  readonly stretch: number;
  /** The mean response of a request whose work alone would take so long. */
  readonly meanResponseOfSeconds: (workSeconds: number) => number;
}

/**
 * @param queue `servers` are cores, and `meanServiceSeconds` the work of a request on a core of its own
 * @throws RangeError for a queue that means nothing
 */
export function processorSharing(queue: Queue): ProcessorSharing {
  const { utilisation, waitProbability, meanInSystem, meanResponseSeconds } = erlangC(queue);
  const stretch = meanResponseSeconds / queue.meanServiceSeconds;
  return {
    utilisation,
    allBusyProbability: waitProbability,
    meanInSystem,
    meanResponseSeconds,
    stretch,
    meanResponseOfSeconds: (workSeconds) => {
      requireNotNegative('workSeconds', workSeconds);
      return workSeconds === 0 ? 0 : workSeconds * stretch;
    },
  };
}

/**
 * The standard deviation of the response on one core with exponential work, where alone it is known in
 * closed form: variance (2 + ρ) / ((1 − ρ)²(2 − ρ)) in squares of the mean work. Coffman, Muntz and
 * Trotter 1970. Infinity from a load of 1 on.
 *
 * @throws RangeError for a queue that means nothing
 */
export function sharedCoreResponseSdSeconds(queue: Omit<Queue, 'servers'>): number {
  const { utilisation: rho } = erlangC({ ...queue, servers: 1 });
  if (rho >= 1) return Infinity;
  return (queue.meanServiceSeconds * Math.sqrt((2 + rho) / (2 - rho))) / (1 - rho);
}

// M/G/1: one server and any law of the service, in order of arrival.
//
// The wait is a sum of a geometric number of independent rests of a service, each further one with
// probability ρ (Pollaczek 1930, Khinchine 1932). Rounding every rest down or up to a lattice bounds
// its law from both sides, and on a lattice it follows by Panjer's recursion of 1981.

import type { WaitingQueue } from './erlang-c.ts';
import { requirePositive, requireShare } from './require-number.ts';
import type { ServiceLaw } from './service-law.ts';

/** M/G/1. The quantile lies within the bounds, for certain but for the rounding of doubles. */
export interface SingleServer extends WaitingQueue {
  /** The standard deviation of the wait over all arrivals. */
  readonly waitSdSeconds: number;
  /** The wait that this share of arrivals stays within. */
  readonly waitQuantileSeconds: (share: number) => QuantileBounds;
}

/** A quantile as far as it is known. */
export interface QuantileBounds {
  /** The middle, in which the errors of both roundings cancel but for their squares. */
  readonly estimateSeconds: number;
  readonly lowSeconds: number;
  readonly highSeconds: number;
}

/**
 * From a load of 1 on there is no steady state, and everything is Infinity. The cost of a quantile is
 * some ten million steps.
 *
 * @throws RangeError when the rate is not above 0 and finite; its quantiles also where a tail is so
 *   heavy that the lattice does not reach it
 */
export function singleServer(queue: { ratePerSecond: number; service: ServiceLaw }): SingleServer {
  const { ratePerSecond, service } = queue;
  requirePositive('ratePerSecond', ratePerSecond);
  const rho = ratePerSecond * service.meanSeconds;
  if (rho >= 1) return overloaded(rho);
  const meanWaitSeconds = (ratePerSecond * service.secondMoment) / (2 * (1 - rho));
  const variance =
    meanWaitSeconds * meanWaitSeconds + (ratePerSecond * service.thirdMoment) / (3 * (1 - rho));
  return {
    utilisation: rho,
    waitProbability: rho,
    meanWaitSeconds,
    meanWaitOfWaitersSeconds: meanWaitSeconds / rho,
    meanResponseSeconds: meanWaitSeconds + service.meanSeconds,
    meanPending: ratePerSecond * meanWaitSeconds,
    meanInSystem: ratePerSecond * meanWaitSeconds + rho,
    waitSdSeconds: Math.sqrt(variance),
    waitQuantileSeconds: (share) => {
      requireShare(share);
      if (share <= 1 - rho) return bounds(0, 0);
      // An exponential wait of those who wait has its quantile here; the true one is of this order.
      const expected = (meanWaitSeconds / rho) * Math.log(rho / (1 - share));
      const step = Math.max(expected, service.meanSeconds / 100) / STEPS;
      return bounds(
        latticeQuantile(service, { rho, share, step, rounding: 'down' }),
        latticeQuantile(service, { rho, share, step, rounding: 'up' }),
      );
    },
  };
}

function bounds(lowSeconds: number, highSeconds: number): QuantileBounds {
  return { estimateSeconds: (lowSeconds + highSeconds) / 2, lowSeconds, highSeconds };
}

/** The lattice has this many steps to where the quantile is expected … */
const STEPS = 3000;

/** … and the search ends after so many. */
const MOST_STEPS = 40_000;

interface Lattice {
  readonly rho: number;
  readonly share: number;
  readonly step: number;
  readonly rounding: 'down' | 'up';
}

/** The quantile of the geometric sum of rests rounded to the lattice. */
function latticeQuantile(service: ServiceLaw, { rho, share, step, rounding }: Lattice): number {
  const first = rounding === 'down' ? 0 : -1;
  const restAt = (n: number) =>
    service.restWithin((n + first + 1) * step) - service.restWithin((n + first) * step);
  const atZero = restAt(0);
  const factor = rho / (1 - rho * atZero);
  const rests = new Float64Array(MOST_STEPS);
  const waits = new Float64Array(MOST_STEPS);
  waits[0] = (1 - rho) / (1 - rho * atZero);
  let within = waits[0];
  for (let n = 1; n < MOST_STEPS; n++) {
    if (within >= share) return (n - 1) * step;
    rests[n] = restAt(n);
    let sum = 0;
    for (let j = 1; j <= n; j++) sum += (rests[j] ?? 0) * (waits[n - j] ?? 0);
    waits[n] = factor * sum;
    within += factor * sum;
  }
  throw new RangeError(`the tail is too heavy for its ${share} quantile to be found`);
}

function overloaded(utilisation: number): SingleServer {
  return {
    utilisation,
    waitProbability: 1,
    meanWaitSeconds: Infinity,
    meanWaitOfWaitersSeconds: Infinity,
    meanResponseSeconds: Infinity,
    meanPending: Infinity,
    meanInSystem: Infinity,
    waitSdSeconds: Infinity,
    waitQuantileSeconds: (share) => {
      requireShare(share);
      return bounds(Infinity, Infinity);
    },
  };
}

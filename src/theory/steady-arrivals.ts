// D/M/c: requests come at equal intervals.
//
// An arrival finds k ≥ c in the system with probability A·σ^(k−c), σ < 1 the root of σ = φ(cμ(1−σ)),
// φ the transform of the interval: here σ = exp(−(1−σ)/ρ). Takács 1962, GI/M/c.

import { type Queue, offeredLoad, requireQueue } from './queue.ts';
import { requireNotNegative, requireShare } from './require-number.ts';

/** The steady state; Infinity where there is none. */
export interface SteadyArrivals {
  readonly utilisation: number;
  readonly waitProbability: number;
  readonly meanWaitSeconds: number;
  /** The waits of those who wait are exponential, with this mean. */
  readonly meanWaitOfWaitersSeconds: number;
  /** The mean number of requests waiting, over time. */
  readonly meanPending: number;
  readonly waitLongerThan: (seconds: number) => number;
  readonly waitQuantileSeconds: (share: number) => number;
}

/** @throws RangeError for a queue that means nothing, see {@link requireQueue} */
export function steadyArrivals(queue: Queue): SteadyArrivals {
  requireQueue(queue);
  const { ratePerSecond, meanServiceSeconds, servers } = queue;
  const rho = offeredLoad(queue) / servers;
  const gap = rho < 1 ? gapOf(rho) : 0;
  const waitProbability = rho < 1 ? waitShare(queue, gap) : 1;
  const meanWaitOfWaitersSeconds = meanServiceSeconds / (servers * gap);
  const meanWaitSeconds = waitProbability * meanWaitOfWaitersSeconds;
  return {
    utilisation: rho,
    waitProbability,
    meanWaitSeconds,
    meanWaitOfWaitersSeconds,
    meanPending: ratePerSecond * meanWaitSeconds,
    waitLongerThan: (seconds) => {
      requireNotNegative('seconds', seconds);
      return waitProbability * Math.exp(-seconds / meanWaitOfWaitersSeconds);
    },
    waitQuantileSeconds: (share) => {
      requireShare(share);
      if (rho >= 1) return Infinity;
      return meanWaitOfWaitersSeconds * Math.max(0, Math.log(waitProbability / (1 - share)));
    },
  };
}

/** 1 − σ for the root of σ = exp(−(1 − σ)/ρ) below 1, by bisection. */
function gapOf(rho: number): number {
  let high = 1;
  // 1 − e^(−x/ρ) is concave in x and crosses x once within 0 < x ≤ 1: above it before, below after.
  let low = 1 - rho;
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (-Math.expm1(-middle / rho) > middle) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * P(wait) = A/(1 − σ). All terms of the sum are positive, the two differences of a quotient changing
 * their signs together, so that nothing cancels with many servers either.
 */
function waitShare(queue: Queue, gap: number): number {
  const { servers } = queue;
  const perInterval = 1 / offeredLoad(queue);
  const sigma = Math.exp(-gap * servers * perInterval);
  // c·(1 − x) − j, with the smaller of x and 1 − x, which has its digits.
  const difference = (x: number, rest: number, j: number) =>
    x < 0.5 ? servers - j - servers * x : servers * rest - j;
  let sum = 1 / gap;
  // The binomial coefficient over the product of φ(i)/(1 − φ(i)), φ(i) = exp(−i/a).
  let weight = 1;
  for (let j = 1; j <= servers; j++) {
    const phi = Math.exp(-j * perInterval);
    const missing = -Math.expm1(-j * perInterval);
    weight *= (((servers - j + 1) / j) * missing) / phi;
    // So light a load that waiting is too improbable for a double.
    if (weight === Infinity) return 0;
    const below = difference(sigma, gap, j);
    // Where the denominator vanishes the numerator does too: the quotient of their slopes.
    const quotient =
      Math.abs(below) < 1e-8 && sigma > 1e-6
        ? 1 - servers * perInterval * sigma
        : difference(phi, missing, j) / below;
    sum += (weight / missing) * quotient;
  }
  return 1 / (gap * sum);
}

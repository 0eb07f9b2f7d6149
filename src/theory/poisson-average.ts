// The mean of a sequence over a Poisson number, for any mean without overflow or underflow.

import { poissonWeights } from './poisson-weights.ts';

/**
 * E[f(N)] for N Poisson with this mean. Steps: about 20·√mean.
 *
 * @param of is asked once for each number that carries weight; values within 0 … 1, say
 */
export function poissonAverage(mean: number, of: (n: number) => number): number {
  const { first, weights } = poissonWeights(mean);
  let sum = 0;
  // Added in the same order as the values, so that rounding cancels.
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    total += weight;
    sum += weight * of(first + i);
  }
  return sum / total;
}

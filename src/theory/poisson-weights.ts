// The law of a Poisson number without its negligible tails.

/** A weight this small against the largest ends a tail. */
const NEGLIGIBLE = 1e-20;

export interface PoissonWeights {
  /** The number that the first weight belongs to. */
  readonly first: number;
  /** They add up to 1. */
  readonly weights: Float64Array;
  /** At most this probability lies in the tails. */
  readonly leftOut: number;
}

/**
 * The probabilities of the numbers about the mean, outwards from the most probable one, where the
 * recursion starts with 1 (after Fox and Glynn 1988): nothing under- or overflows at any mean.
 */
export function poissonWeights(mean: number): PoissonWeights {
  const mode = Math.floor(mean);
  const below: number[] = [];
  for (let k = mode, weight = 1; k > 0; k--) {
    weight *= k / mean;
    if (weight < NEGLIGIBLE) break;
    below.push(weight);
  }
  const above: number[] = [];
  for (let k = mode + 1, weight = 1; ; k++) {
    weight *= mean / k;
    if (weight < NEGLIGIBLE) break;
    above.push(weight);
  }
  const all = Float64Array.from([...below.toReversed(), 1, ...above]);
  const total = all.reduce((sum, weight) => sum + weight, 0);
  // Beyond the end a tail falls at least as fast as a geometric one of the length kept.
  const leftOut = (NEGLIGIBLE * all.length) / total;
  return { first: mode - below.length, weights: all.map((weight) => weight / total), leftOut };
}

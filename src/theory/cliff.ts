// Throughput that rises, levels off, and falls over a cliff where the Universal Scalability Law, which
// falls only as fast as 1/n, cannot follow.

import { requireNotNegative, requirePositive } from './require-number.ts';

/** X(n) = X_s · n/√(n² + n_s²) / (1 + (n/N_t)^q). */
export interface Cliff {
  /** The level X_s that throughput would reach without a cliff, per second. */
  readonly levelPerSecond: number;
  /** About how many clients it takes to come near the level: n_s. */
  readonly saturationClients: number;
  /** At how many clients the cliff has halved the throughput: N_t. */
  readonly cliffClients: number;
  /** How steep the cliff is: far beyond it throughput falls as n to the power −q. */
  readonly steepness: number;
}

/**
 * Throughput with n at once. The shape is our own; it was found on eleven published series of sysbench on
 * MariaDB, two of which `cliff-fit.test` holds it against: it explains .935 … .997 of their scatter, and the
 * Universal Scalability Law .72 … .98.
 *
 * @throws RangeError when a parameter is not above 0 or n is negative
 */
export function cliffThroughput(cliff: Cliff, n: number): number {
  requireCliff(cliff);
  requireNotNegative('n', n);
  if (n === 0) return 0;
  const { levelPerSecond, saturationClients, cliffClients, steepness } = cliff;
  const saturation = saturationClients / n;
  const fall = Math.exp(steepness * Math.log(n / cliffClients));
  return levelPerSecond / Math.sqrt(1 + saturation * saturation) / (1 + fall);
}

function requireCliff(cliff: Cliff): void {
  requirePositive('levelPerSecond', cliff.levelPerSecond);
  requirePositive('saturationClients', cliff.saturationClients);
  requirePositive('cliffClients', cliff.cliffClients);
  requirePositive('steepness', cliff.steepness);
}

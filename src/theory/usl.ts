// The Universal Scalability Law: throughput against the number of those who ask at once.

import { requireNotNegative, requirePositive, requireWithin } from './require-number.ts';

/** X(n) = γ·n / (1 + σ(n − 1) + κ·n(n − 1)). Gunther 1993; Guerrilla Capacity Planning, 2007. */
export interface Usl {
  /** Contention: the share of the work that is done one at a time, 0 … 1. */
  readonly sigma: number;
  /** Coherence: the cost of each pair that has to agree, at least 0. */
  readonly kappa: number;
  /** Throughput of one alone, per second. */
  readonly gammaPerSecond: number;
}

/** @throws RangeError when a parameter is out of range or n is negative */
export function uslThroughput(usl: Usl, n: number): number {
  requireUsl(usl);
  requireNotNegative('n', n);
  const { sigma, kappa, gammaPerSecond } = usl;
  if (n === 0) return 0;
  return (gammaPerSecond * n) / (1 + sigma * (n - 1) + kappa * n * (n - 1));
}

export interface UslPeak {
  /** Not a whole number; Infinity when throughput never falls. At least 1. */
  readonly clients: number;
  readonly perSecond: number;
}

/**
 * Where throughput is highest: n = √((1 − σ)/κ). Without coherence cost it rises for ever, towards
 * γ/σ; at n < 1 the peak is the one client that there is at least.
 *
 * @throws RangeError when a parameter is out of range
 */
export function uslPeak(usl: Usl): UslPeak {
  requireUsl(usl);
  const { sigma, kappa, gammaPerSecond } = usl;
  if (kappa === 0) {
    return sigma === 1
      ? { clients: 1, perSecond: gammaPerSecond }
      : { clients: Infinity, perSecond: gammaPerSecond / sigma };
  }
  const clients = Math.max(1, Math.sqrt((1 - sigma) / kappa));
  return { clients, perSecond: uslThroughput(usl, clients) };
}

function requireUsl({ sigma, kappa, gammaPerSecond }: Usl): void {
  requireWithin('sigma', sigma, 0, 1);
  requireNotNegative('kappa', kappa);
  requirePositive('gammaPerSecond', gammaPerSecond);
}

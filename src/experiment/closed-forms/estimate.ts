/** The value of a ratio and its standard error, from batches of a stationary stretch. */
import type { Parts } from './readings.ts';

export interface Estimate {
  readonly value: number;
  /** Above 0. */
  readonly standardError: number;
}

/**
 * Ratio estimator R = ΣY ÷ ΣX with the scatter of Y − R·X over batches that do not overlap: batches with
 * more requests weigh more, and a batch without any does no harm. (Law, Simulation Modeling and Analysis,
 * 9.5.3; Cochran, Sampling Techniques, 6.)
 * @returns null when there is nothing to learn: no denominator, or no scatter
 */
export function ratioEstimate(batches: readonly Parts[]): Estimate | null {
  const n = batches.length;
  const numerator = batches.reduce((sum, batch) => sum + batch.numerator, 0);
  const denominator = batches.reduce((sum, batch) => sum + batch.denominator, 0);
  if (n < 2 || denominator <= 0) return null;
  const value = numerator / denominator;
  const squares = batches.reduce((sum, batch) => {
    const rest = batch.numerator - value * batch.denominator;
    return sum + rest * rest;
  }, 0);
  const standardError = Math.sqrt((squares * n) / (n - 1)) / denominator;
  return standardError > 0 ? { value, standardError } : null;
}

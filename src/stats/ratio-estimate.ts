/** The value of a ratio and its standard error, from batches of a stationary stretch. */
import { lag1Autocorrelation } from './autocorrelation.ts';

/** A figure as the ratio of two sums over a stretch of time. */
export interface Parts {
  readonly numerator: number;
  readonly denominator: number;
}

export interface Estimate {
  readonly value: number;
  /** Above 0. Of batches that are independent. */
  readonly standardError: number;
  /** Third central moment of a batch ÷ (6 · its variance · batches), in the unit of the value. */
  readonly skew: number;
}

export interface RatioEstimate extends Estimate {
  readonly batches: number;
  /** Lag-1 autocorrelation of what the batches are off by. */
  readonly lag1: number;
}

/**
 * How far the estimate is from a known mean, in standard errors. Waits are skewed: a sample with a low mean
 * also has a low scatter, which makes Student's t too negative. Hall's cubic transformation of t corrects
 * that and, unlike Johnson's quadratic one, grows with t everywhere, so that no large distance is turned
 * into a small one. (P. Hall, On the Removal of Skewness by Transformation, 1992.)
 */
export function distanceFrom(mean: number, { value, standardError, skew }: Estimate): number {
  const t = (value - mean) / standardError;
  const k = skew / standardError;
  return t + k * (1 + 2 * t * t) + (4 / 3) * k * k * t * t * t;
}

/**
 * Ratio estimator R = ΣY ÷ ΣX with the scatter of Y − R·X over batches that do not overlap: batches with
 * more requests weigh more, and a batch without any does no harm. (Law, Simulation Modeling and Analysis,
 * 9.5.3; Cochran, Sampling Techniques, 6.)
 * @returns null when there is nothing to learn: no denominator, or no scatter
 */
export function ratioEstimate(batches: readonly Parts[]): RatioEstimate | null {
  const n = batches.length;
  const numerator = batches.reduce((sum, batch) => sum + batch.numerator, 0);
  const denominator = batches.reduce((sum, batch) => sum + batch.denominator, 0);
  if (n < 2 || denominator <= 0) return null;
  const value = numerator / denominator;
  const rests = batches.map((batch) => batch.numerator - value * batch.denominator);
  const squares = rests.reduce((sum, rest) => sum + rest * rest, 0);
  const cubes = rests.reduce((sum, rest) => sum + rest * rest * rest, 0);
  const standardError = Math.sqrt((squares * n) / (n - 1)) / denominator;
  if (!(standardError > 0)) return null;
  const skew = cubes / (6 * squares * denominator);
  return { value, standardError, skew, batches: n, lag1: lag1Autocorrelation(rests) };
}

/**
 * Batch means: one long stationary run is cut into batches that do not overlap, long enough that they are
 * nearly independent. (Law, Simulation Modeling and Analysis, 9.5.3; Schmeiser 1982: beyond 30 batches
 * little is gained, so long batches are better.)
 */
import { type Parts, type RatioEstimate, ratioEstimate } from './ratio-estimate.ts';
import { skewedInterval } from './skewed-interval.ts';

/** How many batches: fewer make the interval wide, more make the batches short and so dependent. */
export const FEWEST_BATCHES = 20;
export const MOST_BATCHES = 40;
/**
 * Independent batches stay below this many standard errors of their lag-1 autocorrelation, 1/√batches
 * each, 99 times in 100.
 */
const NOTICEABLE = 2.326;
/** A batch should be worth as many independent values. */
const WORTH_A_BATCH = 10;

export interface BatchMeans {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly batches: number;
  /** The run is too short: the interval may be too narrow. */
  readonly isDependent: boolean;
}

/**
 * The interval of a stationary mean from batches of about equal length. Sums are divided, not means
 * averaged: in a busy batch more requests end, and they are slow.
 * @param varianceOfOne the variance of a single value, where the mean is one of values: it says how many
 * independent ones the run is worth
 * @returns null when there are fewer than 20: the run is too short
 */
export function batchMeans(
  batches: readonly Parts[],
  varianceOfOne: number | null = null,
): BatchMeans | null {
  if (batches.length < FEWEST_BATCHES) return null;
  const estimate = ratioEstimate(batches);
  if (estimate === null) return equalMeans(batches);
  const { low, high, standardError } = skewedInterval(estimate);
  const worth = (varianceOfOne ?? Infinity) / (standardError * standardError);
  const isDependent = hangTogether(estimate) || worth < WORTH_A_BATCH * batches.length;
  return { mean: estimate.value, low, high, batches: batches.length, isDependent };
}

/** Whether neighbouring batches resemble each other more than chance explains. */
export function hangTogether({ lag1, batches }: RatioEstimate): boolean {
  return lag1 > NOTICEABLE / Math.sqrt(batches);
}

/** Batches without any scatter have an interval without width. */
function equalMeans(batches: readonly Parts[]): BatchMeans | null {
  const sum = (part: keyof Parts) => batches.reduce((total, batch) => total + batch[part], 0);
  const value = sum('numerator') / sum('denominator');
  if (!Number.isFinite(value)) return null;
  return { mean: value, low: value, high: value, batches: batches.length, isDependent: false };
}

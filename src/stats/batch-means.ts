/**
 * Batch means: one long stationary run is cut into batches that do not overlap, long enough that their
 * means are nearly independent, so that Student's interval applies to them. (Law, Simulation Modeling and
 * Analysis, 9.5.3; Schmeiser 1982: beyond 30 batches little is gained, so long batches are better.)
 */
import { type Interval, studentInterval } from './confidence-interval.ts';
import { momentsOf } from './moments.ts';

/** How many batches: fewer make the interval wide, more make the batches short and so dependent. */
export const FEWEST_BATCHES = 20;
export const MOST_BATCHES = 40;
/**
 * Independent batches stay below this many standard errors of their lag-1 autocorrelation, 1/√batches
 * each, 99 times in 100.
 */
const NOTICEABLE = 2.326;

export interface BatchMeans extends Interval {
  readonly batches: number;
  /** The batches are too short to be independent: the interval is too narrow. */
  readonly isDependent: boolean;
}

/**
 * The interval of a stationary mean from means of batches of equal length.
 * @returns null when there are fewer than 20: the run is too short
 */
export function batchMeans(means: readonly number[]): BatchMeans | null {
  if (means.length < FEWEST_BATCHES) return null;
  const interval = studentInterval(means);
  if (interval === null) return null;
  return { ...interval, batches: means.length, isDependent: isDependent(means) };
}

/** Whether neighbouring batches resemble each other more than chance explains. */
export function isDependent(batches: readonly number[]): boolean {
  return lag1Autocorrelation(batches) > NOTICEABLE / Math.sqrt(batches.length);
}

/** Σ(xᵢ − x̄)(xᵢ₊₁ − x̄) ÷ Σ(xᵢ − x̄)²; 0 for values that are all equal. */
export function lag1Autocorrelation(values: readonly number[]): number {
  const moments = momentsOf(values);
  if (moments === null || moments.variance === 0) return 0;
  let products = 0;
  let squares = 0;
  let previous = 0;
  for (const value of values) {
    const d = value - moments.mean;
    products += previous * d;
    squares += d * d;
    previous = d;
  }
  return products / squares;
}

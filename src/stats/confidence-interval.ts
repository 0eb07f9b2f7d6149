/** Confidence interval of a mean. */
import { momentsOf, standardError } from './moments.ts';
import { twoSidedT } from './student-t.ts';

/** The share of intervals that hold the true value, unless said otherwise. */
export const CONFIDENCE = 0.95;

export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly halfWidth: number;
}

/**
 * Student's interval: mean ± t·s/√n. It assumes values that are independent and about normal, such as
 * means over long replications. Equal values have an interval without width; null for fewer than two.
 */
export function studentInterval(
  values: readonly number[],
  confidence = CONFIDENCE,
): Interval | null {
  const moments = momentsOf(values);
  if (moments === null) return null;
  const t = twoSidedT(confidence, moments.count - 1);
  return intervalAround(moments.mean, t * standardError(moments));
}

/** A symmetric interval. */
export function intervalAround(mean: number, halfWidth: number): Interval {
  return { mean, low: mean - halfWidth, high: mean + halfWidth, halfWidth };
}

/** Confidence interval of a quantile of one long run that is cut into batches. */
import { hangTogether } from './batch-means.ts';
import { CONFIDENCE } from './confidence-interval.ts';
import { type Parts, ratioEstimate } from './ratio-estimate.ts';
import { skewedInterval } from './skewed-interval.ts';

/** As many independent values should lie beyond the quantile. */
const WORTH_BEYOND = 50;

export interface QuantileBounds {
  readonly low: number;
  readonly high: number;
  /** The run is too short: the interval may be too narrow. */
  readonly isDependent: boolean;
}

/**
 * Woodruff's interval of the p-quantile of one long run: how well the share of values beyond the quantile
 * is known, read off the run's own distribution. (Woodruff, JASA 47, 1952.) The quantiles of batches
 * themselves would be biased. What is slow comes in clusters, so that the shares are skewed; the step to
 * the run's distribution is taken in their logarithm, or a share that may be twice as large, as it may in
 * a short run, would have no upper end.
 * @param batches of each: how many values lie beyond the whole run's quantile, or near it, of how many
 * @returns between which probabilities the run's quantiles are the interval's ends; null when the tail was
 * seen too seldom to say
 */
export function quantileBounds(
  p: number,
  batches: readonly Parts[],
  confidence = CONFIDENCE,
): QuantileBounds | null {
  const estimate = ratioEstimate(batches);
  if (estimate === null) return equalShares(p, batches);
  const { value } = estimate;
  const { low, high, standardError } = skewedInterval(estimate, confidence);
  const probability = (share: number) => 1 - (1 - p) * Math.exp(1 - share / value);
  const ends = { low: probability(low), high: probability(high) };
  if (ends.low <= 0) return null;
  // As many draws of a share as scatter like that, and the part of them that lies beyond.
  const worth = (value * (1 - value)) / (standardError * standardError);
  return { ...ends, isDependent: hangTogether(estimate) || worth * value < WORTH_BEYOND };
}

/** All batches agree. */
function equalShares(p: number, batches: readonly Parts[]): QuantileBounds | null {
  const isSeen = batches.length > 1 && batches.some(({ numerator }) => numerator > 0);
  return isSeen ? { low: p, high: p, isDependent: false } : null;
}

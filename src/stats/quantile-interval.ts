/** Confidence interval of a quantile of one long run that is cut into batches. */
import { CONFIDENCE } from './confidence-interval.ts';
import { momentsOf, skewnessOf, standardError } from './moments.ts';
import { twoSidedT } from './student-t.ts';

/**
 * Woodruff's interval of the p-quantile of one long run: how well the share of values beyond the quantile
 * is known, read off the run's own distribution. (Woodruff, JASA 47, 1952.) The quantiles of batches
 * themselves would be biased. Shares of a tail are skewed, because what is slow comes in clusters, so
 * Student's t is bent by Hall's transformation (P. Hall, JRSS B 54, 1992); without it the interval lies too
 * low.
 * @param shares the share of values beyond the whole run's quantile, or near it, of each batch
 * @returns between which probabilities the run's quantiles are the interval's ends; null when the tail was
 * seen too seldom to say
 */
export function quantileBounds(
  p: number,
  shares: readonly number[],
  confidence = CONFIDENCE,
): { readonly low: number; readonly high: number } | null {
  const moments = momentsOf(shares);
  if (moments === null || moments.mean <= 0) return null;
  const t = twoSidedT(confidence, moments.count - 1);
  const unit = (standardError(moments) / moments.mean) * (1 - p);
  const skew = skewnessOf(shares, moments) / Math.sqrt(moments.count);
  const [low, high] = [p - unit * unbent(t, skew), p - unit * unbent(-t, skew)];
  return low > 0 && high < 1 ? { low, high } : null;
}

/**
 * The T whose transform T + aT²/3 + a²T³/27 + a/6 is `t`, nearly Student's: the mean of skewed values is
 * oftener too small by much than too large.
 * @param a skewness ÷ √count
 */
function unbent(t: number, a: number): number {
  return a === 0 ? t : (3 / a) * (cubeRoot(1 + a * (t - a / 6)) - 1);
}

/** By Newton's steps, which come from above; no function whose last bits differ between machines. */
function cubeRoot(x: number): number {
  const size = Math.abs(x);
  if (size === 0) return 0;
  let root = Math.max(1, size);
  for (;;) {
    const next = root - (root - size / (root * root)) / 3;
    if (!(next < root)) return x < 0 ? -root : root;
    root = next;
  }
}

/** Confidence intervals of quantiles: of one long run cut into batches, and of independent values. */
import { CONFIDENCE, studentInterval } from './confidence-interval.ts';

/**
 * Woodruff's interval of the p-quantile of one long run: how well the share of values beyond the quantile
 * is known, read off the run's own distribution. The shares of batches scatter evenly enough for Student's
 * interval, where the quantiles of batches are biased and skewed. (Woodruff, JASA 47, 1952.)
 * @param shares the share of values beyond the whole run's quantile, or near it, of each batch
 * @returns between which probabilities the run's quantiles are the interval's ends; null when the tail was
 * seen too seldom to say
 */
export function quantileBounds(
  p: number,
  shares: readonly number[],
  confidence = CONFIDENCE,
): { readonly low: number; readonly high: number } | null {
  const interval = studentInterval(shares, confidence);
  if (interval === null || interval.mean <= 0) return null;
  const halfWidth = (interval.halfWidth / interval.mean) * (1 - p);
  const [low, high] = [p - halfWidth, p + halfWidth];
  return low > 0 && high < 1 ? { low, high } : null;
}

/**
 * Ranks (from 1) of the order statistics between which the p-quantile of `n` independent values lies with
 * at least this confidence, whatever their distribution: that of rank r is below it when at least r of n
 * are, which is binomial. (Hahn and Meeker, Statistical Intervals, 5.2.) null: n is too small.
 */
export function quantileRanks(
  n: number,
  p: number,
  confidence = CONFIDENCE,
): { readonly low: number; readonly high: number } | null {
  const chances = binomial(n, p);
  const tail = (1 - confidence) / 2;
  let low = 0;
  for (let below = chances[0] ?? 1; below <= tail; below += chances[low] ?? 1) low++;
  let high = n + 1;
  for (let above = chances[n] ?? 1; above <= tail; above += chances[high - 1] ?? 1) high--;
  return low < 1 || high > n ? null : { low, high };
}

/** Chances of 0 … n successes, by the ratio of neighbours from the likeliest outwards. */
function binomial(n: number, p: number): Float64Array {
  const chances = new Float64Array(n + 1);
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const odds = p / (1 - p);
  chances[mode] = 1;
  for (let k = mode; k < n; k++) {
    chances[k + 1] = (((chances[k] as number) * (n - k)) / (k + 1)) * odds;
  }
  for (let k = mode; k > 0; k--) {
    chances[k - 1] = ((chances[k] as number) * k) / (n - k + 1) / odds;
  }
  const sum = chances.reduce((a, b) => a + b, 0);
  return chances.map((chance) => chance / sum);
}

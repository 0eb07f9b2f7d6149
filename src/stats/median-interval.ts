/** Confidence interval of a median, whatever the values are distributed like; some may be infinite. */
import { CONFIDENCE } from './confidence-interval.ts';

export interface MedianInterval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The interval between the k-th smallest and the k-th largest value, k being the largest for which it holds
 * the median with the wanted probability: each value lies below the median with probability one half, so
 * that their number is binomial. (Conover, Practical Nonparametric Statistics, 3.2.) Of an even number of
 * values the smaller of the two middle ones is the median. null when there are too few values for any.
 */
export function medianInterval(
  values: readonly number[],
  confidence = CONFIDENCE,
): MedianInterval | null {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const outside = valuesOutside(n, (1 - confidence) / 2);
  if (outside < 1) return null;
  return {
    median: sorted[Math.ceil(n / 2) - 1] as number,
    low: sorted[outside - 1] as number,
    high: sorted[n - outside] as number,
  };
}

/** The largest k for which fewer than k of n fair coins show heads with at most this probability. */
function valuesOutside(n: number, most: number): number {
  let term = 1;
  for (let i = 0; i < n; i++) term /= 2;
  let below = 0;
  for (let k = 0; k <= n; k++) {
    below += term;
    if (below > most) return k;
    term *= (n - k) / (k + 1);
  }
  return n;
}

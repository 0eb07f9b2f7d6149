/** Confidence intervals of quantiles: of one long run cut into sections, and of independent values. */
import { CONFIDENCE, type Interval, intervalAround } from './confidence-interval.ts';
import { twoSidedT } from './student-t.ts';

/**
 * Sectioning: the quantile of the whole run, with the scatter of those of its sections around it. The
 * quantile of a short section is biased; that of the whole hardly is, so it is the middle. (Asmussen and
 * Glynn, Stochastic Simulation, III.5.)
 * @returns null for fewer than two sections
 */
export function sectioningInterval(
  whole: number,
  sections: readonly number[],
  confidence = CONFIDENCE,
): Interval | null {
  const n = sections.length;
  if (n < 2) return null;
  const squares = sections.reduce((sum, value) => sum + (value - whole) * (value - whole), 0);
  return intervalAround(whole, twoSidedT(confidence, n - 1) * Math.sqrt(squares / (n - 1) / n));
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

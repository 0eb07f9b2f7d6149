/**
 * MSER-5: where the initial transient of a run ends. Of the means of every five observations, as many are
 * cut from the front as make the standard error of the rest smallest:
 * d = argmin_{d ≤ n/2} Σ_{i>d}(Yᵢ − Ȳ)² ÷ (n − d)². (White, Cobb and Spratt, A comparison of five
 * steady-state truncation heuristics for simulation, WSC 2000.)
 */

/** Observations that are put together, against the noise of single ones. */
const BATCH = 5;

export interface Truncation {
  /** How many observations to cut from the front: a multiple of five. */
  readonly cut: number;
  /** Whether the minimum lies inside. At the bound of half the run, a steady state was not reached. */
  readonly reached: boolean;
}

/** O(n). Observations beyond the last whole five are passed over; null when there are fewer than ten. */
export function mser5(observations: readonly number[]): Truncation | null {
  const n = Math.floor(observations.length / BATCH);
  if (n < 2) return null;
  const bound = Math.floor(n / 2);
  // Welford's update from the back gives the sum of squares of every tail in one pass.
  let mean = 0;
  let squares = 0;
  let best = Infinity;
  let d = 0;
  for (let i = n - 1; i >= 0; i--) {
    const value = batchMean(observations, i);
    const tail = n - i;
    const off = value - mean;
    mean += off / tail;
    squares += off * (value - mean);
    const score = squares / (tail * tail);
    if (i <= bound && score <= best) {
      best = score;
      d = i;
    }
  }
  return { cut: d * BATCH, reached: d < bound };
}

function batchMean(observations: readonly number[], batch: number): number {
  let sum = 0;
  for (let i = batch * BATCH; i < (batch + 1) * BATCH; i++) sum += observations[i] as number;
  return sum / BATCH;
}

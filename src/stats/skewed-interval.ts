/**
 * Confidence interval of a ratio from the batches of one long run. Student's needs values that are
 * independent and scatter evenly; batches of a queue do neither. The corrections are those of Skart
 * (Tafazzoli, Wilson, Lada and Steiger, INFORMS Journal on Computing 23, 2011).
 */
import { CONFIDENCE } from './confidence-interval.ts';
import type { RatioEstimate } from './ratio-estimate.ts';
import { twoSidedT } from './student-t.ts';

/** Beyond this, nobody can tell how wide the interval should be. */
const MOST_CORRELATION = 0.9;
/** Less skew than this bends nothing, and would be lost in the rounding of 1 + a·t. */
const NO_SKEW = 1e-6;

export interface SkewedInterval {
  readonly low: number;
  readonly high: number;
  /** That of the estimate, wider where the batches hang together. */
  readonly standardError: number;
}

/**
 * Student's t is bent by Hall's transformation (P. Hall, JRSS B 54, 1992): a sample of skewed values with
 * a low mean also has a low scatter, so that without it the interval lies too low too often.
 */
export function skewedInterval(estimate: RatioEstimate, confidence = CONFIDENCE): SkewedInterval {
  const { value, skew, batches } = estimate;
  const t = twoSidedT(confidence, batches - 1);
  const a = (6 * skew) / estimate.standardError;
  const standardError = estimate.standardError * widening(estimate);
  return {
    low: value - standardError * unbent(t, a),
    high: value - standardError * unbent(-t, a),
    standardError,
  };
}

/**
 * If batches follow a first-order autoregression, the standard error is √((1 + φ)/(1 − φ)) times that of
 * independent ones. The observed autocorrelation is 1/batches too low on average. It is believed from one
 * standard error of its own on, 1/√batches: below, it would widen the intervals of long runs for nothing.
 */
function widening({ batches, lag1 }: RatioEstimate): number {
  const phi = Math.min(MOST_CORRELATION, lag1 + 1 / batches);
  return phi > 1 / Math.sqrt(batches) ? Math.sqrt((1 + phi) / (1 - phi)) : 1;
}

/**
 * The T whose transform T + aT²/3 + a²T³/27 + a/6 is `t`, nearly Student's: the mean of skewed values is
 * oftener too small by much than too large.
 * @param a skewness ÷ √count
 */
function unbent(t: number, a: number): number {
  if (Math.abs(a) < NO_SKEW) return t;
  return (3 / a) * (cubeRoot(1 + a * (t - a / 6)) - 1);
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

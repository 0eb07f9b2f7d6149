/** Student's t distribution. */
import { twelveDigits } from './twelve-digits.ts';

/**
 * How many standard errors to either side of the mean hold the share `confidence` of a t distribution.
 * That share is concave in their number: Newton's steps from 0 come nearer from below and never pass it,
 * until rounding ends them. O(degreesOfFreedom) each; for 0.95 seven to nine steps.
 * @param confidence above 0 and below 1
 * @param degreesOfFreedom a whole number from 1 on
 */
export function twoSidedT(confidence: number, degreesOfFreedom: number): number {
  const isCount = Number.isInteger(degreesOfFreedom) && degreesOfFreedom >= 1;
  if (!(confidence > 0 && confidence < 1) || !isCount) {
    throw new Error(`bug: no t of ${String(confidence)} with ${String(degreesOfFreedom)}`);
  }
  let t = 0;
  for (;;) {
    const { share, slope } = within(t, degreesOfFreedom);
    const next = t + (confidence - share) / slope;
    if (!(next > t)) return twelveDigits(t);
    t = next;
  }
}

/**
 * How likely a t of this size or more is, to either side, where the true mean is 0: P(|T| ≥ |t|), right to
 * 1e-12, so that anything less likely has 0.
 * @param t Infinity where values do not scatter
 */
export function twoSidedP(t: number, degreesOfFreedom: number): number {
  const size = Math.abs(t);
  if (size === Infinity) return 0;
  return Math.max(0, 1 - twelveDigits(within(size, degreesOfFreedom).share));
}

/**
 * P(|T| ≤ t) and its derivative, with θ = atan(t/√ν): a finite sum in cos θ, whose last term is the
 * derivative but for known factors. (Abramowitz and Stegun, 26.7.3 and 26.7.4.)
 */
function within(t: number, degreesOfFreedom: number): { share: number; slope: number } {
  const squaredCosine = degreesOfFreedom / (degreesOfFreedom + t * t);
  const cosine = Math.sqrt(squaredCosine);
  const sine = t / Math.sqrt(degreesOfFreedom + t * t);
  const isOdd = degreesOfFreedom % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = degreesOfFreedom === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k <= degreesOfFreedom - 2; k += 2) {
    term *= (squaredCosine * (k - 1)) / k;
    sum += term;
  }
  const perAngle = degreesOfFreedom === 1 ? 1 : term * (degreesOfFreedom - 1) * cosine;
  const slope = (perAngle * squaredCosine) / Math.sqrt(degreesOfFreedom);
  if (!isOdd) return { share: sine * sum, slope };
  // Its last bit may differ between machines; the caller keeps twelve digits.
  // eslint-disable-next-line no-restricted-properties -- twelve digits are alike everywhere
  const angle = Math.atan(t / Math.sqrt(degreesOfFreedom));
  return { share: (2 / Math.PI) * (angle + sine * sum), slope: (2 / Math.PI) * slope };
}

/** Student's t distribution. The one door to jstat. */
import jStat from 'jstat';
import { twelveDigits } from './twelve-digits.ts';

/** Newton's method doubles the seven right digits of jstat each time. */
const STEPS = 2;

/**
 * How many standard errors to either side of the mean hold the share `confidence` of a t distribution.
 * jstat stops its iteration at about 1e-8, which is more than two machines may differ by; the steps
 * after it leave nothing of that. O(degreesOfFreedom).
 * @param confidence above 0 and below 1
 * @param degreesOfFreedom a whole number from 1 on
 */
export function twoSidedT(confidence: number, degreesOfFreedom: number): number {
  const isCount = Number.isInteger(degreesOfFreedom) && degreesOfFreedom >= 1;
  if (!(confidence > 0 && confidence < 1) || !isCount) {
    throw new Error(`bug: no t of ${String(confidence)} with ${String(degreesOfFreedom)}`);
  }
  let t = jStat.studentt.inv((1 + confidence) / 2, degreesOfFreedom);
  for (let step = 0; step < STEPS; step++) {
    const slope = 2 * jStat.studentt.pdf(t, degreesOfFreedom);
    t -= (shareWithin(t, degreesOfFreedom) - confidence) / slope;
  }
  return twelveDigits(t);
}

/** P(|T| ≤ t), with θ = atan(t/√ν): a finite sum in cos θ. (Abramowitz and Stegun, 26.7.3 and 26.7.4.) */
function shareWithin(t: number, degreesOfFreedom: number): number {
  const squaredCosine = degreesOfFreedom / (degreesOfFreedom + t * t);
  const sine = t / Math.sqrt(degreesOfFreedom + t * t);
  const isOdd = degreesOfFreedom % 2 === 1;
  let term = isOdd ? Math.sqrt(squaredCosine) : 1;
  let sum = degreesOfFreedom === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k <= degreesOfFreedom - 2; k += 2) {
    term *= (squaredCosine * (k - 1)) / k;
    sum += term;
  }
  if (!isOdd) return sine * sum;
  // Its last bit may differ between machines; the caller keeps twelve digits.
  // eslint-disable-next-line no-restricted-properties -- twelve digits are alike everywhere
  const angle = Math.atan(t / Math.sqrt(degreesOfFreedom));
  return (2 / Math.PI) * (angle + sine * sum);
}

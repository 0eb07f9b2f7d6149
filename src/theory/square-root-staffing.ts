// How many servers a load wants beyond itself: c = R + β√R.

import { normalDensity, normalDistribution } from './normal.ts';
import { requireNotNegative, requirePositive } from './require-number.ts';

/**
 * The probability of waiting with R + β√R servers for R erlangs, as R grows: 1/(1 + βΦ(β)/φ(β)).
 * Halfin and Whitt 1981. At R = 100 the exact value is higher by 0.006 to 0.014.
 *
 * @throws RangeError when β is negative: then there is no steady state
 */
export function halfinWhittWaitProbability(beta: number): number {
  requireNotNegative('beta', beta);
  // Where the density underflows nobody waits.
  return 1 / (1 + (beta * normalDistribution(beta)) / normalDensity(beta));
}

/**
 * The β for which at most this share of arrivals waits, as the load grows; 0 when all may wait.
 *
 * @throws RangeError when the share is not above 0 and at most 1
 */
export function halfinWhittBeta(waitProbability: number): number {
  if (!(waitProbability > 0 && waitProbability <= 1)) {
    throw new RangeError(
      `the share that may wait is above 0 and at most 1, not ${waitProbability}`,
    );
  }
  let low = 0;
  // At 38 the probability of waiting is below the smallest double.
  let high = 40;
  for (let step = 0; step < 1100; step++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (halfinWhittWaitProbability(middle) > waitProbability) low = middle;
    else high = middle;
  }
  return waitProbability === 1 ? 0 : high;
}

/**
 * The servers that the square-root rule wants for a load in erlangs: R + β√R, rounded up.
 *
 * @throws RangeError when the load or β means nothing
 */
export function squareRootStaffing({ load, beta }: { load: number; beta: number }): number {
  requirePositive('load', load);
  requireNotNegative('beta', beta);
  return Math.ceil(load + beta * Math.sqrt(load));
}

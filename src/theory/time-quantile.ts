// From the probability that a time is exceeded to the time that a share of all stays within.

import { requireShare } from './require-number.ts';

/** Doubling from the smallest double to the largest, and halving the way back, take fewer steps. */
const MOST_STEPS = 4400;

/**
 * The shortest time within which at least `share` of all stay: the quantile of the law whose
 * probability of lasting longer is `longerThan`. Found by bisection down to neighbouring doubles.
 *
 * @param longerThan falls (or stays) as its argument grows, and reaches 0
 * @param scaleSeconds where to begin the search: any time of the right order
 * @throws RangeError when the share is not within 0 ≤ share < 1
 */
export function timeQuantile(
  longerThan: (seconds: number) => number,
  share: number,
  scaleSeconds: number,
): number {
  requireShare(share);
  const allowed = 1 - share;
  if (longerThan(0) <= allowed) return 0;
  let low = 0;
  let high = scaleSeconds;
  while (longerThan(high) > allowed) {
    low = high;
    high *= 2;
    if (high === Infinity) return Infinity;
  }
  for (let step = 0; step < MOST_STEPS; step++) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (longerThan(middle) > allowed) low = middle;
    else high = middle;
  }
  return high;
}

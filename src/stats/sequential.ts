/**
 * Sequential stopping: replications go on, a round of fixed size at a time, until the interval is narrow
 * enough. (Law, Simulation Modeling and Analysis, 9.4.1.)
 */
import { type Interval } from './confidence-interval.ts';

/**
 * The half-width at which the mean is off by at most the share γ of the true value: γ/(1 + γ) of the
 * observed mean, because the observed one may itself be off by γ.
 * @param floor a half-width that is always small enough
 */
export function targetHalfWidth({ mean }: Interval, precision: number, floor = 0): number {
  return Math.max(floor, (Math.abs(mean) * precision) / (1 + precision));
}

/** How many values are needed in all for that half-width, if the scatter stays: n·(halfWidth ÷ target)². */
export function projectedCount(n: number, halfWidth: number, target: number): number {
  if (halfWidth <= target) return n;
  const ratio = halfWidth / target;
  return Math.ceil(n * ratio * ratio);
}

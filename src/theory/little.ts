// Little's law, which holds whatever the laws of arrivals and times are.

import { requireNotNegative } from './require-number.ts';

/**
 * The mean number N = X·(R + Z) of those who are asking or thinking. Little 1961; with a think time it
 * is the interactive response-time law R = N/X − Z.
 *
 * @throws RangeError when a rate or time is negative
 */
export function littlesPopulation(flow: {
  readonly throughputPerSecond: number;
  readonly meanResponseSeconds: number;
  /** 0 by default. */
  readonly meanThinkSeconds?: number;
}): number {
  const { throughputPerSecond, meanResponseSeconds, meanThinkSeconds = 0 } = flow;
  requireNotNegative('throughputPerSecond', throughputPerSecond);
  requireNotNegative('meanResponseSeconds', meanResponseSeconds);
  requireNotNegative('meanThinkSeconds', meanThinkSeconds);
  return throughputPerSecond * (meanResponseSeconds + meanThinkSeconds);
}

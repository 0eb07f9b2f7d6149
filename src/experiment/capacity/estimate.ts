/** A rate that each replication has estimated. */
import { studentInterval } from '../../stats/confidence-interval.ts';
import { rounded } from '../rounding.ts';
import type { RateInterval } from './answer.ts';

/** @param scale what the values are multiplied by to be requests a second */
export function rateInterval(
  values: readonly number[],
  scale = 1,
): RateInterval & { readonly replications: number } {
  const interval = studentInterval(values);
  if (interval === null) throw new Error('bug: an estimate of one replication has no interval');
  return {
    rps: rounded(interval.mean * scale),
    lowRps: rounded(Math.max(0, interval.low) * scale),
    highRps: rounded(interval.high * scale),
    replications: values.length,
  };
}

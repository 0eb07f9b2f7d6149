// The wait of G/G/c, approximately: that of M/M/c, scaled by how irregular arrivals and services are.

import { erlangC } from './erlang-c.ts';
import { type Queue } from './queue.ts';
import { requireNotNegative } from './require-number.ts';

/** A queue with the squared coefficients of variation (variance over squared mean) of its times. */
export interface VariableQueue extends Queue {
  /** Of the time between arrivals: 1 for a Poisson stream, 0 for a steady one. */
  readonly arrivalScv: number;
  /** Of the service: 1 for exponential, 0 for constant. */
  readonly serviceScv: number;
}

/**
 * The mean wait by Allen and Cunneen: C(c, a)/(cμ − λ)·(c_a² + c_s²)/2. Exact for M/M/c and M/G/1; for
 * several servers it is an approximation, good to some percent at high load. Infinity where there is
 * no steady state. Source: A. O. Allen, _Probability, Statistics, and Queueing Theory_ (1978).
 *
 * @throws RangeError for a queue that means nothing, or a negative squared coefficient
 */
export function allenCunneenWaitSeconds(queue: VariableQueue): number {
  requireNotNegative('arrivalScv', queue.arrivalScv);
  requireNotNegative('serviceScv', queue.serviceScv);
  const { meanWaitSeconds } = erlangC(queue);
  const variability = (queue.arrivalScv + queue.serviceScv) / 2;
  return meanWaitSeconds === Infinity ? Infinity : meanWaitSeconds * variability;
}

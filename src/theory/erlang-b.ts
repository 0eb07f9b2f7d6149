// Erlang's loss formula: what share is turned away when nobody may wait.

import { offeredLoad, type Queue, requireQueue } from './queue.ts';
import { requireNotNegative, requireWhole } from './require-number.ts';

/** M/G/c/c: those who find every server busy are refused. The law of the service does not matter. */
export interface LossQueue {
  /** The share of arrivals that is refused. */
  readonly blockingProbability: number;
  /** Requests served a second. */
  readonly throughputPerSecond: number;
  /** The mean share of the servers that is busy. */
  readonly utilisation: number;
}

/** @throws RangeError for a queue that means nothing, see {@link requireQueue} */
export function lossQueue(queue: Queue): LossQueue {
  requireQueue(queue);
  const load = offeredLoad(queue);
  const blockingProbability = erlangB({ load, servers: queue.servers });
  const served = 1 - blockingProbability;
  return {
    blockingProbability,
    throughputPerSecond: queue.ratePerSecond * served,
    utilisation: (load * served) / queue.servers,
  };
}

/**
 * Erlang's B(c, a) of an offered load in erlangs, Erlang 1917, by the recursion
 * B(k) = a·B(k−1) / (k + a·B(k−1)), which neither overflows nor cancels. Steps: the servers.
 *
 * @throws RangeError when the load is negative or the servers (0 allowed) are not whole
 */
export function erlangB({ load, servers }: { load: number; servers: number }): number {
  requireNotNegative('load', load);
  requireWhole('servers', servers, 0);
  let blocking = 1;
  for (let k = 1; k <= servers; k++) blocking = (load * blocking) / (k + load * blocking);
  return blocking;
}

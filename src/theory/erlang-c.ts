// M/M/c: Erlang's waiting queue, where everybody waits as long as it takes.
//
// With load a = λ/μ < c an arrival waits with probability C(c, a), and then exponentially long at the
// rate cμ − λ. Erlang 1917; C follows from B without cancelling: C = cB / ((c − a) + aB).

import { erlangB } from './erlang-b.ts';
import { offeredLoad, type Queue, requireQueue } from './queue.ts';
import { requireNotNegative, requireShare } from './require-number.ts';
import { timeQuantile } from './time-quantile.ts';

/**
 * The steady state. There is none from a load of `servers` erlangs on: then everybody waits, and every
 * mean, quantile and length is Infinity.
 */
export interface WaitingQueue {
  /** Offered load over servers; above 1 it is what the queue would need, not what it does. */
  readonly utilisation: number;
  /** The share of arrivals that finds every server busy. */
  readonly waitProbability: number;
  /** Over all arrivals, those who do not wait included. */
  readonly meanWaitSeconds: number;
  /** Over those who wait at all. */
  readonly meanWaitOfWaitersSeconds: number;
  /** Wait and service together. */
  readonly meanResponseSeconds: number;
  /** The mean number of requests waiting. */
  readonly meanPending: number;
  /** The mean number of requests waiting or in service. */
  readonly meanInSystem: number;
}

/** M/M/c, with the laws of its times. */
export interface ErlangC extends WaitingQueue {
  /** The probability of waiting longer than this. */
  readonly waitLongerThan: (seconds: number) => number;
  /** The wait that this share of arrivals stays within; 0 when so many do not wait. */
  readonly waitQuantileSeconds: (share: number) => number;
  /** The probability that wait and service together last longer than this. */
  readonly responseLongerThan: (seconds: number) => number;
  /** The response time that this share of arrivals stays within. */
  readonly responseQuantileSeconds: (share: number) => number;
}

/**
 * Erlang's C(c, a): the probability of having to wait; 1 from a load of `servers` on.
 *
 * @throws RangeError when the load is negative or the servers are not whole
 */
export function erlangCProbability({ load, servers }: { load: number; servers: number }): number {
  const blocking = erlangB({ load, servers });
  return load >= servers ? 1 : (servers * blocking) / (servers - load + load * blocking);
}

/** @throws RangeError for a queue that means nothing, see {@link requireQueue} */
export function erlangC(queue: Queue): ErlangC {
  requireQueue(queue);
  const { ratePerSecond, meanServiceSeconds, servers } = queue;
  const load = offeredLoad(queue);
  const waitProbability = erlangCProbability({ load, servers });
  const spare = Math.max(0, servers - load);
  const meanWaitOfWaitersSeconds = meanServiceSeconds / spare;
  const meanWaitSeconds = waitProbability * meanWaitOfWaitersSeconds;

  const waitLongerThan = (seconds: number): number => {
    requireNotNegative('seconds', seconds);
    return waitProbability * Math.exp(-seconds / meanWaitOfWaitersSeconds);
  };
  const responseLongerThan = (seconds: number): number => {
    requireNotNegative('seconds', seconds);
    return exceedance({ waitProbability, spare, services: seconds / meanServiceSeconds });
  };

  return {
    utilisation: load / servers,
    waitProbability,
    meanWaitSeconds,
    meanWaitOfWaitersSeconds,
    meanResponseSeconds: meanWaitSeconds + meanServiceSeconds,
    meanPending: ratePerSecond * meanWaitSeconds,
    meanInSystem: ratePerSecond * meanWaitSeconds + load,
    waitLongerThan,
    waitQuantileSeconds: (share) => {
      requireShare(share);
      if (spare === 0) return Infinity;
      return meanWaitOfWaitersSeconds * Math.max(0, Math.log(waitProbability / (1 - share)));
    },
    responseLongerThan,
    responseQuantileSeconds: (share) =>
      spare === 0 ? Infinity : timeQuantile(responseLongerThan, share, meanServiceSeconds),
  };
}

/**
 * The probability that the response lasts longer than so many mean services x: with s = c − a spare,
 * e^(−x) + C·(e^(−x) − e^(−sx)) / (s − 1), written so that s = 1, where both rates agree, is no
 * exception.
 */
function exceedance(of: { waitProbability: number; spare: number; services: number }): number {
  const { waitProbability, spare, services } = of;
  const difference = Math.abs(spare - 1);
  const slower = Math.exp(-Math.min(1, spare) * services);
  const both = difference === 0 ? services : -Math.expm1(-difference * services) / difference;
  return Math.exp(-services) + waitProbability * slower * both;
}

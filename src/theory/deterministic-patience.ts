// M/M/c+D: everybody waits up to the same limit (the acquire timeout) and leaves at exactly that time.
//
// The offered wait of somebody who would never leave has, beyond 0, the density
//   λ·π(c−1)·exp(λ·min(x, τ) − cμ·x),
// and π(c−1) follows from the whole being 1. Baccelli and Hebuterne 1981; Zeltyn and Mandelbaum 2005,
// M/M/n+G with a constant patience τ.

import { erlangB } from './erlang-b.ts';
import { offeredLoad, type Queue, requestsPerSecond, requireQueue } from './queue.ts';
import { requireNotNegative } from './require-number.ts';
import { timeQuantile } from './time-quantile.ts';

/** A queue whose waiters leave when they have waited this long; 0 lets nobody wait. */
export interface TimedQueue extends Queue {
  readonly patienceSeconds: number;
}

/** The steady state, which exists at every load, of a queue that people leave. */
export interface RenegingQueue {
  /** The share of arrivals that finds every server busy, those who leave later included. */
  readonly waitProbability: number;
  /** The share of arrivals that leaves unserved. */
  readonly abandonProbability: number;
  /** Requests served a second. */
  readonly throughputPerSecond: number;
  /** The mean share of the servers that is busy. */
  readonly utilisation: number;
  /** Over all arrivals; those who leave count with the time until they left. */
  readonly meanWaitSeconds: number;
  /** Over those who are served, who need not have waited. */
  readonly meanWaitOfServedSeconds: number;
  /** The mean number of requests waiting. */
  readonly meanPending: number;
  /** The probability of a served one having waited longer than this. */
  readonly servedWaitLongerThan: (seconds: number) => number;
  /** The wait that this share of the served stays within. */
  readonly servedWaitQuantileSeconds: (share: number) => number;
}

/** @throws RangeError for a queue that means nothing, or a patience that is negative or infinite */
export function queueWithTimeout(queue: TimedQueue): RenegingQueue {
  requireQueue(queue);
  requireNotNegative('patienceSeconds', queue.patienceSeconds);
  const { ratePerSecond, meanServiceSeconds, servers, patienceSeconds: patience } = queue;
  const load = offeredLoad(queue);
  const perSecond = requestsPerSecond(queue);
  const drift = perSecond - ratePerSecond;

  // Weights of the offered wait beside that of the states below c, where nobody waits; in overload all
  // divided by what they grow to within the patience. Erlang's B(c − 1) weighs the state c − 1 there.
  const last = ratePerSecond * erlangB({ load, servers: servers - 1 });
  const free = Math.exp(Math.min(0, drift * patience));
  const inTime = last * integral(drift, patience);
  const tooLate = (last * Math.exp(-Math.max(0, drift * patience))) / perSecond;
  const all = free + inTime + tooLate;
  const served = free + inTime;
  const waitOfServed = last * firstMoment(drift, patience);
  const meanWaitSeconds = (waitOfServed + patience * tooLate) / all;

  const servedWaitLongerThan = (seconds: number): number => {
    requireNotNegative('seconds', seconds);
    if (seconds >= patience) return 0;
    const shrunk = Math.exp(-Math.max(0, drift) * seconds);
    return (last * shrunk * integral(drift, patience - seconds)) / served;
  };

  return {
    waitProbability: (inTime + tooLate) / all,
    abandonProbability: tooLate / all,
    throughputPerSecond: ratePerSecond * (served / all),
    utilisation: (load * (served / all)) / servers,
    meanWaitSeconds,
    meanWaitOfServedSeconds: waitOfServed / served,
    meanPending: ratePerSecond * meanWaitSeconds,
    servedWaitLongerThan,
    servedWaitQuantileSeconds: (share) =>
      timeQuantile(servedWaitLongerThan, share, meanServiceSeconds),
  };
}

/** ∫ exp(−δx) dx over 0 … t, and for a negative δ that times exp(δt); neither overflows. */
function integral(drift: number, seconds: number): number {
  const y = Math.abs(drift) * seconds;
  return y === 0 ? seconds : (seconds * -Math.expm1(-y)) / y;
}

/** ∫ x·exp(−δx) dx over 0 … t, scaled as {@link integral}. */
function firstMoment(drift: number, seconds: number): number {
  const falling = seconds * seconds * meanOfFalling(Math.abs(drift) * seconds);
  return drift >= 0 ? falling : seconds * integral(drift, seconds) - falling;
}

/** ∫ u·exp(−yu) du over 0 … 1; by its series where the closed form would cancel. */
function meanOfFalling(y: number): number {
  if (y > 1) return (1 - Math.exp(-y) * (1 + y)) / (y * y);
  let sum = 0;
  let term = 1;
  for (let k = 0; k < 20; k++) {
    sum += term / (k + 2);
    term *= -y / (k + 1);
  }
  return sum;
}

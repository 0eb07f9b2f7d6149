// M/M/c+M: Erlang's queue with patience, where each who waits leaves after an exponential time.
//
// Beyond c requests the chain goes up at λ and down at cμ + kθ, k waiting. Palm 1957; Garnett,
// Mandelbaum and Reiman 2002. Whoever finds k waiting is served with probability cμ / (cμ + (k+1)θ),
// and then the stages of the wait are exponential at the rates cμ + (j+1)θ, j = k … 0.

import type { RenegingQueue } from './deterministic-patience.ts';
import { erlangB } from './erlang-b.ts';
import { logPoissonDensity } from './poisson-density.ts';
import { offeredLoad, type Queue, requestsPerSecond, requireQueue } from './queue.ts';
import { requireNotNegative, requirePositive } from './require-number.ts';
import { timeQuantile } from './time-quantile.ts';

/** A queue whose waiters are patient for an exponential time of this mean. */
export interface ImpatientQueue extends Queue {
  readonly meanPatienceSeconds: number;
}

/**
 * @throws RangeError for a queue that means nothing, or one so patient in overload that more than ten
 *   million would wait
 */
export function erlangA(queue: ImpatientQueue): RenegingQueue {
  requireQueue(queue);
  requirePositive('meanPatienceSeconds', queue.meanPatienceSeconds);
  const { ratePerSecond, meanServiceSeconds, servers, meanPatienceSeconds } = queue;
  const load = offeredLoad(queue);
  const waiting = sumOverWaiting(queue);
  // Erlang's B is what the state c weighs when all up to it weigh 1.
  const blocking = erlangB({ load, servers });
  const free = waiting.one * (1 - blocking);
  const served = free + blocking * waiting.served;
  const all = free + blocking * waiting.weight;
  const meanPending = (blocking * waiting.pending) / all;
  const throughputPerSecond = ratePerSecond * (served / all);

  const servedWaitLongerThan = (seconds: number): number => {
    requireNotNegative('seconds', seconds);
    return ((blocking * waiting.served) / served) * waiterServedAfter(queue, seconds);
  };

  return {
    waitProbability: (blocking * waiting.weight) / all,
    abandonProbability:
      (blocking * (waiting.pending / (ratePerSecond * meanPatienceSeconds))) / all,
    throughputPerSecond,
    utilisation: (throughputPerSecond * meanServiceSeconds) / servers,
    meanWaitSeconds: meanPending / ratePerSecond,
    meanWaitOfServedSeconds: (blocking * waiting.servedWaitSeconds) / served,
    meanPending,
    servedWaitLongerThan,
    servedWaitQuantileSeconds: (share) =>
      timeQuantile(servedWaitLongerThan, share, meanServiceSeconds),
  };
}

const MOST_WAITING = 1e7;
const NEGLIGIBLE = 1e-20;
const LARGE = 2 ** 500;
const SMALL = 2 ** -500;

/** Sums over the states with every server busy, all on one scale, on which the state c weighs `one`. */
interface WaitingSums {
  one: number;
  weight: number;
  pending: number;
  served: number;
  servedWaitSeconds: number;
}

function sumOverWaiting(queue: ImpatientQueue): WaitingSums {
  const { ratePerSecond, meanPatienceSeconds } = queue;
  const perSecond = requestsPerSecond(queue);
  const sums: WaitingSums = { one: 1, weight: 0, pending: 0, served: 0, servedWaitSeconds: 0 };
  let weight = 1;
  let waitSeconds = 0;
  for (let k = 0; k < MOST_WAITING; k++) {
    const leaving = perSecond + (k + 1) / meanPatienceSeconds;
    waitSeconds += 1 / leaving;
    const served = (weight * perSecond) / leaving;
    sums.weight += weight;
    sums.pending += weight * k;
    sums.served += served;
    sums.servedWaitSeconds += served * waitSeconds;
    const ratio = ratePerSecond / leaving;
    weight *= ratio;
    // What is left of `pending` is at most about weight·(k + 1/(1−ratio)) / (1−ratio).
    const rest = 1 - ratio;
    if (rest > 0 && weight * (k + 1 / rest) < NEGLIGIBLE * rest * sums.weight) return sums;
    if (weight > LARGE) {
      weight *= SMALL;
      for (const name of NAMES) sums[name] *= SMALL;
    }
  }
  throw new RangeError(
    `more than ${MOST_WAITING} would wait with a mean patience of ${meanPatienceSeconds} s`,
  );
}

const NAMES = ['one', 'weight', 'pending', 'served', 'servedWaitSeconds'] as const;

/**
 * The probability that somebody who waits and is served waits longer than t. The density of such waits
 * goes as exp(−θx)·exp(z(1 − e^(−θx)) − cμx), z = λ/θ; with y = z·e^(−θx) its integral is an incomplete
 * gamma function γ(s, y), s = cμ/θ + 1, whose series has positive terms only:
 * γ(s, y) = y^s·e^(−y)/s · Σ y^k / ((s+1)…(s+k)).
 */
function waiterServedAfter(queue: ImpatientQueue, seconds: number): number {
  const { ratePerSecond, meanPatienceSeconds: patience } = queue;
  const s = requestsPerSecond(queue) * patience + 1;
  const z = ratePerSecond * patience;
  const gone = seconds / patience;
  const exponent = -s * gone - z * Math.expm1(-gone);
  const logarithm = exponent + logSeries(s, z * Math.exp(-gone)) - logSeries(s, z);
  return Math.exp(Math.min(0, logarithm));
}

/**
 * ln Σ y^k / ((s+1)…(s+k)), k ≥ 0. The terms are in the proportions of Poisson probabilities of s + k, so
 * the sum is taken from the largest to both sides; steps: about 20·√y.
 */
function logSeries(s: number, y: number): number {
  const largest = Math.max(0, Math.floor(y - s));
  let sum = 1;
  let term = 1;
  for (let k = largest; k > 0 && term > NEGLIGIBLE; k--) {
    term *= (s + k) / y;
    sum += term;
  }
  term = 1;
  for (let k = largest + 1; term > NEGLIGIBLE; k++) {
    term *= y / (s + k);
    sum += term;
  }
  if (largest === 0) return Math.log(sum);
  return Math.log(sum) + logPoissonDensity(s + largest, y) - logPoissonDensity(s, y);
}

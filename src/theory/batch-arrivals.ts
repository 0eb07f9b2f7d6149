// M^[X]/M/c: requests come in batches (a page that asks for several things at once).
//
// Batches come in a Poisson stream; up in jumps, down by one. What crosses from n to n + 1 and back
// balances: π(n+1)·min(n+1, c)·μ = Σ_k π(k)·λ·P(X > n − k), a recursion of positive terms. For one server: Gross
// and others, _Fundamentals of Queueing Theory_ (4th ed., 2008), 3.1; more servers change the way down only.

import type { WaitingQueue } from './erlang-c.ts';
import { requireQueue } from './queue.ts';
import { requirePositive } from './require-number.ts';

/** Batches that arrive at so many servers. */
export interface BatchQueue {
  readonly batchesPerSecond: number;
  /** The weight of a batch of 1, 2, … requests; in any scale. */
  readonly sizeWeights: readonly number[];
  readonly meanServiceSeconds: number;
  readonly servers: number;
}

const NEGLIGIBLE = 1e-18;
/** Near the smallest double weights stop shrinking in proportion. */
const VANISHED = 1e-300;
const MOST_STATES = 5e6;
const LARGE = 2 ** 500;
const SMALL = 2 ** -500;

/**
 * Figures are over requests, not over batches. Infinity where there is no steady state. Steps: the
 * largest batch for each state that carries weight.
 *
 * @throws RangeError for a queue or weights that mean nothing, or when more than five million states
 *   carry weight
 */
export function batchQueue(queue: BatchQueue): WaitingQueue {
  const sizes = new Sizes(queue.sizeWeights);
  const { batchesPerSecond, meanServiceSeconds, servers } = queue;
  requirePositive('batchesPerSecond', batchesPerSecond);
  const ratePerSecond = batchesPerSecond * sizes.mean;
  requireQueue({ ratePerSecond, meanServiceSeconds, servers });
  const load = ratePerSecond * meanServiceSeconds;
  if (load >= servers) return overloaded(load / servers);
  const { pending, waitProbability } = solve(queue, sizes);
  const meanWaitSeconds = pending / ratePerSecond;
  return {
    utilisation: load / servers,
    waitProbability,
    meanWaitSeconds,
    // Where waiting is too improbable for a double, the shortest wait there is: for one of all servers.
    meanWaitOfWaitersSeconds:
      waitProbability > 0 ? meanWaitSeconds / waitProbability : meanServiceSeconds / servers,
    meanResponseSeconds: meanWaitSeconds + meanServiceSeconds,
    meanPending: pending,
    meanInSystem: pending + load,
  };
}

/** The law of a batch's size. */
class Sizes {
  /** P(X > i), i = 0 … largest − 1. */
  readonly beyond: Float64Array;
  readonly mean: number;
  /** The share of requests with more than i of their batch before or at their place: P(place > i). */
  readonly placeBeyond: Float64Array;

  constructor(weights: readonly number[]) {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (!(total > 0 && total < Infinity) || weights.some((weight) => weight < 0)) {
      throw new RangeError('the weights of batch sizes are at least 0 and not all 0');
    }
    this.beyond = cumulatedFromBehind(weights.map((weight) => weight / total));
    this.mean = this.beyond.reduce((sum, share) => sum + share, 0);
    this.placeBeyond = cumulatedFromBehind([...this.beyond].map((share) => share / this.mean));
  }
}

function cumulatedFromBehind(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length);
  let sum = 0;
  for (let i = values.length - 1; i >= 0; i--) {
    sum += values[i] ?? 0;
    sums[i] = sum;
  }
  return sums;
}

function solve(queue: BatchQueue, sizes: Sizes): { pending: number; waitProbability: number } {
  const { servers } = queue;
  const batchesPerService = queue.batchesPerSecond * queue.meanServiceSeconds;
  const largest = sizes.beyond.length;
  // The last weights, the state n at n modulo the largest batch.
  const recent = new Float64Array(largest);
  recent[0] = 1;
  let weight = 1;
  let all = 1;
  let pending = 0;
  let waiting = placesBeyond(sizes, servers);
  for (let n = 1; n < MOST_STATES; n++) {
    let crossing = 0;
    for (let k = Math.max(0, n - largest); k < n; k++) {
      crossing += (recent[k % largest] ?? 0) * (sizes.beyond[n - 1 - k] ?? 0);
    }
    const before = weight;
    weight = (batchesPerService * crossing) / Math.min(n, servers);
    recent[n % largest] = weight;
    all += weight;
    pending += weight * Math.max(0, n - servers);
    waiting += weight * placesBeyond(sizes, servers - n);
    const spread = before > weight ? 1 / (1 - weight / before) : Infinity;
    const isTail = n > servers + largest;
    const isSmall = weight < VANISHED || weight * (n + spread) * spread < NEGLIGIBLE * pending;
    if (isTail && isSmall) {
      return { pending: pending / all, waitProbability: waiting / all };
    }
    if (weight > LARGE) {
      for (let i = 0; i < largest; i++) recent[i] = (recent[i] ?? 0) * SMALL;
      [weight, all, pending, waiting] = [weight, all, pending, waiting].map(
        (sum) => sum * SMALL,
      ) as [number, number, number, number];
    }
  }
  throw new RangeError('the load is so near to the capacity that too many states carry weight');
}

/** The share of the requests of a batch that finds this many servers free and still has to wait. */
function placesBeyond(sizes: Sizes, free: number): number {
  return free <= 0 ? 1 : (sizes.placeBeyond[free] ?? 0);
}

function overloaded(utilisation: number): WaitingQueue {
  return {
    utilisation,
    waitProbability: 1,
    meanWaitSeconds: Infinity,
    meanWaitOfWaitersSeconds: Infinity,
    meanResponseSeconds: Infinity,
    meanPending: Infinity,
    meanInSystem: Infinity,
  };
}

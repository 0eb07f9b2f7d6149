// M(t)/M/c and M(t)/M/c/K: the queue itself through a surge, not its steady state.

import { expectationsOf, type QueueExpectations } from './queue-expectations.ts';
import { requireNotNegative, requirePositive, requireWhole } from './require-number.ts';
import { UniformisedQueue } from './uniformised-queue.ts';

export interface RateSegment {
  /** Above the segment before. */
  readonly untilSeconds: number;
  /** Mean arrivals a second, Poisson; at least 0. */
  readonly ratePerSecond: number;
}

export interface TransientQueue {
  /** From 0 on; the last rate lasts for ever. At least one. */
  readonly arrivals: readonly RateSegment[];
  /** Mean time that a request holds its server; exponential. */
  readonly meanServiceSeconds: number;
  readonly servers: number;
  /** How many may wait, the others are refused: unlimited by default. */
  readonly queueLimit?: number;
  /** How many are there at 0 s: nobody by default. */
  readonly startWith?: number;
}

/** What replications of the queue show in the mean at one instant. */
export interface TransientPoint extends QueueExpectations {
  readonly atSeconds: number;
}

export interface Transient {
  /** In the order of the instants. */
  readonly points: readonly TransientPoint[];
  /** All probability that was left out on the way, which bounds the error of every probability. */
  readonly leftOut: number;
}

/**
 * The queue at given instants, from the Kolmogorov forward equations by uniformisation (Jensen 1953):
 * over a time t of constant rates the state has moved a Poisson(Λt) number of times in a chain of
 * discrete steps, Λ = λ + cμ. Only states of more than a negligible probability are kept, and their
 * range moves with the queue. Steps: about Λ × the last instant × the width of that range.
 *
 * @param instantsSeconds rising, at least 0
 * @throws RangeError when a number means nothing or times go back
 */
export function transient(queue: TransientQueue, instantsSeconds: readonly number[]): Transient {
  requireTransient(queue);
  const { arrivals, meanServiceSeconds, servers, queueLimit = Infinity, startWith = 0 } = queue;
  const chain = new UniformisedQueue({
    servers,
    servedPerSecond: 1 / meanServiceSeconds,
    most: servers + queueLimit,
    startWith,
  });
  let now = 0;
  let segment = 0;
  const points = instantsSeconds.map((atSeconds, i) => {
    requireNotNegative(`instantsSeconds[${i}]`, atSeconds);
    if (atSeconds < now) {
      throw new RangeError(`instantsSeconds[${i}] is at least ${now}, not ${atSeconds}`);
    }
    while (now < atSeconds) {
      const { untilSeconds, ratePerSecond } = arrivals[segment] ?? LAST;
      const isLast = segment === arrivals.length - 1;
      const next = isLast ? atSeconds : Math.min(atSeconds, untilSeconds);
      chain.advance(next - now, ratePerSecond);
      now = next;
      if (!isLast && now >= untilSeconds) segment++;
    }
    return {
      atSeconds,
      ...expectationsOf(chain.states, { meanServiceSeconds, servers, queueLimit }),
    };
  });
  return { points, leftOut: chain.leftOut };
}

/** Never used: there is at least one segment, and the last has no end. */
const LAST: RateSegment = { untilSeconds: Infinity, ratePerSecond: 0 };

/** Means that differ by less than this share are the same but for rounding. */
const ROUNDING = 8 * Number.EPSILON;

/**
 * The first of the points at which the mean queue is as long as it ever gets on them, but for rounding:
 * a queue that settles on a plateau peaks where it has settled.
 *
 * @throws RangeError when there are no points
 */
export function queuePeak(points: readonly TransientPoint[]): TransientPoint {
  const highest = Math.max(...points.map((point) => point.meanPending));
  const first = points.find((point) => point.meanPending >= highest * (1 - ROUNDING));
  if (first === undefined) throw new RangeError('a peak takes at least one point');
  return first;
}

function requireTransient(queue: TransientQueue): void {
  const { arrivals, meanServiceSeconds, servers, queueLimit = Infinity, startWith = 0 } = queue;
  requirePositive('meanServiceSeconds', meanServiceSeconds);
  requireWhole('servers', servers, 1);
  if (queueLimit !== Infinity) requireWhole('queueLimit', queueLimit, 0);
  requireWhole('startWith', startWith, 0);
  if (startWith > servers + queueLimit) {
    throw new RangeError(`startWith is at most ${servers + queueLimit}, not ${startWith}`);
  }
  if (arrivals.length === 0) throw new RangeError('arrivals have at least one segment, not none');
  let before = 0;
  arrivals.forEach(({ untilSeconds, ratePerSecond }, i) => {
    requireNotNegative(`arrivals[${i}].ratePerSecond`, ratePerSecond);
    if (!(untilSeconds > before)) {
      throw new RangeError(`arrivals[${i}].untilSeconds is above ${before}, not ${untilSeconds}`);
    }
    before = untilSeconds;
  });
}

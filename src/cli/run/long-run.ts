// Says beforehand how long a run will take when that is more than a cup of coffee.

import { formatCount, formatDuration } from '../quantities.ts';

/** What one core simulates, roughly: of what is simplest, and of a surge with rules for clients and servers. */
const mostPerSecond = 10_000_000;
const leastPerSecond = 1_000_000;
const longSeconds = 60;

interface LongRun {
  /** Whether it may well be fewer requests. */
  readonly isMost?: boolean;
  /** How many of the simulations are done at once. */
  readonly workers?: number;
}

/** A warning, or nothing when the run is short. */
export function longRunWarning(
  requests: number,
  { isMost = false, workers = 1 }: LongRun = {},
): string | undefined {
  const seconds = requests / leastPerSecond / workers;
  if (seconds <= longSeconds) return undefined;
  const size = `${isMost ? 'up to' : 'about'} ${formatCount(requests)} requests`;
  const time = `${formatDuration(requests / mostPerSecond / workers)} to ${formatDuration(seconds)}`;
  return `this simulates ${size}, which takes ${time}; a shorter duration or a lower rate is quicker`;
}

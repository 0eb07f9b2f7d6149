// Says beforehand how long a run will take when that is more than a cup of coffee.

import { formatCount, formatDuration } from '../quantities.ts';

/** What one core simulates, roughly: a surge at a full pool, where a request costs most. */
const requestsPerSecond = 1_000_000;
const longSeconds = 60;

/**
 * A warning, or nothing when the run is short.
 * @param isMost whether it may well be fewer requests
 */
export function longRunWarning(requests: number, isMost = false): string | undefined {
  const seconds = requests / requestsPerSecond;
  if (seconds <= longSeconds) return undefined;
  const size = `${isMost ? 'up to' : 'about'} ${formatCount(requests)} requests`;
  const time = `roughly ${formatDuration(seconds)}`;
  return `this simulates ${size}, which takes ${time}; a shorter duration or a lower rate is quicker`;
}

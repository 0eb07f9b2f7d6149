/** The times that a service has measured: what a warm-up leaves out, unlike its counts. */
import type { ExactSum } from '../../stats/exact-sum.ts';
import type { Histogram } from '../../stats/histogram.ts';

export interface ServiceTimes {
  readonly response: Histogram;
  readonly acquireWait: Histogram;
  readonly use: Histogram;
  readonly opening: Histogram;
  /** Time spent in each stage by completed requests; adds up to the total of `response`. */
  readonly ledger: readonly ExactSum[];
}

/** What was measured so far, as a copy. O(buckets). */
export function copyTimes(times: ServiceTimes): ServiceTimes {
  return {
    response: times.response.copy(),
    acquireWait: times.acquireWait.copy(),
    use: times.use.copy(),
    opening: times.opening.copy(),
    ledger: times.ledger.map((sum) => sum.copy()),
  };
}

/** What was measured after an earlier copy was made. */
export function timesSince(now: ServiceTimes, earlier: ServiceTimes): ServiceTimes {
  return {
    response: now.response.since(earlier.response),
    acquireWait: now.acquireWait.since(earlier.acquireWait),
    use: now.use.since(earlier.use),
    opening: now.opening.since(earlier.opening),
    ledger: now.ledger.map((sum, i) => {
      const rest = sum.copy();
      rest.subtract(earlier.ledger[i] as ExactSum);
      return rest;
    }),
  };
}

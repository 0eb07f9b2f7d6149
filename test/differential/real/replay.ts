import type { Failure, RequestTrace, Trace } from '../trace.ts';
import { runOnVirtualClock } from '../virtual-clock.ts';
import type { Workload } from '../workload.ts';
import { FakeDatabase } from './fake-database.ts';

/** `tied`: the order of two events at one tick may have decided something, so the trace proves nothing. */
export interface RealTrace extends Trace {
  readonly tied: boolean;
}

/** One of its two is called, once. */
export interface RealRequest {
  served(release: () => void): void;
  failed(outcome: Failure): void;
}

/** A real pool, reduced to what a workload does to it. */
export type Acquire = (request: RealRequest) => void;

/** Runs a workload's requests against a real pool. */
export async function replay(
  workload: Workload,
  createPool: (database: FakeDatabase) => Acquire,
): Promise<RealTrace> {
  const { end } = workload;
  const database = new FakeDatabase(workload);
  const requests: RequestTrace[] = workload.requests.map(() => ({ outcome: 'waiting', at: end }));

  const { tied } = await runOnVirtualClock(end, () => {
    const acquire = createPool(database);
    for (const [i, { at, hold }] of workload.requests.entries()) {
      const request: RealRequest = {
        served(release) {
          requests[i] = { outcome: 'served', at: Date.now() };
          setTimeout(release, hold);
        },
        failed(outcome) {
          requests[i] = { outcome, at: Date.now() };
        },
      };
      setTimeout(() => {
        acquire(request);
      }, at);
    }
  });

  return { requests, opens: database.opens, closes: database.closes, tied };
}

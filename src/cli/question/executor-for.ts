// Where a question's simulations are done.

import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { Executor } from '../../experiment/executor.ts';
import { InlineExecutor } from '../../executor/inline.ts';

/**
 * Less than this is simulated before threads have started and compiled the hot code once more each: excerpts
 * of January took 2.0 s without and 2.2 s with two threads for 7 million requests, 3.6 and 3.4 for 15
 * million, 6.6 and 5.0 for 30 million.
 */
const leastForThreads = 10_000_000;
/** The event loop turns at least this often. */
const breathEveryMs = 50;

/**
 * So many threads as somebody said, or for much work one for each processor; this thread itself for little
 * work and for a single worker. The answers are the same.
 */
export async function executorFor(
  said: number | undefined,
  requests: number,
  signal: AbortSignal,
): Promise<Executor> {
  const workers = said ?? (requests < leastForThreads ? 1 : availableParallelism());
  if (workers > 1) {
    const { ThreadExecutor } = await import('../../executor/threads.ts');
    return new ThreadExecutor(workers, signal);
  }
  let breathedAtMs = -Infinity;
  return new InlineExecutor(async () => {
    if (performance.now() - breathedAtMs < breathEveryMs) return;
    await setImmediate();
    signal.throwIfAborted();
    breathedAtMs = performance.now();
  });
}

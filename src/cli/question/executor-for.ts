// Where a question's simulations are done.

import { setImmediate } from 'node:timers/promises';
import type { Executor } from '../../experiment/executor.ts';
import { InlineExecutor } from '../../executor/inline.ts';

/** Less than this is simulated before threads have started and compiled the hot code once more. */
const leastForThreads = 3_000_000;
/** The event loop turns at least this often. */
const breathEveryMs = 50;

/** Threads, or for little work and a single worker this thread itself. The answers are the same. */
export async function executorFor(
  workers: number,
  requests: number,
  signal: AbortSignal,
): Promise<Executor> {
  if (workers > 1 && requests >= leastForThreads) {
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

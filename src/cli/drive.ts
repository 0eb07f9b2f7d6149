// Runs simulated work step by step, so that signals are heard and progress is drawn in between.

import { setImmediate } from 'node:timers/promises';

/** The event loop turns at least this often. */
const breathEveryMs = 50;

interface Listener<P> {
  readonly signal: AbortSignal;
  onProgress(progress: P): void;
}

/** Throws the signal's reason when it is aborted, after the work has put away what it holds. */
export async function drive<P, R>(work: Generator<P, R>, listener: Listener<P>): Promise<R> {
  try {
    let breathedAtMs = -Infinity;
    for (;;) {
      if (performance.now() - breathedAtMs >= breathEveryMs) {
        await setImmediate();
        listener.signal.throwIfAborted();
        breathedAtMs = performance.now();
      }
      const step = work.next();
      if (step.done === true) return step.value;
      listener.onProgress(step.value);
    }
  } finally {
    work.return(undefined as R);
  }
}

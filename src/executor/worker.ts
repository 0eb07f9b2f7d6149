/** A worker thread: does one task after another. */
import { begin } from '../experiment/works.ts';
import { SimulationLimit } from '../model/simulation-limit.ts';
import type { Finished, Task } from './task.ts';

export function carryOut({ work, input, counts, place }: Task): Finished {
  try {
    const steps = begin(work, input);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return { ok: true, output: step.value };
      counts[place] = step.value;
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, message, reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): (Finished & { ok: false })['reason'] {
  if (error instanceof SimulationLimit) return { code: error.code, atNs: error.atNs };
  // A typed array that the machine could not provide; its wording is V8's.
  const isOutOfMemory = error instanceof RangeError && /allocation failed/.test(error.message);
  return isOutOfMemory ? 'memory' : 'bug';
}

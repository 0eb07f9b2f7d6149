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
    const limit = error instanceof SimulationLimit ? { code: error.code, atNs: error.atNs } : null;
    return { ok: false, message, limit };
  }
}

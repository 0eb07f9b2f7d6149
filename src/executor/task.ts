/** What goes into a worker thread and what comes out of it. */
import type { WorkName } from '../experiment/works.ts';
import type { SimulationLimit } from '../model/simulation-limit.ts';

export interface Task {
  readonly work: WorkName;
  readonly input: unknown;
  /** Shared memory: at `place` stands how many requests the task has simulated so far. */
  readonly counts: Float64Array;
  readonly place: number;
}

export type Finished =
  | { readonly ok: true; readonly output: unknown }
  | {
      readonly ok: false;
      readonly message: string;
      /** A run that broke off by its scenario's fault, a machine that is too small, or our fault. */
      readonly reason: Pick<SimulationLimit, 'code' | 'atNs'> | 'memory' | 'bug';
    };

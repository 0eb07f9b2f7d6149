/**
 * Does the work of a batch in worker threads. Which thread does what makes no difference: outputs are put
 * into the order of their inputs.
 */
import { Piscina } from 'piscina';
import type { Executor } from '../experiment/executor.ts';
import type { Batch } from '../experiment/question.ts';
import { SimulationLimit } from '../model/simulation-limit.ts';
import type { Finished, Task } from './task.ts';

/** Progress is looked at this often. */
const LOOK_EVERY_MS = 100;

export class ThreadExecutor implements Executor {
  private readonly threads: Piscina;
  private readonly signal: AbortSignal;

  /** @param signal aborted: threads end at once, and what is awaited throws the signal's reason */
  constructor(workers: number, signal: AbortSignal) {
    this.threads = new Piscina({
      filename: new URL('./worker.js', import.meta.url).href,
      minThreads: workers,
      maxThreads: workers,
      execArgv: [],
    });
    this.signal = signal;
  }

  async run(batch: Batch, onRequests: (requests: number) => void): Promise<readonly unknown[]> {
    this.signal.throwIfAborted();
    const { inputs, work } = batch;
    const counts = new Float64Array(new SharedArrayBuffer(8 * Math.max(1, inputs.length)));
    const look = setInterval(() => {
      onRequests(counts.reduce((a, b) => a + b, 0));
    }, LOOK_EVERY_MS);
    try {
      const tasks = inputs.map((input, i): Task => ({ work, input, counts, place: i }));
      const finished = await Promise.allSettled(tasks.map((task) => this.send(task)));
      this.signal.throwIfAborted();
      return finished.map(outputOf);
    } finally {
      clearInterval(look);
    }
  }

  async close(): Promise<void> {
    await this.threads.destroy();
  }

  private send(task: Task): Promise<Finished> {
    return this.threads.run(task, { name: 'carryOut', signal: this.signal }) as Promise<Finished>;
  }
}

/** An error keeps its class only on its own side of a thread's border, so it crosses as data. */
function outputOf(settled: PromiseSettledResult<Finished>): unknown {
  if (settled.status === 'rejected') throw settled.reason;
  const { value } = settled;
  if (value.ok) return value.output;
  if (value.limit === null) throw new Error(value.message);
  throw new SimulationLimit(value.limit.code, value.limit.atNs, value.message);
}

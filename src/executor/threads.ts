/**
 * Does the work of a batch in worker threads. Which thread does what makes no difference: outputs are put
 * into the order of their inputs.
 */
import { Piscina } from 'piscina';
import type { BatchListeners, Executor } from '../experiment/executor.ts';
import type { Batch } from '../experiment/question.ts';
import { SimulationLimit } from '../model/simulation-limit.ts';
import { OutOfMemory } from './out-of-memory.ts';
import type { Finished, Task } from './task.ts';

/** Progress is looked at this often. */
const LOOK_EVERY_MS = 100;

/**
 * Threads load their module by `import`. Node 20 breaks off the whole process (`IsGraphAsync must be used on an
 * instantiated module`) when a thread is ended in the midst of loading one by `require`, which piscina tries first.
 */
const requiring = '--experimental-require-module';
const imported = process.allowedNodeEnvironmentFlags.has(requiring)
  ? ['--no-experimental-require-module']
  : [];

export class ThreadExecutor implements Executor {
  private readonly workers: number;
  private readonly threads: Piscina;
  private readonly signal: AbortSignal;
  private closing: Promise<void> | null = null;

  /** @param signal aborted: threads end at once, and what is awaited throws the signal's reason */
  constructor(workers: number, signal: AbortSignal) {
    this.workers = workers;
    this.signal = signal;
    this.threads = new Piscina({
      filename: new URL('./worker.js', import.meta.url).href,
      minThreads: workers,
      maxThreads: workers,
      execArgv: imported,
    });
    // A thread that ends while it has nothing to do is replaced, and nobody needs to know.
    this.threads.on('error', () => undefined);
    signal.addEventListener('abort', this.end);
  }

  async run(batch: Batch, { onRequests, onOutput }: BatchListeners): Promise<readonly unknown[]> {
    this.signal.throwIfAborted();
    const counts = new Float64Array(new SharedArrayBuffer(8 * Math.max(1, batch.inputs.length)));
    const look = setInterval(() => {
      onRequests(counts.reduce((a, b) => a + b, 0));
    }, LOOK_EVERY_MS);
    try {
      return await this.inOrder(batch, counts, onOutput);
    } catch (error) {
      this.signal.throwIfAborted();
      throw error;
    } finally {
      clearInterval(look);
    }
  }

  async close(): Promise<void> {
    this.end();
    await this.closing;
  }

  /** Inputs are begun in their order, so that the first failure of those begun is the first of all. */
  private async inOrder(
    { inputs, work }: Batch,
    counts: Float64Array,
    onOutput: (output: unknown) => void,
  ): Promise<unknown[]> {
    const outputs: unknown[] = inputs.map(() => undefined);
    const failures: { readonly place: number; readonly error: unknown }[] = [];
    let begun = 0;
    const oneAfterTheOther = async () => {
      while (begun < inputs.length && failures.length === 0) {
        const place = begun++;
        try {
          outputs[place] = outputOf(await this.send({ work, input: inputs[place], counts, place }));
          onOutput(outputs[place]);
        } catch (error) {
          failures.push({ place, error });
        }
      }
    };
    await Promise.all(Array.from({ length: this.workers }, oneAfterTheOther));
    const [first] = failures.sort((a, b) => a.place - b.place);
    if (first !== undefined) throw first.error;
    return outputs;
  }

  private async send(task: Task): Promise<Finished> {
    try {
      return (await this.threads.run(task, { name: 'carryOut' })) as Finished;
    } catch (error) {
      throw endOfThread(error);
    }
  }

  private readonly end = (): void => {
    this.signal.removeEventListener('abort', this.end);
    this.closing ??= this.threads.destroy();
  };
}

/** An error keeps its class only on its own side of a thread's border, so it crosses as data. */
function outputOf(finished: Finished): unknown {
  if (finished.ok) return finished.output;
  const { reason, message } = finished;
  if (reason === 'memory') throw noMemory();
  if (reason === 'bug') throw new Error(message);
  throw new SimulationLimit(reason.code, reason.atNs, message);
}

/** `carryOut` answers whatever happens in it, so here the thread itself came to an end. */
function endOfThread(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(`bug: a thread failed: ${String(error)}`);
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') return noMemory();
  return new Error(`bug: a thread ended in the middle of its work: ${error.message}`);
}

function noMemory(): OutOfMemory {
  return new OutOfMemory('this machine has no memory left for a thread; use fewer --workers');
}

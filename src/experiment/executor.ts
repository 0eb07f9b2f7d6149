/** Where the work of questions is done: one interface, whatever stands behind it. */
import type { Batch, Question } from './question.ts';

export interface Executor {
  /**
   * Does the work of a batch; the outputs are in the order of its inputs.
   * @throws what the first input that could not be done has thrown, the first in their order; or what a
   * listener throws
   */
  run(batch: Batch, listeners: BatchListeners): Promise<readonly unknown[]>;
  /** Gives back what it holds. */
  close(): Promise<void>;
}

export interface BatchListeners {
  /** How many requests of this batch have been simulated so far. */
  readonly onRequests: (requests: number) => void;
  /** Each output as soon as it is there: in any order, and of the inputs before one that fails too. */
  readonly onOutput: (output: unknown) => void;
}

/** How far a question has come, in requests. */
export interface QuestionProgress {
  readonly part: string;
  readonly done: number;
  /** In all, as far as one can tell; may change on the way. */
  readonly of: number;
}

interface QuestionListeners {
  readonly onProgress?: (progress: QuestionProgress) => void;
  /** Each output of each batch as soon as it is there. */
  readonly onOutput?: (output: unknown) => void;
}

/** Answers a question. */
export async function answer<R>(
  question: Question<R>,
  executor: Executor,
  { onProgress, onOutput }: QuestionListeners = {},
): Promise<R> {
  let before = 0;
  let step = question.next();
  while (step.done !== true) {
    const { value: batch } = step;
    const { part, requests, later } = batch;
    const of = before + requests + later;
    const outputs = await executor.run(batch, {
      onRequests: (done) => onProgress?.({ part, done: before + Math.min(done, requests), of }),
      onOutput: (output) => onOutput?.(output),
    });
    before += requests;
    step = question.next(outputs);
  }
  return step.value;
}

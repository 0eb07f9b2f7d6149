/** Where the work of questions is done: one interface, whatever stands behind it. */
import type { Batch, Question } from './question.ts';

export interface Executor {
  /**
   * Does the work of a batch; the outputs are in the order of its inputs.
   * @param onRequests how many requests of this batch have been simulated so far
   * @throws what the first input that could not be done has thrown, the first in their order
   */
  run(batch: Batch, onRequests: (requests: number) => void): Promise<readonly unknown[]>;
  /** Gives back what it holds. */
  close(): Promise<void>;
}

/** How far a question has come, in requests. */
export interface QuestionProgress {
  readonly part: string;
  readonly done: number;
  /** In all, as far as one can tell; may change on the way. */
  readonly of: number;
}

/** Answers a question. */
export async function answer<R>(
  question: Question<R>,
  executor: Executor,
  onProgress: (progress: QuestionProgress) => void = () => undefined,
): Promise<R> {
  let before = 0;
  let step = question.next();
  while (step.done !== true) {
    const { value: batch } = step;
    const { part, requests, later } = batch;
    const of = before + requests + later;
    const outputs = await executor.run(batch, (done) => {
      onProgress({ part, done: before + Math.min(done, requests), of });
    });
    before += requests;
    step = question.next(outputs);
  }
  return step.value;
}

// Answers a question with as many threads as it needs, showing how far it has come.

import { answer } from '../../experiment/executor.ts';
import type { Question } from '../../experiment/question.ts';
import { progressOn } from '../progress-on.ts';
import type { Session } from '../session.ts';
import { executorFor } from './executor-for.ts';

interface Asking {
  /** How progress calls it. */
  readonly name: string;
  /** Threads; undefined: as many as make sense. */
  readonly workers: number | undefined;
  /** Requests that it will simulate, roughly: few are simulated without threads. */
  readonly requests: number;
  /** Hears of each piece of work that is done. */
  readonly onOutput?: (output: unknown) => void;
}

export async function answered<R>(
  { err, signal }: Session,
  question: Question<R>,
  { name, workers, requests, onOutput }: Asking,
): Promise<R> {
  const executor = await executorFor(workers, requests, signal);
  const progress = await progressOn(err);
  try {
    return await answer(question, executor, {
      onProgress: ({ part, done, of }) => {
        const all = { requests: done, totalRequests: of };
        progress?.show(name, { simulatedNs: done, durationNs: of, ...all }, `: ${part}`);
      },
      ...(onOutput === undefined ? {} : { onOutput }),
    });
  } finally {
    progress?.clear();
    await executor.close();
  }
}

// Answers a question here and now: the work of each batch one after another.

import type { Question } from '../../src/experiment/question.ts';
import { begin } from '../../src/experiment/works.ts';

export function answerNow<R>(question: Question<R>): R {
  let step = question.next();
  while (step.done !== true) {
    const { work, inputs } = step.value;
    step = question.next(inputs.map((input) => finished(begin(work, input))));
  }
  return step.value;
}

/** What a generator returns in the end. */
export function finished<R>(steps: Generator<unknown, R>): R {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

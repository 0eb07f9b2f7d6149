// Answers a question right here, one piece of work after the other.

import type { Question } from '../../../src/experiment/question.ts';
import { begin } from '../../../src/experiment/works.ts';

export function answered<R>(question: Question<R>): R {
  let step = question.next();
  while (step.done !== true) {
    const { work, inputs } = step.value;
    step = question.next(inputs.map((input) => done(begin(work, input))));
  }
  return step.value;
}

function done(work: Generator<number, unknown, undefined>): unknown {
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}

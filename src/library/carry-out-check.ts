import { checkAnswer, type CheckAnswer } from '../experiment/check/answer.ts';
import { check } from '../experiment/check/check.ts';
import { answer } from '../experiment/executor.ts';
import { InlineExecutor } from '../executor/inline.ts';
import { letOthersRun } from '../executor/let-others-run.ts';
import type { CheckOrder } from './check-request.ts';

/** Does what was ordered in this thread, with turns for others in between. */
export async function carryOutCheck(order: CheckOrder): Promise<CheckAnswer> {
  const { subjects, seed, budget, undecided } = order;
  const tolerances = { usual: order.tolerance, own: {} };
  const items = subjects.map(({ now, before }) => ({
    scenario: now.scenario,
    before: before?.scenario ?? null,
  }));
  const question = check({ items, seed, tolerances, budget });
  const checked = await answer(question, new InlineExecutor(letOthersRun));
  const against = subjects.some(({ before }) => before !== null) ? 'before' : null;
  return checkAnswer(subjects, checked, { against, tolerances, undecided, notices: [] });
}

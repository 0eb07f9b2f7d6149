import type { CheckDocument } from '../report/check/check-document.ts';
import { checkDocument } from '../report/check/document.ts';
import { type CheckRequest, orderOf } from './check-request.ts';
import { carryOutCheck } from './carry-out-check.ts';

/**
 * Do scenarios meet their objectives, and are they no worse than they were? Each is run as often as it takes
 * to say so, or as the budget allows; the same scenarios and seed have the same answer.
 *
 * @returns the document that `tidemark check --json` prints: `passed`, and of each scenario its objectives,
 * regressions and the reviewer's sentence
 * @throws InputError all that is wrong with the request
 * @throws SimulationLimit when too much is in flight or time stands still: the scenario's fault
 */
export async function check(request: CheckRequest): Promise<CheckDocument> {
  return checkDocument(await carryOutCheck(orderOf('check', request)));
}

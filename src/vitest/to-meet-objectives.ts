import type { CheckedFile } from '../experiment/check/answer.ts';
import { carryOutCheck } from '../library/carry-out-check.ts';
import { orderOf, type CheckRequest } from '../library/check-request.ts';
import { FaultyArguments } from '../library/faulty-arguments.ts';
import { objectiveWords } from '../report/check/objective-words.ts';
import { reviewerSentence } from '../report/check/sentence.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** As in `check`: the seed of all runs, and the most requests that are simulated. */
export type ObjectivesOptions = Pick<CheckRequest, 'seed' | 'budget'>;

interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What the name of the function is in messages. */
const CALL = 'toMeetObjectives';

/**
 * The matcher, as `expect.extend` wants it. What it says of a scenario is the sentence that a reviewer gets
 * from `tidemark check`, and the value of each objective below.
 *
 * @throws InputError what is expected is no scenario, states no objectives, or the options are wrong
 */
export async function toMeetObjectives(
  this: { readonly isNot: boolean },
  scenario: Scenario,
  options: ObjectivesOptions = {},
): Promise<Verdict> {
  refuseWithoutObjectives(scenario);
  const order = orderOf(CALL, { scenarios: [scenario], ...options });
  const { files, verdict } = await carryOutCheck(order);
  const [file] = files;
  if (file === undefined) throw new Error('bug: a scenario was not checked');
  const pass = verdict === 'undecided' ? this.isNot : verdict === 'pass';
  return { pass, message: () => messageOf(file) };
}

/** Nothing to meet is always met, which nobody wants to hear from a test. */
function refuseWithoutObjectives(scenario: Scenario): void {
  const faulty = new FaultyArguments(CALL);
  faulty.scenario('', scenario);
  faulty.throwIfAny();
  if (scenario.objectives.length > 0) return;
  const says = `${scenario.name} states no objectives; add some, such as response p99 < 1s`;
  faulty.add('', 'missing', says);
  faulty.throwIfAny();
}

function messageOf(file: CheckedFile): string {
  const { objectives, replications, seed } = file.checked;
  const lines = objectives.map(
    ({ state }, i) => `  ${state.padEnd(9)}  ${objectiveWords(file, i)}`,
  );
  return [reviewerSentence(file), '', ...lines, `  in ${replications} runs of seed ${seed}`].join(
    '\n',
  );
}

// From a question's command line to a sound scenario, or to all that is wrong at once.

import type { Scenario } from '../../scenario/scenario.ts';
import { UserFault } from '../faults.ts';
import { parseWith, readOrFault } from '../parsed-scenario.ts';
import { checkQuestionOptions, type QuestionOptions, type RawQuestionOptions } from './options.ts';

/** What a question is asked of. */
export interface Subject {
  readonly options: QuestionOptions;
  readonly file: string;
  /** With every --set, and the seed of --seed. */
  readonly scenario: Scenario;
  readonly seed: string;
  readonly warnings: readonly string[];
}

/**
 * @param faults what is wrong with the command's own options; reported together with all else
 * @param judge what is wrong with a sound scenario for this question
 */
export async function readSubject(
  argument: string,
  raw: RawQuestionOptions,
  signal: AbortSignal,
  faults: string[] = [],
  judge: (scenario: Scenario, options: QuestionOptions) => readonly string[] = () => [],
): Promise<Subject> {
  const options = checkQuestionOptions(raw, faults);
  const source = await readOrFault(argument, signal, faults, options.sets);
  if (source === undefined) throw new UserFault(faults);
  const { scenario, faults: mistakes, warnings } = parseWith(source, options.sets);
  if (scenario !== null) faults.push(...judge(scenario, options));
  if (faults.length > 0 || scenario === null) throw new UserFault(faults, mistakes);
  const seed = options.seed ?? scenario.seed;
  return { options, file: source.file, scenario: { ...scenario, seed }, seed, warnings };
}

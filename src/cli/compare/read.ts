// From the command line of `tidemark compare` to two sound scenarios, or to all that is wrong at once.

import type { Sides } from '../../report/compare/sides.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { checkCount } from '../count.ts';
import { UserFault } from '../faults.ts';
import { type Parsed, parseWith, readOrFault } from '../parsed-scenario.ts';
import {
  checkQuestionOptions,
  type QuestionOptions,
  type RawQuestionOptions,
} from '../question/options.ts';

/** As commander hands them over. */
export interface RawCompareOptions extends RawQuestionOptions {
  readonly replications?: string;
  readonly independent?: true;
}

export interface Comparands {
  readonly options: QuestionOptions;
  readonly replications: number;
  readonly independent: boolean;
  readonly sides: Sides;
  readonly a: Scenario;
  readonly b: Scenario;
  /** Of both sides: that of --seed, or of A. */
  readonly seed: string;
  readonly warnings: readonly string[];
}

/** A and, unless it is A with changes, B. */
export type CompareArguments = readonly [a: string, b: string | undefined];

const mostReplications = 10_000;
/** One difference alone does not tell how much it scatters. */
const leastReplications = 2;
const replicationsUnlessSaid = 10;

export async function readComparands(
  [first, second]: CompareArguments,
  raw: RawCompareOptions,
  signal: AbortSignal,
): Promise<Comparands> {
  const faults: string[] = [];
  const options = checkQuestionOptions(raw, faults);
  const replications =
    checkCount('--replications', raw.replications, mostReplications, faults, leastReplications) ??
    replicationsUnlessSaid;
  checkArguments(first, second, raw, faults);
  const { files, parsed } = await parseBoth([first, second], options, { signal, faults });
  const [a, b] = parsed.map(({ scenario }) => scenario);
  const mistakes = [...new Set(parsed.flatMap((each) => each.faults))];
  if (faults.length > 0 || mistakes.length > 0 || !a || !b) throw new UserFault(faults, mistakes);
  return {
    options,
    replications,
    independent: raw.independent === true,
    sides: { files, changes: options.sets.map(({ path, text }) => `${path}=${text}`) },
    a,
    b,
    seed: options.seed ?? a.seed,
    warnings: [...new Set(parsed.flatMap(({ warnings }) => warnings))],
  };
}

function checkArguments(
  a: string,
  b: string | undefined,
  { set = [] }: RawCompareOptions,
  faults: string[],
): void {
  if (b === undefined && set.length === 0) {
    faults.push(
      `compare ${a}: with what? Name a second scenario, or a change: --set service.pool.max=20`,
    );
  }
  if (a === '-' && b === '-') {
    faults.push('compare - -: standard input can be read only once');
  }
}

/** What cannot be read is not parsed; the faults say so. */
async function parseBoth(
  [first, second]: CompareArguments,
  { sets }: QuestionOptions,
  { signal, faults }: { signal: AbortSignal; faults: string[] },
): Promise<{ files: Sides['files']; parsed: Parsed[] }> {
  const a = await readOrFault(first, signal, faults, sets);
  if (second === undefined) {
    const parsed = a === undefined ? [] : [parseWith(a, []), parseWith(a, sets)];
    return { files: [a?.file ?? first], parsed };
  }
  const isStdinTwice = first === '-' && second === '-';
  const b = isStdinTwice ? undefined : await readOrFault(second, signal, faults, sets);
  const parsed = [a, b].flatMap((source) =>
    source === undefined ? [] : [parseWith(source, sets)],
  );
  return { files: [a?.file ?? first, b?.file ?? second], parsed };
}

// The options that every command has which asks a question of a scenario.

import type { Command } from 'commander';
import { checkCount } from '../count.ts';
import { checkSetting, collect, notEmpty, type Setting } from '../settings.ts';

/** As commander hands them over. */
export interface RawQuestionOptions {
  readonly json?: true;
  readonly out?: string;
  readonly seed?: string;
  readonly set?: readonly string[];
  readonly workers?: string;
  readonly color: boolean;
}

export interface QuestionOptions {
  readonly json: boolean;
  /** The folder for the report's files. */
  readonly out: string | undefined;
  readonly seed: string | undefined;
  readonly sets: readonly Setting[];
  /** Threads that simulate; the answer does not depend on it. */
  readonly workers: number | undefined;
  readonly color: boolean;
}

const mostWorkers = 256;

/** Adds them to a command, after its own. */
export function addQuestionOptions(command: Command): Command {
  return command
    .option('--set <path=value>', 'with a change of the scenario (repeatable)', collect)
    .option('--json', 'the answer as one JSON document')
    .option('--out <folder>', 'write the answer there too, as text and JSON')
    .option('--seed <text>', "another seed than the scenario's")
    .option('--workers <n>', 'how many threads simulate (default: one a processor, for much work)')
    .option('--no-color', 'no colour; NO_COLOR in the environment says the same');
}

/** What is wrong is added to the faults. */
export function checkQuestionOptions(raw: RawQuestionOptions, faults: string[]): QuestionOptions {
  return {
    json: raw.json === true,
    out: notEmpty('--out', raw.out, faults),
    seed: notEmpty('--seed', raw.seed, faults),
    sets: (raw.set ?? []).flatMap((text) => checkSetting(text, faults)),
    workers: checkCount('--workers', raw.workers, mostWorkers, faults),
    color: raw.color,
  };
}

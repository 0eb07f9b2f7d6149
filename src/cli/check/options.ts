// What `tidemark check` was told, by options and by the project's configuration, checked.

import { USUAL_BUDGET, USUAL_TOLERANCE } from '../../experiment/check/check.ts';
import type { Tolerances } from '../../experiment/check/regressions.ts';
import type { UndecidedPolicy } from '../../experiment/check/answer.ts';
import { parseBudget } from '../../scenario/check-config.ts';
import { parseShare } from '../../scenario/scalars.ts';
import type { Reading } from '../../scenario/reading.ts';
import { checkImportOptions, type ImportOptions } from '../import/request.ts';
import type { RawConfigurationOptions } from '../import/options.ts';
import { checkQuestionOptions, type RawQuestionOptions } from '../question/options.ts';
import { notEmpty } from '../settings.ts';
import type { Project } from './project.ts';

/** As commander hands them over. */
export interface RawCheckOptions
  extends RawConfigurationOptions, Omit<RawQuestionOptions, 'out' | 'set'> {
  readonly pool?: string;
  readonly against?: string;
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly tolerance?: string;
  readonly budget?: string;
  readonly undecided?: string;
  readonly junit?: string;
  readonly markdown?: string;
  readonly full?: true;
}

export interface CheckOptions {
  readonly json: boolean;
  readonly full: boolean;
  readonly color: boolean;
  readonly seed: string | null;
  readonly workers: number | undefined;
  readonly configuration: ImportOptions;
  readonly pool: string | undefined;
  readonly against: string | undefined;
  readonly baseline: string;
  /** Somebody named it; otherwise it is what is looked for. */
  readonly isBaselineNamed: boolean;
  readonly updateBaseline: boolean;
  readonly tolerances: Tolerances;
  readonly budget: number;
  readonly undecided: UndecidedPolicy;
  readonly junit: string | undefined;
  readonly markdown: string | undefined;
}

/** The file that is looked for where nobody names one. */
const usualBaseline = 'tidemark.baseline.json';

export function checkCheckOptions(
  raw: RawCheckOptions,
  project: Project,
  faults: string[],
): CheckOptions {
  const { config } = project;
  const question = checkQuestionOptions({ ...raw, set: [] }, faults);
  const named = (name: string, text: string | undefined) => notEmpty(name, text, faults);
  const valued = <T>(name: string, text: string | undefined, parse: (text: string) => Reading<T>) =>
    checkValue(name, text, parse, faults);
  const options: CheckOptions = {
    json: question.json,
    full: raw.full === true,
    color: question.color,
    workers: question.workers,
    seed: question.seed ?? config.seed ?? null,
    configuration: checkImportOptions(raw, faults),
    pool: named('--pool', raw.pool),
    against: named('--against', raw.against),
    baseline: named('--baseline', raw.baseline) ?? project.baseline ?? usualBaseline,
    isBaselineNamed: (raw.baseline ?? project.baseline) !== undefined,
    updateBaseline: raw.updateBaseline === true,
    tolerances: {
      usual:
        valued('--tolerance', raw.tolerance, parseShare) ?? config.tolerance ?? USUAL_TOLERANCE,
      own: config.tolerances,
    },
    budget: valued('--budget', raw.budget, parseBudget) ?? config.budget ?? USUAL_BUDGET,
    undecided: checkUndecided(raw.undecided, faults) ?? config.undecided ?? 'undecided',
    junit: named('--junit', raw.junit),
    markdown: named('--markdown', raw.markdown),
  };
  faults.push(...contradictions(raw, options));
  return options;
}

function checkValue<T>(
  name: string,
  text: string | undefined,
  parse: (text: string) => Reading<T>,
  faults: string[],
): T | undefined {
  if (text === undefined) return undefined;
  const value = parse(text);
  if (value.ok) return value.value;
  faults.push(`${name}: ${value.message}`);
  return undefined;
}

function checkUndecided(text: string | undefined, faults: string[]): 'pass' | 'fail' | undefined {
  if (text === undefined || text === 'pass' || text === 'fail') return text;
  faults.push(`--undecided ${text}: pass or fail is needed; without it the exit code is 4`);
  return undefined;
}

function contradictions(
  { against, baseline, updateBaseline }: RawCheckOptions,
  { json, junit, markdown, pool }: CheckOptions,
): string[] {
  const onStdout = [
    ...(json ? ['--json'] : []),
    ...(junit === '-' ? ['--junit -'] : []),
    ...(markdown === '-' ? ['--markdown -'] : []),
  ];
  return [
    ...(onStdout.length > 1 ? [`${onStdout.join(' and ')}: only one can be standard output`] : []),
    ...(against !== undefined && baseline !== undefined
      ? ['--against and --baseline: both say what to compare with; keep one']
      : []),
    ...(against !== undefined && updateBaseline === true
      ? ['--against and --update-baseline: a version in git is not updated; keep one']
      : []),
    ...(pool !== undefined && updateBaseline === true
      ? ['--pool and --update-baseline: a baseline is of scenarios as they are; keep one']
      : []),
  ];
}

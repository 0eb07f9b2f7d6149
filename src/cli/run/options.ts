// What `tidemark run` was told, checked: everything that is wrong with it at once.

import type { Replications } from '../../experiment/replicate.ts';
import { checkSetting, notEmpty, type Setting } from '../settings.ts';
import { checkCount } from '../count.ts';
import { checkReplications } from './replications.ts';

/** As commander hands them over. */
export interface RawRunOptions {
  readonly full?: true;
  readonly json?: true;
  readonly out?: string;
  readonly seed?: string;
  readonly set?: readonly string[];
  readonly strict?: true;
  readonly events?: string;
  readonly first?: string;
  readonly maxInFlight?: string;
  readonly replications?: string;
  readonly precision?: string;
  readonly maxReplications?: string;
  readonly color: boolean;
}

export interface RunOptions {
  readonly full: boolean;
  readonly json: boolean;
  /** The folder for the report's files. */
  readonly out: string | undefined;
  readonly seed: string | undefined;
  readonly sets: readonly Setting[];
  readonly strict: boolean;
  /** Where the first so many lines of the event log go. */
  readonly events: { readonly file: string; readonly first: number } | undefined;
  readonly maxInFlight: number | undefined;
  readonly replications: Replications;
  readonly color: boolean;
}

const linesUnlessSaid = 1000;
const mostLines = 1_000_000_000;
const mostInFlight = 1_000_000_000;

/** @returns the options, and a line for each thing that is wrong with them */
export function checkRunOptions(raw: RawRunOptions): { options: RunOptions; faults: string[] } {
  const faults: string[] = [];
  const options: RunOptions = {
    full: raw.full === true,
    json: raw.json === true,
    out: notEmpty('--out', raw.out, faults),
    seed: notEmpty('--seed', raw.seed, faults),
    sets: (raw.set ?? []).flatMap((text) => checkSetting(text, faults)),
    strict: raw.strict === true,
    events: checkEvents(raw, faults),
    maxInFlight: checkCount('--max-in-flight', raw.maxInFlight, mostInFlight, faults),
    replications: checkReplications(raw, faults),
    color: raw.color,
  };
  return { options, faults };
}

function checkEvents(raw: RawRunOptions, faults: string[]): RunOptions['events'] {
  const file = notEmpty('--events', raw.events, faults);
  const first = checkCount('--first', raw.first, mostLines, faults) ?? linesUnlessSaid;
  if (file !== undefined) return { file, first };
  if (raw.first !== undefined) faults.push('--first: says how long the log of --events FILE gets');
  return undefined;
}

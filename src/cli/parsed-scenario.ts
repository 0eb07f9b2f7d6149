// From a scenario argument to a scenario, or to all that is wrong with it.

import { join } from 'node:path';
import type { Expander } from '../scenario/expansion.ts';
import { formatFault } from '../scenario/fault.ts';
import type { ReadFile } from '../scenario/files.ts';
import { parseScenario, type PlaceOf } from '../scenario/parse-scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { UserFault } from './faults.ts';
import { dataFilesIn } from './files/data-file.ts';
import { readScenario, type ScenarioText } from './scenario-file.ts';
import type { Setting } from './settings.ts';

/** A scenario's text, and how the files are read that it names. */
export interface ScenarioSource extends ScenarioText {
  readonly readFile: ReadFile;
  /** Reads the pools that are in files; loaded when a scenario has such a one. */
  readonly poolFiles?: Expander;
}

export type Parsed = Sound | Unsound;

interface Unsound {
  readonly scenario: null;
  /** Each with its place. */
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}

interface Sound {
  readonly scenario: Scenario;
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
  /** Where what it says stands. */
  readonly placeOf: PlaceOf;
}

/** Whether a scenario, or a change of it, can have a pool that is in a file. */
const NAMES_A_POOL_FILE = /\b(?:from|environment|envFile)["']?\s*:/;

/** A file that cannot be read is one fault more, beside those of the options. */
export async function readOrFault(
  argument: string,
  signal: AbortSignal,
  faults: string[],
  sets: readonly Setting[] = [],
): Promise<ScenarioSource | undefined> {
  try {
    return await sourceOf(await readScenario(argument, signal), sets);
  } catch (error) {
    if (!(error instanceof UserFault)) throw error;
    faults.push(...error.messages);
    return undefined;
  }
}

/** A scenario's text with what it takes to read the files that it, or a change of it, names. */
export async function sourceOf(
  scenario: ScenarioText,
  sets: readonly Setting[],
): Promise<ScenarioSource> {
  const texts = [scenario.text, ...sets.map(({ path, text }) => `${path}: ${text}`)];
  const readFile = dataFilesIn(scenario.folder);
  if (!texts.some((text) => NAMES_A_POOL_FILE.test(text))) return { ...scenario, readFile };
  const { poolFileExpander } = await import('../scenario/import/pools-from.ts');
  return { ...scenario, readFile, poolFiles: poolFileExpander };
}

/** The scenario with changes. */
export function parseWith(source: ScenarioSource, sets: readonly Setting[]): Parsed {
  const parsed = parseScenario({ ...source, sets: [...sets] });
  if (!parsed.ok) return { scenario: null, faults: parsed.faults.map(formatFault), warnings: [] };
  const { scenario, warnings, placeOf } = parsed;
  return { scenario, faults: [], warnings, placeOf: fromHere(placeOf, source.folder) };
}

/** A scenario names files from its own folder, and people look for them from theirs. */
function fromHere(placeOf: PlaceOf, folder: string): PlaceOf {
  return (path) => {
    const { place, key } = placeOf(path);
    return { key, place: key === null ? place : { ...place, file: join(folder, place.file) } };
  };
}

// From a scenario argument to a scenario, or to all that is wrong with it.

import type { Expander } from '../scenario/expansion.ts';
import { formatFault } from '../scenario/fault.ts';
import type { ReadFile } from '../scenario/files.ts';
import { parseScenario } from '../scenario/parse-scenario.ts';
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

export interface Parsed {
  readonly scenario: Scenario | null;
  /** Each with its place. */
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
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
    const source = await readScenario(argument, signal);
    const texts = [source.text, ...sets.map(({ path, text }) => `${path}: ${text}`)];
    const readFile = dataFilesIn(source.folder);
    if (!texts.some((text) => NAMES_A_POOL_FILE.test(text))) return { ...source, readFile };
    const { poolFileExpander } = await import('../scenario/import/pools-from.ts');
    return { ...source, readFile, poolFiles: poolFileExpander };
  } catch (error) {
    if (!(error instanceof UserFault)) throw error;
    faults.push(...error.messages);
    return undefined;
  }
}

/** The scenario with changes. */
export function parseWith(source: ScenarioSource, sets: readonly Setting[]): Parsed {
  const parsed = parseScenario({ ...source, sets: [...sets] });
  if (!parsed.ok) return { scenario: null, faults: parsed.faults.map(formatFault), warnings: [] };
  return { scenario: parsed.scenario, faults: [], warnings: parsed.warnings };
}

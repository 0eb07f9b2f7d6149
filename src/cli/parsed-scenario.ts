// From a scenario argument to a scenario, or to all that is wrong with it.

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
}

export interface Parsed {
  readonly scenario: Scenario | null;
  /** Each with its place. */
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}

/** A file that cannot be read is one fault more, beside those of the options. */
export async function readOrFault(
  argument: string,
  signal: AbortSignal,
  faults: string[],
): Promise<ScenarioSource | undefined> {
  try {
    const source = await readScenario(argument, signal);
    return { ...source, readFile: dataFilesIn(source.folder) };
  } catch (error) {
    if (!(error instanceof UserFault)) throw error;
    faults.push(...error.messages);
    return undefined;
  }
}

/** The scenario with changes. */
export function parseWith(
  { file, text, readFile }: ScenarioSource,
  sets: readonly Setting[],
): Parsed {
  const parsed = parseScenario({ file, text, sets: [...sets], readFile });
  if (!parsed.ok) return { scenario: null, faults: parsed.faults.map(formatFault), warnings: [] };
  return { scenario: parsed.scenario, faults: [], warnings: parsed.warnings };
}

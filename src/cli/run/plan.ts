// Turns the command line of `tidemark run` into scenarios to simulate, or into everything that is
// wrong with the options, the file and the changes.

import { formatFault } from '../../scenario/fault.ts';
import { parseScenario } from '../../scenario/parse-scenario.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { ReadFile } from '../../scenario/files.ts';
import { UserFault } from '../faults.ts';
import { dataFilesIn } from '../files/data-file.ts';
import { readScenario, type ScenarioText } from '../scenario-file.ts';
import { checkRunOptions, type RawRunOptions, type RunOptions, type Setting } from './options.ts';

export interface Plan {
  readonly options: RunOptions;
  /** How messages call the scenario's file. */
  readonly file: string;
  /** With every --set; the scenario as it is when there are none. */
  readonly scenario: Scenario;
  /** Without any --set; null when there are none. */
  readonly unchanged: Scenario | null;
  readonly warnings: readonly string[];
}

export async function planRun(
  argument: string,
  raw: RawRunOptions,
  signal: AbortSignal,
): Promise<Plan> {
  const { options, faults } = checkRunOptions(raw);
  const source = await readOrFault(argument, signal, faults);
  if (source === undefined) throw new UserFault(faults);
  const readFile = dataFilesIn(source.folder);
  const changed = parse(source, options.sets, readFile);
  const unchanged = options.sets.length === 0 ? null : parse(source, [], readFile);
  // The same mistake shows in both, unless a change has made it or has put it right.
  const mistakes = [...new Set([...changed.faults, ...(unchanged?.faults ?? [])])];
  if (faults.length > 0 || changed.scenario === null || mistakes.length > 0) {
    throw new UserFault(faults, mistakes);
  }
  return {
    options,
    file: source.file,
    scenario: changed.scenario,
    unchanged: unchanged?.scenario ?? null,
    warnings: [...new Set([...changed.warnings, ...(unchanged?.warnings ?? [])])],
  };
}

/** A file that cannot be read is one fault more, beside those of the options. */
async function readOrFault(
  argument: string,
  signal: AbortSignal,
  faults: string[],
): Promise<ScenarioText | undefined> {
  try {
    return await readScenario(argument, signal);
  } catch (error) {
    if (!(error instanceof UserFault)) throw error;
    faults.push(...error.messages);
    return undefined;
  }
}

interface Parsed {
  readonly scenario: Scenario | null;
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}

function parse({ file, text }: ScenarioText, sets: readonly Setting[], readFile: ReadFile): Parsed {
  const parsed = parseScenario({ file, text, sets: [...sets], readFile });
  if (!parsed.ok) return { scenario: null, faults: parsed.faults.map(formatFault), warnings: [] };
  return { scenario: parsed.scenario, faults: [], warnings: parsed.warnings };
}

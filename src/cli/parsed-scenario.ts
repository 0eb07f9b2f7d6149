// From a scenario argument to a scenario, or to all that is wrong with it.

import { fromHere, type ScenarioSource, sourceOf } from '../files/scenario-source.ts';
import { formatFault } from '../scenario/fault.ts';
import { parseScenario, type PlaceOf } from '../scenario/parse-scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { UserFault } from './faults.ts';
import { readScenario } from './scenario-file.ts';
import type { Setting } from './settings.ts';

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

/** The scenario with changes. */
export function parseWith(source: ScenarioSource, sets: readonly Setting[]): Parsed {
  const parsed = parseScenario({ ...source, sets: [...sets] });
  if (!parsed.ok) return { scenario: null, faults: parsed.faults.map(formatFault), warnings: [] };
  const { scenario, warnings, placeOf } = parsed;
  return { scenario, faults: [], warnings, placeOf: fromHere(placeOf, source.folder) };
}

// Turns the command line of `tidemark run` into scenarios to simulate, or into everything that is
// wrong with the options, the file and the changes.

import type { Scenario } from '../../scenario/scenario.ts';
import { UserFault } from '../faults.ts';
import { parseWith, readOrFault } from '../parsed-scenario.ts';
import { checkRunOptions, type RawRunOptions, type RunOptions } from './options.ts';

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
  const source = await readOrFault(argument, signal, faults, options.sets);
  if (source === undefined) throw new UserFault(faults);
  const changed = parseWith(source, options.sets);
  const unchanged = options.sets.length === 0 ? null : parseWith(source, []);
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

// A scenario from its file, for programs: the scenario, or an error with all that is wrong with it.

import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '../scenario/input-error.ts';
import type { LoadedScenario } from '../scenario/loaded-scenario.ts';
import { parseScenario } from '../scenario/parse-scenario.ts';
import { fileNearMiss } from './file-near-miss.ts';
import { readText } from './read-text.ts';
import { fromHere, type ScenarioText, sourceOf } from './scenario-source.ts';
import { UserFault } from './user-fault.ts';

export interface LoadOptions {
  /**
   * Changes of the scenario, like `--set` of the command: a path in it, such as `service.pool.max`, and the
   * value, as it would stand in the file: `20`, `'5s'`, `{ exponential: '12ms' }`.
   */
  readonly set?: Readonly<Record<string, unknown>>;
}

/**
 * Reads a scenario file (YAML or JSON), and the data and pool files that it names from its own folder.
 *
 * @param path of the file; a relative one begins in the working directory
 * @throws InputError all that is wrong with the file and with `set`, each with its line and column; or why
 * the file cannot be read
 */
export async function loadScenario(
  path: string,
  { set = {} }: LoadOptions = {},
): Promise<LoadedScenario> {
  const sets = Object.entries(set).map(([at, value]) => ({ path: at, text: yamlOf(value) }));
  const source = await sourceOf(await textOf(path), sets);
  const read = parseScenario({ ...source, sets });
  if (!read.ok) throw new InputError(read.faults);
  const { scenario, warnings, placeOf } = read;
  return { ...scenario, file: path, warnings, placeOf: fromHere(placeOf, source.folder) };
}

/** JSON is YAML; what JSON has no text for is nothing. */
function yamlOf(value: unknown): string {
  return JSON.stringify([value]).slice(1, -1);
}

async function textOf(path: string): Promise<ScenarioText> {
  try {
    const text = await readText(path, new AbortController().signal);
    return { file: path, text, folder: dirname(path) };
  } catch (error) {
    if (!(error instanceof UserFault)) throw error;
    const hint = existsSync(path) ? '' : fileNearMiss(path);
    const message = `${error.messages.join('; ')}${hint}`;
    const fault = { file: path, line: null, column: null, path: '', code: 'unreadable', message };
    throw new InputError([fault], message);
  }
}

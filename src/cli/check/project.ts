// The project's `tidemark.config.yaml`: looked for in the working directory and in all folders above it.

import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { CONFIG_NAME, readCheckConfig, type CheckConfig } from '../../scenario/check-config.ts';
import { formatFault } from '../../scenario/fault.ts';
import { UserFault } from '../faults.ts';
import { readText } from '../../files/read-text.ts';

export interface Project {
  /** Empty when there is no file. */
  readonly config: CheckConfig;
  /** Its scenarios and baseline as paths from here. */
  readonly scenarios: readonly string[];
  readonly baseline: string | undefined;
}

/** @throws UserFault what is wrong with the file */
export async function readProject(signal: AbortSignal): Promise<Project> {
  const file = configAbove(resolve('.'));
  if (file === undefined) return { config: { tolerances: {} }, scenarios: [], baseline: undefined };
  const path = relative('', file) || CONFIG_NAME;
  const read = readCheckConfig(path, await readText(path, signal, 'not a file'));
  if (!read.ok) throw new UserFault([], read.faults.map(formatFault));
  const { config } = read;
  const fromHere = (one: string) => join(dirname(path), one);
  return {
    config,
    // What is no file there may be the name of a scenario.
    scenarios: (config.scenarios ?? []).map((one) =>
      existsSync(fromHere(one)) ? fromHere(one) : one,
    ),
    baseline: config.baseline === undefined ? undefined : fromHere(config.baseline),
  };
}

function configAbove(folder: string): string | undefined {
  const file = join(folder, CONFIG_NAME);
  if (existsSync(file)) return file;
  return dirname(folder) === folder ? undefined : configAbove(dirname(folder));
}

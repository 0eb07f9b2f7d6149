// From the command line of a command that reads configuration files to what they say together.

import { formatFault } from '../../scenario/fault.ts';
import { type Imported, importFiles } from '../../scenario/import/import-files.ts';
import { scenarioKeys } from '../../scenario/scenario-schema.ts';
import { findProfile, type Profile, profileHint } from '../../scenario/profiles.ts';
import { UserFault } from '../faults.ts';
import { readConfigurations } from '../files/configuration-files.ts';
import { checkSetting, notEmpty, type Setting } from '../settings.ts';
import type { RawConfigurationOptions } from './options.ts';

export interface ImportedFiles {
  readonly imported: Imported;
  /** Those of `--set` that are about the scenario and no placeholder. */
  readonly sets: readonly Setting[];
}

/**
 * Reads the files and options.
 * @param faults what is wrong with the command line so far
 * @throws UserFault all that is wrong at once
 */
export async function readImport(
  paths: readonly string[],
  raw: RawConfigurationOptions,
  { signal, faults }: { readonly signal: AbortSignal; readonly faults: string[] },
): Promise<ImportedFiles> {
  const settings = (raw.set ?? []).flatMap((text) => checkSetting(text, faults));
  const sets = settings.filter(isAboutScenario);
  const placeholders = settings.filter((setting) => !isAboutScenario(setting));
  const environment = notEmpty('--environment', raw.environment, faults) ?? null;
  const profile = checkProfile(raw.profile, faults);
  const files = await readConfigurations(paths, signal, faults);
  const envFiles = await readConfigurations(raw.envFile ?? [], signal, faults);
  const values = new Map(placeholders.map(({ path, text }) => [path, text]));
  const variables = [{ from: '--set', values }];
  const imported = importFiles({ files, envFiles, variables, environment, profile });
  const mistakes = imported.ok ? [] : imported.faults.map(formatFault);
  if (faults.length > 0 || !imported.ok) throw new UserFault(faults, mistakes);
  return { imported, sets };
}

/** A path of the scenario begins with one of its keys; the name of a placeholder does not. */
function isAboutScenario({ path }: Setting): boolean {
  return scenarioKeys.includes(/^[^.[]*/.exec(path)?.[0] ?? '');
}

function checkProfile(name: string | undefined, faults: string[]): Profile | null {
  if (name === undefined) return null;
  const profile = findProfile(name);
  if (profile !== undefined) return profile;
  const hint = profileHint(name);
  faults.push(
    `--profile ${name}: unknown${hint === '' ? '; `tidemark profiles` lists all' : hint}`,
  );
  return null;
}

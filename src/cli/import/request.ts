// From the command line of a command that reads configuration files to what they say together.

import { formatFault } from '../../scenario/fault.ts';
import { type FileText, type Imported, importFiles } from '../../scenario/import/import-files.ts';
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
  { signal, faults }: Reading,
): Promise<ImportedFiles> {
  const options = checkImportOptions(raw, faults);
  const files = await readConfigurations(paths, signal, faults);
  const { imported, mistakes } = await importTexts(files, options, { signal, faults });
  if (faults.length > 0 || imported === null) throw new UserFault(faults, mistakes);
  return { imported, sets: options.sets };
}

interface Reading {
  readonly signal: AbortSignal;
  readonly faults: string[];
}

/** Options of every command that reads configuration files, checked. */
export interface ImportOptions {
  readonly placeholders: readonly Setting[];
  /** Those of `--set` that are about a scenario. */
  readonly sets: readonly Setting[];
  readonly envFiles: readonly string[];
  readonly environment: string | null;
  readonly profile: Profile | null;
}

export function checkImportOptions(raw: RawConfigurationOptions, faults: string[]): ImportOptions {
  const settings = (raw.set ?? []).flatMap((text) => checkSetting(text, faults));
  return {
    placeholders: settings.filter((setting) => !isAboutScenario(setting)),
    sets: settings.filter(isAboutScenario),
    envFiles: raw.envFile ?? [],
    environment: notEmpty('--environment', raw.environment, faults) ?? null,
    profile: checkProfile(raw.profile, faults),
  };
}

interface ImportedTexts {
  /** Null when there are mistakes. */
  readonly imported: Imported | null;
  /** Each with its place. */
  readonly mistakes: readonly string[];
}

/** Imports files that were read; environment files that cannot be read are among the faults. */
export async function importTexts(
  files: readonly FileText[],
  { placeholders, envFiles: paths, environment, profile }: ImportOptions,
  { signal, faults }: Reading,
): Promise<ImportedTexts> {
  const envFiles = await readConfigurations(paths, signal, faults);
  const values = new Map(placeholders.map(({ path, text }) => [path, text]));
  const variables = [{ from: '--set', values }];
  const imported = importFiles({ files, envFiles, variables, environment, profile });
  if (imported.ok) return { imported, mistakes: [] };
  return { imported: null, mistakes: imported.faults.map(formatFault) };
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

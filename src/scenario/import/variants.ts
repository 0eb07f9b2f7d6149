/**
 * Files of which some hold in one environment only and override the one for all: `application.yml` and
 * `application-prod.yml`, `appsettings.json` and `appsettings.Production.json`.
 */
import type { Configuration } from './configuration.ts';

export interface Variant {
  readonly configuration: Configuration;
  /** The environment in its name; null: for all. */
  readonly environment: string | null;
}

/** Which environment a file is for, by what the pattern captures in its name; null: for all. */
export function variantOf(configuration: Configuration, pattern: RegExp): Variant {
  const environment = pattern.exec(baseName(configuration.file))?.[1] ?? null;
  return { configuration, environment };
}

/** The name of a file without its folders. */
export function baseName(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file;
}

/**
 * Files that belong to one application, in their order: all, unless two of them have the same name; then
 * those of each folder.
 */
export function applicationsOf(configurations: readonly Configuration[]): Configuration[][] {
  const names = new Set(configurations.map(({ file }) => baseName(file)));
  if (names.size === configurations.length) return [[...configurations]];
  const folders = new Map<string, Configuration[]>();
  for (const one of configurations) {
    const folder = one.file.slice(0, -baseName(one.file).length);
    folders.set(folder, [...(folders.get(folder) ?? []), one]);
  }
  return [...folders.values()];
}

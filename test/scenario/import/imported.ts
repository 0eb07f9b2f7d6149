// What files say, as short lines that tests compare.

import { formatFault } from '../../../src/scenario/fault.ts';
import { placeWords } from '../../../src/scenario/import/configuration.ts';
import type { Findings } from '../../../src/scenario/import/findings.ts';
import { poolMap } from '../../../src/scenario/import/found-pool.ts';
import { importFiles, type Imported } from '../../../src/scenario/import/import-files.ts';
import type { VariableLayer } from '../../../src/scenario/import/variables.ts';
import { findProfile } from '../../../src/scenario/profiles.ts';

export interface Asked {
  readonly environment?: string;
  readonly profile?: string;
  /** Of `--set`. */
  readonly set?: Readonly<Record<string, string>>;
}

export type Files = Readonly<Record<string, string>>;

function reading(files: Files, { environment, profile, set }: Asked) {
  const layer: VariableLayer = { from: '--set', values: new Map(Object.entries(set ?? {})) };
  return importFiles({
    files: Object.entries(files).map(([file, text]) => ({ file, text })),
    variables: set === undefined ? [] : [layer],
    envFiles: [],
    environment: environment ?? null,
    profile: findProfile(profile ?? '') ?? null,
  });
}

/** What the files say; fails when they cannot be read. */
export function imported(files: Files, asked: Asked = {}): Imported {
  const read = reading(files, asked);
  if (!read.ok) throw new Error(read.faults.map(formatFault).join('\n'));
  return read;
}

/** Every fault, as the command prints it; none when the files can be read. */
export function faults(files: Files, asked: Asked = {}): string[] {
  const read = reading(files, asked);
  return read.ok ? [] : read.faults.map(formatFault);
}

function all<T>(files: Files, asked: Asked, what: (findings: Findings) => readonly T[]): T[] {
  return imported(files, asked).findings.flatMap(what);
}

/** The pools by their names, as a scenario writes them. */
export function pools(files: Files, asked: Asked = {}): Record<string, unknown> {
  const found = all(files, asked, (findings) => findings.pools);
  return Object.fromEntries(found.map((pool) => [pool.name ?? '', poolMap(pool)]));
}

/** Settings with where they stand: `application.yml:3:5 maximumPoolSize`. */
export function places(files: Files, asked: Asked = {}): string[] {
  const settings = all(files, asked, ({ pools: found }) => found.flatMap((pool) => pool.settings));
  return settings.map(
    ({ place, setting }) => `${placeWords(place)}:${place.column} ${setting.name}`,
  );
}

/** What is left out: `application.yml:2 spring.datasource.url: says where the database is`. */
export function leftOut(files: Files, asked: Asked = {}): string[] {
  const found = all(files, asked, (findings) => findings.leftOut);
  return found.map(({ key, place, why }) => `${placeWords(place)} ${key}: ${why}`);
}

/** Everything that anybody may print of these files, whether they can be read or not. */
export function everything(files: Files, asked: Asked = {}): string {
  const read = reading(files, asked);
  if (!read.ok) return JSON.stringify(read.faults);
  const environment = read.findings.map((one) => [...one.environment]);
  return JSON.stringify([read, environment]);
}

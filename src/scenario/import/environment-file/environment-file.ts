/** Environment files: variables that set up a pool, say how a server runs, or stand for placeholders. */
import type { Fault } from '../../fault.ts';
import { PROFILES } from '../../profiles.ts';
import type { Configuration } from '../configuration.ts';
import { NOTHING_FOUND, type Findings } from '../findings.ts';
import type { ImportContext, Importer } from '../importer.ts';
import { writtenAt } from '../written.ts';
import { serverVariables } from './server-variables.ts';

export const environmentFile: Importer = {
  kind: 'environment file',
  profiles: PROFILES.map(({ id }) => id),
  givesVariables: true,
  fits: ({ syntax }) => syntax === 'env',
  read,
};

/** What it says of a server; its variables are all that it gives, and other files may set up pools with them. */
function read(configuration: Configuration, context: ImportContext): Findings {
  const variables = writtenAt(configuration, []);
  const environment = new Map(
    variables.map(({ name, key, value, place }) => [name, { key, value: String(value), place }]),
  );
  return {
    ...NOTHING_FOUND,
    ...serverVariables(variables, context),
    kind: environmentFile.kind,
    environment,
  };
}

/** A fault of a file that says nothing, and whose variables no other file uses. */
export function uselessFault(file: string, findings: Findings, used: ReadonlySet<string>): Fault[] {
  const { pools, threads, processes, faults, environment } = findings;
  const says = pools.length + faults.length > 0 || threads !== undefined || processes !== undefined;
  if (says || [...environment.keys()].some((name) => used.has(name))) return [];
  const message = `sets nothing about a pool; if it fills in placeholders of other files, give it with --env-file ${file}`;
  return [{ file, line: null, column: null, path: '', code: 'nothing-found', message }];
}

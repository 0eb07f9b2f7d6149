/** Environment files that set up a pool: `PG_POOL_MAX=20`, `DATABASE_URL=…?connection_limit=5`, `WEB_CONCURRENCY=2`. */
import { PROFILES } from '../../profiles.ts';
import type { Configuration } from '../configuration.ts';
import { NOTHING_FOUND, type Findings } from '../findings.ts';
import type { Written } from '../found-pool.ts';
import type { ImportContext, Importer } from '../importer.ts';
import { writtenAt } from '../written.ts';
import { poolVariables } from './pool-variables.ts';
import { poolsInUrls } from './pools-in-urls.ts';
import { serverVariables } from './server-variables.ts';

export const environmentFile: Importer = {
  kind: 'environment file',
  profiles: PROFILES.map(({ id }) => id),
  givesVariables: true,
  fits: ({ syntax }) => syntax === 'env',
  read,
};

/** What some of the variables of a service say; whoever knows none of them says nothing. */
export type VariableReader = (
  variables: readonly Written[],
  context: ImportContext,
) => Partial<Findings>;

const READERS: readonly VariableReader[] = [poolVariables, poolsInUrls, serverVariables];

function read(configuration: Configuration, context: ImportContext): Findings {
  const variables = writtenAt(configuration, []);
  const all = READERS.map((reader) => reader(variables, context));
  const merged = all.reduce(together, NOTHING_FOUND) as Findings;
  const environment = new Map(
    variables.map(({ name, key, value, place }) => [name, { key, value: String(value), place }]),
  );
  const found = { ...merged, kind: environmentFile.kind, environment };
  return saysNothing(found)
    ? { ...found, faults: [nothingFault(configuration, variables)] }
    : found;
}

function together(one: Partial<Findings>, other: Partial<Findings>): Partial<Findings> {
  return {
    ...one,
    ...other,
    pools: [...(one.pools ?? []), ...(other.pools ?? [])],
    leftOut: [...(one.leftOut ?? []), ...(other.leftOut ?? [])],
    notices: [...(one.notices ?? []), ...(other.notices ?? [])],
    faults: [...(one.faults ?? []), ...(other.faults ?? [])],
  };
}

function saysNothing({ pools, threads, processes, faults }: Findings): boolean {
  return pools.length + faults.length === 0 && threads === undefined && processes === undefined;
}

/** Variables that stand for properties of a file which belongs beside this one. */
const OF_OTHER_FILES: readonly (readonly [RegExp, string])[] = [
  [/^SPRING_DATASOURCE_/i, 'sets properties of Spring Boot; give it beside application.yml'],
  [/^ConnectionStrings__/i, 'sets connection strings of .NET; give it beside appsettings.json'],
];

function nothingFault({ file }: Configuration, variables: readonly Written[]) {
  const other = OF_OTHER_FILES.find(([own]) => variables.some(({ name }) => own.test(name)))?.[1];
  const what =
    other ?? 'sets nothing about a pool; if it fills in placeholders of other files, give it';
  const message = `${what} with --env-file ${file}`;
  return { file, line: null, column: null, path: '', code: 'nothing-found', message };
}

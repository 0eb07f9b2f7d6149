/**
 * Pools that the environment of a service sets up: `PG_POOL_MAX`, the URL of a database, Spring's properties,
 * connection strings of .NET. Variables that other files use are theirs and set up nothing by themselves.
 */
import { connectionVariables } from '../dotnet/connection-variables.ts';
import type { Findings, LeftOut } from '../findings.ts';
import type { Written } from '../found-pool.ts';
import type { ImportContext } from '../importer.ts';
import { springVariables } from '../spring/spring-variables.ts';
import { poolVariables, UNLIKE_ANY } from './pool-variables.ts';
import { poolsInUrls } from './pools-in-urls.ts';
import { serverVariables } from './server-variables.ts';

/** What some of the variables of a service say; whoever knows none of them says nothing. */
type VariableReader = (variables: readonly Written[], context: ImportContext) => Partial<Findings>;

const READERS: readonly VariableReader[] = [
  poolVariables,
  poolsInUrls,
  springVariables,
  connectionVariables,
];

/** What an environment file says together with its variables, all but those in `used`. */
export function withPoolsOf(
  findings: Findings,
  used: ReadonlySet<string>,
  context: ImportContext,
): Findings {
  return poolsIn(findings, used, context).reduce(together, findings);
}

/**
 * What a manifest says together with the variables that it gives to its service. They set up the pool only
 * where no file does, and are listed otherwise; most of them are about other things.
 */
export function withPoolOfFleet(
  findings: Findings,
  used: ReadonlySet<string>,
  context: ImportContext & { readonly hasPool: boolean },
): Findings {
  const server = together(findings, serverVariables(variablesOf(findings.environment), context));
  const found = poolsIn(findings, used, context);
  if (!context.hasPool) {
    const likely = found.map(withoutOthers);
    const telling = likely.filter(({ pools = [], faults = [] }) => pools.length + faults.length);
    return telling.reduce(together, server);
  }
  const why = 'sets up a pool that the other files know nothing of';
  const settings = found.flatMap(({ pools = [] }) => pools.flatMap((pool) => pool.settings));
  const leftOut = settings.map(({ key, place }): LeftOut => ({ key, place, why }));
  return { ...server, leftOut: [...server.leftOut, ...leftOut] };
}

/** `DB_POOL_HOST` in the midst of other variables is no slip; in a file about a pool it may be one. */
function withoutOthers(found: Partial<Findings>): Partial<Findings> {
  const { faults = [], leftOut = [] } = found;
  const others = faults.filter(({ code }) => code === UNLIKE_ANY);
  const listed = others.map(({ path, message, file, line, column }): LeftOut => {
    return { key: path, place: { file, line: line ?? 1, column: column ?? 1 }, why: message };
  });
  return {
    ...found,
    faults: faults.filter((one) => !others.includes(one)),
    leftOut: [...leftOut, ...listed],
  };
}

function poolsIn(
  { environment }: Findings,
  used: ReadonlySet<string>,
  context: ImportContext,
): Partial<Findings>[] {
  const unused = variablesOf(environment).filter(({ name }) => !used.has(name));
  return READERS.map((reader) => reader(unused, context));
}

function variablesOf(environment: Findings['environment']): Written[] {
  return [...environment].map(([name, { key, value, place }]) => ({ name, key, value, place }));
}

function together(one: Findings, other: Partial<Findings>): Findings {
  return {
    ...one,
    ...(other.threads === undefined ? {} : { threads: other.threads }),
    ...(other.processes === undefined ? {} : { processes: other.processes }),
    pools: [...one.pools, ...(other.pools ?? [])],
    leftOut: [...one.leftOut, ...(other.leftOut ?? [])],
    faults: [...one.faults, ...(other.faults ?? [])],
  };
}

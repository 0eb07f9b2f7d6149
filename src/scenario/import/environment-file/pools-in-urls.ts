/** Pools that are set up in the parameters of a database's URL, as Prisma's: `DATABASE_URL=…?connection_limit=5`. */
import { BAD_URL, isDatabaseUrl, urlParameters } from '../database-url.ts';
import type { Findings, LeftOut } from '../findings.ts';
import { faultAt, foundPool, type PoolReading, type Written } from '../found-pool.ts';
import type { ImportContext } from '../importer.ts';
import { dialectOfUrl, isShown, readerOfUrl } from '../url-pools.ts';

/** Variables of Prisma whose connections serve no requests. */
const FOR_MIGRATIONS = ['DIRECT_URL', 'DIRECT_DATABASE_URL', 'SHADOW_DATABASE_URL'];

export function poolsInUrls(
  variables: readonly Written[],
  context: ImportContext,
): Partial<Findings> {
  const leftOut: LeftOut[] = [];
  const faults: Findings['faults'][number][] = [];
  const urls: (readonly [Written, PoolReading])[] = [];
  for (const one of variables.filter(({ value }) => isDatabaseUrl(String(value)))) {
    const { key, place } = one;
    const reading = FOR_MIGRATIONS.includes(key) ? 'is for migrations' : poolIn(one, context);
    if (reading === null) faults.push(faultAt(one, 'bad-url', BAD_URL));
    else if (typeof reading === 'string') leftOut.push({ key, place, why: reading });
    else urls.push([one, reading]);
  }
  return {
    pools: urls.map(([{ key }, { pool }]) => (urls.length === 1 ? pool : { ...pool, name: key })),
    leftOut: [...leftOut, ...urls.flatMap(([, reading]) => reading.leftOut)],
    faults: [...faults, ...urls.flatMap(([, reading]) => reading.faults)],
  };
}

/** The pool, or why there is none; null when it cannot be told although there is one. */
function poolIn(one: Written, context: ImportContext): PoolReading | string | null {
  const url = String(one.value);
  const parameters = urlParameters(url);
  if (parameters === null) return isShown(url, context.profile) ? null : NO_POOL;
  const names = parameters.map(({ name }) => name);
  const profile = readerOfUrl(names, context.profile);
  const dialect = profile === undefined ? null : dialectOfUrl(profile);
  if (dialect === null) return NO_POOL;
  const written = parameters.map(({ name, value }): Written => {
    return { name, key: `${one.key}?${name}`, value, place: one.place };
  });
  return foundPool(dialect, written, {
    name: null,
    place: one.place,
    variables: context.variables,
  });
}

const NO_POOL = 'says where the database is';

/** Django's settings as JSON: `{ "DATABASES": { "default": { "ENGINE": …, "OPTIONS": { "pool": { "max_size": 4 } } } } }`. */
import { entry, isMap, type Path } from '../path.ts';
import { show } from '../reading.ts';
import { besidesOf, besidesTogether } from './besides.ts';
import type { Configuration } from './configuration.ts';
import type { Findings, LeftOut } from './findings.ts';
import { findingsOf } from './findings-of.ts';
import {
  faultAt,
  foundPool,
  showHarmless,
  type Dialect,
  type PoolReading,
  type Written,
} from './found-pool.ts';
import type { ImportContext, Importer } from './importer.ts';
import { placeAt, profileOf, writtenAt } from './written.ts';

const ROOT = 'DATABASES';

export const django: Importer = {
  kind: 'Django settings',
  profiles: ['django-no-pool', 'psycopg_pool'],
  fits: ({ syntax, documents }) => {
    const databases = entry(documents[0]?.value, ROOT);
    return syntax === 'json' && isMap(databases) && Object.values(databases).some(isMap);
  },
  read,
};

function read(configuration: Configuration, context: ImportContext): Findings {
  const all = writtenAt(configuration, [ROOT]);
  const isSqlite = ({ value }: Written): boolean =>
    String(entry(value, 'ENGINE')).endsWith('sqlite3');
  const served = all.filter((one) => isMap(one.value) && !isSqlite(one));
  const leftOut = all.filter(isSqlite).map(({ key, place }): LeftOut => {
    return { key, place, why: 'is SQLite, which has no server' };
  });
  const faults = all
    .filter(({ value }) => !isMap(value))
    .map((one) => faultAt(one, 'wrong-type', `${shown(one.value)} stands where a map is needed`));
  const [first] = leftOut;
  if (served.length === 0 && first !== undefined)
    faults.push(
      faultAt(first, 'nothing-found', 'sets up no pool: there is no database on a server'),
    );
  const readings = served.map(({ name }) =>
    databaseAt(configuration, [ROOT, name], all.length === 1 ? null : name, context),
  );
  return findingsOf(django.kind, readings, { leftOut, faults });
}

function shown(value: unknown): string {
  return typeof value === 'string' ? 'a text' : show(value);
}

/** What a database has besides its pool. */
const BESIDES: Dialect['besides'] = {
  'says where the database is': ['ENGINE', 'NAME', 'HOST', 'PORT', 'OPTIONS', 'URL'],
  'says who connects': ['USER', 'PASSWORD'],
  'is about queries, not about the pool': [
    ...['ATOMIC_REQUESTS', 'AUTOCOMMIT', 'TIME_ZONE', 'DISABLE_SERVER_SIDE_CURSORS'],
  ],
  'costs a round trip at the first query of a request, which is not simulated': [
    'CONN_HEALTH_CHECKS',
  ],
  'is about tests': ['TEST', 'DEPENDENCIES'],
};

function databaseAt(
  configuration: Configuration,
  path: Path,
  name: string | null,
  { variables }: ImportContext,
): PoolReading {
  const where = { name, place: placeAt(configuration, path, 0, 'key'), variables };
  const here = writtenAt(configuration, path);
  const pool = writtenAt(configuration, [...path, 'OPTIONS']).find((one) => one.name === 'pool');
  const isPooled = pool !== undefined && pool.value !== false && pool.value !== null;
  if (!isPooled) return foundPool(withoutPool(), here.map(asPython), where);
  const others = here.filter((one) => one.name !== 'CONN_MAX_AGE');
  const faults = [...agesIn(here), ...poolFaults(pool, engineOf(here))];
  const options = writtenAt(configuration, [...path, 'OPTIONS', 'pool']);
  const reading = foundPool(withPool(), [...others.map(beside), ...options], where);
  return { ...reading, faults: [...faults, ...reading.faults] };
}

function withoutPool(): Dialect {
  return { profile: profileOf('django-no-pool'), names: 'exact', textual: false, besides: BESIDES };
}

/** Keys of the database have their prefix, so that the pool's own, such as `name`, are told from them. */
function withPool(): Dialect {
  const profile = profileOf('psycopg_pool');
  const besides = Object.fromEntries(
    Object.entries(BESIDES).map(([why, keys]) => [why, keys.map((key) => `${ABOVE}${key}`)]),
  );
  return {
    profile,
    names: 'exact',
    textual: false,
    besides: besidesTogether(besidesOf(profile), besides),
  };
}

const ABOVE = 'DATABASES.';

function beside(one: Written): Written {
  return { ...one, name: `${ABOVE}${one.name}` };
}

/** JSON writes Python's None as null; here it is for ever. */
function asPython(one: Written): Written {
  return one.name === 'CONN_MAX_AGE' && one.value === null ? { ...one, value: 'None' } : one;
}

/** Django does not start with both. */
function agesIn(here: readonly Written[]) {
  return here
    .filter(({ name, value }) => name === 'CONN_MAX_AGE' && value !== 0)
    .map((one) =>
      faultAt(one, 'conflict', 'must be 0 beside a pool: Django does not start with both'),
    );
}

function engineOf(here: readonly Written[]): string {
  return String(here.find(({ name }) => name === 'ENGINE')?.value);
}

function poolFaults(pool: Written, engine: string) {
  const faults = [];
  if (!isMap(pool.value) && pool.value !== true)
    faults.push(
      faultAt(pool, 'wrong-type', `${showHarmless(pool.value)} is neither true nor a map`),
    );
  if (/oracle|mysql/i.test(engine))
    faults.push(faultAt(pool, 'not-supported', 'cannot be simulated; that of PostgreSQL can'));
  return faults;
}

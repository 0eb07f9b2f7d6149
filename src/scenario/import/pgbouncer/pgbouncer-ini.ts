/**
 * PgBouncer's configuration: the settings of [pgbouncer] for each line of [databases], whose own settings go
 * before them. A pool is one database and one user.
 */
import type { Fault } from '../../fault.ts';
import { nearMiss } from '../../near-miss.ts';
import { entry, isMap } from '../../path.ts';
import { settingNamed } from '../../profiles.ts';
import type { Reading } from '../../reading.ts';
import type { Configuration, Place } from '../configuration.ts';
import {
  NOTHING_FOUND,
  type Findings,
  type FoundPool,
  type FoundSetting,
  type ImportNotice,
  type LeftOut,
} from '../findings.ts';
import {
  faultAt,
  foundPool,
  showHarmless,
  type Dialect,
  type PoolReading,
  type Written,
} from '../found-pool.ts';
import type { ImportContext, Importer } from '../importer.ts';
import { INCLUDES } from '../syntax/ini-file.ts';
import { placeAt, profileOf, writtenAt } from '../written.ts';
import { connectString } from './connect-string.ts';
import { DATABASE_BESIDES, PGBOUNCER_BESIDES } from './pgbouncer-besides.ts';

const GLOBAL = 'pgbouncer';
const DATABASES = 'databases';

export const pgbouncerIni: Importer = {
  kind: 'PgBouncer configuration',
  profiles: ['pgbouncer'],
  fits: ({ syntax, documents }) => {
    const value = documents[0]?.value;
    return syntax === 'ini' && [GLOBAL, DATABASES].some((name) => isMap(entry(value, name)));
  },
  read,
};

/** Settings that one database may have for itself; two of them are called otherwise in [pgbouncer]. */
const OF_DATABASES: Readonly<Record<string, string>> = {
  pool_size: 'default_pool_size',
  min_pool_size: 'min_pool_size',
  reserve_pool: 'reserve_pool_size',
  reserve_pool_size: 'reserve_pool_size',
  pool_mode: 'pool_mode',
  max_db_connections: 'max_db_connections',
  max_db_client_connections: 'max_db_client_connections',
  server_lifetime: 'server_lifetime',
};

function read(configuration: Configuration, context: ImportContext): Findings {
  const shared = poolIn(writtenAt(configuration, [GLOBAL]), PGBOUNCER_BESIDES, {
    place: placeAt(configuration, [GLOBAL]),
    refusal: notGlobal,
    context,
  });
  const databases = writtenAt(configuration, [DATABASES]);
  const own = databases.map((one) => databasePool(one, context));
  const notices: ImportNotice[] = [];
  const pools = own.map(({ pool }, i): FoundPool => {
    const name = databases.length === 1 ? null : (databases[i]?.name ?? null);
    return { ...pool, name, settings: together(shared.pool, pool, notices) };
  });
  const all = [shared, ...own];
  return {
    ...NOTHING_FOUND,
    kind: pgbouncerIni.kind,
    pools: databases.length === 0 ? [shared.pool] : pools,
    leftOut: [...all.flatMap(({ leftOut }) => leftOut), ...notRead(configuration)],
    notices,
    faults: [...sectionFaults(configuration), ...all.flatMap(({ faults }) => faults)],
  };
}

interface Section {
  readonly place: Place;
  /** Why a key has no business in this section; null: it may have. */
  readonly refusal: (name: string) => string | null;
  readonly context: ImportContext;
}

/** The pool that the settings of one section set up; flags are 0 or 1. */
function poolIn(
  all: readonly Written[],
  besides: Dialect['besides'],
  { place, refusal, context }: Section,
): PoolReading {
  const faults: Fault[] = [];
  const written = all.flatMap((one): Written[] => {
    const reason = refusal(one.name);
    const flag = reason === null ? asFlag(one, context) : one;
    if (reason !== null) faults.push(faultAt(one, 'misplaced', reason));
    else if ('ok' in flag) faults.push(faultAt(one, flag.code, flag.message));
    else return [flag];
    return [];
  });
  const dialect = {
    profile: profileOf('pgbouncer'),
    names: 'exact',
    textual: true,
    besides,
  } as const;
  const reading = foundPool(dialect, written, { name: null, place, variables: context.variables });
  return { ...reading, faults: [...faults, ...reading.faults] };
}

/** PgBouncer reads flags as numbers; `true` it does not take. */
function asFlag(one: Written, { variables }: ImportContext): Written | Refusal {
  if (settingNamed(profileOf('pgbouncer'), one.name)?.unit !== 'flag') return one;
  const text = variables.resolve(String(one.value), one.place);
  if (!text.ok) return text;
  if (text.value === '1') return { ...one, value: 'true' };
  if (text.value === '0') return { ...one, value: 'false' };
  const message = `${showHarmless(text.value)} is not allowed; PgBouncer takes 0 or 1`;
  return { ok: false, code: 'wrong-type', message };
}

type Refusal = Extract<Reading<never>, { readonly ok: false }>;

function notGlobal(name: string): string | null {
  const here = OF_DATABASES[name];
  if (here === undefined || here === name) return null;
  return `is of one database; for all of them PgBouncer calls it ${here}`;
}

function notOfDatabases(name: string): string | null {
  const isGlobal = settingNamed(profileOf('pgbouncer'), name) !== undefined;
  if (!isGlobal || OF_DATABASES[name] !== undefined) return null;
  const own = Object.entries(OF_DATABASES).find(([, global]) => global === name)?.[0];
  return own === undefined
    ? 'is no setting of one database; it belongs to [pgbouncer]'
    : `is no setting of one database; there PgBouncer calls it ${own}`;
}

function databasePool(database: Written, context: ImportContext): PoolReading {
  const { key, place } = database;
  const parameters = connectString(String(database.value));
  const written = (parameters ?? []).map(({ name, value, offset }): Written => {
    const column = place.column + offset;
    return { name, key: `${key}.${name}`, value, place: { ...place, column } };
  });
  const reading = poolIn(written, DATABASE_BESIDES, { place, refusal: notOfDatabases, context });
  if (parameters !== null) return reading;
  const message = 'is no list of name=value; a value with blanks in it stands in single quotes';
  return { ...reading, faults: [faultAt(database, 'bad-database', message)] };
}

/** What holds for one database: its own settings, and those of [pgbouncer] that it does not have. */
function together(shared: FoundPool, own: FoundPool, notices: ImportNotice[]): FoundSetting[] {
  const kept = shared.settings.filter((one) => {
    const stronger = own.settings.find(({ setting }) => setting === one.setting);
    if (stronger === undefined) return true;
    const message = `${stronger.key} goes before ${one.key} in line ${one.place.line}`;
    notices.push({ place: stronger.place, message });
    return false;
  });
  return [...kept, ...own.settings];
}

/** Sections that have no pool in them, by why they are left out. */
const OTHER_SECTIONS: Readonly<Record<string, string>> = {
  users: 'holds for one user only',
  peers: 'is about other processes of PgBouncer',
};

function notRead(configuration: Configuration): LeftOut[] {
  const others = Object.entries(OTHER_SECTIONS).flatMap(([section, why]) =>
    writtenAt(configuration, [section]).map(({ key, place }) => ({ key, place, why })),
  );
  const included = writtenAt(configuration, [INCLUDES]).map(({ place }): LeftOut => {
    return { key: INCLUDES, place, why: 'names another file, which is not read' };
  });
  return [...others, ...included];
}

function sectionFaults(configuration: Configuration): Fault[] {
  const known = [GLOBAL, DATABASES, ...Object.keys(OTHER_SECTIONS)];
  return writtenAt(configuration, [])
    .filter(({ name }) => name !== INCLUDES && !known.includes(name))
    .map(({ name, place }) => {
      const near = nearMiss(name, known);
      const hint = near === undefined ? '' : `; did you mean [${near}]?`;
      const message = `PgBouncer has no such section${hint}`;
      return faultAt({ key: `[${name}]`, place }, 'unknown-key', message);
    });
}

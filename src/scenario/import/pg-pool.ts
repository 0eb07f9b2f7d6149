/**
 * The configuration of node-postgres' pool as JSON: `{ "host": …, "max": 20, "idleTimeoutMillis": 30000 }`, by
 * itself, by environment, or somewhere inside a larger configuration.
 */
import { isMap, type Path, type PlainMap } from '../path.ts';
import type { Configuration } from './configuration.ts';
import { pathsOfEnvironment } from './environment-section.ts';
import type { Findings } from './findings.ts';
import { findingsOf } from './findings-of.ts';
import { foundPool, type Dialect } from './found-pool.ts';
import type { ImportContext, Importer } from './importer.ts';
import { mapsIn } from './maps-in.ts';
import { placeAt, profileOf, writtenAt } from './written.ts';

export const pgPool: Importer = {
  kind: 'node-postgres configuration',
  profiles: ['pg-pool', 'prisma-adapter-pg'],
  fits: ({ syntax, documents }, { profile }) =>
    syntax === 'json' && poolsIn(documents[0]?.value, profile !== null).length > 0,
  read,
};

/** Keys that only this product's configuration has. */
const OWN = ['connectionTimeoutMillis', 'idleTimeoutMillis', 'maxLifetimeSeconds', 'maxUses'];
const FORCED = [...OWN, 'max', 'poolSize', 'min'];

/** Keys that show another product's pool, some of whose names are the same. */
const FOREIGN = [
  ...['acquireTimeoutMillis', 'createTimeoutMillis', 'reapIntervalMillis', 'acquire', 'evict'],
  ...['evictionRunIntervalMillis', 'maxWaitingClients', 'softIdleTimeoutMillis'],
];

function poolsIn(value: unknown, isForced: boolean): Path[] {
  const keys = isForced ? FORCED : OWN;
  return mapsIn(withoutOthers(value), (map) => {
    const has = (key: string): boolean => Object.hasOwn(map, key);
    return (keys.some(has) || isConnected(map)) && !FOREIGN.some(has);
  });
}

/** `max` beside where a database of PostgreSQL is; other products keep their pool in a map of its own. */
function isConnected(map: PlainMap): boolean {
  const has = (...keys: string[]): boolean => keys.some((key) => Object.hasOwn(map, key));
  return has('max') && (has('connectionString') || (has('host') && has('database')));
}

/** What knex and Sequelize set up belongs to them. */
function withoutOthers(value: unknown): unknown {
  if (!isMap(value)) return value;
  if (isOthers(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      isMap(inner) && isOthers(inner) ? {} : inner,
    ]),
  );
}

function isOthers(map: PlainMap): boolean {
  return typeof map['client'] === 'string' || typeof map['dialect'] === 'string';
}

const dialect = (context: ImportContext): Dialect => ({
  profile: context.profile ?? profileOf('pg-pool'),
  names: 'exact',
  textual: false,
  besides: {
    'says where the database is': [
      ...['host', 'port', 'database', 'connectionString', 'ssl', 'sslmode', 'sslnegotiation'],
      ...['stream', 'url', 'hostaddr', 'enableChannelBinding', 'replication'],
    ],
    'says who connects': [
      ...['user', 'password', 'username', 'application_name', 'fallback_application_name'],
    ],
    'is about queries, not about the pool': [
      ...['statement_timeout', 'query_timeout', 'lock_timeout', 'binary', 'types', 'options'],
      ...['idle_in_transaction_session_timeout', 'parseInputDatesAsUTC', 'client_encoding'],
    ],
    'is about the sockets, not about the pool': ['keepAlive', 'keepAliveInitialDelayMillis'],
    'is code': ['Client'],
  },
});

function read(configuration: Configuration, context: ImportContext): Findings {
  const all = poolsIn(configuration.documents[0]?.value, context.profile !== null);
  const chosen = pathsOfEnvironment(configuration, all, context);
  if ('faults' in chosen) return findingsOf(pgPool.kind, [], chosen);
  const { paths, notices } = chosen;
  const readings = paths.map((path) =>
    foundPool(dialect(context), writtenAt(configuration, path), {
      name: paths.length === 1 ? null : path.join('.'),
      place: placeAt(configuration, path),
      variables: context.variables,
    }),
  );
  return findingsOf(pgPool.kind, readings, { notices });
}

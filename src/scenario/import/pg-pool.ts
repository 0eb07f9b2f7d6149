/** The configuration of node-postgres' pool as JSON: `{ "host": …, "max": 20, "idleTimeoutMillis": 30000 }`. */
import { isMap } from '../path.ts';
import type { Configuration } from './configuration.ts';
import { NOTHING_FOUND, type Findings } from './findings.ts';
import { foundPool, type Dialect } from './found-pool.ts';
import type { ImportContext, Importer } from './importer.ts';
import { profileOf, writtenAt } from './written.ts';

export const pgPool: Importer = {
  kind: 'node-postgres configuration',
  profiles: ['pg-pool'],
  fits: ({ syntax, documents }) => {
    const value = documents[0]?.value;
    return syntax === 'json' && isMap(value) && OWN.some((key) => key in value);
  },
  read: (configuration, context) => read(configuration, context),
};

/** Keys that only this product's configuration has. */
const OWN = ['connectionTimeoutMillis', 'idleTimeoutMillis', 'maxLifetimeSeconds', 'maxUses'];

const dialect = (): Dialect => ({
  profile: profileOf('pg-pool'),
  names: 'exact',
  textual: false,
  besides: {
    'says where the database is': ['host', 'port', 'database', 'connectionString', 'ssl'],
    'says who connects': ['user', 'password', 'options', 'application_name'],
    'is about queries, not about the pool': ['statement_timeout', 'query_timeout'],
  },
});

function read(configuration: Configuration, { variables }: ImportContext): Findings {
  const written = writtenAt(configuration, []);
  const where = { name: null, place: { file: configuration.file, line: 1, column: 1 }, variables };
  const { pool, leftOut, faults } = foundPool(dialect(), written, where);
  return { ...NOTHING_FOUND, kind: pgPool.kind, pools: [pool], leftOut, faults };
}

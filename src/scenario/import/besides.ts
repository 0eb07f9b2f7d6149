/** Options of some products that are not about their pools, by why an import leaves them out. */
import type { Profile } from '../profiles.ts';
import type { Dialect } from './found-pool.ts';

type Besides = Dialect['besides'];

const WHERE = 'says where the database is';
const WHO = 'says who connects';
const QUERIES = 'is about queries, not about the pool';
const CODE = 'is code';

/** Those of a product; none for one whose files have nothing besides. */
export function besidesOf({ id }: Profile): Besides {
  return BESIDES[id] ?? {};
}

/** The keys of both; each keeps its reason. */
export function besidesTogether(one: Besides, other: Besides): Besides {
  const reasons = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(
    reasons.map((why) => [why, [...(one[why] ?? []), ...(other[why] ?? [])]]),
  );
}

const BESIDES: Readonly<Record<string, Besides>> = {
  tarn: { [CODE]: ['create', 'destroy', 'validate', 'log'], 'is about logs': ['name'] },
  'generic-pool': { [CODE]: ['Promise'], 'is about logs': ['name'] },
  mysql2: {
    [WHERE]: ['host', 'port', 'database', 'uri', 'socketPath', 'localAddress', 'ssl', 'stream'],
    [WHO]: [
      ...['user', 'password', 'password1', 'password2', 'password3', 'passwordSha1'],
      ...['authPlugins', 'authSwitchHandler', 'connectAttributes', 'insecureAuth'],
    ],
    [QUERIES]: [
      ...['charset', 'charsetNumber', 'timezone', 'stringifyObjects', 'typeCast', 'rowsAsArray'],
      ...['supportBigNumbers', 'bigNumberStrings', 'decimalNumbers', 'dateStrings', 'queryFormat'],
      ...['multipleStatements', 'namedPlaceholders', 'nestTables', 'flags', 'compress'],
      ...['maxPreparedStatements', 'infileStreamFactory', 'jsonStrings', 'disableEval'],
      ...['gracefulEnd'],
    ],
    'is about the sockets, not about the pool': ['enableKeepAlive', 'keepAliveInitialDelay'],
    'is about logs': ['debug', 'trace'],
  },
  psycopg_pool: {
    [WHERE]: ['conninfo'],
    'says how to connect': ['kwargs', 'connection_class'],
    'is about the start of the process': ['open', 'close_returns'],
    'is about logs': ['name'],
    [CODE]: ['reconnect_failed', 'prepare'],
  },
  asyncpg: {
    [WHERE]: [
      ...['dsn', 'host', 'port', 'database', 'service', 'servicefile', 'ssl', 'direct_tls'],
      ...['target_session_attrs'],
    ],
    [WHO]: ['user', 'password', 'passfile', 'krbsrvname', 'gsslib'],
    [QUERIES]: [
      ...['statement_cache_size', 'max_cached_statement_lifetime', 'server_settings'],
      ...['max_cacheable_statement_size', 'record_class'],
    ],
    [CODE]: ['init', 'connect', 'loop', 'connection_class'],
  },
};

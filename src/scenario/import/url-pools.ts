/** Products that read settings of their pools from the database's URL, and what else they read there. */
import { findProfile, type Profile } from '../profiles.ts';
import { besidesOf } from './besides.ts';
import type { Dialect } from './found-pool.ts';
import { RAILS_BESIDES } from './rails/rails-besides.ts';
import { profileOf } from './written.ts';

/** Parameters that only one product has, by its profile. */
const SHOWN_BY: Readonly<Record<string, readonly string[]>> = {
  prisma: [
    ...['connection_limit', 'pool_timeout', 'pgbouncer', 'socket_timeout', 'schema'],
    ...['statement_cache_size', 'max_connection_lifetime', 'max_idle_connection_lifetime'],
  ],
  pgxpool: [
    ...['pool_max_conns', 'pool_min_conns', 'pool_min_idle_conns', 'pool_max_conn_lifetime'],
    ...['pool_max_conn_lifetime_jitter', 'pool_max_conn_idle_time', 'pool_health_check_period'],
  ],
  mysql2: ['connectionLimit', 'queueLimit', 'waitForConnections', 'maxIdle'],
  activerecord: ['pool', 'checkout_timeout', 'reaping_frequency'],
};

/** Whose parameters these are: of the product that is asked for, or of the one that they show. */
export function readerOfUrl(names: readonly string[], asked: Profile | null): Profile | undefined {
  if (asked !== null) return dialectOfUrl(asked) === null ? undefined : asked;
  const shown = Object.entries(SHOWN_BY).find(([, own]) =>
    names.some((name) => own.includes(name)),
  );
  return findProfile(shown?.[0] ?? '');
}

/** Whether a text that cannot be taken apart has a parameter in it that is about a pool. */
export function isShown(text: string, asked: Profile | null): boolean {
  const own = asked === null ? Object.values(SHOWN_BY).flat() : (SHOWN_BY[asked.id] ?? []);
  return own.some((name) => text.includes(`?${name}=`) || text.includes(`&${name}=`));
}

/** How the product reads them; null for one that reads no settings of its pool there. */
export function dialectOfUrl(profile: Profile): Dialect | null {
  const besides = BESIDES[profile.id];
  return besides === undefined ? null : { profile, names: 'exact', textual: true, besides };
}

const LIBPQ = [
  ...['sslmode', 'sslcert', 'sslkey', 'sslrootcert', 'sslpassword', 'sslcrl', 'sslnegotiation'],
  ...['sslcompression', 'sslsni', 'host', 'hostaddr', 'port', 'dbname', 'target_session_attrs'],
  ...['channel_binding', 'gssencmode', 'krbsrvname', 'load_balance_hosts', 'require_auth'],
  ...['keepalives', 'keepalives_idle', 'keepalives_interval', 'keepalives_count', 'options'],
  ...['tcp_user_timeout', 'application_name', 'fallback_application_name', 'client_encoding'],
];

const WHERE = 'says where the database is';
const WHO = 'says who connects';
const CREDENTIALS = ['user', 'password', 'passfile', 'service', 'servicefile'];

const PRISMA: Dialect['besides'] = {
  [WHERE]: [...LIBPQ, 'schema', 'socket', 'sslaccept', 'sslidentity', 'trusted_server_certificate'],
  [WHO]: CREDENTIALS,
  'is about queries, not about the pool': ['single_use_connections', 'schema_cache_size'],
};

const BESIDES: Readonly<Record<string, Dialect['besides']>> = {
  prisma: PRISMA,
  'prisma-adapter-pg': {
    ...PRISMA,
    'is of the engine of earlier versions': [
      ...['pgbouncer', 'connect_timeout', 'socket_timeout', 'statement_cache_size'],
      ...['max_connection_lifetime', 'max_idle_connection_lifetime'],
    ],
  },
  pgxpool: {
    [WHERE]: LIBPQ,
    [WHO]: CREDENTIALS,
    'is about queries, not about the pool': [
      ...['statement_cache_capacity', 'description_cache_capacity', 'default_query_exec_mode'],
      ...['search_path', 'statement_timeout', 'lock_timeout', 'timezone'],
      ...['idle_in_transaction_session_timeout', 'min_protocol_version', 'max_protocol_version'],
    ],
  },
  mysql2: besidesOf(profileOf('mysql2')),
  activerecord: RAILS_BESIDES,
};

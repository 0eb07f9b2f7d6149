/** Keys of Rails' database configuration that are not about the pool, by why they are left out. */
import type { Dialect } from '../found-pool.ts';

export const RAILS_BESIDES: Dialect['besides'] = {
  'says where the database is': [
    ...['adapter', 'url', 'host', 'hostaddr', 'port', 'database', 'dbname', 'socket', 'service'],
    ...['ssl*', 'target_session_attrs', 'channel_binding', 'gssencmode', 'load_balance_hosts'],
    ...['encoding', 'collation', 'template', 'tablespace', 'schema_search_path', 'options'],
    ...['jndi', 'driver', 'properties', 'flags', 'replica', 'role', 'shard', 'require_auth'],
  ],
  'says who connects': [
    ...['username', 'user', 'password', 'passfile', 'krbsrvname', 'application_name'],
    ...['enable_cleartext_plugin', 'default_auth', 'get_server_public_key'],
  ],
  'is about queries, not about the pool': [
    ...['variables', 'prepared_statements', 'statement_limit', 'statement_timeout', 'strict'],
    ...['read_timeout', 'write_timeout', 'query_cache', 'min_messages', 'insert_returning'],
    ...['default_timezone', 'timezone', 'advisory_locks', 'results_as_hash', 'pragmas', 'timeout'],
    ...['raise_int_wider_than_64bit', 'automatic_reconnect', 'reconnect', 'query_cache_size'],
    ...['connection_retries', 'retry_deadline', 'retries', 'default_transaction_mode'],
  ],
  'is a limit of the driver for one connect': ['connect_timeout', 'init_command'],
  'is about the sockets, not about the pool': ['keepalives*', 'tcp_user_timeout'],
  'is about migrations': [
    ...['migrations_paths', 'database_tasks', 'schema_dump', 'schema_format', 'seeds'],
    ...['schema_cache_path', 'lazy_schema_cache_path', 'use_metadata_table', 'allow_concurrency'],
    ...['primary_abstract_class', 'structure_load_flags', 'structure_dump_flags', 'schema_order'],
  ],
};

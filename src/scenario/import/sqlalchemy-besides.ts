/** Options of SQLAlchemy's `create_engine` that are not about the pool, by why they are left out. */
import type { Dialect } from './found-pool.ts';

export const SQLALCHEMY_BESIDES: Dialect['besides'] = {
  'says where the database is': [
    'url',
    'uri',
    'connect_args',
    'module',
    'creator',
    'async_creator',
  ],
  'is about queries, not about the pool': [
    ...['execution_options', 'isolation_level', 'enable_from_linting', 'implicit_returning'],
    ...['insertmanyvalues_page_size', 'use_insertmanyvalues', 'json_deserializer', 'label_length'],
    ...['json_serializer', 'max_identifier_length', 'paramstyle', 'query_cache_size', 'encoding'],
    ...['convert_unicode', 'skip_autocommit_rollback', 'server_side_cursors', 'use_batch_mode'],
    ...['executemany_mode', 'executemany_batch_page_size', 'executemany_values_page_size'],
    ...['client_encoding', 'use_native_hstore', 'use_native_uuid', 'prepared_statement_cache_size'],
    ...['prepared_statement_name_func', 'native_inet_types', 'fast_executemany', 'case_sensitive'],
    ...['empty_in_strategy', 'supports_native_boolean'],
  ],
  'is about logs': ['echo', 'echo_pool', 'hide_parameters', 'logging_name', 'pool_logging_name'],
  'is code': ['pool', 'pool_events', 'plugins', 'strategy', 'future'],
  'is the pool that is simulated': ['poolclass'],
};

/** Settings of Flask-SQLAlchemy beside the options of the engine. */
export const FLASK_BESIDES: Dialect['besides'] = {
  'says where the database is': ['SQLALCHEMY_DATABASE_URI', 'SQLALCHEMY_BINDS'],
  'is about queries, not about the pool': [
    ...['SQLALCHEMY_COMMIT_ON_TEARDOWN', 'SQLALCHEMY_TRACK_MODIFICATIONS'],
    ...['SQLALCHEMY_NATIVE_UNICODE', 'SQLALCHEMY_SESSION_OPTIONS'],
  ],
  'is about logs': ['SQLALCHEMY_ECHO', 'SQLALCHEMY_RECORD_QUERIES'],
};

/** What PgBouncer's file says besides its pools, by why it is left out. Names: src/main.c and src/loader.c. */
import type { Dialect } from '../found-pool.ts';

const WHERE = 'says where the database is';
const WHO = 'says who connects';
const QUERIES = 'is about queries, not about the pool';

/** Of the section [pgbouncer]. */
export const PGBOUNCER_BESIDES: Dialect['besides'] = {
  'says where clients connect': [
    ...['listen_addr', 'unix_socket_dir', 'unix_socket_mode', 'unix_socket_group', 'peer_id'],
    ...['so_reuseport', 'client_tls*'],
  ],
  [WHERE]: [
    'server_tls*',
    'dns_max_ttl',
    'dns_nxdomain_ttl',
    'dns_zone_check_period',
    'resolv_conf',
  ],
  [WHO]: [
    ...['auth_type', 'auth_file', 'auth_hba_file', 'auth_ident_file', 'auth_ldap_options'],
    ...['auth_user', 'auth_query', 'auth_dbname', 'admin_users', 'stats_users', 'user'],
    ...['scram_iterations'],
  ],
  'is about logs': [
    ...['logfile', 'log_connections', 'log_disconnections', 'log_pooler_errors', 'log_stats'],
    ...['syslog', 'syslog_facility', 'syslog_ident', 'verbose'],
  ],
  [QUERIES]: [
    ...['ignore_startup_parameters', 'track_extra_parameters', 'application_name_add_host'],
    ...['disable_pqexec'],
  ],
  'is about the process': [
    ...[
      'pidfile',
      'job_name',
      'service_name',
      'conffile',
      'suspend_timeout',
      'autodb_idle_timeout',
    ],
    ...['server_fast_close'],
  ],
  'is about the sockets, not about the pool': [
    ...['pkt_buf', 'max_packet_size', 'sbuf_loopcnt', 'tcp_defer_accept', 'tcp_socket_buffer'],
    ...['tcp_keepalive', 'tcp_keepcnt', 'tcp_keepidle', 'tcp_keepintvl', 'tcp_user_timeout'],
  ],
};

/** Of a line of [databases]. */
export const DATABASE_BESIDES: Dialect['besides'] = {
  [WHERE]: ['dbname', 'host', 'port', 'load_balance_hosts', 'target_session_attrs'],
  [WHO]: ['user', 'password', 'auth_user', 'auth_query', 'auth_dbname'],
  [QUERIES]: ['client_encoding', 'datestyle', 'timezone', 'connect_query', 'application_name'],
};

/** PgBouncer: one pool of a database and a user; one login at a time, and clients that are cut off. */
import { MICROSECOND } from '../../../engine/time.ts';
import { S, countOf, flagMeans, forEver, isOn, never, numberOf, unused } from './native.ts';
import type { NativeValues, Profile, ProfileSetting } from './profile.ts';

/** Maintenance runs three times a second, and all timeouts are noticed by it. */
const TICK_NS = 333_333 * MICROSECOND;

const settings: readonly ProfileSetting[] = [
  {
    name: 'pool_mode',
    unit: 'word',
    default: 'session',
    words: ['session', 'transaction', 'statement'],
    sets: 'stickiness',
    note: 'For how long a client keeps its server connection; session: until the client leaves, and a reset follows.',
  },
  {
    ...unused(
      'max_client_conn',
      'connections',
      100,
      'Client connections of the whole process; as the pool of a service each request that it serves or that waits is one.',
    ),
    min: 0,
  },
  {
    name: 'default_pool_size',
    aliases: ['pool_size'],
    unit: 'connections',
    default: 20,
    min: 1,
    sets: 'max',
    note: 'Server connections of one pool, that is of one database and one user.',
  },
  {
    name: 'min_pool_size',
    unit: 'connections',
    default: 0,
    min: 0,
    sets: 'min',
    note: 'Server connections that are kept; missing ones are opened one at a time.',
  },
  {
    name: 'reserve_pool_size',
    aliases: ['reserve_pool'],
    unit: 'connections',
    default: 0,
    min: 0,
    sets: 'reserve',
    note: 'Further server connections for when the first client has waited for reserve_pool_timeout.',
  },
  {
    name: 'reserve_pool_timeout',
    unit: 's',
    default: 5,
    min: 0,
    special: [never(0)],
    sets: 'reserveAfterNs',
    note: 'How long the first client must wait before the reserve is used.',
  },
  unused(
    'max_db_connections',
    'connections',
    0,
    'Server connections of one database; 0: no limit.',
  ),
  unused('max_user_connections', 'connections', 0, 'Server connections of one user; 0: no limit.'),
  unused('max_db_client_connections', 'requests', 0, 'Clients of one database; 0: no limit.'),
  unused('max_user_client_connections', 'requests', 0, 'Clients of one user; 0: no limit.'),
  {
    name: 'server_round_robin',
    unit: 'flag',
    default: false,
    special: [
      ...flagMeans(
        ['fifo', 'the connection that came back first'],
        ['lifo', 'the connection that came back last'],
      ),
      { value: 1, means: 'fifo', words: 'the connection that came back first' },
      { value: 0, means: 'lifo', words: 'the connection that came back last' },
    ],
    sets: 'idleOrder',
    note: 'Which idle server connection is given out.',
  },
  {
    name: 'query_wait_timeout',
    unit: 's',
    default: 120,
    min: 0,
    special: [forEver(0)],
    sets: 'acquireTimeoutNs',
    note: 'How long a client waits for a server connection before its own connection is closed.',
  },
  unused('query_wait_notify', 's', 5, 'Wait after which a client gets a notice.'),
  {
    name: 'server_connect_timeout',
    unit: 's',
    default: 15,
    min: 0,
    special: [forEver(0)],
    sets: 'connectTimeoutNs',
    note: 'How long a login at the server may take.',
  },
  {
    name: 'server_login_retry',
    unit: 's',
    default: 15,
    min: 0,
    sets: 'blockFirstNs',
    note: 'How long the pool opens nothing after a login that failed.',
  },
  {
    name: 'server_lifetime',
    unit: 's',
    default: 3600,
    min: 0,
    sets: 'lifetimeNs',
    note: 'A server connection is closed when it is so old; in use, on its return.',
  },
  {
    name: 'server_idle_timeout',
    unit: 's',
    default: 600,
    min: 0,
    special: [never(0)],
    sets: 'idleTimeoutNs',
    note: 'A server connection that has been idle for so long is closed.',
  },
  unused('query_timeout', 's', 0, 'Longest query; 0: off.'),
  unused('client_idle_timeout', 's', 0, 'Longest idleness of a client; 0: off.'),
  unused('idle_transaction_timeout', 's', 0, 'Longest idleness within a transaction; 0: off.'),
  unused('transaction_timeout', 's', 0, 'Longest transaction; 0: off.'),
  unused('client_login_timeout', 's', 60, 'Longest login of a client.'),
  unused('cancel_wait_timeout', 's', 10, 'How long a request to cancel waits.'),
  unused(
    'server_check_delay',
    's',
    30,
    'A connection idle for longer is checked before use, if there is a server_check_query.',
  ),
  unused('server_check_query', 'word', '', 'The query of that check; empty: no check.'),
  unused('server_reset_query', 'word', 'DISCARD ALL', 'What resets a connection in session mode.'),
  unused('server_reset_query_always', 'flag', false, 'Whether it resets in the other modes, too.'),
  unused('listen_backlog', 'count', 128, 'Clients that wait to be accepted by the kernel.'),
  unused('pool_idle_timeout', 's', 0, 'When a pool without clients is forgotten; 0: never.'),
  unused('max_prepared_statements', 'count', 200, 'Prepared statements that are kept track of.'),
  unused('stats_period', 's', 60, 'How often averages are written.'),
  unused('listen_port', 'count', 6432, 'The port that clients connect to.'),
];

export const pgbouncer: Profile = {
  id: 'pgbouncer',
  product: 'PgBouncer',
  home: 'a process between application and PostgreSQL',
  asPooler: { mode: 'pool_mode', clients: 'max_client_conn' },
  version: '1.25.2 and 35 commits',
  source: 'pgbouncer/pgbouncer@13a344f2',
  settings,
  policy: {
    newConnection: 'pooled',
    growth: 'chain',
    openingsAtOnce: 1,
    opensIfNeeded: true,
    timeoutTickNs: TICK_NS,
    timeoutEffect: 'closes-client',
    pendingLimit: 'everybody',
    failureTo: 'nobody',
    retry: 'event',
    block: 'quiet',
    blockFirstNs: 15 * S,
    blockCapNs: Infinity,
    fillFirstNs: TICK_NS,
    fillEveryNs: TICK_NS,
    lifetimeEnds: 'timer',
    idleCheck: 'interval',
    idleCheckNs: TICK_NS,
    idleFloor: 'open',
  },
  fixed: { initial: 0 },
  derive,
  startUp: [],
  errors: {
    'acquire-timeout': 'FATAL: query_wait_timeout',
    'pool-full': 'FATAL: no more connections allowed (max_client_conn)',
    'connect-failed': 'FATAL: server login has been failing, cached error: … (server_login_retry)',
  },
  metrics: {
    'count.used': 'sv_active',
    'count.idle': 'sv_idle',
    max: 'default_pool_size',
    pending_requests: 'cl_waiting',
    wait_time: 'wait_time, maxwait',
    use_time: 'xact_time',
  },
  semantics: [
    'A client that begins a transaction (in session mode: its first query) gets the server connection that came back last.',
    'If none is idle it joins a strict line.',
    'The pool logs in for the line, one connection at a time, and the head gets each.',
    'In transaction mode a server connection is free when its transaction ends; in session mode when the client has left and the reset query has run.',
    'It then goes straight to the first in the line.',
    'When a login has failed the pool opens nothing until server_login_retry after its beginning; the line stays, and a newcomer is turned away only while the pool has no server connection at all.',
    'Who has waited query_wait_timeout loses its connection to PgBouncer, noticed up to a third of a second late.',
    'When the first in the line has waited reserve_pool_timeout, reserve connections are opened.',
  ],
  traps: [
    'pool_mode is session by default: a server connection stays with its client, idle or not.',
    'A pool is one database and one user: sizes multiply.',
    'Connections open one after another: twenty logins of a second each take twenty seconds.',
    'A timeout closes the client connection, so that the pool of the application must open a new one.',
    'In session mode a connection of an application’s pool beyond default_pool_size gets no server connection until another one closes.',
    'One failed login stops all for 15 s.',
    'max_client_conn is 100 by default and refuses at once.',
    'Averages in SHOW STATS hide the tail of the wait.',
    'server_lifetime 0 is not for ever: a connection is then used once.',
  ],
  undocumented: [
    { axis: 'noticesLoss', assumed: 'A server connection that ends is noticed at once.' },
  ],
  leftOut: [
    'As the pool of a service: that a client loses its connection with the timeout; in front of the database it does.',
    'Connections up to min_pool_size are opened one at each maintenance; here one after another.',
    'Limits over several pools, and the closing of idle connections of one pool for another.',
    'Ends of lifetimes are spaced out by lifetime divided by pool size.',
    'min_pool_size counts only while clients are connected.',
    'A newcomer between release and activation; the window is one turn of the event loop.',
    'Requests to cancel, which may go beyond all limits up to twice the pool size.',
    'As the pool of a service: clients that are connected and have no transaction; in front of the database they count for max_client_conn.',
  ],
};

function derive(values: NativeValues): ReturnType<NonNullable<Profile['derive']>> {
  const isSession = values['pool_mode'] === 'session';
  const ceiling = Math.min(
    countOf(values, 'max_db_connections'),
    countOf(values, 'max_user_connections'),
  );
  const max = Math.min(numberOf(values, 'default_pool_size'), ceiling);
  const resets = isSession || isOn(values, 'server_reset_query_always');
  const check = values['server_check_query'] ?? '';
  return {
    max,
    reserve: Math.min(numberOf(values, 'reserve_pool_size'), ceiling - max),
    maxPending: clientsOf(values),
    resetRoundTrips: resets && (values['server_reset_query'] ?? '') !== '' ? 1 : 0,
    checkAfterIdleNs: check === '' ? Infinity : numberOf(values, 'server_check_delay') * S,
  };
}

/** Clients that may be connected: with a server connection or waiting for one. */
function clientsOf(values: NativeValues): number {
  return Math.min(
    numberOf(values, 'max_client_conn'),
    countOf(values, 'max_db_client_connections'),
    countOf(values, 'max_user_client_connections'),
  );
}

/** Prisma up to 6, with the pool of its engine: fair permits, and a timeout that covers the connect. */
import { forEver, never, unused } from './native.ts';
import type { Profile, ProfileSetting } from './profile.ts';

const settings: readonly ProfileSetting[] = [
  {
    name: 'connection_limit',
    unit: 'connections',
    default: 9,
    min: 1,
    sets: 'max',
    note: 'Most connections of the pool; the default is twice the physical CPUs and one (here 4 CPUs).',
  },
  {
    name: 'pool_timeout',
    unit: 's',
    default: 10,
    min: 0,
    special: [forEver(0)],
    sets: 'acquireTimeoutNs',
    note: 'How long a query waits; it covers the line and the opening.',
  },
  {
    name: 'connect_timeout',
    unit: 's',
    default: 5,
    min: 0,
    special: [forEver(0)],
    sets: 'connectTimeoutNs',
    note: 'How long opening one connection may take.',
  },
  unused('socket_timeout', 's', null, 'How long a query may take.'),
  {
    name: 'max_connection_lifetime',
    unit: 's',
    default: null,
    min: 0,
    special: [forEver(0)],
    sets: 'lifetimeNs',
    note: 'A connection that is so old is closed when its turn to be given out comes. Unset: for ever.',
  },
  {
    name: 'max_idle_connection_lifetime',
    unit: 's',
    default: 300,
    min: 0,
    special: [never(0)],
    sets: 'idleTimeoutNs',
    note: 'A connection that has been idle for so long is not given out again.',
  },
  unused('pgbouncer', 'flag', false, 'Whether a PgBouncer stands in between.'),
  unused('statement_cache_size', 'count', 100, 'Prepared statements of a connection.'),
];

export const prisma: Profile = {
  id: 'prisma',
  aliases: ['prisma-classic'],
  product: 'Prisma (engine)',
  home: 'Node.js; ORM, up to version 6',
  version: 'quaint, with mobc 0.9.0',
  source: 'prisma/prisma-engines@031bd630, prisma/quaint@27bc7cc1, importcjj/mobc@50258dc',
  settings,
  policy: {
    openingAfterTimeout: 'cancelled',
    lifetimeEnds: 'borrow',
    idleFloor: 'none',
    noticesLoss: 'in-use',
  },
  fixed: { initial: 0, min: 0 },
  startUp: [],
  errors: {
    'acquire-timeout':
      'P2024: Timed out fetching a new connection from the connection pool. More info: http://pris.ly/d/connection-pool (Current connection pool timeout: {timeout}, connection limit: {max})',
    'connect-failed': 'P1001',
  },
  metrics: {
    'count.used': 'prisma_pool_connections_busy',
    'count.idle': 'prisma_pool_connections_idle',
    max: 'connection_limit',
    pending_requests: 'prisma_client_queries_wait (unverified)',
    wait_time: 'prisma_client_queries_wait_histogram_ms (unverified)',
  },
  semantics: [
    'A query first gets a permit, by strict turn.',
    'With a permit it takes the idle connection that came back last, or opens its own, beside all others that do.',
    'pool_timeout covers both, and its end breaks off the connect.',
    'A return hands the permit to who has waited longest.',
    'A failed attempt is told to its query alone; there is no pause before the next.',
    'Age and idle time are looked at when a connection is about to be given out.',
  ],
  traps: [
    'The limit follows the number of CPUs: the same code has another limit on another machine.',
    'P2024 comes even if only connecting was slow; the time limit of the pool hides that of the connect.',
    'pool_timeout 0 is for ever.',
    'Functions in a cloud often run with a limit of 1 each, and then every second query waits.',
    'From version 7 on these parameters of the URL are ignored: see prisma-adapter-pg.',
  ],
  undocumented: [
    { axis: 'noticesLoss', assumed: 'A connection that has died is found by who uses it.' },
  ],
  leftOut: [
    'Idle connections stay open until somebody would get them; here each is closed when its time is over.',
  ],
};

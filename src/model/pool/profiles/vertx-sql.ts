/** The Vert.x SQL client: four connections by default, each opened for the one who asked. */
import { S, forEver, never, unlimited, unused } from './native.ts';
import type { Profile, ProfileSetting } from './profile.ts';

const settings: readonly ProfileSetting[] = [
  {
    name: 'maxSize',
    unit: 'connections',
    default: 4,
    min: 1,
    sets: 'max',
    note: 'Most connections of the pool.',
  },
  {
    name: 'maxWaitQueueSize',
    unit: 'requests',
    default: -1,
    min: -1,
    special: [unlimited(-1)],
    sets: 'maxPending',
    note: 'Callers that may wait.',
  },
  {
    name: 'connectionTimeout',
    unit: 's',
    default: 30,
    min: 0,
    sets: 'acquireTimeoutNs',
    note: 'How long a caller waits; it covers the line and the opening.',
  },
  {
    name: 'idleTimeout',
    unit: 's',
    default: 0,
    min: 0,
    special: [never(0)],
    sets: 'idleTimeoutNs',
    note: 'A connection that has been idle for so long is closed at the next look.',
  },
  {
    name: 'maxLifetime',
    unit: 's',
    default: 0,
    min: 0,
    special: [forEver(0)],
    sets: 'lifetimeNs',
    note: 'A connection is closed when it is so old.',
  },
  {
    name: 'poolCleanerPeriod',
    unit: 'ms',
    default: 1000,
    min: 1,
    sets: 'idleCheckNs',
    note: 'How often idle connections are looked at.',
  },
  unused('eventLoopSize', 'count', 0, 'Event loops of the pool; 0: those of its callers.'),
];

export const vertxSql: Profile = {
  id: 'vertx-sql',
  aliases: ['vertx'],
  product: 'Eclipse Vert.x SQL client',
  home: 'Java; Quarkus reactive, too',
  version: 'main (vertx-sql-client@2848fdf75)',
  source: 'eclipse-vertx/vertx-sql-client@2848fdf75, eclipse-vertx/vert.x@d9e1080b',
  settings,
  policy: {
    pendingLimit: 'without-room',
    idleCheck: 'interval',
    idleCheckNs: S,
    idleFloor: 'none',
  },
  fixed: { initial: 0, min: 0 },
  startUp: [],
  errors: {
    'acquire-timeout': 'Timeout',
    'pool-full':
      'ConnectionPoolTooBusyException: Connection pool reached max wait queue size of {waiting}',
  },
  metrics: {
    'count.used': 'vertx_pool_in_use (unverified)',
    pending_requests: 'vertx_pool_queue_pending (unverified)',
  },
  semantics: [
    'A caller takes an idle connection of its own event loop.',
    'Without one and below maxSize a connection is opened for it alone, beside all others.',
    'At the limit it takes any idle connection, or waits by strict turn.',
    'A connection that comes back goes to the first in the line.',
    'A failed attempt is told to its caller alone.',
  ],
  traps: [
    'The limit is 4 by default.',
    'A pool can open a connection although another event loop has an idle one.',
    'maxWaitQueueSize -1 is any number; 0 lets nobody wait.',
    'connectionTimeout is the wait of a caller, in seconds unless its unit is set otherwise.',
  ],
  undocumented: [
    { axis: 'idleOrder', assumed: 'The connection that came back last, whatever its event loop.' },
    { axis: 'lifetimeEnds', assumed: 'A timer.' },
    { axis: 'openingAfterTimeout', assumed: 'The opening goes on.' },
    { axis: 'noticesLoss', assumed: 'A connection that ends leaves the pool at once.' },
  ],
  leftOut: ['Event loops: each caller prefers connections of its own.'],
};

/** Apache Commons DBCP2: waits for ever by default, checks each borrow, and tells nobody of regained room. */
import {
  CHECK_FLAG,
  MS,
  flagMeans,
  forEver,
  never,
  numberOf,
  unlimited,
  unused,
} from './native.ts';
import type { NativeValues, Profile, ProfileSetting } from './profile.ts';

const settings: readonly ProfileSetting[] = [
  {
    name: 'maxTotal',
    aliases: ['max-total'],
    unit: 'connections',
    default: 8,
    special: [unlimited(-1)],
    sets: 'max',
    note: 'Most connections of the pool.',
  },
  {
    name: 'maxIdle',
    aliases: ['max-idle'],
    unit: 'connections',
    default: 8,
    special: [unlimited(-1)],
    sets: 'maxIdle',
    note: 'Idle connections that are kept; one more is closed on its return.',
  },
  {
    name: 'minIdle',
    aliases: ['min-idle'],
    unit: 'connections',
    default: 0,
    min: 0,
    sets: 'min',
    note: 'Idle connections that the evictor keeps, if it runs.',
  },
  {
    name: 'initialSize',
    aliases: ['initial-size'],
    unit: 'connections',
    default: 0,
    min: 0,
    sets: 'initial',
    note: 'Connections that are opened at the start.',
  },
  {
    name: 'maxWaitMillis',
    aliases: ['max-wait-millis', 'maxWait'],
    unit: 'ms',
    default: -1,
    min: -1,
    special: [forEver(-1)],
    sets: 'acquireTimeoutNs',
    note: 'How long a caller waits when all connections are out; the time to connect comes on top.',
  },
  {
    name: 'lifo',
    unit: 'flag',
    default: true,
    special: flagMeans(
      ['lifo', 'the connection that came back last'],
      ['fifo', 'the connection that came back first'],
    ),
    sets: 'idleOrder',
    note: 'Which idle connection is given out.',
  },
  {
    name: 'testOnBorrow',
    aliases: ['test-on-borrow'],
    unit: 'flag',
    default: true,
    special: CHECK_FLAG,
    sets: 'checkAfterIdleNs',
    note: 'Whether a connection is checked when it is given out.',
  },
  unused('testOnCreate', 'flag', false, 'Whether a new connection is checked.'),
  {
    name: 'testOnReturn',
    aliases: ['test-on-return'],
    unit: 'flag',
    default: false,
    special: flagMeans([1, 'one round trip'], [0, 'none']),
    sets: 'resetRoundTrips',
    note: 'Whether a connection is checked when it comes back.',
  },
  unused('testWhileIdle', 'flag', false, 'Whether the evictor checks idle connections.'),
  {
    name: 'timeBetweenEvictionRunsMillis',
    aliases: ['time-between-eviction-runs-millis'],
    unit: 'ms',
    default: -1,
    special: [never(-1), never(0)],
    sets: 'idleCheckNs',
    note: 'How often the evictor looks; -1, the default: never, whatever the idle times say.',
  },
  {
    name: 'numTestsPerEvictionRun',
    unit: 'count',
    default: 3,
    min: 1,
    sets: 'idleCheckCovers',
    note: 'Connections that one look covers.',
  },
  {
    name: 'minEvictableIdleTimeMillis',
    aliases: ['min-evictable-idle-time-millis'],
    unit: 'ms',
    default: 1_800_000,
    special: [never(-1)],
    sets: 'idleTimeoutNs',
    note: 'Idle time after which a connection is closed, below minIdle, too.',
  },
  unused(
    'softMinEvictableIdleTimeMillis',
    'ms',
    -1,
    'Idle time after which one is closed as long as more than minIdle are idle; below 1: never.',
  ),
  {
    name: 'maxConnLifetimeMillis',
    aliases: ['max-conn-lifetime-millis'],
    unit: 'ms',
    default: -1,
    special: [forEver(-1), forEver(0)],
    sets: 'lifetimeNs',
    note: 'A connection that is so old is closed when it is given out or comes back.',
  },
  unused('validationQueryTimeout', 's', -1, 'How long a check may take.'),
  unused(
    'rollbackOnReturn',
    'flag',
    true,
    'Rolls back if autocommit is off, which costs a round trip.',
  ),
  unused(
    'removeAbandonedOnBorrow',
    'flag',
    false,
    'Takes back connections that were not returned.',
  ),
  unused('removeAbandonedOnMaintenance', 'flag', false, 'The same, by the evictor.'),
  unused('removeAbandonedTimeout', 's', 300, 'After how long one counts as not returned.'),
];

export const dbcp2: Profile = {
  id: 'dbcp2',
  product: 'Apache Commons DBCP 2',
  home: 'Java',
  version: '2.14.1-SNAPSHOT, with commons-pool 2.13.1',
  source: 'apache/commons-dbcp@423d1d0a, apache/commons-pool rel/commons-pool-2.13.1',
  settings,
  policy: {
    barging: 'both',
    release: 'wake-one',
    timeoutCovers: 'queue',
    capacityRegained: 'lost',
    fillCounts: 'idle',
    checkAfterIdleNs: -1,
    lifetimeEnds: 'borrow',
    idleCheck: 'interval',
    idleFloor: 'none',
    noticesLoss: 'in-use',
  },
  derive,
  startUp: [
    {
      settings: ['initialSize', 'maxTotal'],
      applies: (v) =>
        numberOf(v, 'maxTotal') >= 0 && numberOf(v, 'initialSize') > numberOf(v, 'maxTotal'),
      takes: (v) => ({ initialSize: numberOf(v, 'maxTotal') }),
      says: (v) =>
        `initialSize ${numberOf(v, 'initialSize')} is more than maxTotal; DBCP2 opens ${numberOf(v, 'maxTotal')}.`,
    },
  ],
  errors: {
    'acquire-timeout':
      'SQLException: Cannot get a connection, pool error Timeout waiting for idle object, maxWaitDuration={timeout}',
    'connect-failed': 'SQLException: Cannot create PoolableConnectionFactory (…)',
  },
  errorTimes: 'java-duration',
  metrics: {
    'count.used': 'numActive',
    'count.idle': 'numIdle',
    pending_requests: 'numWaiters',
    wait_time: 'meanBorrowWaitTimeMillis, maxBorrowWaitTimeMillis',
    use_time: 'meanActiveTimeMillis',
  },
  semantics: [
    'A caller takes the idle connection that came back last, past those who wait.',
    'Without one and below maxTotal it opens its own, beside all others that do; maxWaitMillis does not bound that.',
    'Otherwise it waits until a connection is put back, and who has waited longest is woken.',
    'By default each connection is checked before it is given out, at the expense of its caller.',
    'A connection that comes back is closed if maxIdle are idle already; otherwise one waiter is told.',
    'A failed attempt is told to its caller alone; the room that it leaves is noticed by nobody.',
  ],
  traps: [
    'Callers wait for ever by default.',
    'With no time limit a waiter can sleep for ever after an attempt of somebody else has failed.',
    'minEvictableIdleTimeMillis does nothing until timeBetweenEvictionRunsMillis is set.',
    'The limit is 8 by default.',
    'DBCP 1 and the Tomcat pool call the same things maxActive and maxWait; unknown names only make a warning.',
    'Times are milliseconds, but removeAbandonedTimeout and validationQueryTimeout are seconds.',
  ],
  undocumented: [],
  leftOut: [
    'At the limit, a caller that sees others connect waits for one of those to finish and does not see returns meanwhile.',
    'A check that a fast path of the driver makes unnecessary.',
    'Where the evictor stopped it goes on; here it begins with what was idle longest.',
    'Taking back connections that were not returned.',
  ],
};

function derive(values: NativeValues): ReturnType<NonNullable<Profile['derive']>> {
  const everyMs = numberOf(values, 'timeBetweenEvictionRunsMillis', -1);
  if (everyMs <= 0) return { idleTimeoutNs: Infinity, idleCheckNs: 0, min: 0 };
  const every = { idleCheckNs: everyMs * MS, fillFirstNs: everyMs * MS, fillEveryNs: everyMs * MS };
  const softMs = numberOf(values, 'softMinEvictableIdleTimeMillis', -1);
  const hardMs = numberOf(values, 'minEvictableIdleTimeMillis', -1);
  return softMs > 0 && (hardMs < 0 || softMs < hardMs)
    ? { ...every, idleTimeoutNs: softMs * MS, idleFloor: 'idle' }
    : { ...every, idleTimeoutNs: hardMs < 0 ? Infinity : hardMs * MS };
}

/** Rails ActiveRecord: a strict line of threads; connecting happens with the first query. */
import { S, forEver, never, numberOf, unlimited, unused } from './native.ts';
import type { NativeValues, Profile, ProfileSetting } from './profile.ts';

const settings: readonly ProfileSetting[] = [
  {
    name: 'max_connections',
    aliases: ['pool'],
    unit: 'connections',
    default: 5,
    special: [unlimited(-1)],
    sets: 'max',
    note: 'Most connections of the pool; before 8.1 it was called pool.',
  },
  {
    name: 'min_connections',
    unit: 'connections',
    default: 0,
    min: 0,
    sets: 'min',
    note: 'From 8.1: connections that the reaper keeps open.',
  },
  {
    name: 'checkout_timeout',
    unit: 's',
    default: 5,
    min: 0,
    sets: 'acquireTimeoutNs',
    note: 'How long a thread waits in the line; the time to connect comes on top.',
  },
  {
    name: 'idle_timeout',
    unit: 's',
    default: 300,
    min: 0,
    special: [never(0)],
    sets: 'idleTimeoutNs',
    note: 'A connection that has been idle for so long is closed by the reaper.',
  },
  {
    name: 'reaping_frequency',
    unit: 's',
    default: 20,
    min: 1,
    sets: 'idleCheckNs',
    note: 'How often the reaper looks; 60 up to Rails 8.0.',
  },
  unused('keepalive', 's', 600, 'From 8.1: how long a connection may be idle before it is pinged.'),
  {
    name: 'max_age',
    unit: 's',
    default: null,
    min: 1,
    special: [forEver(0)],
    sets: 'lifetimeNs',
    note: 'From 8.1: a connection that is so old is closed. Unset: for ever.',
  },
  {
    name: 'pool_jitter',
    unit: 'share',
    default: 0.2,
    min: 0,
    max: 1,
    sets: 'lifetimeJitter',
    note: 'From 8.1: the share by which such times are shorter at random.',
  },
  {
    name: 'verify_timeout',
    unit: 's',
    default: 2,
    min: 0,
    sets: 'checkAfterIdleNs',
    note: 'A connection idle for longer is checked before its first query.',
  },
];

export const activerecord: Profile = {
  id: 'activerecord',
  aliases: ['rails'],
  product: 'ActiveRecord',
  home: 'Ruby on Rails',
  version: '8.2.0.alpha, 8.1.3, 8.0.5',
  source: 'rails/rails@2a2db1e8',
  settings,
  policy: {
    release: 'wake-one',
    stickiness: 'thread',
    timeoutCovers: 'queue',
    checkAfterIdleNs: 2 * S,
    uselessThen: 'reconnect',
    lifetimeJitter: 0.2,
    lifetimeEnds: 'timer',
    idleCheck: 'interval',
    idleCheckNs: 20 * S,
    idleFloor: 'open',
    noticesLoss: 'in-use',
  },
  fixed: { initial: 0 },
  derive: (values: NativeValues) => {
    const everyNs = numberOf(values, 'reaping_frequency') * S;
    return { fillFirstNs: everyNs, fillEveryNs: everyNs };
  },
  startUp: [],
  errors: {
    'acquire-timeout':
      'ActiveRecord::ConnectionTimeoutError: could not obtain a connection from the pool within {timeout} seconds (waited {timeout} seconds); all pooled connections were in use',
  },
  errorTimes: { places: 3 },
  metrics: {
    'count.used': 'busy',
    'count.idle': 'idle',
    max: 'size',
    pending_requests: 'waiting',
  },
  semantics: [
    'A thread that has a connection already goes on with it, in a transaction inside a transaction, too, and keeps it until its request ends.',
    'Another takes the connection that came back last, but only if more are idle than threads wait.',
    'Without one and with room it makes its own, beside all others that do; the connect itself happens with the first query and is not covered by checkout_timeout.',
    'Otherwise it waits by strict turn.',
    'A connection that comes back wakes the first in the line.',
    'A connection that is removed while threads wait is replaced.',
    'A failed connect is told to the thread whose query it was for.',
  ],
  traps: [
    'The limit is 5 by default, for each process: more threads than that wait.',
    'A slow connect appears as a slow query, not as a wait for the pool.',
    'Up to 8.0 the limit is called pool, from 8.1 on max_connections.',
    'checkout_timeout is in seconds, and 5 is short.',
    'Connections belong to threads until the request ends, not only while a query runs.',
  ],
  undocumented: [
    {
      axis: 'checkRoundTrips',
      assumed: 'The check before the first query is counted as wait, with one round trip.',
    },
  ],
  leftOut: [
    'Time in the service after the last query counts only if the steps of a request say it.',
    'The connect belongs to the first query, not to the wait; here it is a wait that checkout_timeout does not bound.',
    'Connections of threads that have died, and of processes that have forked.',
    'A connection that is being maintained may be waited for.',
  ],
};

/** The Tomcat JDBC pool: a fair queue with direct hand-over; ten connections stand from the start. */
import { MS, S, forEver, isOn, never, numberOf, unused } from './native.ts';
import type { NativeValues, Profile, ProfileSetting, StartUpRule } from './profile.ts';

const settings: readonly ProfileSetting[] = [
  {
    name: 'maxActive',
    aliases: ['max-active'],
    unit: 'connections',
    default: 100,
    sets: 'max',
    note: 'Most connections of the pool, idle and in use.',
  },
  {
    name: 'maxIdle',
    aliases: ['max-idle'],
    unit: 'connections',
    default: 100,
    min: 0,
    sets: 'maxIdle',
    note: 'Idle connections that are kept; one more is closed on its return.',
  },
  {
    name: 'minIdle',
    aliases: ['min-idle'],
    unit: 'connections',
    default: 10,
    min: 0,
    sets: 'min',
    note: 'Idle connections below which none is closed for being idle.',
  },
  {
    name: 'initialSize',
    aliases: ['initial-size'],
    unit: 'connections',
    default: 10,
    min: 0,
    sets: 'initial',
    note: 'Connections that the start opens before anything else.',
  },
  {
    name: 'maxWait',
    aliases: ['max-wait'],
    unit: 'ms',
    default: 30_000,
    special: [forEver(0), forEver(-1)],
    sets: 'acquireTimeoutNs',
    note: 'How long a caller waits in the queue; the time to connect comes on top.',
  },
  unused(
    'fairQueue',
    'flag',
    true,
    'On: a connection that comes back goes to who has waited longest. Off: newcomers can snatch it.',
  ),
  unused(
    'testOnBorrow',
    'flag',
    false,
    'Whether a connection is checked when it is given out and the last check was longer ago than validationInterval.',
  ),
  unused('testWhileIdle', 'flag', false, 'Whether idle connections are checked.'),
  unused('validationInterval', 'ms', 3000, 'For how long the result of a check holds.'),
  {
    name: 'timeBetweenEvictionRunsMillis',
    aliases: ['time-between-eviction-runs-millis'],
    unit: 'ms',
    default: 5000,
    special: [never(-1), never(0)],
    sets: 'idleCheckNs',
    note: 'How often idle connections are looked at; without that none is closed for being idle.',
  },
  {
    name: 'minEvictableIdleTimeMillis',
    aliases: ['min-evictable-idle-time-millis'],
    unit: 'ms',
    default: 60_000,
    min: 1,
    sets: 'idleTimeoutNs',
    note: 'A connection that has been idle for so long is closed at the next look.',
  },
  {
    name: 'maxAge',
    aliases: ['max-age'],
    unit: 'ms',
    default: 0,
    min: 0,
    special: [forEver(0)],
    sets: 'lifetimeNs',
    note: 'A connection that is so old is opened anew when it is given out. Without jitter.',
  },
  unused('removeAbandoned', 'flag', false, 'Takes back connections that were not returned.'),
  unused('removeAbandonedTimeout', 's', 60, 'After how long one counts as not returned.'),
  unused('abandonWhenPercentageFull', 'count', 0, 'From which share in use on that happens, in %.'),
  unused('suspectTimeout', 's', 0, 'Only writes a warning to the log.'),
  unused('validationQueryTimeout', 's', -1, 'How long a check may take.'),
];

/** A number that is brought down to maxActive. */
function cappedByMaxActive(name: string): StartUpRule {
  return {
    settings: [name, 'maxActive'],
    applies: (v) => numberOf(v, name) > numberOf(v, 'maxActive'),
    takes: (v) => ({ [name]: numberOf(v, 'maxActive') }),
    says: (v) =>
      `${name} ${numberOf(v, name)} is above maxActive; the Tomcat pool takes ${numberOf(v, 'maxActive')}.`,
  };
}

const startUp: readonly StartUpRule[] = [
  {
    settings: ['maxActive'],
    applies: (v) => numberOf(v, 'maxActive') < 1,
    takes: () => ({ maxActive: 100 }),
    says: (v) => `maxActive ${numberOf(v, 'maxActive')} is below 1; the Tomcat pool takes 100.`,
  },
  cappedByMaxActive('initialSize'),
  cappedByMaxActive('minIdle'),
  cappedByMaxActive('maxIdle'),
  {
    settings: ['maxIdle', 'minIdle'],
    applies: (v) => numberOf(v, 'maxIdle') < numberOf(v, 'minIdle'),
    takes: (v) => ({ maxIdle: numberOf(v, 'minIdle') }),
    says: (v) =>
      `maxIdle ${numberOf(v, 'maxIdle')} is below minIdle; the Tomcat pool takes ${numberOf(v, 'minIdle')}.`,
  },
];

export const tomcatJdbc: Profile = {
  id: 'tomcat-jdbc',
  product: 'Tomcat JDBC Pool',
  home: 'Java',
  version: '12.0.0-M1',
  source: 'apache/tomcat@84ac9af0',
  settings,
  policy: {
    timeoutCovers: 'queue',
    lifetimeEnds: 'borrow',
    uselessThen: 'reconnect',
    idleCheck: 'interval',
    idleCheckNs: 5 * S,
    idleFloor: 'idle',
    noticesLoss: 'in-use',
  },
  derive: (values: NativeValues) => ({
    ...(isOn(values, 'fairQueue') ? {} : { release: 'wake-one', barging: 'idle' }),
    checkAfterIdleNs: isOn(values, 'testOnBorrow')
      ? numberOf(values, 'validationInterval') * MS
      : Infinity,
    ...(numberOf(values, 'timeBetweenEvictionRunsMillis') > 0
      ? {}
      : { idleTimeoutNs: Infinity, idleCheckNs: 0 }),
  }),
  startUp,
  errors: {
    'acquire-timeout':
      'PoolExhaustedException: [<thread>] Timeout: Pool empty. Unable to fetch a connection in {timeout} seconds, none available[size:{size}; busy:{active}; idle:{idle}; lastwait:{timeoutMs}].',
  },
  errorTimes: 'whole-seconds',
  metrics: {
    'count.used': 'Active',
    'count.idle': 'Idle',
    max: 'MaxActive',
    pending_requests: 'WaitCount',
  },
  semantics: [
    'A caller takes the idle connection that came back last.',
    'Without one and below maxActive it opens its own, beside all others that do; maxWait does not bound that.',
    'Otherwise it waits in a fair queue.',
    'A connection that comes back is given to the first in the queue, and nobody else can have it.',
    'A dead connection that comes back is passed on as an empty place, and the waiter connects it itself.',
    'A failed attempt is told to its caller alone.',
    'The start opens initialSize connections one after another before the first caller is served.',
  ],
  traps: [
    'The limit is 100 by default, for each pool of each process.',
    'A caller can wait maxWait and then as long as connecting takes.',
    'DBCP2 calls the same settings maxTotal and maxWaitMillis; unknown names only make a warning.',
    'maxWait is in milliseconds, and the text of the timeout gives seconds.',
    'removeAbandonedTimeout is in seconds.',
    'Nothing is checked by default.',
  ],
  undocumented: [
    {
      axis: 'capacityRegained',
      assumed:
        'Room that a failed attempt leaves goes to who waits, as that of a dead connection does.',
    },
    { axis: 'fillEveryNs', assumed: 'minIdle is a floor alone: nothing is opened for it.' },
  ],
  leftOut: ['Taking back connections that were not returned.'],
};

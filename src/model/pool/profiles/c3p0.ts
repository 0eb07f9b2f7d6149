/** c3p0: all who wait wake up and one wins; three threads open connections in batches. */
import { CHECK_FLAG, S, forEver, never, numberOf, unlimited, unused } from './native.ts';
import type { NativeValues, Profile, ProfileSetting, StartUpRule } from './profile.ts';

const settings: readonly ProfileSetting[] = [
  {
    name: 'initialPoolSize',
    unit: 'connections',
    default: 3,
    min: 0,
    sets: 'initial',
    note: 'Connections that are opened at the start.',
  },
  {
    name: 'minPoolSize',
    unit: 'connections',
    default: 3,
    min: 0,
    sets: 'min',
    note: 'Connections below which none is closed for being idle.',
  },
  {
    name: 'maxPoolSize',
    unit: 'connections',
    default: 15,
    min: 1,
    sets: 'max',
    note: 'Most connections of the pool.',
  },
  {
    name: 'acquireIncrement',
    unit: 'connections',
    default: 3,
    min: 1,
    sets: 'growthStep',
    note: 'Connections that are begun at once when none is free.',
  },
  {
    name: 'checkoutTimeout',
    unit: 'ms',
    default: 0,
    min: 0,
    special: [forEver(0)],
    sets: 'acquireTimeoutNs',
    note: 'How long a caller waits.',
  },
  {
    name: 'acquireRetryAttempts',
    unit: 'count',
    default: 30,
    special: [unlimited(0), unlimited(-1)],
    sets: 'failureAfter',
    note: 'Attempts to connect after which all who wait fail.',
  },
  {
    name: 'acquireRetryDelay',
    unit: 'ms',
    default: 1000,
    min: 0,
    sets: 'retryFirstNs',
    note: 'The pause between those attempts.',
  },
  unused('breakAfterAcquireFailure', 'flag', false, 'Whether the pool is given up after that.'),
  {
    name: 'maxIdleTime',
    unit: 's',
    default: 0,
    min: 0,
    special: [never(0)],
    sets: 'idleTimeoutNs',
    note: 'A connection that has been idle for so long is closed.',
  },
  {
    name: 'maxConnectionAge',
    unit: 's',
    default: 0,
    min: 0,
    special: [forEver(0)],
    sets: 'lifetimeNs',
    note: 'A connection is closed when it is so old. Without jitter.',
  },
  unused('idleConnectionTestPeriod', 's', 0, 'How often idle connections are checked; 0: never.'),
  {
    name: 'testConnectionOnCheckout',
    unit: 'flag',
    default: false,
    special: CHECK_FLAG,
    sets: 'checkAfterIdleNs',
    note: 'Whether a connection is checked when it is given out.',
  },
  unused(
    'unreturnedConnectionTimeout',
    's',
    0,
    'Takes back connections that were not returned; 0: off.',
  ),
  {
    name: 'numHelperThreads',
    unit: 'count',
    default: 3,
    min: 1,
    sets: 'openingsAtOnce',
    note: 'Threads that open connections and take them back.',
  },
  unused(
    'forceSynchronousCheckins',
    'flag',
    false,
    'Whether callers take back connections themselves.',
  ),
];

/** A size on the wrong side of another; c3p0 takes the other. */
function sizeRule(
  [name, word]: readonly [string, string],
  sign: '<' | '>',
  [other, otherWord]: readonly [string, string],
): StartUpRule {
  const sizes = (v: NativeValues) => [numberOf(v, name), numberOf(v, other)] as const;
  return {
    settings: [name, other],
    applies: (v) => {
      const [here, there] = sizes(v);
      return sign === '<' ? here < there : here > there;
    },
    takes: (v) => ({ [name]: numberOf(v, other) }),
    says: (v) => {
      const [here, there] = sizes(v);
      return `Bad pool size config, ${word} ${here} ${sign} ${otherWord} ${there}. Using ${there} as ${word}.`;
    },
  };
}

const START = ['initialPoolSize', 'start'] as const;
const MIN = ['minPoolSize', 'min'] as const;
const MAX = ['maxPoolSize', 'max'] as const;

export const c3p0: Profile = {
  id: 'c3p0',
  product: 'c3p0',
  home: 'Java',
  version: '0.10.0',
  source: 'swaldman/c3p0@8dd62b09',
  settings,
  policy: {
    order: 'race',
    barging: 'idle',
    release: 'wake-all',
    newConnection: 'pooled',
    growth: 'batch',
    growthStep: 3,
    openingsAtOnce: 3,
    failureTo: 'everybody',
    failureAfter: 30,
    retry: 'again',
    retryFirstNs: S,
    retryCapNs: Infinity,
    lifetimeEnds: 'timer',
    idleCheck: 'ageing',
    noticesLoss: 'in-use',
  },
  startUp: [sizeRule(MIN, '>', MAX), sizeRule(START, '<', MIN), sizeRule(START, '>', MAX)],
  errors: {
    'acquire-timeout': 'An attempt by a client to checkout a Connection has timed out.',
    'connect-failed': 'Connections could not be acquired from the underlying database!',
  },
  metrics: {
    'count.used': 'numBusyConnectionsDefaultUser',
    'count.idle': 'numIdleConnectionsDefaultUser',
    max: 'maxPoolSize',
    pending_requests: 'numThreadsAwaitingCheckoutDefaultUser',
    timeouts: 'numFailedCheckoutsDefaultUser',
  },
  semantics: [
    'A caller takes the idle connection that came back last.',
    'Without one the pool aims at acquireIncrement connections more, up to the limit, and its helper threads open them.',
    'All who wait wake up at each change, and whichever thread is fastest gets the connection; newcomers take part.',
    'A return is done by the same helper threads.',
    'A failed attempt is repeated after a second, thirty times; then all who wait at that moment fail together.',
    'The start opens three connections.',
  ],
  traps: [
    'Callers wait for ever by default.',
    'There is no order among those who wait: some wait very long.',
    'Three threads open connections and take them back, so that slow connects delay returns.',
    'When all of them are stuck the log says APPARENT DEADLOCK!!!',
    'checkoutTimeout and acquireRetryDelay are milliseconds, maxIdleTime and maxConnectionAge seconds.',
    'An outage is told to callers half a minute late, and to all of them at once.',
  ],
  undocumented: [
    { axis: 'idleCheck', assumed: 'Whenever one may be too old.' },
    { axis: 'fillEveryNs', assumed: 'Nothing is opened for minPoolSize after the start.' },
  ],
  leftOut: [
    'Returns wait for a helper thread that may be busy connecting.',
    'breakAfterAcquireFailure, after which the pool serves nobody any more.',
    'Taking back connections that were not returned.',
  ],
};

/** generic-pool: opens as many as are missing at once, and tries again without a pause when that fails. */
import { CHECK_FLAG, MS, flagMeans, never, numberOf, unused } from './native.ts';
import type { NativeValues, Profile, ProfileSetting } from './profile.ts';

const settings: readonly ProfileSetting[] = [
  {
    name: 'max',
    unit: 'connections',
    default: 1,
    sets: 'max',
    note: 'Most connections of the pool.',
  },
  {
    name: 'min',
    unit: 'connections',
    default: 0,
    min: 0,
    sets: 'min',
    note: 'Connections that are opened at the start and whenever one was closed.',
  },
  {
    name: 'maxWaitingClients',
    unit: 'requests',
    default: null,
    min: 0,
    sets: 'maxPending',
    note: 'Callers that may wait; one more is refused if nothing is idle and there is no room.',
  },
  {
    name: 'acquireTimeoutMillis',
    unit: 'ms',
    default: null,
    min: 1,
    sets: 'acquireTimeoutNs',
    note: 'How long a caller waits; it covers the line, the opening and the check. Unset: for ever.',
  },
  unused('destroyTimeoutMillis', 'ms', null, 'How long closing one connection may take.'),
  {
    name: 'fifo',
    unit: 'flag',
    default: true,
    special: flagMeans(
      ['fifo', 'the connection that came back first'],
      ['lifo', 'the connection that came back last'],
    ),
    sets: 'idleOrder',
    note: 'Which idle connection is given out; the order of the callers is always that of their arrival.',
  },
  unused('priorityRange', 'count', 1, 'Classes of callers; here all are of one.'),
  {
    name: 'testOnBorrow',
    unit: 'flag',
    default: false,
    special: CHECK_FLAG,
    sets: 'checkAfterIdleNs',
    note: 'Whether a connection is checked when it is given out.',
  },
  {
    name: 'testOnReturn',
    unit: 'flag',
    default: false,
    special: flagMeans([1, 'one round trip'], [0, 'none']),
    sets: 'resetRoundTrips',
    note: 'Whether a connection is checked when it comes back.',
  },
  unused('autostart', 'flag', true, 'Whether the pool starts by itself.'),
  {
    name: 'evictionRunIntervalMillis',
    unit: 'ms',
    default: 0,
    min: 0,
    special: [never(0)],
    sets: 'idleCheckNs',
    note: 'How often idle connections are looked at; 0, the default: never, whatever the idle timeouts say.',
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
    ...unused(
      'softIdleTimeoutMillis',
      'ms',
      -1,
      'Idle time after which a connection is closed as long as more than min are idle; below 1: never.',
    ),
  },
  {
    name: 'idleTimeoutMillis',
    unit: 'ms',
    default: 30_000,
    min: 1,
    sets: 'idleTimeoutNs',
    note: 'Idle time after which a connection is closed, below min, too.',
  },
];

export const genericPool: Profile = {
  id: 'generic-pool',
  aliases: ['node-pool'],
  product: 'generic-pool',
  home: 'Node.js; under many drivers',
  version: '3.9.0',
  source: 'coopernurse/node-pool@ee5db9d',
  settings,
  policy: {
    idleOrder: 'fifo',
    newConnection: 'pooled',
    growth: 'fill-deficit',
    pendingLimit: 'without-room',
    failureTo: 'nobody',
    retry: 'event',
    retryFirstNs: 0,
    fillFirstNs: 0,
    fillOnClose: true,
    checkedFor: 'line',
    idleCheck: 'interval',
    idleLimit: 'passed',
    idleFloor: 'none',
    noticesLoss: 'in-use',
  },
  fixed: { initial: 0 },
  derive,
  startUp: [
    {
      settings: ['max'],
      applies: (v) => numberOf(v, 'max') < 1,
      takes: () => ({ max: 1 }),
      says: (v) => `max ${numberOf(v, 'max')} is below 1; generic-pool takes 1.`,
    },
    {
      settings: ['min', 'max'],
      applies: (v) => numberOf(v, 'min') > numberOf(v, 'max'),
      takes: (v) => ({ min: numberOf(v, 'max') }),
      says: (v) =>
        `min ${numberOf(v, 'min')} is more than max; generic-pool takes ${numberOf(v, 'max')}.`,
    },
  ],
  errors: {
    'acquire-timeout': 'TimeoutError: ResourceRequest timed out',
    'pool-full': 'Error: max waitingClients count exceeded',
  },
  metrics: {
    'count.used': 'borrowed',
    'count.idle': 'available',
    max: 'max',
    pending_requests: 'pending',
  },
  semantics: [
    'Every caller joins a strict line, even if something is idle.',
    'At each event the pool counts how many wait beyond what is idle, being opened and being checked, and opens as many at once as there is room.',
    'A new connection is put with the idle ones, and the head of the line takes from there.',
    'A connection that is returned goes the same way.',
    'When opening fails nobody is told: the pool counts again and tries at once, without a pause.',
    'A connection being opened when its caller gives up is finished and kept.',
    'With min above 0 that many are opened at the start.',
  ],
  traps: [
    'max is 1 by default.',
    'Callers wait for ever by default.',
    'While the database is away the pool tries as fast as connecting fails, and those who wait never learn why.',
    'Idle timeouts do nothing until evictionRunIntervalMillis is set.',
    'fifo is about idle connections, not about callers.',
    'idleTimeoutMillis takes no notice of min: such connections are closed and opened anew.',
  ],
  undocumented: [
    { axis: 'checkRoundTrips', assumed: 'The check is a function of the caller; one round trip.' },
  ],
  leftOut: [
    'Classes of priority among callers.',
    'Where a look stopped the next one goes on; here each begins with what was idle longest.',
  ],
};

function derive(values: NativeValues): ReturnType<NonNullable<Profile['derive']>> {
  const intervalMs = numberOf(values, 'evictionRunIntervalMillis', 0);
  if (intervalMs === 0) return { idleTimeoutNs: Infinity, idleCheckNs: 0 };
  const softMs = numberOf(values, 'softIdleTimeoutMillis', -1);
  const hardMs = numberOf(values, 'idleTimeoutMillis', Infinity);
  return softMs > 0 && softMs < hardMs
    ? { idleCheckNs: intervalMs * MS, idleTimeoutNs: softMs * MS, idleFloor: 'idle' }
    : { idleCheckNs: intervalMs * MS, idleTimeoutNs: hardMs * MS };
}

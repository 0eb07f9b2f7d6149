/** tarn: connections are opened in the background, one at each event that finds a waiter and nothing free. */
import { MS, S, flagMeans, unused } from './native.ts';
import type { Profile, ProfileSetting } from './profile.ts';

/** Those of knex, too, with other defaults. */
const settings: readonly ProfileSetting[] = [
  {
    name: 'min',
    aliases: ['pool.min'],
    unit: 'connections',
    default: null,
    min: 0,
    sets: 'min',
    note: 'Where the closing of idle connections stops; tarn requires it.',
  },
  {
    name: 'max',
    aliases: ['pool.max'],
    unit: 'connections',
    default: null,
    min: 1,
    sets: 'max',
    note: 'Most connections of the pool; tarn requires it.',
  },
  {
    name: 'acquireTimeoutMillis',
    aliases: ['pool.acquireTimeoutMillis'],
    unit: 'ms',
    default: 30_000,
    min: 1,
    sets: 'acquireTimeoutNs',
    note: 'How long a caller waits; it covers the line, the opening and the check.',
  },
  {
    name: 'createTimeoutMillis',
    aliases: ['pool.createTimeoutMillis'],
    unit: 'ms',
    default: 30_000,
    min: 1,
    sets: 'connectTimeoutNs',
    note: 'How long opening one connection may take.',
  },
  {
    ...unused('destroyTimeoutMillis', 'ms', 5000, 'How long closing one connection may take.'),
    aliases: ['pool.destroyTimeoutMillis'],
  },
  {
    name: 'idleTimeoutMillis',
    aliases: ['pool.idleTimeoutMillis'],
    unit: 'ms',
    default: 30_000,
    min: 1,
    sets: 'idleTimeoutNs',
    note: 'A connection that has been idle for so long is closed at the next look.',
  },
  {
    name: 'reapIntervalMillis',
    aliases: ['pool.reapIntervalMillis'],
    unit: 'ms',
    default: 1000,
    min: 1,
    sets: 'idleCheckNs',
    note: 'How often idle connections are looked at, from the first that is given out.',
  },
  {
    name: 'createRetryIntervalMillis',
    aliases: ['pool.createRetryIntervalMillis'],
    unit: 'ms',
    default: 200,
    min: 1,
    sets: 'retryFirstNs',
    note: 'The pause after an attempt to connect that failed.',
  },
  {
    name: 'propagateCreateError',
    aliases: ['pool.propagateCreateError'],
    unit: 'flag',
    default: false,
    special: flagMeans(
      ['head', 'the first in the line fails with the error'],
      ['nobody', 'it only becomes the text of a later timeout'],
    ),
    sets: 'failureTo',
    note: 'Who is told that a connection could not be opened.',
  },
];

export const tarn: Profile = {
  id: 'tarn',
  product: 'tarn',
  home: 'Node.js; the pool of knex',
  version: '3.1.2',
  source: 'Vincit/tarn.js@e33d223',
  settings,
  policy: {
    newConnection: 'pooled',
    growth: 'one-if-deficit',
    failureTo: 'nobody',
    retry: 'event',
    retryFirstNs: 200 * MS,
    retryCapNs: Infinity,
    checkAfterIdleNs: -1,
    checkRoundTrips: 0,
    checkAfterTimeout: 'closes',
    idleCheck: 'first-grant',
    idleCheckNs: S,
    idleFloor: 'established',
    // A closing by itself makes it look for nobody: what closes looks afterwards, or nobody waits.
    capacityRegained: 'lost',
    noticesLoss: 'in-use',
  },
  fixed: { initial: 0 },
  startUp: [],
  errors: {
    'acquire-timeout': 'TimeoutError: operation timed out for an unknown reason',
  },
  metrics: {
    'count.used': 'numUsed()',
    'count.idle': 'numFree()',
    pending_requests: 'numPendingAcquires()',
    create_time: 'numPendingCreates() (a gauge)',
  },
  semantics: [
    'Every caller goes to the end of a strict line, and its timeout starts there.',
    'As long as something is free, the connection that came back last goes to who has waited longest.',
    'If nothing was free at that event, one more connection is begun, unless as many are being opened as wait.',
    'A new connection is free like any other, and the head of the line gets it, whoever made the pool open it.',
    'A connection that is returned becomes free, and the line is looked at.',
    'A connection being opened when its caller gives up is finished and kept; one that is being checked for it then is closed.',
    'After a failed attempt 200 ms pass before the pool tries again.',
  ],
  traps: [
    'min opens nothing in advance: it is where the closing of idle connections stops.',
    'min and max have no defaults: without them the pool does not start.',
    'With propagateCreateError off a failed connect is told to nobody; its text appears later, as that of the timeout.',
    'The time between attempts is fixed: 200 ms for as long as the outage lasts.',
  ],
  undocumented: [
    {
      axis: 'checkRoundTrips',
      assumed: 'The check is a function of the caller; none of its round trips is counted.',
    },
  ],
  leftOut: [
    'A check that fails puts its waiter back at the head until the next turn of the event loop.',
    'How long closing a connection may take (destroyTimeoutMillis).',
  ],
};

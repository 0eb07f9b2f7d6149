/** node-postgres' pool: each caller opens its own connection while there is room; nothing in advance. */
import { MS, forEver, never, numberOf, unused } from './native.ts';
import type { NativeValues, Profile, ProfileSetting } from './profile.ts';

const PG_POOL_SETTINGS: readonly ProfileSetting[] = [
  {
    name: 'max',
    aliases: ['poolSize'],
    unit: 'connections',
    default: 10,
    sets: 'max',
    note: 'Most connections of the pool.',
  },
  {
    name: 'min',
    unit: 'connections',
    default: 0,
    min: 0,
    sets: 'min',
    note: 'No idle connection is closed below this number; none is opened for it.',
  },
  {
    name: 'connectionTimeoutMillis',
    unit: 'ms',
    default: 0,
    min: 0,
    special: [forEver(0)],
    sets: 'acquireTimeoutNs',
    note: 'How long a caller waits, in the line or for the connection that it opens itself.',
  },
  {
    name: 'idleTimeoutMillis',
    unit: 'ms',
    default: 10_000,
    min: 0,
    special: [never(0)],
    sets: 'idleTimeoutNs',
    note: 'A connection that has been idle for so long is closed.',
  },
  {
    name: 'maxUses',
    unit: 'count',
    default: Infinity,
    min: 1,
    sets: 'maxUses',
    note: 'A connection that was used so often is closed on its return.',
  },
  {
    name: 'maxLifetimeSeconds',
    unit: 's',
    default: 0,
    min: 0,
    special: [forEver(0)],
    sets: 'lifetimeNs',
    note: 'A connection is closed when it is so old; in use, on its return. Without jitter.',
  },
  unused(
    'allowExitOnIdle',
    'flag',
    false,
    'Whether the process may end while connections are idle.',
  ),
  unused('verify', 'word', null, 'A hook that runs for new connections.'),
  unused('onConnect', 'word', null, 'A hook that runs for new connections.'),
  unused('Promise', 'word', null, 'Which promises the pool makes.'),
  unused('log', 'word', null, 'A hook that gets messages.'),
];

export const pgPool: Profile = {
  id: 'pg-pool',
  aliases: ['node-postgres'],
  product: 'pg-pool',
  home: 'Node.js; the pool of node-postgres',
  version: '3.14.0',
  source: 'brianc/node-postgres@c9e57617',
  settings: PG_POOL_SETTINGS,
  policy: {
    barging: 'slot',
    lifetimeEnds: 'timer',
    idleCheck: 'timer',
    idleFloor: 'open',
  },
  fixed: { initial: 0 },
  /* Each attempt to connect has the same limit, counted from its own beginning. */
  derive: (values: NativeValues) => {
    const timeoutMs = numberOf(values, 'connectionTimeoutMillis', 0);
    return { connectTimeoutNs: timeoutMs === 0 ? Infinity : timeoutMs * MS };
  },
  startUp: [],
  errors: {
    'acquire-timeout': 'Error: timeout exceeded when trying to connect',
    'opening-timeout': 'Error: Connection terminated due to connection timeout',
  },
  metrics: {
    'count.used': 'totalCount-idleCount',
    'count.idle': 'idleCount',
    max: 'options.max',
    pending_requests: 'waitingCount',
  },
  semantics: [
    'With an idle connection or without room, a caller goes to the end of a strict line; the connection that came back last serves its head.',
    'Without an idle connection and with room, a caller opens a connection at once, beside all others that do.',
    'Who opens a connection gets that one, even if another comes free sooner.',
    'A connection that is returned goes to the head of the line.',
    'A failed attempt is told to its caller alone; the place is free at once, and the next in line tries without a pause.',
    'When the timeout ends the wait of a caller that began to open on its arrival, its attempt is broken off; the attempt of one that had waited in line goes on until it has lasted as long as the timeout itself, and the pool gets the connection.',
    'A place that comes free because a connection was closed can go to a newcomer before the line is looked at.',
  ],
  traps: [
    'There is no acquire timeout by default: callers wait for ever.',
    'connectionTimeoutMillis 0 is for ever, not at once.',
    'The timeout covers the line as well as the connect, so that `timeout exceeded when trying to connect` does not say that connecting was slow.',
    'With a timeout shorter than the connect the pool never gets warm: each attempt is broken off and begun again.',
    'min opens nothing in advance.',
    'maxLifetimeSeconds is in seconds, all other times in milliseconds.',
    'Pool settings in the query of the URL are ignored.',
  ],
  undocumented: [],
  leftOut: [
    'An error on an idle connection removes it and is emitted on the pool; without a listener the process ends.',
    'Closing a connection takes time, in which its place counts as free already.',
  ],
};

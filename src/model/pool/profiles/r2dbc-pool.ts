/** R2DBC pool: ten connections from the start, a strict line, one more try when a connect fails. */
import { MIN, forEver, never, numberOf, unused } from './native.ts';
import type { NativeValues, Profile, ProfileSetting } from './profile.ts';

const settings: readonly ProfileSetting[] = [
  {
    name: 'initialSize',
    aliases: ['initial-size'],
    unit: 'connections',
    default: 10,
    min: 0,
    sets: 'initial',
    note: 'Connections that are opened at the start, one after another.',
  },
  {
    name: 'maxSize',
    aliases: ['max-size'],
    unit: 'connections',
    default: 10,
    min: 1,
    sets: 'max',
    note: 'Most connections of the pool.',
  },
  {
    name: 'minIdle',
    aliases: ['min-idle'],
    unit: 'connections',
    default: 0,
    min: 0,
    sets: 'min',
    note: 'Idle connections below which none is closed for being idle.',
  },
  {
    name: 'maxIdleTime',
    aliases: ['max-idle-time'],
    unit: 'duration',
    default: '30m',
    special: [never(-1)],
    sets: 'idleTimeoutNs',
    note: 'A connection that has been idle for so long is closed.',
  },
  {
    name: 'maxLifeTime',
    aliases: ['max-life-time'],
    unit: 'duration',
    default: null,
    special: [forEver(-1)],
    sets: 'lifetimeNs',
    note: 'A connection is closed when it is so old; unset or -1: for ever.',
  },
  {
    name: 'maxAcquireTime',
    aliases: ['max-acquire-time'],
    unit: 'duration',
    default: null,
    special: [forEver(-1)],
    sets: 'acquireTimeoutNs',
    note: 'How long a caller waits; it covers the line and the opening. Unset or -1: for ever.',
  },
  {
    name: 'maxCreateConnectionTime',
    aliases: ['max-create-connection-time'],
    unit: 'duration',
    default: null,
    special: [forEver(-1)],
    sets: 'connectTimeoutNs',
    note: 'How long opening one connection may take; unset or -1: as long as it takes.',
  },
  {
    ...unused('maxValidationTime', 'duration', null, 'How long a check may take.'),
    aliases: ['max-validation-time'],
    special: [forEver(-1)],
  },
  {
    ...unused('acquireRetry', 'count', 1, 'Attempts to connect after the first has failed.'),
    aliases: ['acquire-retry'],
    min: 0,
  },
  {
    name: 'validationDepth',
    aliases: ['validation-depth'],
    unit: 'word',
    default: 'LOCAL',
    words: ['LOCAL', 'REMOTE'],
    special: [
      { value: 'LOCAL', means: Infinity, words: 'asks the driver, without a round trip' },
      { value: 'REMOTE', means: -1, words: 'asks the server each time' },
    ],
    sets: 'checkAfterIdleNs',
    note: 'How a connection is checked when it is given out.',
  },
];

export const r2dbcPool: Profile = {
  id: 'r2dbc-pool',
  aliases: ['r2dbc'],
  product: 'R2DBC Pool',
  home: 'Java; Spring WebFlux',
  version: 'main (r2dbc-pool@55f8f30)',
  source: 'r2dbc/r2dbc-pool@55f8f30, reactor/reactor-pool@1b4b503',
  settings,
  policy: {
    failureAfter: 2,
    retry: 'again',
    lifetimeEnds: 'borrow',
    idleCheck: 'interval',
    idleCheckNs: MIN,
    idleFloor: 'idle',
  },
  derive: (values: NativeValues) => ({ failureAfter: numberOf(values, 'acquireRetry') + 1 }),
  startUp: [],
  errors: {
    'acquire-timeout':
      'R2dbcTimeoutException: Connection acquisition timed out after {timeoutMs}ms',
  },
  metrics: {
    'count.used': 'r2dbc.pool.acquired',
    'count.idle': 'r2dbc.pool.idle',
    max: 'r2dbc.pool.max.allocated',
    pending_requests: 'r2dbc.pool.pending',
  },
  semantics: [
    'A caller takes the idle connection that was used last.',
    'Without one and below maxSize a connection is opened for it alone, beside all others.',
    'Otherwise it waits by strict turn.',
    'A connection that comes back goes to the first in the line.',
    'A failed attempt is repeated once, at once, before its caller is told.',
    'The start opens initialSize connections, one after another.',
  ],
  traps: [
    'Callers wait for ever by default.',
    'Times are durations such as 5s, where HikariCP wants plain milliseconds.',
    'minIdle and initialSize are different things: ten stand at the start, and none is kept.',
    'The line has no limit in this version.',
  ],
  undocumented: [
    { axis: 'idleCheckNs', assumed: 'Idle connections are looked at every minute.' },
    { axis: 'lifetimeEnds', assumed: 'Age is looked at when a connection is given out.' },
    {
      axis: 'openingAfterTimeout',
      assumed: 'The opening goes on, and the pool gets the connection.',
    },
  ],
  leftOut: [
    'initialSize connections are opened one after another; here they stand when traffic begins.',
  ],
};

/** mysql2's pool: each caller opens its own connection while there is room; no acquire timeout exists. */
import { MS, S, countOf, flagMeans, isOn, numberOf, unlimited, unused } from './native.ts';
import type { NativeValues, Profile, ProfileSetting } from './profile.ts';

const settings: readonly ProfileSetting[] = [
  {
    name: 'connectionLimit',
    unit: 'connections',
    default: 10,
    min: 0,
    special: [unlimited(0)],
    sets: 'max',
    note: 'Most connections of the pool.',
  },
  unused(
    'waitForConnections',
    'flag',
    true,
    'Off: a caller that finds neither an idle connection nor room fails at once.',
  ),
  {
    name: 'queueLimit',
    unit: 'requests',
    default: 0,
    min: 0,
    special: [unlimited(0)],
    sets: 'maxPending',
    note: 'Callers that may wait.',
  },
  {
    name: 'maxIdle',
    unit: 'connections',
    default: { same: 'connectionLimit' },
    min: 0,
    sets: 'maxIdle',
    note: 'Idle connections that are kept; only below connectionLimit anything is closed for being idle.',
  },
  {
    name: 'idleTimeout',
    unit: 'ms',
    default: 60_000,
    min: 0,
    sets: 'idleTimeoutNs',
    note: 'A connection idle for so long is closed, if maxIdle is below connectionLimit.',
  },
  {
    name: 'connectTimeout',
    unit: 'ms',
    default: 10_000,
    min: 1,
    sets: 'connectTimeoutNs',
    note: 'How long opening one connection may take; it does not cover waiting.',
  },
  {
    name: 'resetOnRelease',
    unit: 'flag',
    default: false,
    special: flagMeans([1, 'one round trip'], [0, 'none']),
    sets: 'resetRoundTrips',
    note: 'Whether a connection is reset when it comes back.',
  },
];

export const mysql2: Profile = {
  id: 'mysql2',
  product: 'mysql2',
  home: 'Node.js; MySQL',
  version: '3.24.6',
  source: 'sidorares/node-mysql2@928c3c51',
  settings,
  policy: {
    barging: 'slot',
    maxIdleAt: 'check',
    idleCheck: 'interval',
    idleCheckNs: S,
    idleLimit: 'passed',
    idleFloor: 'none',
  },
  fixed: { initial: 0, min: 0, acquireTimeoutNs: Infinity },
  derive,
  startUp: [
    {
      settings: ['waitForConnections', 'queueLimit'],
      applies: (v) => !isOn(v, 'waitForConnections') && numberOf(v, 'queueLimit') > 0,
      takes: () => ({}),
      says: (v) =>
        `queueLimit ${numberOf(v, 'queueLimit')} has no effect: waitForConnections is off, and nobody waits.`,
    },
  ],
  errors: {
    'pool-full': 'Error: Queue limit reached.',
    'nobody-waits': 'Error: No connections available.',
  },
  metrics: {
    'count.used': '_allConnections.length-_freeConnections.length (private)',
    'count.idle': '_freeConnections.length (private)',
    max: 'config.connectionLimit',
    pending_requests: '_connectionQueue.length (private)',
  },
  semantics: [
    'A caller gets the idle connection that came back last.',
    'Without one and with room it opens a connection of its own, beside all others that do.',
    'Without room it joins a line, unless that is forbidden or full.',
    'A connection that is returned goes to the first in the line.',
    'A failed attempt is told to its caller; the next in the line starts over and may find that the place is gone.',
    'Connections live for ever and are never checked.',
  ],
  traps: [
    'There is no acquire timeout, and none can be set: the line grows without end.',
    'connectTimeout bounds one attempt to connect, not the wait.',
    'Connections that died unnoticed are given out and fail in the query.',
    'By default no idle connection is ever closed: idleTimeout works only with maxIdle below connectionLimit.',
    'With waitForConnections off the error is `No connections available.`; with queueLimit reached it is `Queue limit reached.`',
  ],
  undocumented: [],
  leftOut: [
    'A waiter that starts over after a failed attempt and finds no room goes to the end of the line.',
  ],
};

function derive(values: NativeValues): ReturnType<NonNullable<Profile['derive']>> {
  const maxIdle = numberOf(values, 'maxIdle', Infinity);
  const closesIdle = maxIdle < numberOf(values, 'connectionLimit');
  return {
    maxPending: isOn(values, 'waitForConnections') ? countOf(values, 'queueLimit') : 0,
    maxIdle: closesIdle ? maxIdle : Infinity,
    idleTimeoutNs: closesIdle ? numberOf(values, 'idleTimeout') * MS : Infinity,
  };
}

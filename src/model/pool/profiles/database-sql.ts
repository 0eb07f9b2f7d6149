/** Go's database/sql: no limit by default, two idle connections kept, and who waits longest has no claim. */
import { forEver, unlimited } from './native.ts';
import type { Profile, ProfileSetting } from './profile.ts';

const settings: readonly ProfileSetting[] = [
  {
    name: 'SetMaxOpenConns',
    aliases: ['MaxOpenConns'],
    unit: 'connections',
    default: 0,
    min: -1,
    special: [unlimited(0), unlimited(-1)],
    sets: 'max',
    note: 'Most connections of the pool.',
  },
  {
    name: 'SetMaxIdleConns',
    aliases: ['MaxIdleConns'],
    unit: 'connections',
    default: 2,
    min: -1,
    special: [{ value: -1, means: 0, words: 'none' }],
    sets: 'maxIdle',
    note: 'Idle connections that are kept; one more is closed on its return.',
  },
  {
    name: 'SetConnMaxLifetime',
    aliases: ['ConnMaxLifetime'],
    unit: 'duration',
    default: 0,
    special: [forEver(0)],
    sets: 'lifetimeNs',
    note: 'A connection is closed when it is so old; in use, on its return. Without jitter.',
  },
  {
    name: 'SetConnMaxIdleTime',
    aliases: ['ConnMaxIdleTime'],
    unit: 'duration',
    default: 0,
    special: [forEver(0)],
    sets: 'idleTimeoutNs',
    note: 'A connection that has been idle for so long is closed.',
  },
  {
    name: 'context.WithTimeout',
    aliases: ['context'],
    unit: 'duration',
    default: null,
    sets: 'acquireTimeoutNs',
    note: "The deadline of the caller's context, which is no setting of the pool; unset: waits for ever.",
  },
];

export const databaseSql: Profile = {
  id: 'database-sql',
  aliases: ['go-database-sql'],
  product: 'database/sql',
  home: 'Go; standard library',
  version: 'Go 1.23 or later',
  source: 'golang/go@01988dc5',
  settings,
  policy: {
    order: 'random',
    barging: 'slot',
    openingAfterTimeout: 'cancelled',
    capacityRegained: 'opener',
    /* A bad connection is found when it is given out: two are, and then a new one is opened. */
    checkAfterIdleNs: -1,
    checkRoundTrips: 0,
    uselessTries: 2,
    lifetimeEnds: 'timer',
    idleCheck: 'ageing',
    idleFloor: 'none',
    noticesLoss: 'in-use',
  },
  fixed: { initial: 0, min: 0 },
  startUp: [
    {
      settings: ['SetMaxIdleConns', 'SetMaxOpenConns'],
      applies: (v) => {
        const { SetMaxIdleConns: idle, SetMaxOpenConns: open } = v;
        return typeof open === 'number' && open > 0 && typeof idle === 'number' && idle > open;
      },
      takes: (v) => ({ SetMaxIdleConns: v['SetMaxOpenConns'] ?? 0 }),
      says: (v) =>
        `SetMaxIdleConns ${String(v['SetMaxIdleConns'])} is above SetMaxOpenConns; database/sql takes ${String(v['SetMaxOpenConns'])}.`,
    },
  ],
  errors: {
    'acquire-timeout': 'context deadline exceeded',
    'opening-timeout': 'context deadline exceeded',
  },
  metrics: {
    'count.used': 'DBStats.InUse',
    'count.idle': 'DBStats.Idle',
    max: 'DBStats.MaxOpenConnections',
    pending_requests: 'DBStats.WaitCount (a total)',
    wait_time: 'DBStats.WaitDuration (a total)',
  },
  semantics: [
    'A caller takes the idle connection that came back last.',
    'Without one and with room it opens its own, beside all others that do.',
    'Without room it waits for a connection or for the end of its context.',
    'A connection that is returned goes to one of those who wait, drawn at random.',
    'If nobody waits it is kept, as long as fewer than SetMaxIdleConns are idle; otherwise it is closed.',
    'A dead connection is closed when it is given out, and its caller tries another; after two of them it opens a new one, whatever is idle.',
    'A failed attempt is told to its caller; there is no pause before the next.',
    'Room that comes free while others wait makes a goroutine open connections for them, one after another; one of those who wait then gets each, or its error.',
  ],
  traps: [
    'By default there is no limit and so no line: a surge becomes a storm of connections at the server.',
    'Only two idle connections are kept by default: with more callers than that, connections are closed and opened all the time.',
    'Nobody is served by turn: with a line that never empties some wait very long.',
    'There is no acquire timeout: only the context of the caller ends a wait, with the same text whether pool or query was slow.',
    'WaitDuration counts the line only, not the time to open a connection.',
  ],
  undocumented: [
    {
      axis: 'openingAfterTimeout',
      assumed:
        "The driver breaks off a connect when its caller's context ends, as the interface asks of it; one that is opened for waiters goes on.",
    },
  ],
  leftOut: [
    'A pool that is closed, and a context that is over before its caller asks.',
    'The deadline of a context ends the query, too; here it ends the wait alone.',
    'A driver that finds a dead connection only by the answer to a query; here the look that it takes before costs nothing.',
    'Aged and idle connections are closed at most once a second.',
  ],
};

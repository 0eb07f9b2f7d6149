/** Microsoft.Data.SqlClient: connections open one at a time, and a failure is repeated to all for a while. */
import { MIN, S, forEver, unused } from './native.ts';
import type { Profile, ProfileSetting } from './profile.ts';

const settings: readonly ProfileSetting[] = [
  {
    name: 'Max Pool Size',
    aliases: ['MaxPoolSize'],
    unit: 'connections',
    default: 100,
    min: 1,
    sets: 'max',
    note: 'Most connections of the pool.',
  },
  {
    name: 'Min Pool Size',
    aliases: ['MinPoolSize'],
    unit: 'connections',
    default: 0,
    min: 0,
    sets: 'min',
    note: 'Connections below which none is closed for being idle.',
  },
  {
    name: 'Connect Timeout',
    aliases: ['Connection Timeout', 'ConnectTimeout'],
    unit: 's',
    default: 15,
    min: 0,
    special: [forEver(0)],
    sets: 'acquireTimeoutNs',
    note: 'How long a caller waits; it covers the line and the opening.',
  },
  {
    name: 'Load Balance Timeout',
    aliases: ['Connection Lifetime'],
    unit: 's',
    default: 0,
    min: 0,
    special: [forEver(0)],
    sets: 'lifetimeNs',
    note: 'A connection that is so old is closed on its return. Without jitter.',
  },
  {
    name: 'Pool Blocking Period',
    aliases: ['PoolBlockingPeriod'],
    unit: 'word',
    default: 'Auto',
    words: ['Auto', 'AlwaysBlock', 'NeverBlock'],
    special: [
      { value: 'Auto', means: 'blocking', words: 'callers fail at once for a while' },
      { value: 'AlwaysBlock', means: 'blocking', words: 'callers fail at once for a while' },
      { value: 'NeverBlock', means: 'none', words: 'each caller tries' },
    ],
    sets: 'block',
    note: 'Whether a failed attempt is repeated to all who come; Auto: not for Azure.',
  },
  unused('Connection Idle Timeout', 's', null, 'A newer keyword; its default was not read.'),
];

export const sqlclient: Profile = {
  id: 'sqlclient',
  product: 'Microsoft.Data.SqlClient',
  home: '.NET; SQL Server',
  version: '7.1 preview, first pool implementation',
  source: 'dotnet/SqlClient@c16adb7a1',
  settings,
  policy: {
    barging: 'idle',
    release: 'wake-one',
    openingsAtOnce: 1,
    failureTo: 'everybody',
    block: 'blocking',
    blockFirstNs: 5 * S,
    blockFactor: 2,
    blockCapNs: 60 * S,
    openingAfterTimeout: 'cancelled',
    lifetimeEnds: 'return',
    idleCheck: 'interval',
    idleCheckNs: 3 * MIN,
    idleFloor: 'open',
  },
  fixed: { initial: 0, idleTimeoutNs: 3 * MIN },
  startUp: [],
  errors: {
    'acquire-timeout':
      'InvalidOperationException: Timeout expired.  The timeout period elapsed prior to obtaining a connection from the pool.  This may have occurred because all pooled connections were in use and max pool size was reached.',
  },
  metrics: {
    'count.used': 'number-of-active-connections',
    'count.idle': 'number-of-free-connections',
  },
  semantics: [
    'A caller waits for whichever comes first: a free connection, an error, or the right to open one.',
    'There is one such right, so that connections are opened strictly one after another.',
    'Who has it looks once more for a free connection, opens one of its own otherwise, and gives the right back.',
    'The connection that came back last is given out first.',
    'A return wakes one of those who wait.',
    'After a failed attempt all who wait, and all who come within 5 s, get the same error; the time doubles up to a minute while failures go on.',
    'Connections that stayed idle from one cleaning to the next are closed.',
  ],
  traps: [
    'Fifty callers and a connect of two seconds take a hundred seconds: most of them time out although the limit is 100.',
    'The error speaks of max pool size even if the pool was only slow at opening.',
    'After one failure callers fail at once for 5 s or longer, with the database well again.',
    'Two blanks stand in the text of the error.',
    'All times are seconds.',
  ],
  undocumented: [
    {
      axis: 'order',
      assumed: 'The system wakes who has waited longest; it does not promise that.',
    },
    {
      axis: 'openingAfterTimeout',
      assumed: 'The caller opens the connection itself, so that its time limit breaks it off.',
    },
    { axis: 'fillFirstNs', assumed: 'Nothing is opened for Min Pool Size.' },
    { axis: 'idleCheckNs', assumed: 'Three minutes, the middle of two and four.' },
  ],
  leftOut: [
    'Asynchronous callers are served by one thread, one after another, their waiting included.',
    'Cleaning comes after two to four minutes at random.',
    'The newer pool over channels, which a switch turns on.',
    'Auto does not block for addresses of Azure; here it always does.',
    'A connection that is found dead when it is given out is dropped.',
  ],
};

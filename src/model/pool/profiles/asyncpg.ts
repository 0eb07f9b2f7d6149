/** asyncpg's pool: slots that callers take and connect themselves; no acquire timeout by default. */
import { never, numberOf, unused } from './native.ts';
import type { Profile, ProfileSetting } from './profile.ts';

const settings: readonly ProfileSetting[] = [
  {
    name: 'min_size',
    unit: 'connections',
    default: 10,
    min: 0,
    sets: 'initial',
    note: 'Connections that are opened at the start; later the pool may have fewer.',
  },
  {
    name: 'max_size',
    unit: 'connections',
    default: 10,
    min: 1,
    sets: 'max',
    note: 'Most connections of the pool.',
  },
  {
    name: 'max_queries',
    unit: 'count',
    default: 50_000,
    min: 1,
    sets: 'maxUses',
    note: 'A connection that ran so many queries is closed on its return; here each use is one query.',
  },
  {
    name: 'max_inactive_connection_lifetime',
    unit: 's',
    default: 300,
    min: 0,
    special: [never(0)],
    sets: 'idleTimeoutNs',
    note: 'A connection that has been idle for so long is closed, below min_size, too.',
  },
  {
    name: 'acquire(timeout=)',
    aliases: ['acquire.timeout', 'acquire_timeout'],
    unit: 's',
    default: null,
    min: 0,
    sets: 'acquireTimeoutNs',
    note: 'How long a caller waits, which each call says itself; it covers the line and the connect. Unset: for ever.',
  },
  {
    name: 'timeout',
    aliases: ['connect_timeout'],
    unit: 's',
    default: 60,
    min: 0,
    sets: 'connectTimeoutNs',
    note: 'How long opening one connection may take.',
  },
  unused('command_timeout', 's', null, 'How long a query may take.'),
];

export const asyncpg: Profile = {
  id: 'asyncpg',
  product: 'asyncpg',
  home: 'Python; PostgreSQL',
  version: 'v0.31.0 and 2 commits',
  source: 'MagicStack/asyncpg@db8ecc2',
  settings,
  policy: {
    barging: 'idle',
    release: 'wake-one',
    openingAfterTimeout: 'cancelled',
    resetRoundTrips: 1,
    idleCheck: 'timer',
    idleFloor: 'none',
  },
  fixed: { min: 0 },
  startUp: [
    {
      settings: ['min_size', 'max_size'],
      applies: (v) => numberOf(v, 'min_size') > numberOf(v, 'max_size'),
      takes: () => ({}),
      says: (v) =>
        `min_size ${numberOf(v, 'min_size')} is more than max_size; asyncpg does not start: ValueError: min_size is greater than max_size. Here max_size connections are opened.`,
    },
  ],
  errors: {
    'acquire-timeout': 'asyncio.TimeoutError',
    'opening-timeout': 'asyncio.TimeoutError',
    'connect-timeout': 'asyncio.TimeoutError',
  },
  metrics: {
    'count.used': 'get_size()-get_idle_size()',
    'count.idle': 'get_idle_size()',
    max: 'get_max_size()',
  },
  semantics: [
    'The pool has max_size slots, and a caller takes the one that came back last.',
    'A slot without a live connection is connected by the caller that took it, beside all others that do.',
    'Without a free slot a caller waits by turn; a newcomer can come between only within one turn of the event loop.',
    'A connection that comes back runs the reset query first, and only then its slot is free.',
    'A failed attempt is told to its caller alone; there is no pause before the next.',
    'The end of a timeout breaks off the connect.',
    'The start opens one connection first and the rest up to min_size beside each other.',
  ],
  traps: [
    'Without acquire(timeout=) callers wait for ever; the pool has no setting for it.',
    'timeout of create_pool is about connecting, not about waiting.',
    'Each return costs a round trip that nobody sees in the time of a query.',
    'Nobody counts who waits: there is no such method.',
    'min_size is no floor: idle connections are closed below it.',
    'max_size below 10 is refused as long as min_size is not given.',
  ],
  undocumented: [],
  leftOut: [
    'max_queries counts queries, of which a use may run several.',
    'The setup hook, and a socket that was found closed.',
  ],
};

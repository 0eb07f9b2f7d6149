/** r2d2: three threads keep the pool full; who waits hears of failures only through the timeout. */
import { CHECK_FLAG, MIN, MS, S, numberOf } from './native.ts';
import type { NativeValues, Profile, ProfileSetting } from './profile.ts';

/** Those of bb8, too. */
export const R2D2_SETTINGS: readonly ProfileSetting[] = [
  {
    name: 'max_size',
    unit: 'connections',
    default: 10,
    min: 1,
    sets: 'max',
    note: 'Most connections of the pool.',
  },
  {
    name: 'min_idle',
    unit: 'connections',
    default: { same: 'max_size' },
    min: 0,
    sets: 'min',
    note: 'Idle connections that the pool keeps; by default it is always full.',
  },
  {
    name: 'connection_timeout',
    unit: 's',
    default: 30,
    sets: 'acquireTimeoutNs',
    note: 'How long a caller waits; it covers the line, the opening and the check.',
  },
  {
    name: 'idle_timeout',
    unit: 's',
    default: 600,
    sets: 'idleTimeoutNs',
    note: 'A connection that has been idle for so long is closed.',
  },
  {
    name: 'max_lifetime',
    unit: 's',
    default: 1800,
    sets: 'lifetimeNs',
    note: 'A connection is closed when it is so old. Without jitter.',
  },
  {
    name: 'test_on_check_out',
    unit: 'flag',
    default: true,
    special: CHECK_FLAG,
    sets: 'checkAfterIdleNs',
    note: 'Whether a connection is checked when it is given out.',
  },
];

export const r2d2: Profile = {
  id: 'r2d2',
  product: 'r2d2',
  home: 'Rust; the pool of Diesel',
  version: '0.8.10',
  source: 'sfackler/r2d2@c1b0d9f',
  settings: R2D2_SETTINGS,
  policy: {
    barging: 'idle',
    release: 'wake-one',
    newConnection: 'pooled',
    growth: 'fill-deficit',
    openingsAtOnce: 3,
    failureTo: 'nobody',
    retry: 'again',
    retryFirstNs: 200 * MS,
    retryFactor: 2,
    retryCapNs: 15 * S,
    fillFirstNs: 0,
    fillCounts: 'idle',
    fillOnClose: true,
    checkAfterIdleNs: -1,
    lifetimeNs: 30 * MIN,
    lifetimeEnds: 'timer',
    idleCheck: 'interval',
    idleCheckNs: 30 * S,
    idleFloor: 'idle',
    noticesLoss: 'in-use',
  },
  derive: (values: NativeValues) => ({
    retryCapNs: (numberOf(values, 'connection_timeout') * S) / 2,
  }),
  startUp: [],
  errors: {
    'acquire-timeout': 'timed out waiting for connection: …',
  },
  metrics: {
    'count.idle': 'State.idle_connections',
  },
  semantics: [
    'A caller takes the idle connection that came back last, past those who wait.',
    'Without one, connections are begun by three threads, up to the limit, and the caller waits.',
    'A new connection belongs to the pool, and so does one that comes back: one waiter is woken, and a newcomer can be faster.',
    'Each connection is checked before it is given out, at the expense of its caller.',
    'A failed attempt is repeated after 0.2 s, 0.4 s and so on, for ever; those who wait hear of it only in the text of their timeout.',
    'The start waits until min_idle connections are open, which by default are all.',
  ],
  traps: [
    'The pool is full from the start by default: each process holds max_size connections for nothing.',
    'Connections opened together end together after half an hour; there is no jitter.',
    'Each use costs one more round trip for the check.',
    'Only three connections are opened at once.',
  ],
  undocumented: [
    { axis: 'growth', assumed: 'As many are begun as wait beyond what is being opened.' },
    { axis: 'idleCheckNs', assumed: 'Idle and old connections are looked at every 30 s.' },
    { axis: 'fillOnClose', assumed: 'A connection closed is replaced at once.' },
  ],
  leftOut: ['A connection that fails its check is dropped, and its caller takes another.'],
};

/** bb8: r2d2 for asynchronous Rust; as many connections are begun as are missing. */
import { MIN, MS, S, flagMeans, numberOf } from './native.ts';
import { R2D2_SETTINGS } from './r2d2.ts';
import type { NativeValues, Profile, ProfileSetting } from './profile.ts';

const settings: readonly ProfileSetting[] = [
  ...R2D2_SETTINGS.map((setting) => (setting.name === 'min_idle' ? withoutIdle(setting) : setting)),
  {
    name: 'queue_strategy',
    unit: 'word',
    default: 'Fifo',
    words: ['Fifo', 'Lifo'],
    special: [
      { value: 'Fifo', means: 'fifo', words: 'the connection that came back first' },
      { value: 'Lifo', means: 'lifo', words: 'the connection that came back last' },
    ],
    sets: 'idleOrder',
    note: 'Which idle connection is given out.',
  },
  {
    name: 'retry_connection',
    unit: 'flag',
    default: true,
    special: flagMeans(['again', 'the attempt is repeated'], ['event', 'the attempt ends']),
    sets: 'retry',
    note: 'Whether a failed attempt to connect is repeated.',
  },
];

export const bb8: Profile = {
  id: 'bb8',
  product: 'bb8',
  home: 'Rust; Tokio',
  version: '0.9.1',
  source: 'djc/bb8@15a6c5a',
  settings,
  policy: {
    barging: 'idle',
    release: 'wake-one',
    idleOrder: 'fifo',
    newConnection: 'pooled',
    growth: 'fill-deficit',
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
    'acquire-timeout': 'RunError::TimedOut',
  },
  metrics: {
    timeouts: 'State.statistics.get_timed_out',
    wait_time: 'State.statistics.get_wait_time (a total)',
  },
  semantics: [
    'A caller takes the idle connection that came back first, past those who wait.',
    'Without one it waits, and the pool begins as many connections as wait beyond what is being opened.',
    'A new connection belongs to the pool, and so does one that comes back: who has waited longest is woken, and a newcomer can be faster.',
    'Each connection is checked before it is given out, at the expense of its caller.',
    'A failed attempt is repeated after 0.2 s, 0.4 s and so on; callers see only the timeout.',
  ],
  traps: [
    'The error is TimedOut whatever the cause.',
    'Idle connections go round in turn by default, so that none is idle for long under light load.',
    'Connections opened together end together after half an hour; there is no jitter.',
    'Each use costs one more round trip for the check.',
  ],
  undocumented: [
    { axis: 'idleCheckNs', assumed: 'Idle and old connections are looked at every 30 s.' },
    { axis: 'fillOnClose', assumed: 'A connection closed is replaced at once.' },
  ],
  leftOut: [
    'A connection that fails its check or is broken is dropped, and its caller takes another.',
  ],
};

/** Not set, it keeps no connection idle. */
function withoutIdle(setting: ProfileSetting): ProfileSetting {
  const note = 'Idle connections that the pool keeps; not set is none.';
  return { ...setting, default: 0, note };
}

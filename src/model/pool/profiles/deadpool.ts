/** deadpool: fair permits; each caller opens its own connection; three timeouts, none set by default. */
import { unused } from './native.ts';
import type { Profile, ProfileSetting } from './profile.ts';

const settings: readonly ProfileSetting[] = [
  {
    name: 'max_size',
    unit: 'connections',
    default: 8,
    min: 1,
    sets: 'max',
    note: 'Most connections of the pool; the default is twice the number of CPUs (here 4 CPUs).',
  },
  {
    name: 'timeouts.wait',
    unit: 's',
    default: null,
    min: 0,
    sets: 'acquireTimeoutNs',
    note: 'How long a caller waits for a slot; unset: for ever.',
  },
  {
    name: 'timeouts.create',
    unit: 's',
    default: null,
    min: 0,
    sets: 'connectTimeoutNs',
    note: 'How long opening a connection may take; unset: as long as it takes.',
  },
  unused('timeouts.recycle', 's', null, 'How long the check of an idle connection may take.'),
  {
    name: 'queue_mode',
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
];

export const deadpool: Profile = {
  id: 'deadpool',
  product: 'deadpool',
  home: 'Rust',
  version: '0.13.0',
  source: 'deadpool-rs/deadpool@f2728ab',
  settings,
  policy: {
    idleOrder: 'fifo',
    timeoutCovers: 'queue',
    openingAfterTimeout: 'cancelled',
    checkAfterIdleNs: -1,
    checkRoundTrips: 0,
    noticesLoss: 'in-use',
  },
  fixed: { initial: 0, min: 0, idleTimeoutNs: Infinity },
  startUp: [],
  errors: {
    'acquire-timeout': 'Timeout occurred while waiting for a slot to become available',
    'connect-timeout': 'Timeout occurred while creating a new object',
  },
  metrics: {
    'count.used': 'Status.size-Status.available',
    'count.idle': 'Status.available',
    max: 'Status.max_size',
    pending_requests: 'Status.waiting',
  },
  semantics: [
    'A caller first gets a permit, by strict turn: a newcomer stands behind all who wait.',
    'With a permit it takes the idle connection that came back first and has it checked, or opens its own, beside all others that do.',
    'Waiting, opening and checking have a time limit each.',
    'A return hands the permit to who has waited longest.',
    'A failed attempt is told to its caller alone, without another.',
    'Connections are closed for their age or idleness only if the application asks for it.',
  ],
  traps: [
    'None of the three time limits is set by default: callers wait for ever.',
    'The limit follows the number of CPUs that the process sees.',
    'A caller can wait for the sum of three time limits.',
    'Connections live for ever unless the application sweeps the pool.',
  ],
  undocumented: [
    {
      axis: 'checkRoundTrips',
      assumed: 'The check asks the driver and not the server; managers can do otherwise.',
    },
  ],
  leftOut: ['Sweeps that the application does itself (retain).', 'The time limit of the check.'],
};

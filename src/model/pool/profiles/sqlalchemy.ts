/** SQLAlchemy's QueuePool: a kept pool and overflow that is closed on return, whose room nobody is told of. */
import { CHECK_FLAG, flagMeans, forEver, numberOf, unlimited } from './native.ts';
import type { NativeValues, Profile, ProfileSetting } from './profile.ts';

const settings: readonly ProfileSetting[] = [
  {
    name: 'pool_size',
    unit: 'connections',
    default: 5,
    min: 0,
    special: [unlimited(0)],
    sets: 'maxIdle',
    note: 'Connections that are kept; with max_overflow it makes up the most there can be.',
  },
  {
    name: 'max_overflow',
    unit: 'connections',
    default: 10,
    min: -1,
    special: [unlimited(-1)],
    sets: null,
    note: 'Connections beyond pool_size, which are closed on their return; `max` is the sum of both.',
  },
  {
    name: 'pool_timeout',
    unit: 's',
    default: 30,
    min: 0,
    sets: 'acquireTimeoutNs',
    note: 'How long a caller waits in the line; the time to connect comes on top.',
  },
  {
    name: 'pool_use_lifo',
    unit: 'flag',
    default: false,
    special: flagMeans(
      ['lifo', 'the connection that came back last'],
      ['fifo', 'the connection that came back first'],
    ),
    sets: 'idleOrder',
    note: 'Which idle connection is given out.',
  },
  {
    name: 'pool_recycle',
    unit: 's',
    default: -1,
    min: -1,
    special: [forEver(-1)],
    sets: 'lifetimeNs',
    note: 'A connection that is so old is opened anew when it is given out. Without jitter.',
  },
  {
    name: 'pool_pre_ping',
    unit: 'flag',
    default: false,
    special: CHECK_FLAG,
    sets: 'checkAfterIdleNs',
    note: 'Whether a connection is checked when it is given out.',
  },
  {
    name: 'pool_reset_on_return',
    unit: 'word',
    default: 'rollback',
    words: ['rollback', 'commit', 'none'],
    special: [
      { value: 'rollback', means: 1, words: 'one round trip' },
      { value: 'commit', means: 1, words: 'one round trip' },
      { value: 'none', means: 0, words: 'no round trip' },
    ],
    sets: 'resetRoundTrips',
    note: 'What ends the transaction of a connection that comes back, before others can have it.',
  },
];

export const sqlalchemy: Profile = {
  id: 'sqlalchemy',
  aliases: ['sqlalchemy-queuepool'],
  product: 'SQLAlchemy QueuePool',
  home: 'Python',
  version: '2.1.0b4',
  source: 'sqlalchemy/sqlalchemy@f35da7e2b9',
  settings,
  policy: {
    barging: 'both',
    release: 'wake-one',
    idleOrder: 'fifo',
    timeoutCovers: 'queue',
    atTimeout: 'looks',
    capacityRegained: 'lost',
    lifetimeEnds: 'borrow',
    uselessThen: 'reconnect',
    deadThen: 'all-older',
    resetRoundTrips: 1,
    noticesLoss: 'in-use',
  },
  fixed: { initial: 0, min: 0, idleTimeoutNs: Infinity },
  derive,
  startUp: [],
  errors: {
    'acquire-timeout':
      'sqlalchemy.exc.TimeoutError: QueuePool limit of size {size} overflow {overflow} reached, connection timed out, timeout {timeout}',
  },
  errorTimes: { places: 2 },
  metrics: {
    'count.used': 'checkedout()',
    'count.idle': 'checkedin()',
    max: 'size()+max_overflow',
    create_time: 'event hooks',
  },
  semantics: [
    'A caller takes the idle connection that came back first.',
    'Without one and below pool_size plus max_overflow it opens its own, beside all others that do; pool_timeout does not cover that.',
    'Otherwise it waits until a connection is put back, and who has waited longest is woken; a newcomer can be faster, and then it waits on.',
    'A connection that comes back is rolled back first, which costs a round trip.',
    'A failed ping makes all older connections of the pool invalid: each is opened anew when it is given out next, without a ping.',
    'If pool_size connections are idle already, the one that comes back is closed.',
    'That closing makes room, and so does a failed attempt to connect, but nobody who waits is told.',
    'A failed attempt is told to its caller alone, and the next follows without a pause.',
    'A waiter whose timeout ends looks once more whether there is room, and opens a connection if so.',
  ],
  traps: [
    'The limit is 15 by default, not 5: pool_size and max_overflow add up.',
    'pool_size 0 is any number; max_overflow -1 is any number, too.',
    'A caller can wait pool_timeout and then as long as connecting takes.',
    'Overflow connections do not last: under steady load above pool_size they are opened and closed all the time.',
    'Waiters can sleep while there is room.',
    'pool_recycle 3600 closes nothing after an hour: age is looked at only when a connection is given out.',
  ],
  undocumented: [],
  leftOut: [
    'AsyncAdaptedQueuePool, where a newcomer is faster only within one turn of the event loop.',
  ],
};

function derive(values: NativeValues): ReturnType<NonNullable<Profile['derive']>> {
  const size = numberOf(values, 'pool_size');
  const overflow = numberOf(values, 'max_overflow');
  return { max: size === 0 || overflow === -1 ? Infinity : size + overflow };
}

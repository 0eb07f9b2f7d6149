/** knex builds on tarn: other defaults, a second timeout, and a lifetime of its own. */
import { MS, numberOf } from './native.ts';
import type { NativeValues, Profile, ProfileSetting } from './profile.ts';
import { tarn } from './tarn.ts';

/** What knex puts in place of tarn's defaults; null: it sets none unless the user does. */
const DEFAULTS: Readonly<Record<string, ProfileSetting['default']>> = {
  min: 2,
  max: 10,
  acquireTimeoutMillis: null,
  propagateCreateError: true,
};

const OWN: readonly ProfileSetting[] = [
  {
    name: 'acquireConnectionTimeout',
    unit: 'ms',
    default: 60_000,
    min: 1,
    sets: 'acquireTimeoutNs',
    note: 'How long a caller waits; stands at the top of the configuration. The smaller of it and pool.acquireTimeoutMillis counts.',
  },
  {
    name: 'maxConnectionLifetimeMillis',
    aliases: ['pool.maxConnectionLifetimeMillis'],
    unit: 'ms',
    default: null,
    min: 1,
    sets: 'lifetimeNs',
    note: 'From 3.3: a connection that is so old is closed when its turn to be given out comes.',
  },
  {
    name: 'maxConnectionLifetimeJitterMillis',
    aliases: ['pool.maxConnectionLifetimeJitterMillis'],
    unit: 'ms',
    default: null,
    min: 0,
    sets: null,
    note: 'By how much a lifetime differs at random; becomes a share of the lifetime.',
  },
];

export const knex: Profile = {
  ...tarn,
  id: 'knex',
  product: 'knex',
  home: 'Node.js; query builder, with the pool tarn',
  version: '3.3.0, with tarn 3.1.2',
  source: 'knex/knex@e25d54bc, Vincit/tarn.js@e33d223',
  settings: [...tarn.settings.map(withDefault), ...OWN],
  policy: { ...tarn.policy, failureTo: 'head', lifetimeEnds: 'borrow' },
  derive,
  errors: {
    'acquire-timeout':
      'KnexTimeoutError: Knex: Timeout acquiring a connection. The pool is probably full. Are you missing a .transacting(trx) call?',
  },
  semantics: [
    ...tarn.semantics,
    'A failed connect is told to the first in the line, who need not be the one that made the pool open it.',
    'knex turns the timeout of tarn into an error of its own.',
  ],
  traps: [
    'The error says that the pool is probably full even if it was only slow at connecting.',
    'min is 2, but nothing is opened in advance.',
    'acquireConnectionTimeout stands at the top of the configuration, not under pool.',
    'Two timeouts cover the same wait, and the smaller one counts.',
    'After a restart of the database dead connections are found one by one, at the expense of those who get them.',
  ],
  undocumented: [
    ...tarn.undocumented,
    {
      axis: 'lifetimeJitter',
      assumed: 'maxConnectionLifetimeJitterMillis makes a lifetime shorter, never longer.',
    },
  ],
};

function withDefault(setting: ProfileSetting): ProfileSetting {
  const other = DEFAULTS[setting.name];
  return other === undefined ? setting : { ...setting, default: other };
}

function derive(values: NativeValues): ReturnType<NonNullable<Profile['derive']>> {
  const acquireTimeoutMs = Math.min(
    numberOf(values, 'acquireConnectionTimeout', Infinity),
    numberOf(values, 'acquireTimeoutMillis', Infinity),
  );
  const lifetimeMs = numberOf(values, 'maxConnectionLifetimeMillis', Infinity);
  const jitterMs = numberOf(values, 'maxConnectionLifetimeJitterMillis', 0);
  return {
    acquireTimeoutNs: acquireTimeoutMs * MS,
    lifetimeJitter: Math.min(1, jitterMs / lifetimeMs),
  };
}

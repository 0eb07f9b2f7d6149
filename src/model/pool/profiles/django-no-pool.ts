/** Django without a pool: each request opens a connection and closes it. */
import { S, forEver, numberOf } from './native.ts';
import type { NativeValues, Profile } from './profile.ts';

export const djangoNoPool: Profile = {
  id: 'django-no-pool',
  aliases: ['django'],
  product: 'Django without a pool',
  home: 'Python; the default of Django',
  version: 'not read',
  source: "Django's documentation (CONN_MAX_AGE)",
  settings: [
    {
      name: 'CONN_MAX_AGE',
      unit: 's',
      default: 0,
      min: 0,
      special: [forEver('None')],
      sets: 'lifetimeNs',
      note: 'How long a connection is used before the end of a request closes it; 0, the default: for one request.',
    },
  ],
  policy: { noticesLoss: 'in-use', maxIdle: 0, lifetimeEnds: 'return' },
  fixed: {
    max: Infinity,
    min: 0,
    initial: 0,
    acquireTimeoutNs: Infinity,
    maxPending: Infinity,
    idleTimeoutNs: Infinity,
  },
  derive: (values: NativeValues) => {
    const age = values['CONN_MAX_AGE'] === 'None' ? Infinity : numberOf(values, 'CONN_MAX_AGE', 0);
    return { maxIdle: age === 0 ? 0 : Infinity, lifetimeNs: age * S };
  },
  startUp: [],
  errors: {},
  metrics: {},
  semantics: [
    'Each request opens a connection of its own; nothing limits how many there are.',
    'Nobody ever waits for another.',
    'The end of the request closes the connection, unless CONN_MAX_AGE says otherwise.',
    'A failed attempt is told to its request.',
  ],
  traps: [
    'Each request pays for a connect, which grows under load.',
    'The limit is that of the server, and beyond it requests fail.',
    'A surge becomes a storm of connections.',
    'From Django 5.1 on OPTIONS can hold a pool, which is psycopg_pool with its defaults.',
  ],
  undocumented: [
    { axis: 'noticesLoss', assumed: 'A connection that has died is found by who uses it.' },
  ],
  leftOut: [
    'With CONN_MAX_AGE above 0 each thread has a connection of its own; here any request can have it.',
  ],
};

/** A connection pool as scenario files write it. */
import { keyed, rule } from './keyed.ts';
import { read } from './reading.ts';
import { durationOf, numberOf, readNumber, scalar, share, wordOf } from './scalars.ts';

/** Pools that the product will know by name. */
const laterProfiles = (
  'hikaricp pg-pool database-sql go-database-sql pgbouncer pgbouncer-transaction pgbouncer-session ' +
  'sqlalchemy sqlalchemy-queuepool generic-pool tarn knex sequelize sequelize-pool mysql2 dbcp2 tomcat-jdbc pgxpool ' +
  'psycopg_pool npgsql sqlclient activerecord prisma prisma-classic prisma-adapter-pg asyncpg c3p0 r2d2 ' +
  'bb8 deadpool pgcat odyssey rds-proxy vertx-sql r2dbc-pool django-no-pool'
).split(' ');

const openAtStart = { whole: true, min: 0, max: 1e6, word: 'max' } as const;

/** The key `pool` of a service. */
export const poolSchema = rule(
  keyed(
    {
      profile: wordOf(['generic'], laterProfiles)
        .prefault('generic')
        .meta({ description: 'Which pool it behaves like' }),
      max: numberOf({ whole: true, min: 1, max: 1e6 })
        .prefault(10)
        .meta({ description: 'Most connections of one instance' }),
      initial: scalar<number | 'max'>(
        (value) => (value === 'max' ? read(value) : readNumber(value, openAtStart)),
        { anyOf: [{ const: 'max' }, { type: 'integer', minimum: 0, maximum: 1e6 }] },
      )
        .prefault('max')
        .meta({ description: 'Connections open at the start; 0 is a cold pool, max a full one' }),
      acquireTimeout: durationOf({ none: 'none' })
        .prefault('none')
        .meta({ description: 'How long a request waits for a connection' }),
      maxPending: numberOf({ whole: true, min: 0, max: 1e9, word: 'unlimited' })
        .prefault('unlimited')
        .meta({ description: 'How many wait for that; beyond it a request is rejected' }),
      order: wordOf(['fifo', 'lifo'])
        .prefault('fifo')
        .meta({ description: 'Who gets the next connection: the first or the last to have come' }),
      idleTimeout: durationOf({ none: 'none' })
        .prefault('none')
        .meta({ description: 'A connection that has been idle for so long is closed' }),
      min: numberOf({ whole: true, min: 0, max: 1e6 })
        .prefault(0)
        .meta({ description: 'Open connections that idleTimeout leaves' }),
      handover: durationOf({ zero: true })
        .prefault('0s')
        .meta({ description: 'Time from a release until who waits has the connection' }),
      reconnectShare: share.prefault(0).meta({
        description: 'Share of acquisitions that must establish their connection first',
      }),
    },
    {
      later: [
        ...['from', 'minIdle', 'minimumIdle', 'maxLifetime'],
        ...['maxUses', 'leak', 'validation', 'keepaliveTime', 'fair'],
      ],
      synonyms: {
        ...{ maximumPoolSize: 'max', maxPoolSize: 'max', poolSize: 'max', size: 'max' },
        ...{ maxConnections: 'max', maxActive: 'max', maxTotal: 'max', max_connections: 'max' },
        ...{ connectionTimeout: 'acquireTimeout', connectionTimeoutMillis: 'acquireTimeout' },
        ...{ timeout: 'acquireTimeout', acquireTimeoutMillis: 'acquireTimeout' },
        ...{ maxWait: 'acquireTimeout', initialSize: 'initial', idleTimeoutMillis: 'idleTimeout' },
        ...{ queueLimit: 'maxPending', maxWaitingClients: 'maxPending', maxWaiters: 'maxPending' },
        ...{ discipline: 'order', handoff: 'handover' },
      },
    },
  ),
  ({ initial, min, max }, report) => {
    if (typeof max !== 'number') return;
    if (typeof initial === 'number' && initial > max) {
      const message = `${initial} is more than max (${max}); at most that, or max, is needed`;
      report(['initial'], 'out-of-range', message);
    }
    if (typeof min === 'number' && min > max) {
      report(['min'], 'out-of-range', `${min} is more than max (${max}); at most that is needed`);
    }
  },
);

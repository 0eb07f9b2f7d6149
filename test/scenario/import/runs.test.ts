// From a file that people have to a run: each kind of file, with the profile that belongs to it.

import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/experiment/run.ts';
import { poolMap } from '../../../src/scenario/import/found-pool.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';
import { scenarioWith } from '../reading.ts';
import { findings, type Given } from './importing.ts';

/** A small scenario around a pool, which may stand in front of the database. */
function scenarioAround(pool: object, isInFront: boolean): Scenario {
  return scenarioWith(
    {},
    JSON.stringify({
      duration: '5s',
      traffic: { rate: 300 },
      requests: { query: { exponential: '9ms' } },
      service: { pool: isInFront ? { max: 30 } : pool },
      ...(isInFront ? { database: { pooler: { pool } } } : {}),
    }),
  );
}

const files: Readonly<Record<string, string>> = {
  'pool.json': '{ "host": "db", "password": "hunter2", "max": 4, "connectionTimeoutMillis": 500 }',
  'knexfile.json':
    '{ "production": { "client": "pg", "connection": {}, "pool": { "min": 0, "max": 4 } } }',
  'config.json': '{ "production": { "dialect": "postgres", "host": "db", "pool": { "max": 4 } } }',
  'generic.json': '{ "max": 4, "min": 1, "maxWaitingClients": 50 }',
  'asyncpg.json': '{ "min_size": 1, "max_size": 4 }',
  '.env': 'PG_POOL_MAX=4\nPG_CONNECTION_TIMEOUT_MS=500\n',
  'prisma.env': 'DATABASE_URL=postgres://u:hunter2@db/shop?connection_limit=4&pool_timeout=0\n',
  'database.yml': `default: &default
  adapter: postgresql
  password: hunter2
  pool: <%= ENV.fetch("RAILS_MAX_THREADS") { 4 } %>
production:
  <<: *default
`,
  'engine.toml': '[sqlalchemy]\npool_size = 3\nmax_overflow = 1\npool_reset_on_return = "none"\n',
  'engine.json': '{ "url": "postgresql+psycopg://u:hunter2@db/shop", "max_overflow": -1 }',
  'settings.json':
    '{ "DATABASES": { "default": { "ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": null } } }',
  'pooled.json':
    '{ "DATABASES": { "default": { "ENGINE": "x.postgresql", "OPTIONS": { "pool": true } } } }',
  'pgbouncer.ini': `[databases]
shop = host=db password='hunter2' pool_size=4
[pgbouncer]
pool_mode = transaction
server_round_robin = 1
server_check_query =
`,
  'application.yml':
    'spring.datasource: { password: hunter2, hikari: { maximum-pool-size: 4, connection-timeout: 500 } }',
  'tomcat.yml': 'spring.datasource.tomcat: { max-active: 4, max-wait: 500 }',
  'application.properties':
    'spring.datasource.dbcp2.max-total=4\nspring.datasource.dbcp2.max-wait-millis=500\n',
  'r2dbc.yml': 'spring.r2dbc.pool: { max-size: 4, max-acquire-time: PT1S, max-life-time: -1 }',
  'hikari.properties': 'password=hunter2\nmaximumPoolSize=4\nidleTimeout=0\n',
  'context.xml':
    '<Context><Resource name="jdbc/a" type="javax.sql.DataSource" password="hunter2" maxTotal="4"/></Context>',
  'appsettings.json':
    '{ "ConnectionStrings": { "A": "Host=db;Password=hunter2;Maximum Pool Size=4;Timeout=3" } }',
  'db.txt': 'Data Source=db;PWD=hunter2;Max Pool Size=4;PoolBlockingPeriod=NeverBlock',
};

const runs: readonly (readonly [file: string, profile: string, given: Given])[] = [
  ['pool.json', 'pg-pool', {}],
  ['knexfile.json', 'knex', {}],
  ['config.json', 'sequelize', {}],
  ['generic.json', 'generic-pool', { profile: 'generic-pool' }],
  ['asyncpg.json', 'asyncpg', { profile: 'asyncpg' }],
  ['.env', 'pg-pool', {}],
  ['prisma.env', 'prisma', {}],
  ['database.yml', 'activerecord', { variables: { RAILS_MAX_THREADS: '6' } }],
  ['engine.toml', 'sqlalchemy', {}],
  ['engine.json', 'sqlalchemy', {}],
  ['settings.json', 'django-no-pool', {}],
  ['pooled.json', 'psycopg_pool', {}],
  ['pgbouncer.ini', 'pgbouncer', {}],
  ['application.yml', 'hikaricp', {}],
  ['tomcat.yml', 'tomcat-jdbc', {}],
  ['application.properties', 'dbcp2', {}],
  ['r2dbc.yml', 'r2dbc-pool', {}],
  ['hikari.properties', 'hikaricp', {}],
  ['context.xml', 'dbcp2', {}],
  ['appsettings.json', 'npgsql', {}],
  ['db.txt', 'sqlclient', {}],
];

describe('the pool of a file', () => {
  it.each(runs)('of %s is simulated as %s', (file, profile, given) => {
    const [pool] = findings(file, files[file] ?? '', given).pools;
    if (pool === undefined) throw new Error(`no pool in ${file}`);
    const isInFront = pool.profile.asPooler !== undefined;
    const steps = simulate(scenarioAround(poolMap(pool), isInFront));
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    const { services, pooler, certificate, requests } = step.value;
    expect((isInFront ? pooler : services[0])?.product?.profile).toBe(profile);
    expect(certificate.holds).toBe(true);
    expect(requests.completed).toBeGreaterThan(1000);
  });
});

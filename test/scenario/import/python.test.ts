import { describe, expect, it } from 'vitest';
import {
  everythingSaid,
  findings,
  importFaults,
  leftOutOf,
  noticesOf,
  poolsOf,
} from './importing.ts';

describe('the options of an engine of SQLAlchemy', () => {
  const json = `{
  "url": "postgresql+psycopg://shop:hunter2%40@db/shop",
  "pool_size": 10,
  "max_overflow": 5,
  "pool_timeout": 30,
  "pool_recycle": 1800,
  "pool_pre_ping": true,
  "pool_reset_on_return": null,
  "connect_args": { "password": "hunter2" },
  "echo": false
}
`;

  it('set up its pool', () => {
    expect(poolsOf('engine.json', json)).toEqual([
      {
        profile: 'sqlalchemy',
        name: null,
        pool_size: 10,
        max_overflow: 5,
        pool_timeout: 30,
        pool_recycle: 1800,
        pool_pre_ping: true,
        pool_reset_on_return: 'none',
      },
    ]);
    expect(leftOutOf('engine.json', json)).toEqual([
      'url (2:10): says where the database is',
      'connect_args (9:19): says where the database is',
      'echo (10:11): is about logs',
    ]);
    expect(everythingSaid({ 'engine.json': json })).not.toContain('hunter2');
    expect(everythingSaid({ 'engine.json': json.replace(',', '') })).not.toContain('hunter2');
  });

  it('may stand in TOML, among other things of the application', () => {
    const text = `title = """
[database]
max_overflow = 99
"""

[server]
port = 8000

[database]  # of the shop
host = "db"
password = 'hunter2'
pool_size = 0
max_overflow = -1
pool_recycle = -1
`;
    expect(poolsOf('settings.toml', text)).toEqual([
      { profile: 'sqlalchemy', name: null, pool_size: 0, max_overflow: -1, pool_recycle: -1 },
    ]);
    expect(leftOutOf('settings.toml', text)).toEqual([
      'database.host (10:8): is no option of an engine',
      'database.password (11:12): is no option of an engine',
    ]);
    const [pool] = findings('settings.toml', text).pools;
    expect(pool?.place).toMatchObject({ line: 9, column: 1 });
    expect(everythingSaid({ 'settings.toml': text })).not.toContain('hunter2');
    const broken = text.replace("'hunter2'", 'hunter2');
    expect(importFaults('settings.toml', broken)).toEqual([
      'settings.toml:11:12: is not valid TOML here',
    ]);
  });

  it('may have a prefix, dotted or quoted, with the values as text', () => {
    const quoted = '{ "sqlalchemy.pool_size": "7", "sqlalchemy.echo": "true", "other": 1 }';
    expect(poolsOf('app.json', quoted)).toEqual([
      { profile: 'sqlalchemy', name: null, pool_size: 7 },
    ]);
    expect(poolsOf('app.toml', 'sqlalchemy.pool_size = 7\nsqlalchemy.max_overflow = 0\n')).toEqual([
      { profile: 'sqlalchemy', name: null, pool_size: 7, max_overflow: 0 },
    ]);
  });

  it('may have a prefix in a table of their own beside others without', () => {
    const text = '[sqlalchemy]\n"sqlalchemy.url" = "x"\npool_size = 3\n';
    expect(poolsOf('engine.toml', text)).toEqual([
      { profile: 'sqlalchemy', name: null, pool_size: 3 },
    ]);
  });

  it('without the prefix that the others have are listed, because nobody reads them', () => {
    const text = '{ "SQLALCHEMY_POOL_TIMEOUT": 9, "pool_size": 3, "port": 80 }';
    expect(leftOutOf('config.json', text)).toEqual([
      'pool_size (1:46): has no effect without the prefix of the others',
    ]);
  });

  it('may be Flask’s', () => {
    const text = `{
  "SECRET_KEY": "hunter2",
  "SQLALCHEMY_DATABASE_URI": "mysql+pymysql://u:hunter2@db/shop",
  "SQLALCHEMY_ENGINE_OPTIONS": { "pool_size": 4, "pool_pre_ping": true },
  "SQLALCHEMY_MAX_OVERFLOW": 2
}`;
    expect(poolsOf('config.json', text)).toEqual([
      { profile: 'sqlalchemy', name: null, pool_size: 4, pool_pre_ping: true, max_overflow: 2 },
    ]);
    expect(everythingSaid({ 'config.json': text })).not.toContain('hunter2');
  });

  it('may be those of several engines, or by environment', () => {
    const several = '[orders]\nmax_overflow = 1\n[reports]\nmax_overflow = 2\n';
    expect(poolsOf('db.toml', several)).toEqual([
      { profile: 'sqlalchemy', name: 'orders', max_overflow: 1 },
      { profile: 'sqlalchemy', name: 'reports', max_overflow: 2 },
    ]);
    const settings = '[development.db]\nmax_overflow = 1\n[production.db]\nmax_overflow = 2\n';
    expect(poolsOf('db.toml', settings)).toEqual([
      { profile: 'sqlalchemy', name: null, max_overflow: 2 },
    ]);
    expect(noticesOf('db.toml', settings)).toEqual(['3: production is taken, not development']);
  });

  it('of another class of pool cannot be simulated', () => {
    const text = '{ "url": "postgresql+asyncpg://db/shop",\n "poolclass": "NullPool" }';
    expect(importFaults('engine.json', text)).toEqual([
      'engine.json:2:15: poolclass: NullPool cannot be simulated; QueuePool and AsyncAdaptedQueuePool can',
    ]);
    const fine = '{ "poolclass": "sqlalchemy.pool.AsyncAdaptedQueuePool", "max_overflow": 1 }';
    expect(poolsOf('engine.json', fine)).toMatchObject([{ max_overflow: 1 }]);
  });

  it('has its faults named at their lines', () => {
    const text = `[sqlalchemy]
pool_sise = 5
pool_timeout = "30s"
max_overflow = -2
pool_size = 5.5
idle_timeout = 5
pool_recycle = "\${RECYCLE}"
`;
    expect(importFaults('db.toml', text)).toEqual([
      'db.toml:2:13: sqlalchemy.pool_sise: SQLAlchemy QueuePool has no such setting; did you mean pool_size?',
      'db.toml:3:16: sqlalchemy.pool_timeout: 30s is no number; SQLAlchemy QueuePool reads it as seconds; did you mean 30?',
      'db.toml:4:16: sqlalchemy.max_overflow: -2 is out of range; SQLAlchemy QueuePool takes a whole number from -1, or -1 (any number)',
      'db.toml:5:13: sqlalchemy.pool_size: 5.5 is not whole; SQLAlchemy QueuePool takes a whole number from 0, or 0 (any number)',
      'db.toml:6:16: sqlalchemy.idle_timeout: SQLAlchemy QueuePool has no such setting; did you mean pool_timeout?',
      'db.toml:7:16: sqlalchemy.pool_recycle: ${RECYCLE} has no value and no default; give one with --set RECYCLE=… or --env-file',
    ]);
  });

  it('cannot have a key or a table twice, or be binary', () => {
    expect(importFaults('db.toml', 'a = "hunter2"\na = "hunter2"\n')).toEqual([
      'db.toml:2:1: is not valid TOML: a key or a table stands here twice',
    ]);
    expect(importFaults('db.toml', 'max_overflow = 1\n\u0000')).toEqual([
      'db.toml:2:1: is not a text file: it contains the character U+0000',
    ]);
  });
});

describe('the settings of Django', () => {
  const file = 'settings.json';

  it('set up psycopg_pool where they ask for a pool', () => {
    const text = `{
  "DEBUG": false,
  "DATABASES": {
    "default": {
      "ENGINE": "django.db.backends.postgresql",
      "PASSWORD": "hunter2",
      "CONN_MAX_AGE": 0,
      "OPTIONS": { "pool": { "min_size": 2, "max_size": 4, "timeout": 10, "conninfo": "hunter2" } }
    }
  }
}`;
    expect(poolsOf(file, text)).toEqual([
      { profile: 'psycopg_pool', name: null, min_size: 2, max_size: 4, timeout: 10 },
    ]);
    expect(leftOutOf(file, text)).toEqual([
      'DATABASES.default.ENGINE (5:17): says where the database is',
      'DATABASES.default.PASSWORD (6:19): says who connects',
      'DATABASES.default.OPTIONS (8:18): says where the database is',
      'DATABASES.default.OPTIONS.pool.conninfo (8:87): says where the database is',
    ]);
    expect(everythingSaid({ [file]: text })).not.toContain('hunter2');
    expect(everythingSaid({ [file]: text.replace('0,', '0') })).not.toContain('hunter2');
  });

  it('have its defaults with true, and no pool without', () => {
    const postgres = '"ENGINE": "django.db.backends.postgresql"';
    const pooled = `{ "DATABASES": { "default": { ${postgres}, "OPTIONS": { "pool": true } } } }`;
    expect(poolsOf(file, pooled)).toEqual([{ profile: 'psycopg_pool', name: null }]);
    const plain = `{ "DATABASES": { "default": { ${postgres}, "CONN_MAX_AGE": 60 },
      "reports": { ${postgres}, "CONN_MAX_AGE": null, "OPTIONS": { "pool": false } },
      "local": { "ENGINE": "django.db.backends.sqlite3" } } }`;
    expect(poolsOf(file, plain)).toEqual([
      { profile: 'django-no-pool', name: 'default', CONN_MAX_AGE: 60 },
      { profile: 'django-no-pool', name: 'reports', CONN_MAX_AGE: 'None' },
    ]);
    expect(leftOutOf(file, plain)[0]).toBe(
      'DATABASES.local (3:16): is SQLite, which has no server',
    );
  });

  it('have their faults named at their lines', () => {
    const text = `{ "DATABASES": {
  "default": { "ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 60,
    "OPTIONS": { "pool": { "max_sise": 4, "timeout": "10s", "max_waiting": -1 } } },
  "oracle": { "ENGINE": "django.db.backends.oracle", "OPTIONS": { "pool": 5 } },
  "url": "postgres://u:hunter2@db/shop",
  "plain": { "ENGINE": "django.db.backends.mysql", "CONN_MAX_AGE": "1m", "CONN_MAXAGE": 5 }
} }`;
    expect(importFaults(file, text)).toEqual([
      'settings.json:5:10: DATABASES.url: a text stands where a map is needed',
      'settings.json:2:75: DATABASES.default.CONN_MAX_AGE: must be 0 beside a pool: Django does not start with both',
      'settings.json:3:40: DATABASES.default.OPTIONS.pool.max_sise: psycopg_pool has no such setting; did you mean max_size?',
      'settings.json:3:54: DATABASES.default.OPTIONS.pool.timeout: 10s is no number; psycopg_pool reads it as seconds; did you mean 10?',
      'settings.json:3:76: DATABASES.default.OPTIONS.pool.max_waiting: -1 is out of range; psycopg_pool takes a whole number from 0, or 0 (any number)',
      'settings.json:4:75: DATABASES.oracle.OPTIONS.pool: 5 is neither true nor a map',
      'settings.json:4:75: DATABASES.oracle.OPTIONS.pool: cannot be simulated; that of PostgreSQL can',
      'settings.json:6:68: DATABASES.plain.CONN_MAX_AGE: 1m is no number; Django without a pool reads it as seconds; did you mean 60?',
      'settings.json:6:89: DATABASES.plain.CONN_MAXAGE: Django without a pool has no such setting; did you mean CONN_MAX_AGE?',
    ]);
    expect(everythingSaid({ [file]: text })).not.toContain('hunter2');
  });

  it('with SQLite only have no pool to simulate', () => {
    const text = '{ "DATABASES": { "default": { "ENGINE": "django.db.backends.sqlite3" } } }';
    expect(importFaults(file, text)).toEqual([
      'settings.json:1:29: DATABASES.default: sets up no pool: there is no database on a server',
    ]);
  });
});

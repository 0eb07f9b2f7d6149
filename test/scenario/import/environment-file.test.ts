import { describe, expect, it } from 'vitest';
import { readEnvFile } from '../../../src/scenario/import/syntax/env-file.ts';
import {
  everythingSaid,
  findings,
  importFaults,
  imported,
  leftOutOf,
  plainPool,
  poolsOf,
} from './importing.ts';

/** Variables with their lines. */
function variablesOf(text: string): [string, unknown, number][] {
  const read = readEnvFile(text);
  if (!read.ok) throw new Error(read.faults[0]?.message);
  return read.items.map(({ path, value, line }) => [path.join('.'), value, line]);
}

describe('the lines of an environment file', () => {
  it.each([
    ['PLAIN=value', 'value'],
    ['PLAIN =  spaced out  # and a comment', 'spaced out'],
    ['export SHELL_STYLE=yes', 'yes'],
    ['EMPTY=', ''],
    ['EMPTY= # nothing', ''],
    ['HASH="a # b" # c', 'a # b'],
    ["SINGLE='a\\nb'", 'a\\nb'],
    ['DOUBLE="a\\nb"', 'a\nb'],
    ['BACK=`it\'s "fine"`', 'it\'s "fine"'],
    ["OPEN='tis", "'tis"],
    ['EQUALS=a=b==', 'a=b=='],
    ['ConnectionStrings__Default=Host=db', 'Host=db'],
    ['WINDOWS=value\r', 'value'],
  ])('are read as dotenv does: %j', (line, value) => {
    expect(variablesOf(`${line}\n`).map(([, one]) => one)).toEqual([value]);
  });

  it('may go on over several lines in quotes, after which the numbers of lines are right', () => {
    const text = '# keys\nKEY="one\ntwo\nthree"\n\nNEXT=1\n';
    expect(variablesOf(text)).toEqual([
      ['KEY', 'one\ntwo\nthree', 2],
      ['NEXT', '1', 6],
    ]);
  });

  it('name a variable once', () => {
    expect(importFaults('.env', 'PG_POOL_MAX=5\nX=1\nPG_POOL_MAX=6\n')).toEqual([
      '.env:3:13: the key PG_POOL_MAX stands here twice, first in line 1',
    ]);
  });

  it('are NAME=value and nothing else, and what they are is not repeated', () => {
    expect(importFaults('.env', 'PG_POOL_MAX=5\nhunter2\n')).toEqual([
      '.env:2:1: is no line of an environment file; NAME=value is needed',
    ]);
  });
});

describe('variables of a pool', () => {
  it('set up the pool of node-postgres, in the units that their names say', () => {
    const text = `NODE_ENV=production
PG_POOL_MAX=25
PG_POOL_MIN=2
PG_IDLE_TIMEOUT_MS=30000
PG_CONNECTION_TIMEOUT_SECONDS=2.5
PG_POOL_MAX_LIFETIME_SECONDS=600
PG_MAX_USES=7500
`;
    expect(poolsOf('.env', text)).toEqual([
      {
        profile: 'pg-pool',
        name: null,
        max: 25,
        min: 2,
        idleTimeoutMillis: 30000,
        connectionTimeoutMillis: 2500,
        maxLifetimeSeconds: 600,
        maxUses: 7500,
      },
    ]);
  });

  it.each(['PGPOOL_MAX', 'DB_POOL_MAX', 'DB_POOL_SIZE', 'PG_MAX_CONNECTIONS', 'DATABASE_POOL_MAX'])(
    'have several names: %s',
    (name) => {
      expect(poolsOf('prod.env', `${name}=7`)).toEqual([
        { profile: 'pg-pool', name: null, max: 7 },
      ]);
    },
  );

  it('are those of another product when it is named, in its own names and units, too', () => {
    const text = 'DB_POOL_SIZE=10\nDB_MAX_OVERFLOW=5\nDB_POOL_TIMEOUT=3\n';
    expect(poolsOf('.env', text, { profile: 'sqlalchemy' })).toEqual([
      { profile: 'sqlalchemy', name: null, pool_size: 10, max_overflow: 5, pool_timeout: 3 },
    ]);
    const hikari = 'DB_POOL_MAX=12\nDB_POOL_IDLE_TIMEOUT_SECONDS=90\n';
    expect(poolsOf('.env', hikari, { profile: 'hikaricp' })).toEqual([
      { profile: 'hikaricp', name: null, maximumPoolSize: 12, idleTimeout: 90000 },
    ]);
  });

  it('without a unit are listed, because nobody can know whether seconds are meant', () => {
    expect(leftOutOf('.env', 'DB_POOL_MAX=5\nDB_POOL_IDLE_TIMEOUT=30\n')).toEqual([
      'DB_POOL_IDLE_TIMEOUT (2:22): does not say its unit; write a name that ends in _MS or _SECONDS',
    ]);
  });

  it('that are mistyped, no numbers or doubled are faults', () => {
    const text = `PG_POOL_MXA=5
PGPOOL_MAX=ten
DB_POOL_IDLE_TIMEOUT_MS=30s
PG_CONNECTION_TIMEOUT_SECONDS=2s
PG_POOL_MIN=\${LEAST}
`;
    expect(importFaults('.env', text)).toEqual([
      '.env:1:13: PG_POOL_MXA: is no setting of a pool that is known; did you mean PG_POOL_MAX?',
      '.env:4:31: PG_CONNECTION_TIMEOUT_SECONDS: 2s is no number of seconds',
      '.env:2:12: PGPOOL_MAX: ten is not allowed; pg-pool takes a whole number',
      '.env:3:25: DB_POOL_IDLE_TIMEOUT_MS: 30s is no number; pg-pool reads it as milliseconds; did you mean 30000?',
      '.env:5:13: PG_POOL_MIN: ${LEAST} has no value and no default; give one with --set LEAST=… or --env-file',
    ]);
    expect(importFaults('.env', 'PG_POOL_MAX=5\nDB_POOL_SIZE=5\n')).toEqual([
      '.env:2:14: DB_POOL_SIZE: is the same setting of pg-pool as PG_POOL_MAX in line 1; keep one',
    ]);
  });

  it('must be there, or the file was meant for placeholders', () => {
    expect(importFaults('prod.env', 'PORT=80\nDATABASE_URL=postgres://u:p@h/db\n')).toEqual([
      'prod.env: sets nothing about a pool; if it fills in placeholders of other files, give it with --env-file prod.env',
    ]);
  });

  it('are known by the text when the name of the file does not say what it is', () => {
    expect(poolsOf('environment', '# ours\nexport PG_POOL_MAX=3\n')).toEqual([
      { profile: 'pg-pool', name: null, max: 3 },
    ]);
  });
});

describe('the URL of a database', () => {
  const url = (query: string): string =>
    `DATABASE_URL="postgres://u:s3cr3t@db:5432/shop${query}"\n`;

  it('sets up the pool of Prisma with its parameters', () => {
    const text = url(
      '?schema=public&connection_limit=5&pool_timeout=10&pgbouncer=true&sslmode=require',
    );
    expect(poolsOf('.env', text)).toEqual([
      { profile: 'prisma', name: null, connection_limit: 5, pool_timeout: 10, pgbouncer: true },
    ]);
    expect(leftOutOf('.env', text)).toEqual([
      'DATABASE_URL?schema (1:14): says where the database is',
      'DATABASE_URL?sslmode (1:14): says where the database is',
    ]);
  });

  it('of Prisma without any has its defaults, if somebody says that it is of Prisma', () => {
    expect(poolsOf('.env', url(''), { profile: 'prisma' })).toEqual([
      { profile: 'prisma', name: null },
    ]);
    expect(poolsOf('.env', url('?connection_limit=5'), { profile: 'prisma-adapter-pg' })).toEqual([
      { profile: 'prisma-adapter-pg', name: null, connection_limit: 5 },
    ]);
  });

  it('sets up those of pgx, mysql2 and Rails with theirs', () => {
    expect(poolsOf('.env', url('?pool_max_conns=12&pool_max_conn_lifetime=1h30m'))).toEqual([
      { profile: 'pgxpool', name: null, pool_max_conns: 12, pool_max_conn_lifetime: '1h30m' },
    ]);
    const mysql = 'DATABASE_URL=mysql://u:p@h/db?connectionLimit=20&queueLimit=0';
    expect(poolsOf('.env', mysql)).toEqual([
      { profile: 'mysql2', name: null, connectionLimit: 20, queueLimit: 0 },
    ]);
    expect(poolsOf('.env', url('?pool=10&checkout_timeout=2'))).toEqual([
      { profile: 'activerecord', name: null, max_connections: 10, checkout_timeout: 2 },
    ]);
  });

  it('names the pool where there are several, and has none for migrations', () => {
    const text = `ORDERS_URL=postgres://u:p@a/o?connection_limit=3
REPORTS_URL=postgres://u:p@b/r?connection_limit=1
DIRECT_URL=postgres://u:p@a/o?connection_limit=1
`;
    expect(poolsOf('.env', text)).toEqual([
      { profile: 'prisma', name: 'ORDERS_URL', connection_limit: 3 },
      { profile: 'prisma', name: 'REPORTS_URL', connection_limit: 1 },
    ]);
    expect(leftOutOf('.env', text)).toEqual(['DIRECT_URL (3:12): is for migrations']);
  });

  it('has faults in its parameters named', () => {
    expect(
      importFaults('.env', url('?connection_limt=5&pool_timeout=10s&connection_limit=0')),
    ).toEqual([
      '.env:1:14: DATABASE_URL?connection_limt: Prisma (engine) has no such setting; did you mean connection_limit?',
      '.env:1:14: DATABASE_URL?pool_timeout: 10s is no number; Prisma (engine) reads it as seconds; did you mean 10?',
      '.env:1:14: DATABASE_URL?connection_limit: 0 is out of range; Prisma (engine) takes a whole number from 1',
    ]);
  });

  it.each([
    'postgres://u:hunter2@h/db?connection_limit=5',
    'postgres://u:hunter2%23%3F@h/db?connection_limit=x',
    'postgres://u:hun?ter2=hunter2@h/db?connection_limit=5',
    'postgres://u:hun?hunter2=1&connection_limit=5@h/db',
    'postgres://u:hunter2#?&=@h/db?connection_limit=5&hunter=1',
    'postgres://u:hunter2/hunter2?x=hunter2@h/db',
    'postgres://hunter2@h,h2:5433/db?connection_limit=5&password=hunter2',
    'postgres://u:\'hunter2"@h/db?connection_limit=5',
  ])('never shows its password: %s', (one) => {
    for (const text of [
      `A=${one}`,
      `A="${one}"`,
      `A='${one}'`,
      `PG_POOL_MAX=3\nA=${one}\n=hunter2`,
    ]) {
      expect(everythingSaid({ '.env': text })).not.toContain('hunter2');
      expect(everythingSaid({ '.env': text }, { profile: 'prisma' })).not.toContain('hunter2');
      expect(everythingSaid({ '.env': text }, { profile: 'knex' })).not.toContain('hunter2');
    }
  });

  it('that cannot be taken apart is a fault where it says something about a pool', () => {
    const text = 'DATABASE_URL=postgres://u:a?b@h/db?connection_limit=5\n';
    expect(importFaults('.env', text)).toEqual([
      '.env:1:14: DATABASE_URL: cannot be taken apart: its user or password has characters in it that a URL must escape, such as %23 for # and %3F for ?',
    ]);
    expect(leftOutOf('.env', 'PG_POOL_MAX=3\nDATABASE_URL=postgres://u:a?b@h/db\n')).toEqual([
      'DATABASE_URL (2:14): says where the database is',
    ]);
  });
});

describe('variables of the server', () => {
  it('say how many threads and processes there are', () => {
    const { threads, processes } = findings('.env', 'RAILS_MAX_THREADS=5\nWEB_CONCURRENCY=3\n');
    expect(threads).toMatchObject({ value: 5, key: 'RAILS_MAX_THREADS', place: { line: 1 } });
    expect(processes).toMatchObject({ value: 3, key: 'WEB_CONCURRENCY', place: { line: 2 } });
  });

  it('say one process for Puma without workers, and nothing certain with auto', () => {
    expect(findings('.env', 'WEB_CONCURRENCY=0').processes?.value).toBe(1);
    const auto = 'RAILS_MAX_THREADS=5\nWEB_CONCURRENCY=auto';
    expect(findings('.env', auto).processes).toBeUndefined();
    expect(leftOutOf('.env', auto)).toEqual([
      'WEB_CONCURRENCY (2:17): depends on the processors of the machine; give the number of processes',
    ]);
  });

  it('are whole numbers', () => {
    expect(importFaults('.env', 'RAILS_MAX_THREADS=0\nWEB_CONCURRENCY=two\n')).toEqual([
      '.env:1:19: RAILS_MAX_THREADS: 0 is no whole number from 1',
      '.env:2:17: WEB_CONCURRENCY: two is no whole number from 0',
    ]);
  });
});

describe('an environment file among others', () => {
  it('fills in their placeholders, after what is given, and what it filled in is recorded', () => {
    const files = {
      'pool.json': '{ "max": "${PG_POOL_MAX}", "maxUses": "${USES:-9}" }',
      '.env': 'PG_POOL_MAX=6\nUSES=1\n',
    };
    const { findings: all, filled } = imported(files, { variables: { PG_POOL_MAX: '4' } });
    expect(all.flatMap(({ pools }) => pools.map(plainPool))).toEqual([
      { profile: 'pg-pool', name: null, max: 4, maxUses: 1 },
    ]);
    expect(filled.map(({ name, value, from }) => `${name}=${value} from ${from}`)).toEqual([
      'PG_POOL_MAX=4 from given.env',
      'USES=1 from .env',
    ]);
  });
});

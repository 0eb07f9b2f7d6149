import { describe, expect, it } from 'vitest';
import {
  everythingSaid,
  findings,
  importFaults,
  leftOutOf,
  noticesOf,
  poolsOf,
} from './importing.ts';

const file = 'pgbouncer.ini';

const usual = `;;; PgBouncer of the shop
[databases]
shop = host=10.0.0.5 port=5432 dbname=shop user=shop password='hunt''er2 ' pool_size=50 reserve_pool=5
# nobody else
* = host=10.0.0.6

[users]
report = pool_mode=session max_user_connections=5

[pgbouncer]
listen_addr = *
listen_port = 6432
auth_type = scram-sha-256
auth_file = /etc/pgbouncer/userlist.txt
pool_mode = transaction
max_client_conn = 1000
default_pool_size = 20
query_wait_timeout = 120
server_idle_timeout = 0.5
server_round_robin = 1
server_reset_query_always = 0
server_reset_query =
%include /etc/pgbouncer/more.ini
`;

describe('pgbouncer.ini', () => {
  it('sets up a pool for each database, whose own settings go first', () => {
    const shared = {
      profile: 'pgbouncer',
      listen_port: 6432,
      pool_mode: 'transaction',
      max_client_conn: 1000,
      query_wait_timeout: 120,
      server_idle_timeout: 0.5,
      server_round_robin: true,
      server_reset_query_always: false,
      server_reset_query: '',
    };
    expect(poolsOf(file, usual)).toEqual([
      { ...shared, name: 'shop', default_pool_size: 50, reserve_pool_size: 5 },
      { ...shared, name: '*', default_pool_size: 20 },
    ]);
    expect(noticesOf(file, usual)).toEqual([
      '3: databases.shop.pool_size goes before pgbouncer.default_pool_size in line 17',
    ]);
  });

  it('has the places of settings within a line', () => {
    const [shop] = findings(file, usual).pools;
    const size = shop?.settings.find(({ setting }) => setting.name === 'default_pool_size');
    const column = (usual.split('\n')[2] ?? '').indexOf('50 ') + 1;
    expect(size?.place).toEqual({ file, line: 3, column });
  });

  it('lists the rest, and never a password', () => {
    expect(leftOutOf(file, usual)).toEqual([
      'pgbouncer.listen_addr (11:15): says where clients connect',
      'pgbouncer.auth_type (13:13): says who connects',
      'pgbouncer.auth_file (14:13): says who connects',
      'databases.shop.host (3:13): says where the database is',
      'databases.shop.port (3:27): says where the database is',
      'databases.shop.dbname (3:39): says where the database is',
      'databases.shop.user (3:49): says who connects',
      'databases.shop.password (3:63): says who connects',
      'databases.*.host (5:10): says where the database is',
      'users.report (8:10): holds for one user only',
      '%include (23:1): names another file, which is not read',
    ]);
    expect(everythingSaid({ [file]: usual })).not.toContain('er2');
    expect(everythingSaid({ [file]: usual })).not.toContain('more.ini');
  });

  it.each(["password='hunter2", "password='hun'ter2'", 'password=a hunter2', "password 'hunter2'"])(
    'never shows what stands in a line that cannot be read: %s',
    (line) => {
      const text = `[databases]\nshop = host=a ${line} pool_size=5\n`;
      expect(importFaults(file, text)).toEqual([
        'pgbouncer.ini:2:8: databases.shop: is no list of name=value; a value with blanks in it stands in single quotes',
      ]);
    },
  );

  it('for one database has one pool without a name; without databases it has one, too', () => {
    expect(poolsOf(file, '[databases]\nshop = pool_mode=statement\n')).toEqual([
      { profile: 'pgbouncer', name: null, pool_mode: 'statement' },
    ]);
    expect(poolsOf(file, '[pgbouncer]\ndefault_pool_size = 7\n')).toEqual([
      { profile: 'pgbouncer', name: null, default_pool_size: 7 },
    ]);
  });

  it('takes 0 as PgBouncer does, and placeholders', () => {
    const text = '[pgbouncer]\nquery_wait_timeout = 0\ndefault_pool_size = ${SIZE:-30}\n';
    expect(poolsOf(file, text)).toMatchObject([{ query_wait_timeout: 0, default_pool_size: 30 }]);
    expect(importFaults(file, '[pgbouncer]\ndefault_pool_size = ${SIZE}\n')).toEqual([
      'pgbouncer.ini:2:21: pgbouncer.default_pool_size: ${SIZE} has no value and no default; give one with --set SIZE=… or --env-file',
    ]);
  });

  it('has its faults named at their lines', () => {
    const text = `[databases]
a = pool_size=ten query_wait_timeout=5
b = default_pool_size=5 pol_size=5
[pgbouncer]
pool_size = 5
pool_mode = transactions
query_wait_timeout = 2m
server_round_robin = true
default_pool_sise = 20
[user]
`;
    expect(importFaults(file, text)).toEqual([
      'pgbouncer.ini:10:1: [user]: PgBouncer has no such section; did you mean [users]?',
      'pgbouncer.ini:5:13: pgbouncer.pool_size: is of one database; for all of them PgBouncer calls it default_pool_size',
      'pgbouncer.ini:8:22: pgbouncer.server_round_robin: true is not allowed; PgBouncer takes 0 or 1',
      'pgbouncer.ini:6:13: pgbouncer.pool_mode: transactions is unknown; did you mean transaction?',
      'pgbouncer.ini:7:22: pgbouncer.query_wait_timeout: 2m is no number; PgBouncer reads it as seconds; did you mean 120?',
      'pgbouncer.ini:9:21: pgbouncer.default_pool_sise: PgBouncer has no such setting; did you mean default_pool_size?',
      'pgbouncer.ini:2:38: databases.a.query_wait_timeout: is no setting of one database; it belongs to [pgbouncer]',
      'pgbouncer.ini:2:15: databases.a.pool_size: ten is not allowed; PgBouncer takes a whole number from 1',
      'pgbouncer.ini:3:23: databases.b.default_pool_size: is no setting of one database; there PgBouncer calls it pool_size',
      'pgbouncer.ini:3:34: databases.b.pol_size: PgBouncer has no such setting; did you mean pool_size?',
    ]);
  });

  it('has sections, settings and comments, each key once', () => {
    expect(importFaults(file, 'pool_mode = session\n[pgbouncer]\nhunter2\n')).toEqual([
      'pgbouncer.ini:1:13: stands before the first section, such as [pgbouncer]',
      'pgbouncer.ini:3:1: is no section, setting or comment; key = value is needed',
    ]);
    expect(importFaults(file, '[pgbouncer]\npool_mode = session\npool_mode = session\n')).toEqual([
      'pgbouncer.ini:3:13: the key pool_mode stands here twice, first in line 2',
    ]);
    expect(importFaults(file, '[pgbouncer]\npool_mode = \u0000\n')).toEqual([
      'pgbouncer.ini:2:13: is not a text file: it contains the character U+0000',
    ]);
  });
});

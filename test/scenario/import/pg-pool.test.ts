import { describe, expect, it } from 'vitest';
import { everythingSaid, importFaults, leftOutOf, noticesOf, poolsOf } from './importing.ts';

const shop = `{
  "host": "db.internal",
  "port": 5432,
  "user": "shop",
  "password": "hunter2-$€\\"{}",
  "ssl": { "rejectUnauthorized": false },
  "max": 20,
  "idleTimeoutMillis": 30000,
  "connectionTimeoutMillis": 2000,
  "maxLifetimeSeconds": 60
}
`;

describe('the configuration of node-postgres', () => {
  it('sets up the pool in its own names and units', () => {
    expect(poolsOf('pool.json', shop)).toEqual([
      {
        profile: 'pg-pool',
        name: null,
        max: 20,
        idleTimeoutMillis: 30000,
        connectionTimeoutMillis: 2000,
        maxLifetimeSeconds: 60,
      },
    ]);
  });

  it.each([
    '{ "host": "db", "database": "shop", "max": 20 }',
    '{ "connectionString": "postgres://u:hunter2@db/shop", "max": 20 }',
    '{ "db": { "host": "db", "database": "shop", "max": 20 }, "queue": { "host": "q", "max": 3 } }',
  ])('is known by max beside where the database is: %s', (text) => {
    expect(poolsOf('config.json', text)).toEqual([{ profile: 'pg-pool', name: null, max: 20 }]);
  });

  it('takes no text for a time, and does not say that it did', () => {
    const text = '{ "maxUses": 3, "connectionTimeoutMillis": -1 }';
    expect(importFaults('pool.json', text)).toEqual([
      'pool.json:1:44: connectionTimeoutMillis: -1 is out of range; pg-pool takes milliseconds from 0, or 0 (for ever)',
    ]);
  });

  it('lists what is not about the pool, without the values', () => {
    expect(leftOutOf('pool.json', shop)).toEqual([
      'host (2:11): says where the database is',
      'port (3:11): says where the database is',
      'user (4:11): says who connects',
      'password (5:15): says who connects',
      'ssl (6:10): says where the database is',
    ]);
    expect(everythingSaid({ 'pool.json': shop })).not.toContain('hunter2');
  });

  it('says nothing of a password in a file that is no JSON either', () => {
    const broken = shop.replace('"user": "shop",', '"user": "shop');
    expect(everythingSaid({ 'pool.json': broken })).toContain('is not valid YAML (or JSON) here');
    expect(everythingSaid({ 'pool.json': broken })).not.toContain('hunter2');
  });

  it('takes 0 for no timeout at all and for never, as pg-pool does', () => {
    const text = '{ "max": 5, "connectionTimeoutMillis": 0, "idleTimeoutMillis": 0 }';
    expect(poolsOf('pool.json', text)).toEqual([
      { profile: 'pg-pool', name: null, max: 5, connectionTimeoutMillis: 0, idleTimeoutMillis: 0 },
    ]);
  });

  it('is found inside a larger configuration, with the name that it has there', () => {
    const text = `{
  "server": { "port": 8080 },
  "orders": { "host": "a", "max": 5, "idleTimeoutMillis": 1000 },
  "reports": { "extra": { "max": 2, "connectionTimeoutMillis": 9000 } }
}`;
    expect(poolsOf('default.json', text)).toEqual([
      { profile: 'pg-pool', name: 'orders', max: 5, idleTimeoutMillis: 1000 },
      { profile: 'pg-pool', name: 'reports.extra', max: 2, connectionTimeoutMillis: 9000 },
    ]);
  });

  it('is taken from the environment that is asked for, and from production when none is', () => {
    const text = `{
  "development": { "max": 2, "idleTimeoutMillis": 1000 },
  "production": { "max": 40, "idleTimeoutMillis": 1000 }
}`;
    const [development] = poolsOf('db.json', text, { environment: 'development' });
    expect(development).toMatchObject({ max: 2, name: null });
    expect(poolsOf('db.json', text)[0]).toMatchObject({ max: 40, name: null });
    expect(noticesOf('db.json', text)).toEqual(['3: production is taken, not development']);
    expect(importFaults('db.json', text, { environment: 'prodution' })).toEqual([
      'db.json:1:1: has no environment prodution; the file has development, production; did you mean production?',
    ]);
  });

  it('asks which environment holds where there is no production', () => {
    const text =
      '{ "development": { "max": 2, "maxUses": 1 }, "staging": { "max": 4, "maxUses": 1 } }';
    expect(importFaults('db.json', text)).toEqual([
      'db.json:1:1: which environment holds is not said; the file has development, staging; say which with --environment',
    ]);
  });

  it('has all its faults named at their lines', () => {
    const text = `{
  "max": "20",
  "maxx": 10,
  "connectionTimeoutMillis": "5s",
  "idleTimeoutMillis": -1,
  "acquireTimeout": 3
}`;
    expect(importFaults('pool.json', text)).toEqual([
      'pool.json:2:10: max: "20" is text; pg-pool takes a whole number; write 20 without quotes',
      'pool.json:3:11: maxx: pg-pool has no such setting; did you mean max?',
      'pool.json:4:30: connectionTimeoutMillis: 5s is no number; pg-pool reads it as milliseconds; did you mean 5000?',
      'pool.json:5:24: idleTimeoutMillis: -1 is out of range; pg-pool takes milliseconds from 0, or 0 (never)',
      'pool.json:6:21: acquireTimeout: pg-pool has no such setting; did you mean connectionTimeoutMillis?',
    ]);
  });

  it('cannot have a setting under two names, or a key twice', () => {
    expect(importFaults('pool.json', '{ "max": 5,\n "poolSize": 6, "maxUses": 9 }')).toEqual([
      'pool.json:2:14: poolSize: is the same setting of pg-pool as max in line 1; keep one',
    ]);
    expect(importFaults('pool.json', '{ "maxUses": 5,\n "maxUses": 6 }')).toEqual([
      'pool.json:2:2: the key maxUses stands here twice',
    ]);
  });

  it('fills in placeholders, and asks for those that have no value', () => {
    const text = '{ "max": "${PG_MAX:-10}", "maxUses": "${USES}" }';
    const given = { variables: { USES: '7500' } };
    expect(poolsOf('pool.json', text, given)[0]).toMatchObject({ max: 10, maxUses: 7500 });
    expect(importFaults('pool.json', text)).toEqual([
      'pool.json:1:38: maxUses: ${USES} has no value and no default; give one with --set USES=… or --env-file',
    ]);
  });

  it('may be taken for that of Prisma 7, which has the same pool', () => {
    const text = '{ "max": 5 }';
    expect(poolsOf('pool.json', text, { profile: 'prisma-adapter-pg' })).toEqual([
      { profile: 'prisma-adapter-pg', name: null, max: 5 },
    ]);
  });

  it('cannot be a binary file', () => {
    expect(importFaults('pool.json', '{ "max": 5 }\n\u0000\u0001')).toEqual([
      'pool.json:2:1: is not a text file: it contains the character U+0000',
    ]);
  });
});

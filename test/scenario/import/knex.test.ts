import { describe, expect, it } from 'vitest';
import { everythingSaid, importFaults, leftOutOf, noticesOf, poolsOf } from './importing.ts';

const knexfile = `{
  "development": { "client": "sqlite3", "connection": { "filename": "dev.sqlite3" } },
  "production": {
    "client": "pg",
    "connection": "postgres://shop:s3cr3t/?#@db:5432/shop",
    "pool": { "min": 2, "max": 30, "idleTimeoutMillis": 15000, "propagateCreateError": false },
    "acquireConnectionTimeout": 8000,
    "migrations": { "tableName": "knex_migrations" }
  }
}
`;

describe('a knexfile', () => {
  it('sets up the pool of its environment, with the timeout that stands beside the pool', () => {
    expect(poolsOf('knexfile.json', knexfile)).toEqual([
      {
        profile: 'knex',
        name: null,
        acquireConnectionTimeout: 8000,
        min: 2,
        max: 30,
        idleTimeoutMillis: 15000,
        propagateCreateError: false,
      },
    ]);
    expect(noticesOf('knexfile.json', knexfile)).toEqual([
      '3: production is taken, not development',
    ]);
  });

  it('lists the rest, and never a password', () => {
    expect(leftOutOf('knexfile.json', knexfile)).toEqual([
      'production.client (4:15): says where the database is',
      'production.connection (5:19): says where the database is',
      'production.migrations (8:19): is about migrations',
    ]);
    expect(everythingSaid({ 'knexfile.json': knexfile })).not.toContain('s3cr3t');
    const broken = knexfile.replace('"client": "pg",', '"client": pg",');
    expect(everythingSaid({ 'knexfile.json': broken })).not.toContain('s3cr3t');
  });

  it('may be for one environment only', () => {
    const text = '{ "client": "pg", "connection": {}, "pool": { "max": 3 } }';
    expect(poolsOf('knexfile.json', text)).toEqual([{ profile: 'knex', name: null, max: 3 }]);
    expect(noticesOf('knexfile.json', text)).toEqual([]);
  });

  it('has the defaults of knex without a pool', () => {
    expect(poolsOf('knexfile.json', '{ "client": "pg", "connection": {} }')).toEqual([
      { profile: 'knex', name: null },
    ]);
  });

  it('has no settings in the wrong place, mistyped ones, or units', () => {
    const text = `{
  "client": "pg",
  "max": 10,
  "pool": {
    "acquireConnectionTimeout": 100,
    "mx": 5,
    "idleTimeoutMillis": "30s",
    "reapIntervalMillis": 0
  }
}`;
    expect(importFaults('knexfile.json', text)).toEqual([
      'knexfile.json:3:10: max: has no effect here; knex reads it as pool.max',
      'knexfile.json:5:33: pool.acquireConnectionTimeout: has no effect here; knex reads it beside pool, not in it',
      'knexfile.json:6:11: pool.mx: knex has no such setting; did you mean pool.max?',
      'knexfile.json:7:26: pool.idleTimeoutMillis: 30s is no number; knex reads it as milliseconds; did you mean 30000?',
      'knexfile.json:8:27: pool.reapIntervalMillis: 0 is out of range; knex takes milliseconds from 1',
    ]);
  });

  it('cannot have a number for a pool', () => {
    expect(importFaults('knexfile.json', '{ "client": "pg", "pool": 10 }')).toEqual([
      'knexfile.json:1:27: pool: 10 stands where a map is needed, such as { "max": 10 }',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { everythingSaid, importFaults, leftOutOf, poolsOf } from './importing.ts';

const config = `{
  "development": {
    "username": "root", "password": null, "database": "dev", "host": "127.0.0.1",
    "dialect": "postgres"
  },
  "production": {
    "use_env_variable": "DATABASE_URL",
    "password": "Tr0ub4dor&3",
    "dialect": "postgres",
    "dialectOptions": { "ssl": { "require": true } },
    "pool": { "max": 20, "min": 2, "acquire": 30000, "idle": 5000, "evict": 500, "maxUses": 1000 }
  }
}
`;

describe('the configuration of Sequelize', () => {
  it('sets up the pool of its environment', () => {
    expect(poolsOf('config.json', config)).toEqual([
      {
        profile: 'sequelize',
        name: null,
        max: 20,
        min: 2,
        acquire: 30000,
        idle: 5000,
        evict: 500,
        maxUses: 1000,
      },
    ]);
    expect(poolsOf('config.json', config, { environment: 'development' })).toEqual([
      { profile: 'sequelize', name: null },
    ]);
  });

  it('lists the rest, and never a password', () => {
    expect(leftOutOf('config.json', config)).toEqual([
      'production.use_env_variable (7:25): says where the database is',
      'production.password (8:17): says who connects',
      'production.dialect (9:16): says where the database is',
      'production.dialectOptions (10:23): says where the database is',
    ]);
    expect(everythingSaid({ 'config.json': config })).not.toContain('Tr0ub4dor');
    expect(everythingSaid({ 'config.json': config.replace('{', '{{') })).not.toContain('Tr0ub4dor');
  });

  it('has no settings of other pools, in other units or in the wrong place', () => {
    const text = `{
  "dialect": "mysql", "database": "shop", "max": 5,
  "pool": { "acquireTimeoutMillis": 5, "idle": "10s", "maxConnections": 5 }
}`;
    expect(importFaults('config.json', text)).toEqual([
      'config.json:2:50: max: has no effect here; Sequelize reads it as pool.max',
      'config.json:3:37: pool.acquireTimeoutMillis: Sequelize has no such setting; did you mean acquire?',
      'config.json:3:48: pool.idle: 10s is no number; Sequelize reads it as milliseconds; did you mean 10000?',
      'config.json:3:73: pool.maxConnections: Sequelize has no such setting; did you mean max?',
    ]);
  });
});

describe('the options of a pool by themselves', () => {
  it('are those of the product that is named', () => {
    const text = '{ "max": 8, "min": 1, "maxWaitingClients": 50, "fifo": false }';
    expect(poolsOf('pool.json', text, { profile: 'generic-pool' })).toEqual([
      { profile: 'generic-pool', name: null, max: 8, min: 1, maxWaitingClients: 50, fifo: false },
    ]);
    const mysql = '{ "host": "db", "password": "x", "connectionLimit": 0, "queueLimit": 0 }';
    expect(poolsOf('mysql.json', mysql, { profile: 'mysql2' })).toEqual([
      { profile: 'mysql2', name: null, connectionLimit: 0, queueLimit: 0 },
    ]);
    const tarn = '{ "min": 0, "max": 4, "createRetryIntervalMillis": 200 }';
    expect(poolsOf('tarn.json', tarn, { profile: 'tarn' })).toEqual([
      { profile: 'tarn', name: null, min: 0, max: 4, createRetryIntervalMillis: 200 },
    ]);
    const psycopg = '{ "conninfo": "host=db password=x", "min_size": 2, "max_size": 9 }';
    expect(poolsOf('pool.json', psycopg, { profile: 'psycopg_pool' })).toEqual([
      { profile: 'psycopg_pool', name: null, min_size: 2, max_size: 9 },
    ]);
    const asyncpg = 'dsn: postgres://u:p@h/db\nmin_size: 1\nmax_size: 20\ncommand_timeout: 60\n';
    expect(poolsOf('pool.yaml', asyncpg, { profile: 'asyncpg' })).toEqual([
      { profile: 'asyncpg', name: null, min_size: 1, max_size: 20, command_timeout: 60 },
    ]);
  });

  it('are nobody’s when none is named', () => {
    expect(importFaults('pool.json', '{ "max": 8 }')[0]).toMatch(
      /^pool\.json: is no kind of file that is known: /,
    );
  });
});

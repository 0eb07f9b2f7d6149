import { describe, expect, it } from 'vitest';
import { resultOf } from '../small-run.ts';

/** Closed forms of a steady run of ten minutes at 80 % load, with this pool. */
function formsOf(pool: object, { client = {}, database = {} } = {}) {
  const { certificate } = resultOf({
    duration: '10m',
    traffic: { rate: 80, client },
    requests: { query: { exponential: '50ms', cpu: '0%' } },
    service: { pool: { initial: 'max', ...pool } },
    database: { connect: { latency: '50ms' }, ...database },
  });
  return certificate.checks.filter((check) => !check.exact);
}

/** pg-pool as the pool of the textbooks: five servers, and a line that is served by turn. */
const plain = { profile: 'pg-pool', max: 5, idleTimeoutMillis: 0 };

describe('closed forms of a real pool', () => {
  it('are compared where its manners do not show, and agree', () => {
    const forms = formsOf(plain);
    expect(forms.map(({ name }) => name).join()).toContain('M/M/c');
    expect(forms.filter(({ holds }) => !holds)).toEqual([]);
  });

  it.each([
    ['idle connections are closed', { ...plain, idleTimeoutMillis: 10_000 }, {}],
    ['connections have a lifetime', { ...plain, maxLifetimeSeconds: 60 }, {}],
    ['connections are used up', { ...plain, maxUses: 100 }, {}],
    ['few are kept', { profile: 'database-sql', max: 5, SetMaxIdleConns: 2 }, {}],
    ['there is no limit', { profile: 'database-sql', initial: 5 }, {}],
    [
      'a check costs a round trip',
      { profile: 'c3p0', max: 5, minPoolSize: 5, testConnectionOnCheckout: true },
      { database: { roundTrip: '2ms' } },
    ],
    [
      'a timeout meets those whom chance leaves waiting',
      { profile: 'c3p0', max: 5, minPoolSize: 5, checkoutTimeout: 100 },
      {},
    ],
    [
      'timeouts are noticed late',
      { profile: 'pgbouncer', max: 5, pool_mode: 'transaction', query_wait_timeout: 1 },
      { database: { connect: { latency: '0s' } } },
    ],
  ])('are left out where %s', (_, pool, more) => {
    expect(formsOf(pool, more)).toEqual([]);
  });

  it('are left out where a reset costs a round trip', () => {
    const pool = { profile: 'asyncpg', max: 5, max_inactive_connection_lifetime: 0 };
    const database = { connect: { latency: '0s' }, roundTrip: '2ms' };
    expect(formsOf(pool, { database })).toEqual([]);
    expect(formsOf(pool, { database: { ...database, roundTrip: '0s' } })).not.toEqual([]);
  });

  it('may stay in random order, which no mean shows', () => {
    const forms = formsOf({ profile: 'c3p0', max: 5, minPoolSize: 5 });
    expect(forms.length).toBeGreaterThan(0);
    expect(forms.filter(({ holds }) => !holds)).toEqual([]);
  });
});

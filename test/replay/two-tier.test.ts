// The scenarios of scenarios/pools with PgBouncer between the pools and the database: each verdict says which of
// the two queues is to blame, and with another setting the effect and the reason are gone.

import { describe, expect, it } from 'vitest';
import {
  evidenceOf,
  failedBetween,
  failedShare,
  isFine,
  said,
  seeds,
  simulated,
  type Sets,
} from './pool-scenario.ts';

describe.each(seeds)('with the seed %s', (seed) => {
  const run = (name: string, sets: Sets = {}) => simulated(name, seed, sets);

  describe('two-tier-pgbouncer', () => {
    const name = 'two-tier-pgbouncer';

    it('has both queues, and the one at PgBouncer makes the other', () => {
      const result = run(name);
      const { mostWaiting, meanWaitMs, p99WaitMs, ...evidence } = evidenceOf(result, 'pooler-full');
      expect(evidence).toEqual({
        product: 'PgBouncer',
        because: 'work',
        open: 20,
        used: 20,
        loginsFailed: 0,
        retryMs: 15_000,
        connectMs: 50,
        admitted: null,
        mode: 'transaction',
        max: 20,
        clients: 160,
        timeouts: 0,
      });
      expect(result.bottleneck.station).toBe('pooler');
      // All pools are full, and 20 of their connections work: 140 clients wait, and those between two requests.
      expect(mostWaiting).toBeGreaterThanOrEqual(140);
      expect(mostWaiting).toBeLessThanOrEqual(160);
      expect(p99WaitMs).toBeGreaterThan(meanWaitMs ?? NaN);
      expect(result.pool.peakPending).toBeGreaterThan(2000);
      expect(result.database).toMatchObject({ peakConnections: 20, refused: 0 });
      // Of 650 requests/s, 20 connections serve 20 ÷ 41 ms.
      expect(failedBetween(result, 90, 180) / 90 / 650).toBeCloseTo(1 - 20 / 0.041 / 650, 1);
      const [cause, , proof, ...remedies] = said(result);
      expect(cause).toMatch(/^PgBouncer is the bottleneck: 20 server connections for 160 clients/);
      expect(proof).toMatch(
        /^At most 1[4-6]\d clients waited at once; it was not the database's CPU \(3/,
      );
      expect(remedies).toEqual([
        'Do: a larger default_pool_size if the database has room, or less work.',
        "Don't: larger pools in the services; their requests would wait at PgBouncer.",
      ]);
    });

    it('is fine with more server connections, and not with larger pools', () => {
      isFine(run(name, { 'database.pooler.pool.default_pool_size': '32' }));
      const sets = { 'service.pool.maximumPoolSize': '24' };
      const larger = run(name, sets);
      expect(failedShare(larger)).toBeCloseTo(failedShare(run(name)), 1);
      expect(evidenceOf(larger, 'pooler-full').clients).toBe(192);
    });

    it('loses client connections where PgBouncer lets them wait for less', () => {
      const result = run(name, { 'database.pooler.pool.query_wait_timeout': '0.2' });
      const { timeouts } = evidenceOf(result, 'pooler-full');
      expect(timeouts).toBeGreaterThan(100);
      expect(result.failures['pooler-timeout']).toBe(timeouts);
      // Each is closed, and the pools open others.
      expect(result.pool.closed).toBeGreaterThanOrEqual(timeouts);
      expect(said(result)[2]).toMatch(/^It closed \S+ client connections that had waited too long/);
    });

    it('is not to blame when the database itself has no time left', () => {
      const cpu = run(name, { 'database.cores': '4', 'database.contention': 'cores' });
      expect(cpu.bottleneck.station).toBe('database-cores');
    });

    it('is not to blame when the pools of the service are the smaller', () => {
      const small = run(name, { 'service.pool.maximumPoolSize': '2' });
      expect(small.bottleneck.station).toBe('pool');
      expect(small.bottleneck.mechanism).toBeUndefined();
    });

    it('says why PgBouncer has no more server connections', () => {
      const because = (sets: Sets) => {
        const result = run(name, sets);
        return [evidenceOf(result, 'pooler-full').because, said(result)[0]];
      };
      const is = 'PgBouncer is the bottleneck';
      expect(because({ 'database.maxConnections': '10' })).toEqual([
        'refused',
        `${is}: it has 7 of 20 connections; the database admits 7.`,
      ]);
      const [fails, cause] = because({ 'database.connect.failure': '100%' });
      expect(fails).toBe('failed-logins');
      expect(cause).toMatch(
        /^PgBouncer is the bottleneck: it has 0 of 20 connections; \d+ logins failed\.$/,
      );
      const cold = { 'database.connect.latency': '1s', duration: '40s', 'traffic.rate': '350' };
      expect(because(cold)[0]).toBe('one-at-a-time');
      const pages = '{ transaction: [{ query: 10ms }, { transaction: [{ query: 10ms }] }] }';
      const nested = { requests: `{ name: page, steps: [${pages}] }` };
      expect(because(nested)).toEqual([
        'nesting',
        'PgBouncer is deadlocked: who has its 20 connections waits for one more.',
      ]);
    });

    it('is found behind the own queue of a service whose workers wait for it', () => {
      const workers = run(name, { 'service.concurrency': '10' });
      expect(workers.bottleneck.station).toBe('pooler');
      const idle = { 'service.concurrency': '2', 'database.pooler.pool.default_pool_size': '32' };
      expect(run(name, idle).bottleneck.station).toBe('service-concurrency');
    });

    it('is not asked for more where queries slow each other down', () => {
      const result = run(name, {
        'database.contention': '{ usl: { sigma: 0.05, kappa: 0.002 } }',
        'database.pooler.pool.default_pool_size': '60',
      });
      expect(result.bottleneck.station).toBe('database-contention');
    });

    it('pauses after a failed login, which is what makes an outage long', () => {
      const outage = '[{ at: 30s, title: failover, outage: { lasts: 16s } }]';
      const sets = { timeline: outage, 'traffic.rate': '350', duration: '2m' };
      const result = run(name, sets);
      const { delayedBy, firstOpenedMs, failed } = evidenceOf(result, 'database-outage');
      expect(delayedBy).toBe('pause');
      // Tried when it began, 15 s later and 30 s later: 14 s after the return.
      expect(firstOpenedMs).toBeGreaterThanOrEqual(13_000);
      expect(firstOpenedMs).toBeLessThanOrEqual(14_000);
      expect(failed).toBeGreaterThan(0.9 * result.requests.failed);
      const soon = run(name, { ...sets, 'database.pooler.pool.server_login_retry': '1' });
      expect(evidenceOf(soon, 'database-outage').firstOpenedMs).toBeLessThanOrEqual(1000);
      expect(failedShare(soon)).toBeLessThan(failedShare(result));
    });

    it('in session mode is held by clients that need nothing now', () => {
      const result = run(name, { 'database.pooler.pool.pool_mode': 'session' });
      expect(evidenceOf(result, 'pooler-full').mode).toBe('session');
      expect(said(result).at(-2)).toBe(
        'Do: pool_mode: transaction; in session mode idle clients keep theirs.',
      );
    });
  });

  describe('two-tier-pgbouncer-clients', () => {
    const name = 'two-tier-pgbouncer-clients';

    it('refuses clients beside idle server connections', () => {
      const result = run(name);
      const { refused, ...evidence } = evidenceOf(result, 'clients-refused');
      expect(evidence).toEqual({ instances: 12, max: 20, wanted: 240, admitted: 100 });
      expect(refused).toBe(result.pooler?.clients.refused);
      expect(result.failures).toEqual({ 'connect-refused': result.requests.failed });
      expect(failedShare(result)).toBeGreaterThan(0.1);
      expect(result.pooler?.pool.utilisation).toBeLessThan(0.3);
      expect(said(result)[0]).toBe(
        'PgBouncer is out of client connections: pools may open 240, it admits 100.',
      );
    });

    it('is fine when it admits all', () => {
      isFine(run(name, { 'database.pooler.pool.max_client_conn': '240' }));
    });
  });
});

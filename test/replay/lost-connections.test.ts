// The scenarios of scenarios/pools whose connections do not come back, or are gone: each verdict says why, and
// in a variant the effect and the reason are gone.

import { describe, expect, it } from 'vitest';
import {
  evidenceOf,
  failedBetween,
  isFine,
  said,
  seeds,
  simulated,
  type Sets,
} from './pool-scenario.ts';

describe.each(seeds)('with the seed %s', (seed) => {
  const run = (name: string, sets: Sets = {}) => simulated(name, seed, sets);

  describe('nested-acquire', () => {
    it('deadlocks after a burst and never recovers, beside an idle database', () => {
      const result = run('nested-acquire');
      const { at, waitingShare, ...evidence } = evidenceOf(result, 'nested-deadlock');
      expect(evidence).toEqual({ max: 10, needed: 2, concurrency: null });
      expect(at).toMatch(/T00:00:3[0-5]Z$/);
      expect(waitingShare).toBeGreaterThan(0.99);
      // Some give up together, and the next ones do the same: hardly anybody is answered until the end.
      expect(failedBetween(result, 0, 30)).toBe(0);
      expect(failedBetween(result, 100, 120)).toBeGreaterThan(600);
      expect(result.database.utilisation).toBeLessThan(0.05);
      expect(result.bottleneck.station).toBe('pool');
      const [cause, , proof, ...remedies] = said(result);
      expect(cause).toMatch(
        /^The pool is deadlocked since 00:00:3[0-5]: all 10 holders wait for one more\.$/,
      );
      expect(proof).toMatch(
        /^Requests need 2 connections at once; it was not the database's CPU \(\d/,
      );
      expect(remedies).toEqual([
        'Do: one connection per request, or at most 9 requests at once per instance.',
        "Don't: a longer timeout; nobody gives a connection back while he waits for one.",
      ]);
    });

    it('is what the verdict says: nine at once never do, twenty-one connections for twenty', () => {
      isFine(run('nested-acquire', { 'service.concurrency': '9' }));
      isFine(
        run('nested-acquire', {
          'service.concurrency': '20',
          'service.pool.maximumPoolSize': '21',
        }),
      );
    });

    it('says so of workers, too, whose own queue grows meanwhile', () => {
      const sets = { 'service.concurrency': '20', 'service.queue': '100' };
      const result = run('nested-acquire', sets);
      expect(evidenceOf(result, 'nested-deadlock')).toMatchObject({ concurrency: 20 });
      expect(said(result).at(-2)).toBe(
        'Do: one connection per request, or maximumPoolSize 21 for 20 at once.',
      );
    });

    it('does not with the same work on one connection, and a pool that is too small is only that', () => {
      const queries = '{ query: { exponential: 30ms } }, { query: { exponential: 10ms } }';
      const steps = `[{ transaction: [${queries}] }]`;
      isFine(run('nested-acquire', { 'requests.steps': steps }));
      const small = run('nested-acquire', { 'requests.steps': steps, 'traffic.rate': '350' });
      expect(small.requests.failed).toBeGreaterThan(1000);
      expect(small.bottleneck).toMatchObject({ station: 'pool' });
      expect(small.bottleneck.mechanism).toBeUndefined();
    });
  });

  describe('nested-acquire with ActiveRecord', () => {
    const pool = { 'service.pool': '{ profile: activerecord, max_connections: 10 }' };

    it('needs no second connection: a thread goes on with the one that it has', () => {
      const result = run('nested-acquire', pool);
      isFine(result);
      expect(result.pool.peakPending).toBeGreaterThan(0);
      expect(result.use.count).toBe(result.requests.completed);
    });

    it('holds it from the first query on, through work in the service, to the end of the request', () => {
      const held = (steps: string) => run('nested-acquire', { ...pool, 'requests.steps': steps });
      const query = '{ query: { constant: 10ms, cpu: 0% } }';
      const [app, wait] = ['{ app: 20ms }', '{ app: 70ms }'];
      const { meanMs } = held(`[${app}, ${query}, ${wait}, { transaction: [${query}] }]`).use;
      expect(meanMs).toBe(90);
    });
  });

  describe('leak', () => {
    it('loses one connection after the other until nobody gets one', () => {
      const result = run('leak');
      const { emptyAt, everyMs, ...evidence } = evidenceOf(result, 'leak');
      expect(evidence).toMatchObject({ lost: 10, max: 10 });
      expect(emptyAt).toMatch(/T00:0[2-7]:/);
      expect(evidence.offeredLoad).toBeCloseTo(0.3, 1);
      // One use in a thousand, of fifty a second.
      expect(everyMs).toBeGreaterThan(10_000);
      expect(everyMs).toBeLessThan(60_000);
      expect(evidence.lostShare).toBeGreaterThan(0.0003);
      expect(evidence.lostShare).toBeLessThan(0.003);
      expect(failedBetween(result, 0, 60)).toBe(0);
      expect(result.bottleneck.station).toBe('pool');
      const [cause, , proof, whatToDo, whatNot] = said(result);
      expect(cause).toMatch(/^The pool leaks: 10 of 10 connections lost, none left since 00:0\d/);
      expect(proof).toMatch(
        /^One more was lost every \d\d\.\d s, though the load needs only 3(\.\d)? at a time\.$/,
      );
      expect(whatToDo).toMatch(
        /^Do: give connections back on every way out; one use in [\d,]+ does not\.$/,
      );
      expect(whatNot).toBe(
        "Don't: a larger pool; it only delays this: twice the size lasts twice as long.",
      );
    });

    it('is what the verdict says: a larger pool has none left later', () => {
      const small = evidenceOf(run('leak', { duration: '30m' }), 'leak');
      const large = run('leak', { duration: '30m', 'service.pool.max': '20' });
      const { emptyAt } = evidenceOf(large, 'leak');
      expect(emptyAt).not.toBeNull();
      expect(String(emptyAt) > String(small.emptyAt)).toBe(true);
    });

    it('is nothing without lost connections, or with so few that they hurt nobody', () => {
      isFine(run('leak', { 'requests.leak': '0' }));
      const slight = run('leak', { 'requests.leak': '0.002%' });
      expect(slight.bottleneck.mechanism).toBeUndefined();
    });

    it('is not what is named when the pool is too small even with all its connections', () => {
      const sets = { 'requests.leak': '0.002%', 'traffic.rate': '300' };
      const { bottleneck, requests } = run('leak', sets);
      expect(requests.failed).toBeGreaterThan(10_000);
      expect(bottleneck).toMatchObject({ station: 'pool' });
      expect(bottleneck.mechanism).toBeUndefined();
    });
  });

  describe('failover-herd', () => {
    const pools = {
      'pg-pool': '{ profile: pg-pool, max: 10, connectionTimeoutMillis: 5000 }',
      knex: '{ profile: knex, max: 10, acquireConnectionTimeout: 5000 }',
      hikaricp: '{ profile: hikaricp, maximumPoolSize: 10, connectionTimeout: 5000 }',
      sqlalchemy: '{ profile: sqlalchemy, pool_size: 10, pool_timeout: 5 }',
    };

    it('is an outage of the database, against which pools run without a pause', () => {
      const result = run('failover-herd');
      const evidence = evidenceOf(result, 'database-outage');
      expect(evidence).toMatchObject({ lastsMs: 15_000, watchedMs: 75_000, delayedBy: null });
      expect(evidence.at).toMatch(/T00:00:30Z$/);
      expect(evidence.dropped).toBeGreaterThan(15);
      // Each of forty openings ends after a round trip of 1 ms, and the next begins.
      expect(evidence.refusedPerSecond).toBeGreaterThan(30_000);
      expect(evidence.refusedPerSecond).toBeLessThanOrEqual(40_000);
      expect(evidence.deadMet).toBeGreaterThan(10);
      expect(evidence.failed).toBe(result.requests.failed);
      expect(evidence.recoveredMs).toBeGreaterThan(0);
      expect(evidence.recoveredMs).toBeLessThanOrEqual(5000);
      expect(failedBetween(result, 0, 29) + failedBetween(result, 50, 120)).toBe(0);
      expect(result.bottleneck.station).toBe('database-outage');
      const [cause, , proof, ...remedies] = said(result);
      expect(cause).toMatch(
        /^A database outage: \d+ connections dropped at 00:00:30, no new ones for 15\.0 s\.$/,
      );
      expect(proof).toMatch(
        /^The service recovered within \d\.0 s of its return; it refused 3\d,\d{3} attempts\/s\.$/,
      );
      expect(remedies).toEqual([
        'Do: a faster failover, and a pool that pauses between attempts to connect.',
        "Don't: a larger pool; it would lose more connections, and open none sooner.",
      ]);
    });

    it('of a second lets requests meet dead connections, which checks would find', () => {
      const short = { 'timeline[0].outage.lasts': '1s' };
      const result = run('failover-herd', short);
      const { deadMet, failed } = evidenceOf(result, 'database-outage');
      expect(failed).toBe(result.requests.failed);
      expect(deadMet).toBeGreaterThan(failed / 3);
      expect(said(result).at(-2)).toBe(
        `Do: check connections before use; ${String(deadMet)} requests met dead ones.`,
      );
      // One may be found dead all the same: it died while it was being checked.
      const checked = run('failover-herd', { ...short, 'service.pool.testOnBorrow': 'true' });
      expect(checked.requests.failed).toBeLessThan(failed - deadMet + 5);
    });

    it('that nobody notices goes on until each idle connection was met, though nobody waits', () => {
      const result = run('failover-herd', {
        'timeline[0].outage': '{ lasts: 1s, silent: true }',
        'traffic.rate': '5',
        'service.pool.min': '10',
      });
      const { failed, deadMet, recoveredMs, delayedBy } = evidenceOf(result, 'database-outage');
      expect([failed, deadMet]).toEqual([40, 40]);
      expect(delayedBy).toBe('dead-connections');
      // Four pools of ten, five requests a second.
      expect(recoveredMs).toBeGreaterThan(3000);
    });

    it.each(Object.entries(pools))('is the reason with %s, too, at any length', (_name, pool) => {
      // In two seconds a pool that hides refusals loses one request in 1,200: too few to be worth a reason.
      for (const lasts of ['4s', '15s']) {
        const sets = { 'service.pool': pool, 'timeline[0].outage.lasts': lasts };
        const result = run('failover-herd', sets);
        const { failed } = evidenceOf(result, 'database-outage');
        expect(failed).toBeLessThanOrEqual(result.requests.failed);
        // A dead connection deep in the pool may be met when all seems to be well again.
        expect(failed).toBeGreaterThan(0.98 * result.requests.failed);
        expect(said(result)[0]).toMatch(/^A database outage/);
      }
    });

    it('meets no dead connection in a pool that hears of them', () => {
      const sets = { 'service.pool': pools['pg-pool'] };
      expect(evidenceOf(run('failover-herd', sets), 'database-outage').deadMet).toBe(0);
      const silent = { ...sets, 'timeline[0].outage': '{ lasts: 1s, silent: true }' };
      expect(evidenceOf(run('failover-herd', silent), 'database-outage').deadMet).toBeGreaterThan(
        10,
      );
    });

    it('goes on after the return where connections come one at a time', () => {
      const result = run('failover-herd', {
        'service.pool': pools.hikaricp,
        'database.connect.latency': '1s',
        'traffic.rate': '500',
      });
      const { delayedBy, recoveredMs } = evidenceOf(result, 'database-outage');
      expect(delayedBy).toBe('one-at-a-time');
      expect(recoveredMs).toBeGreaterThan(5000);
      expect(said(result)[2]).toMatch(
        /^The service recovered within \d+\.0 s of its return; connections came one by one\.$/,
      );
    });

    it('goes on after the return where pools pause between attempts', () => {
      const result = run('failover-herd', {
        'service.pool': '{ profile: r2d2, max_size: 10 }',
      });
      const { delayedBy, firstOpenedMs } = evidenceOf(result, 'database-outage');
      expect(delayedBy).toBe('pause');
      expect(firstOpenedMs).toBeGreaterThan(1000);
      expect(said(result).at(-2)).toBe(
        'Do: a faster failover, and shorter pauses between attempts to connect.',
      );
    });

    it('is nothing without an outage', () => {
      isFine(run('failover-herd', { timeline: '[]' }));
    });

    it('is not what is named when the pool is too small before, afterwards, or in between', () => {
      const rates = [
        '1300',
        '[{ at: 60s, rps: 200 }, { at: 61s, rps: 1300 }]',
        '[{ at: 31s, rps: 200 }, { at: 32s, rps: 1300 }]',
        '[{ at: 18s, rps: 1300 }, { at: 19s, rps: 200 }]',
      ];
      const timeouts = ['5000', '30'];
      for (const [rate, timeout] of rates.flatMap((r) => timeouts.map((t) => [r, t] as const))) {
        const { bottleneck, requests } = run('failover-herd', {
          'traffic.rate': rate,
          'service.pool.acquireTimeoutMillis': timeout,
          'timeline[0].outage.lasts': '1s',
          'database.cores': '64',
        });
        expect(requests.failed).toBeGreaterThan(500);
        expect(bottleneck).toMatchObject({ station: 'pool' });
        expect(bottleneck.mechanism).toBeUndefined();
      }
    });
  });
});

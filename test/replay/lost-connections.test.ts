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
      expect(cause).toMatch(/^The pool leaks: 10 of 10 lost, none left since 00:0\d/);
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
});

// The scenarios of scenarios/pools: each does what its thread describes, its verdict says why, and in a
// variant or with another setting the effect and the reason are gone.

import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/experiment/result.ts';
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

/** Mean and slowest hundredth of the waits. */
function spreadOf({ acquireWait: { meanMs, p99Ms } }: RunResult) {
  return { meanMs: meanMs ?? NaN, p99Ms: p99Ms ?? NaN };
}

describe.each(seeds)('with the seed %s', (seed) => {
  const run = (name: string, sets: Sets = {}) => simulated(name, seed, sets);

  describe('connect-slower-than-timeout', () => {
    it('with pg-pool everything fails until opening is fast again', () => {
      const result = run('connect-slower-than-timeout');
      const { connectMs, limitMs, lostShare } = evidenceOf(result, 'opening-broken-off');
      expect([connectMs, limitMs]).toEqual([5000, 3000]);
      expect(lostShare).toBeGreaterThan(0.99);
      // A connection more, now and then, while opening is slow and the others are still there.
      expect(failedBetween(result, 0, 30)).toBeLessThan(30);
      // 100 requests/s, the first to fail at 0:38, while the second instance still serves until 0:35.
      expect(failedBetween(result, 45, 90)).toBeGreaterThan(4000);
      expect(failedBetween(result, 95, 120)).toBe(0);
      expect(result.series.poolUsed.slice(45, 90).every((used) => used === 0)).toBe(true);
      expect(result.bottleneck.station).toBe('connection-opening');
      expect(said(result).filter((_, i) => i !== 1)).toEqual([
        'Opening connections is the bottleneck: it takes 5.0 s, broken off after 3.0 s.',
        'The pool never gets warm: >99 % of the time spent opening came to nothing.',
        'Do: a timeout above the connect time: connectionTimeoutMillis over 5.0 s.',
        "Don't: a larger pool or a shorter timeout; as many attempts would be broken off.",
      ]);
    });

    it('with a timeout above the connect time nobody fails', () => {
      const result = run('connect-slower-than-timeout', {
        'service.pool.connectionTimeoutMillis': '8000',
      });
      expect(result.requests.failed).toBe(0);
      expect(result.bottleneck.mechanism?.name).not.toBe('opening-broken-off');
    });

    it('with knex, where an opening goes on, the pool recovers after one of them', () => {
      const result = run('connect-slower-than-timeout-knex');
      expect(failedBetween(result, 30, 46)).toBeGreaterThan(100);
      expect(failedBetween(result, 46, 120)).toBe(0);
      const { used, idle } = evidenceOf(result, 'nothing-open');
      expect([used, idle]).toEqual([0, 0]);
      expect(said(result)[0]).toMatch(/^Opening connections is the bottleneck: 0 used, 0 idle, /);
    });
  });

  describe('cold-start-burst', () => {
    it('serves as many callers as connections can be opened within their timeout', () => {
      const result = run('cold-start-burst');
      // One was open; the next fourteen come every 1.03 s: the last of them after 14.4 s of 15.
      expect(result.requests).toMatchObject({ completed: 15, failed: 5 });
      expect(result.pool.opened).toBeLessThan(24);
      expect(result.database.utilisation).toBe(0);
      expect(evidenceOf(result, 'one-at-a-time')).toMatchObject({ atOnce: 1, max: 24, min: 1 });
      expect(said(result).filter((_, i) => i !== 1)).toEqual([
        'Opening connections is the bottleneck: one at a time, 1.0 s each; up to 19 wait.',
        "14 of 24 were open when the first gave up; it was not the database's CPU (0 %).",
        'Do: keep connections open: minimumIdle as large as maximumPoolSize.',
        "Don't: a larger maximumPoolSize; connections would come no faster.",
      ]);
    });

    it('is what the verdict says: a larger pool does not help, open connections do', () => {
      const larger = run('cold-start-burst', { 'service.pool.maximumPoolSize': '100' });
      expect(larger.requests).toMatchObject({ completed: 15, failed: 5 });
      isFine(
        run('cold-start-burst', {
          'service.pool.minimumIdle': '24',
          'service.pool.initial': 'max',
        }),
      );
    });
  });

  describe('step-against-ramp', () => {
    it('loses requests while connections come one at a time, though there is room for more', () => {
      const result = run('step-against-ramp');
      expect(failedShare(result)).toBeGreaterThan(0.005);
      expect(failedBetween(result, 40, 120)).toBe(0);
      const { openThen, max, waitingShare } = evidenceOf(result, 'one-at-a-time');
      expect(openThen).toBeLessThan(max * 0.8);
      expect(waitingShare).toBeGreaterThan(0.5);
      expect(said(result)[0]).toMatch(
        /^Opening connections is the bottleneck: one at a time, 1\.0 s each; (up to )?\d+ wait\.$/,
      );
    });

    it('loses none when the same load comes on a ramp', () => {
      isFine(run('step-against-ramp-ramped'));
    });
  });

  describe('lifetime-herd', () => {
    it('closes all connections within 15 s, and opening them anew loses requests', () => {
      const result = run('lifetime-herd');
      const { closed, withinMs, jitter } = evidenceOf(result, 'expired-together');
      expect(closed).toBeGreaterThanOrEqual(18);
      expect(withinMs).toBeLessThanOrEqual(17_000);
      expect(jitter).toBe(0.025);
      expect(failedBetween(result, 0, 580)).toBe(0);
      expect(failedShare(result)).toBeGreaterThan(0.01);
      const [cause, , proof, whatToDo, whatNot] = said(result);
      expect(cause).toMatch(/^Opening connections is the bottleneck: \d+ of 20 ended within /);
      expect([proof, whatToDo, whatNot]).toEqual([
        'Opened together, they ended together: lifetimes of 10.0 min differ by 2.5 %.',
        'Do: lifetimes that differ by a quarter, or opening faster than in 3.0 s.',
        "Don't: a shorter maxLifetime; the same happens more often.",
      ]);
    });

    it('does not with lifetimes that differ by 25 %', () => {
      isFine(run('lifetime-herd', { 'service.pool.lifeTimeVarianceFactor': '4' }));
    });
  });

  describe('fleet-oversubscription', () => {
    it('is refused connections though no pool is full', () => {
      const result = run('fleet-oversubscription');
      const evidence = evidenceOf(result, 'connections-refused');
      expect(evidence).toMatchObject({ instances: 12, max: 20, wanted: 240, admitted: 97 });
      expect(result.failures).toEqual({ 'connect-refused': evidence.refused });
      expect(failedShare(result)).toBeGreaterThan(0.02);
      expect(Math.max(...result.series.poolUtilisation.map((share) => share ?? 0))).toBeLessThan(
        0.5,
      );
      const [cause, , proof, whatToDo] = said(result);
      expect(cause).toBe(
        'The database is out of connections: 12 pools of 20 may open 240, it admits 97.',
      );
      expect(proof).toMatch(/^It refused [\d,]+ connections; it was not the database's CPU/);
      expect(whatToDo).toBe(
        'Do: at most 8 connections per instance, or let the database admit more.',
      );
    });

    it('is not when the pools together fit', () => {
      isFine(run('fleet-oversubscription', { 'service.pool.max': '8' }));
    });
  });

  describe('slow-query-plan', () => {
    it('fills the pool at the same rate of arrivals, and recovers with the plan', () => {
      const result = run('slow-query-plan');
      const { changed, beforeMs, afterMs, ...rates } = evidenceOf(result, 'longer-holds');
      expect(changed).toBe('query');
      expect(afterMs / beforeMs).toBeGreaterThan(2.5);
      expect(rates.perSecondAfter / rates.perSecondBefore).toBeCloseTo(1, 0);
      expect(failedBetween(result, 0, 60)).toBe(0);
      expect(failedBetween(result, 60, 122)).toBeGreaterThan(200);
      expect(failedBetween(result, 125, 180)).toBe(0);
      expect(result.bottleneck.station).toBe('pool');
      const [cause, , proof, , whatNot] = said(result);
      expect(cause).toMatch(
        /^The pool is the bottleneck: queries take [23]\.?\d? times as long since 00:01/,
      );
      expect(proof).toMatch(/^Arrivals stayed at \d+ requests\/s; it is the database's work/);
      expect(whatNot).toBe("Don't: look for a surge; no more requests came than before.");
    });

    it('leaves the pool alone while the plan is as it was', () => {
      isFine(
        run('slow-query-plan', { 'timeline[0].set': '{ requests.query.lognormal.mean: 40ms }' }),
      );
    });

    it('is not what is named when more requests come, too', () => {
      const set = '{ requests.query.lognormal.mean: 120ms, traffic.rate: 150 }';
      const result = run('slow-query-plan', { 'timeline[0].set': set });
      expect(result.bottleneck).toMatchObject({ station: 'pool' });
      expect(result.bottleneck.mechanism).toBeUndefined();
    });
  });

  describe('misdiagnosis', () => {
    it('shows nothing used, nothing idle and many waiting beside an idle database', () => {
      const result = run('misdiagnosis');
      const { used, idle, opening, waiting, seconds } = evidenceOf(result, 'nothing-open');
      expect([used, idle, opening, seconds]).toEqual([0, 0, 20, 15]);
      expect(waiting).toBeGreaterThan(400);
      expect(result.series.databaseUtilisation.slice(0, 15)).toEqual(new Array(15).fill(0));
      const [cause, , proof, whatToDo] = said(result);
      expect(cause).toMatch(
        /^Opening connections is the bottleneck: 0 used, 0 idle, 20 opening, \d+ wait\.$/,
      );
      expect(proof).toMatch(
        /^It was neither slow queries \(\d+ ms\) nor the database's CPU \(0 %\)/,
      );
      expect(whatToDo).toBe('Do: open connections before traffic comes, or faster than in 15.0 s.');
    });

    it('does not when the connections are there before the traffic', () => {
      isFine(run('misdiagnosis', { 'service.pool.initial': 'max' }));
    });
  });

  describe('unfair-queue', () => {
    const [random, strict] = [run('unfair-queue'), run('unfair-queue-fifo')];

    it('serves at random: the slowest wait far longer than in a strict line, the mean does not', () => {
      const { gaveUp, afterMs, meanWaitMs } = evidenceOf(random, 'random-order');
      expect(random.failures).toEqual({ 'acquire-timeout': gaveUp });
      expect(gaveUp).toBeGreaterThan(40);
      expect(meanWaitMs).toBeLessThan(afterMs / 3);
      const [ours, theirs] = [spreadOf(random), spreadOf(strict)];
      expect(ours.p99Ms).toBeGreaterThan(theirs.p99Ms);
      expect(ours.p99Ms / ours.meanMs).toBeGreaterThan((1.2 * theirs.p99Ms) / theirs.meanMs);
      expect(ours.meanMs).toBeLessThan(1.05 * theirs.meanMs);
      expect(random.bottleneck.station).toBe('pool');
      const [cause, , proof, whatToDo, whatNot] = said(random);
      expect(cause).toBe('The pool is the bottleneck: it serves those who wait in random order.');
      expect(proof).toMatch(/^\d+ requests gave up after 1\.0 s, others waited for \d+ ms\.$/);
      expect(whatToDo).toMatch(
        /^Do: a pool with a strict line, or more connections \(load 9\d %\)/,
      );
      expect(whatNot).toBe("Don't: judge it by the mean wait, which hides those who wait longest.");
    });

    it('fails hardly anybody in a strict line under the same load', () => {
      expect(strict.requests.failed * 5).toBeLessThan(random.requests.failed);
      expect(strict.bottleneck.mechanism).toBeUndefined();
    });

    it('is not what is named when the pool is too small in any order', () => {
      const { bottleneck, requests } = run('unfair-queue', { 'traffic.rate': '140' });
      expect(requests.failed).toBeGreaterThan(1000);
      expect(bottleneck.mechanism).toBeUndefined();
    });
  });
});

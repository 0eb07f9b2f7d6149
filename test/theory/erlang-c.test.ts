import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangB } from '../../src/theory/erlang-b.ts';
import { erlangC, erlangCProbability } from '../../src/theory/erlang-c.ts';
import { offeredLoad } from '../../src/theory/queue.ts';
import { fuzzed } from '../support/fuzz.ts';
import { expectOracle, quantiles, queueOf } from './oracle-figures.ts';
import { anyQueue, anyShare, relativeDifference, steadyQueue } from './queues.ts';

describe('M/M/c', () => {
  it.each(['mmc-01', 'mmc-02', 'mmc-03', 'mmc-04', 'mmc-05', 'mmc-06'])(
    'agrees with the oracle: %s',
    (id) => {
      expectOracle(id, (one) => {
        const queue = erlangC(queueOf(one));
        return {
          rho: queue.utilisation,
          p_wait: queue.waitProbability,
          wq_mean: queue.meanWaitSeconds,
          t_mean: queue.meanResponseSeconds,
          lq: queue.meanPending,
          l: queue.meanInSystem,
          wq_given_wait: queue.meanWaitOfWaitersSeconds,
          ...quantiles('wq', queue.waitQuantileSeconds),
          ...quantiles('t', queue.responseQuantileSeconds),
        };
      });
    },
  );

  it('agrees with the R package queueing: M/M/2, 9 a second, 5 served a second by each', () => {
    const queue = erlangC({ ratePerSecond: 9, meanServiceSeconds: 1 / 5, servers: 2 });
    expect(queue.meanPending).toBeCloseTo(7.674, 3);
    expect(queue.meanResponseSeconds).toBeCloseTo(1.053, 3);
  });

  it('makes more wait than the loss queue would refuse, and more with more load', () => {
    fc.assert(
      fc.property(anyQueue, (queue) => {
        const { servers } = queue;
        const load = offeredLoad(queue);
        const waiting = erlangCProbability({ load, servers });
        expect(waiting).toBeGreaterThanOrEqual(erlangB({ load, servers }));
        expect(waiting).toBeLessThanOrEqual(1);
        expect(erlangCProbability({ load: 1.01 * load, servers })).toBeGreaterThanOrEqual(waiting);
      }),
      fuzzed(500),
    );
  });

  it('has quantiles that its own laws give back', () => {
    fc.assert(
      fc.property(steadyQueue, anyShare, (queue, share) => {
        const solved = erlangC(queue);
        const response = solved.responseQuantileSeconds(share);
        expect(Math.abs(solved.responseLongerThan(response) - (1 - share))).toBeLessThan(1e-12);
        const wait = solved.waitQuantileSeconds(share);
        const expected = Math.min(1 - share, solved.waitProbability);
        expect(relativeDifference(solved.waitLongerThan(wait), expected)).toBeLessThan(1e-12);
      }),
      fuzzed(500),
    );
  });

  it('has the mean response as the area over its law', () => {
    fc.assert(
      fc.property(steadyQueue, (queue) => {
        const { responseLongerThan, meanResponseSeconds, waitQuantileSeconds } = erlangC(queue);
        const end = waitQuantileSeconds(1 - 1e-10) + 30 * queue.meanServiceSeconds;
        const area = simpson(responseLongerThan, end, 20_000);
        expect(relativeDifference(area, meanResponseSeconds)).toBeLessThan(1e-6);
      }),
      fuzzed(30),
    );
  });

  it('has no gap where the spare capacity is one server', () => {
    const at = (servers: number, load: number) =>
      erlangC({ ratePerSecond: load, meanServiceSeconds: 1, servers });
    const exact = at(5, 4).responseQuantileSeconds(0.9);
    expect(relativeDifference(at(5, 4 - 1e-9).responseQuantileSeconds(0.9), exact)).toBeLessThan(
      1e-8,
    );
    expect(relativeDifference(at(5, 4 + 1e-9).responseQuantileSeconds(0.9), exact)).toBeLessThan(
      1e-8,
    );
  });

  it('with one server is M/M/1 to the last digits, however near to saturation', () => {
    for (const spare of [0.5, 1e-3, 1e-6, 1e-9]) {
      const queue = erlangC({ ratePerSecond: 1 - spare, meanServiceSeconds: 1, servers: 1 });
      const expected = 1 / (1 - (1 - spare));
      expect(relativeDifference(queue.meanResponseSeconds, expected)).toBeLessThan(1e-14);
      const median = queue.responseQuantileSeconds(0.5);
      expect(relativeDifference(median, expected * Math.LN2)).toBeLessThan(1e-13);
    }
  });

  it('takes a hundred thousand servers', () => {
    const queue = erlangC({ ratePerSecond: 99_900, meanServiceSeconds: 1, servers: 100_000 });
    expect(queue.waitProbability).toBeGreaterThan(0.6);
    expect(queue.waitProbability).toBeLessThan(0.8);
    expect(queue.responseQuantileSeconds(0.99)).toBeGreaterThan(Math.log(100));
  });

  it.each([5, 5.001, 50])('has no steady state with a load of %d on five servers', (load) => {
    const queue = erlangC({ ratePerSecond: load, meanServiceSeconds: 1, servers: 5 });
    expect(queue.utilisation).toBe(load / 5);
    expect(queue.waitProbability).toBe(1);
    expect([queue.waitLongerThan(1e9), queue.responseLongerThan(1e9)]).toEqual([1, 1]);
    for (const infinite of [
      queue.meanWaitSeconds,
      queue.meanResponseSeconds,
      queue.meanPending,
      queue.meanInSystem,
      queue.waitQuantileSeconds(0.5),
      queue.responseQuantileSeconds(0.5),
    ]) {
      expect(infinite).toBe(Infinity);
    }
  });

  it('refuses a share or a time that means nothing', () => {
    const queue = erlangC({ ratePerSecond: 1, meanServiceSeconds: 1, servers: 2 });
    for (const share of [-0.1, 1, NaN]) {
      expect(() => queue.waitQuantileSeconds(share)).toThrow(/share/);
      expect(() => queue.responseQuantileSeconds(share)).toThrow(/share/);
    }
    expect(() => queue.waitLongerThan(-1)).toThrow(/seconds/);
  });
});

function simpson(of: (x: number) => number, end: number, steps: number): number {
  const step = end / steps;
  let sum = of(0) + of(end);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * of(i * step);
  return (sum * step) / 3;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queueWithTimeout } from '../../src/theory/deterministic-patience.ts';
import { erlangC } from '../../src/theory/erlang-c.ts';
import { lossQueue } from '../../src/theory/erlang-b.ts';
import { fuzzed } from '../support/fuzz.ts';
import { expectOracle, queueOf } from './oracle-figures.ts';
import { anyQueue, anyShare, logarithmic, relativeDifference, steadyQueue } from './queues.ts';
import { renegingFigures, expectBalance } from './reneging.ts';

describe('M/M/c+D', () => {
  it.each(['mmcD-01', 'mmcD-02', 'mmcD-03'])('agrees with the oracle: %s', (id) => {
    expectOracle(id, (one) => {
      const patienceSeconds = (one.params.pool?.acquire_timeout_ms ?? NaN) / 1000;
      return renegingFigures(queueWithTimeout({ ...queueOf(one), patienceSeconds }));
    });
  });

  it('without patience is the loss queue', () => {
    fc.assert(
      fc.property(anyQueue, (queue) => {
        const impatient = queueWithTimeout({ ...queue, patienceSeconds: 0 });
        const { blockingProbability } = lossQueue(queue);
        const difference = relativeDifference(impatient.abandonProbability, blockingProbability);
        expect(difference).toBeLessThan(1e-12);
        expect(impatient.meanWaitSeconds).toBe(0);
        expect(impatient.servedWaitQuantileSeconds(0.99)).toBe(0);
      }),
      fuzzed(200),
    );
  });

  it('with endless patience is M/M/c', () => {
    fc.assert(
      fc.property(steadyQueue, anyShare, (queue, share) => {
        const endless = erlangC(queue);
        const patienceSeconds = 100 * endless.meanWaitOfWaitersSeconds;
        const patient = queueWithTimeout({ ...queue, patienceSeconds });
        const pairs = [
          [patient.waitProbability, endless.waitProbability],
          [patient.meanWaitSeconds, endless.meanWaitSeconds],
          [patient.meanWaitOfServedSeconds, endless.meanWaitSeconds],
        ] as const;
        for (const [a, b] of pairs) expect(relativeDifference(a, b)).toBeLessThan(1e-11);
        const wait = endless.waitQuantileSeconds(share);
        const longer = endless.waitLongerThan(wait);
        expect(relativeDifference(patient.servedWaitLongerThan(wait), longer)).toBeLessThan(1e-11);
      }),
      fuzzed(200),
    );
  });

  it('balances: the waits by who leaves and who is served, and quantiles within the patience', () => {
    fc.assert(
      fc.property(anyQueue, logarithmic(1e-3, 1e3), anyShare, (queue, services, share) => {
        const patienceSeconds = services * queue.meanServiceSeconds;
        const solved = queueWithTimeout({ ...queue, patienceSeconds });
        expectBalance(queue, solved, share);
        const waits =
          solved.abandonProbability * patienceSeconds +
          (1 - solved.abandonProbability) * solved.meanWaitOfServedSeconds;
        expect(relativeDifference(waits, solved.meanWaitSeconds)).toBeLessThan(1e-10);
        expect(solved.servedWaitQuantileSeconds(share)).toBeLessThanOrEqual(patienceSeconds);
      }),
      fuzzed(300),
    );
  });

  it('has no gap where the load is just the capacity', () => {
    const at = (ratePerSecond: number) =>
      queueWithTimeout({ ratePerSecond, meanServiceSeconds: 1, servers: 4, patienceSeconds: 7 });
    const [below, exact, above] = [at(4 - 1e-9), at(4), at(4 + 1e-9)];
    for (const near of [below, above]) {
      expect(relativeDifference(near.meanWaitSeconds, exact.meanWaitSeconds)).toBeLessThan(1e-7);
      expect(
        relativeDifference(
          near.servedWaitQuantileSeconds(0.9),
          exact.servedWaitQuantileSeconds(0.9),
        ),
      ).toBeLessThan(1e-7);
    }
    // M/M/4 at capacity with a limit: the offered wait is uniform on the patience, so its mean is half.
    expect(
      relativeDifference(
        exact.meanWaitOfServedSeconds,
        3.5 * (1 - freeShare(exact) / servedShare(exact)),
      ),
    ).toBeLessThan(1e-12);
  });

  it('lets leave just what is too much, of twice the load with thousands of servers', () => {
    const solved = queueWithTimeout({
      ratePerSecond: 10_000,
      meanServiceSeconds: 1,
      servers: 5000,
      patienceSeconds: 30,
    });
    expect(relativeDifference(solved.abandonProbability, 0.5)).toBeLessThan(1e-9);
    expect(relativeDifference(solved.servedWaitQuantileSeconds(0.5), 30)).toBeLessThan(1e-4);
  });

  it('refuses a patience that means nothing', () => {
    const queue = { ratePerSecond: 1, meanServiceSeconds: 1, servers: 1 };
    for (const patienceSeconds of [-1, NaN, Infinity]) {
      expect(() => queueWithTimeout({ ...queue, patienceSeconds })).toThrow(/patienceSeconds/);
    }
  });
});

type Shares = Readonly<Record<'waitProbability' | 'abandonProbability', number>>;

function freeShare({ waitProbability }: Shares): number {
  return 1 - waitProbability;
}

function servedShare({ abandonProbability }: Shares): number {
  return 1 - abandonProbability;
}

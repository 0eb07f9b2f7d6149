import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangA } from '../../src/theory/erlang-a.ts';
import { lossQueue } from '../../src/theory/erlang-b.ts';
import { erlangC } from '../../src/theory/erlang-c.ts';
import { fuzzed } from '../support/fuzz.ts';
import { expectOracle, queueOf } from './oracle-figures.ts';
import { anyQueue, anyShare, logarithmic, relativeDifference, steadyQueue } from './queues.ts';
import { expectBalance, renegingFigures } from './reneging.ts';

describe('M/M/c+M', () => {
  it('agrees with the oracle', () => {
    expectOracle('mmcM-01', (one) =>
      renegingFigures(erlangA({ ...queueOf(one), meanPatienceSeconds: 0.5 })),
    );
  });

  it('with a patience like the service is M/M/∞: as many in the system as the load', () => {
    fc.assert(
      fc.property(anyQueue, (queue) => {
        const meanPatienceSeconds = queue.meanServiceSeconds;
        const solved = erlangA({ ...queue, meanPatienceSeconds });
        const inSystem = solved.meanPending + solved.utilisation * queue.servers;
        const load = queue.ratePerSecond * queue.meanServiceSeconds;
        expect(relativeDifference(inSystem, load)).toBeLessThan(1e-11);
      }),
      fuzzed(200),
    );
  });

  it('with hardly any patience is the loss queue', () => {
    fc.assert(
      fc.property(anyQueue, (queue) => {
        const meanPatienceSeconds = (1e-9 * queue.meanServiceSeconds) / queue.servers;
        const { abandonProbability } = erlangA({ ...queue, meanPatienceSeconds });
        const { blockingProbability } = lossQueue(queue);
        expect(relativeDifference(abandonProbability, blockingProbability)).toBeLessThan(1e-6);
      }),
      fuzzed(200),
    );
  });

  it('with endless patience is M/M/c', () => {
    fc.assert(
      fc.property(steadyQueue, anyShare, (queue, share) => {
        const endless = erlangC(queue);
        const meanPatienceSeconds = 1e10 * endless.meanWaitOfWaitersSeconds;
        const patient = erlangA({ ...queue, meanPatienceSeconds });
        const pairs = [
          [patient.waitProbability, endless.waitProbability],
          [patient.meanWaitSeconds, endless.meanWaitSeconds],
          [patient.meanWaitOfServedSeconds, endless.meanWaitSeconds],
        ] as const;
        for (const [a, b] of pairs) expect(relativeDifference(a, b)).toBeLessThan(1e-6);
        const wait = endless.waitQuantileSeconds(share);
        const longer = endless.waitLongerThan(wait);
        expect(Math.abs(patient.servedWaitLongerThan(wait) - longer)).toBeLessThan(1e-6);
      }),
      fuzzed(50),
    );
  });

  it('balances, and the area over the law of the served waits is their mean', () => {
    fc.assert(
      fc.property(anyQueue, logarithmic(1e-2, 1e2), anyShare, (queue, services, share) => {
        const meanPatienceSeconds = services * queue.meanServiceSeconds;
        const solved = erlangA({ ...queue, meanPatienceSeconds });
        expectBalance(queue, solved, share);
        const { servedWaitLongerThan, servedWaitQuantileSeconds } = solved;
        const step = servedWaitQuantileSeconds(1 - 1e-9) / 1000;
        let area = (step * servedWaitLongerThan(0)) / 2;
        for (let i = 1; i <= 1000; i++) area += step * servedWaitLongerThan(i * step);
        // The law falls, so that the trapezes are off by half a step at most, and a billionth beyond.
        const tolerance = step / 2 + 1e-8 * meanPatienceSeconds;
        expect(Math.abs(area - solved.meanWaitOfServedSeconds)).toBeLessThanOrEqual(tolerance);
      }),
      fuzzed(60),
    );
  });

  it('refuses a patience of nothing, and one that would gather millions', () => {
    const queue = { ratePerSecond: 1000, meanServiceSeconds: 1, servers: 1 };
    expect(() => erlangA({ ...queue, meanPatienceSeconds: 0 })).toThrow(/meanPatienceSeconds/);
    expect(() => erlangA({ ...queue, meanPatienceSeconds: 1e6 })).toThrow(/would wait/);
  });
});

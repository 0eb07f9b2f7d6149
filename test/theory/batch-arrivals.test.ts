import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchQueue } from '../../src/theory/batch-arrivals.ts';
import { erlangC } from '../../src/theory/erlang-c.ts';
import { fuzzed } from '../support/fuzz.ts';
import { expectOracle } from './oracle-figures.ts';
import { relativeDifference, steadyQueue } from './queues.ts';

/** What `batch-01` has in words of its own: 40 batches of five a second. */
const BATCHES = { batchesPerSecond: 40, sizeWeights: [0, 0, 0, 0, 1] };

describe('M^[X]/M/c', () => {
  it('agrees with the oracle', () => {
    expectOracle('batch-01', () => {
      const queue = batchQueue({ ...BATCHES, meanServiceSeconds: 0.02, servers: 5 });
      return {
        lambda_total: 200,
        rho: queue.utilisation,
        p_wait: queue.waitProbability,
        lq: queue.meanPending,
        wq_mean: queue.meanWaitSeconds,
      };
    });
  });

  it('with batches of one is M/M/c', () => {
    fc.assert(
      fc.property(steadyQueue, ({ ratePerSecond, meanServiceSeconds, servers }) => {
        const batches = { batchesPerSecond: ratePerSecond, sizeWeights: [3] };
        const queue = batchQueue({ ...batches, meanServiceSeconds, servers });
        const exact = erlangC({ ratePerSecond, meanServiceSeconds, servers });
        const pairs = [
          [queue.waitProbability, exact.waitProbability],
          [queue.meanWaitSeconds, exact.meanWaitSeconds],
        ] as const;
        for (const [a, b] of pairs) expect(relativeDifference(a, b)).toBeLessThan(1e-10);
      }),
      fuzzed(100),
    );
  });

  it('with one server has the closed form: ρ(1 + E[X²]/E[X])/(2(1 − ρ)) in the system', () => {
    const queue = batchQueue({
      batchesPerSecond: 0.2,
      sizeWeights: [1, 1, 0, 2],
      meanServiceSeconds: 1,
      servers: 1,
    });
    const [mean, square] = [11 / 4, 37 / 4];
    const rho = 0.2 * mean;
    const expected = (rho * (1 + square / mean)) / (2 * (1 - rho));
    expect(relativeDifference(queue.meanInSystem, expected)).toBeLessThan(1e-12);
  });

  it('has no steady state from the load of its servers on, and takes no weights of nothing', () => {
    const servers = { meanServiceSeconds: 0.02, servers: 4 };
    expect(batchQueue({ ...BATCHES, ...servers }).meanPending).toBe(Infinity);
    for (const sizeWeights of [[], [0], [1, -1], [NaN]]) {
      expect(() => batchQueue({ batchesPerSecond: 1, sizeWeights, ...servers })).toThrow(
        RangeError,
      );
    }
  });
});

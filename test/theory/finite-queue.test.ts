import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangB } from '../../src/theory/erlang-b.ts';
import { erlangC } from '../../src/theory/erlang-c.ts';
import { type BoundedQueue, finiteQueue } from '../../src/theory/finite-queue.ts';
import { offeredLoad } from '../../src/theory/queue.ts';
import { fuzzed } from '../support/fuzz.ts';
import { expectOracle, quantiles, queueOf } from './oracle-figures.ts';
import { anyQueue, anyShare, relativeDifference, steadyQueue } from './queues.ts';

const bounded: fc.Arbitrary<BoundedQueue> = fc
  .tuple(anyQueue, fc.integer({ min: 0, max: 500 }))
  .map(([queue, waitingPlaces]) => ({ ...queue, waitingPlaces }));

describe('M/M/c/K', () => {
  it.each(['mmck-01', 'mmck-02'])('agrees with the oracle: %s', (id) => {
    expectOracle(id, (one) => {
      const waitingPlaces = one.params.pool?.queue_limit ?? NaN;
      const queue = finiteQueue({ ...queueOf(one), waitingPlaces });
      return {
        p_block: queue.blockingProbability,
        p_wait_accepted: queue.waitProbability,
        lq: queue.meanPending,
        wq_mean_accepted: queue.meanWaitSeconds,
        throughput: queue.throughputPerSecond,
        util: queue.utilisation,
        ...quantiles('wq', queue.waitQuantileSeconds, '_accepted'),
      };
    });
  });

  it('agrees with the R package queueing: 3 a second, 2 served by each of 2, at most 5', () => {
    const queue = finiteQueue({
      ratePerSecond: 3,
      meanServiceSeconds: 1 / 2,
      servers: 2,
      waitingPlaces: 3,
    });
    // Printed with six digits, cut off or rounded.
    const published = [
      [queue.stateProbabilities[0], 0.179334],
      [queue.blockingProbability, 0.085113],
      [queue.meanInSystem / 10, 0.200595],
      [queue.meanWaitSeconds, 0.230857],
    ] as const;
    for (const [figure = NaN, value] of published) {
      expect(Math.abs(figure - value)).toBeLessThan(1e-6);
    }
  });

  it('without a place to wait is the loss queue', () => {
    fc.assert(
      fc.property(anyQueue, (queue) => {
        const { blockingProbability } = finiteQueue({ ...queue, waitingPlaces: 0 });
        const expected = erlangB({ load: offeredLoad(queue), servers: queue.servers });
        expect(relativeDifference(blockingProbability, expected)).toBeLessThan(1e-12);
      }),
      fuzzed(200),
    );
  });

  it('with places for all is M/M/c', () => {
    fc.assert(
      fc.property(steadyQueue, anyShare, (queue, share) => {
        const finite = finiteQueue({ ...queue, waitingPlaces: 4000 });
        const endless = erlangC(queue);
        const pairs = [
          [finite.waitProbability, endless.waitProbability],
          [finite.meanWaitSeconds, endless.meanWaitSeconds],
          [finite.meanInSystem, endless.meanInSystem],
        ] as const;
        for (const [a, b] of pairs) expect(relativeDifference(a, b)).toBeLessThan(1e-11);
        const wait = endless.waitQuantileSeconds(share);
        const longer = endless.waitLongerThan(wait);
        expect(Math.abs(finite.waitLongerThan(wait) - longer)).toBeLessThan(1e-12);
      }),
      fuzzed(100),
    );
  });

  it("keeps Little's law, the whole at 1, and serves what it accepts", () => {
    fc.assert(
      fc.property(bounded, (description) => {
        const queue = finiteQueue(description);
        const total = queue.stateProbabilities.reduce((sum, p) => sum + p, 0);
        const accepted = description.ratePerSecond * (1 - queue.blockingProbability);
        const inSystem = queue.throughputPerSecond * queue.meanResponseSeconds;
        const busy = queue.utilisation * description.servers;
        expect(relativeDifference(total, 1)).toBeLessThan(1e-12);
        expect(relativeDifference(queue.throughputPerSecond, accepted)).toBeLessThan(1e-9);
        expect(relativeDifference(queue.meanInSystem, inSystem)).toBeLessThan(1e-11);
        expect(
          relativeDifference(queue.throughputPerSecond * description.meanServiceSeconds, busy),
        ).toBeLessThan(1e-11);
      }),
      fuzzed(200),
    );
  });

  it('has quantiles that its own law gives back, and refuses fewer the more may wait', () => {
    fc.assert(
      fc.property(bounded, anyShare, (description, share) => {
        const queue = finiteQueue(description);
        const longer = queue.waitLongerThan(queue.waitQuantileSeconds(share));
        const expected = Math.min(1 - share, queue.waitProbability);
        expect(Math.abs(longer - expected)).toBeLessThan(1e-12);
        const roomier = finiteQueue({
          ...description,
          waitingPlaces: description.waitingPlaces + 1,
        });
        const rounding = 1 + 1e-12;
        expect(roomier.blockingProbability).toBeLessThanOrEqual(
          rounding * queue.blockingProbability,
        );
      }),
      fuzzed(200),
    );
  });

  it('survives thousands of servers and places under ten times the load', () => {
    const queue = finiteQueue({
      ratePerSecond: 50_000,
      meanServiceSeconds: 1,
      servers: 5000,
      waitingPlaces: 20_000,
    });
    expect(relativeDifference(queue.blockingProbability, 0.9)).toBeLessThan(1e-9);
    expect(relativeDifference(queue.throughputPerSecond, 5000)).toBeLessThan(1e-9);
    // Whoever is accepted finds the last place free, all but surely: 20,000 departures at 5000 a second.
    expect(relativeDifference(queue.meanWaitSeconds, 4)).toBeLessThan(1e-4);
    expect(relativeDifference(queue.waitQuantileSeconds(0.5), 4)).toBeLessThan(1e-4);
  });

  it('refuses places that are not whole', () => {
    const queue = { ratePerSecond: 1, meanServiceSeconds: 1, servers: 1 };
    for (const waitingPlaces of [-1, 0.5, Infinity]) {
      expect(() => finiteQueue({ ...queue, waitingPlaces })).toThrow(/waitingPlaces/);
    }
  });
});

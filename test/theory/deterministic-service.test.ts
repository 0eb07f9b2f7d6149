import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deterministicService } from '../../src/theory/deterministic-service.ts';
import { erlangC } from '../../src/theory/erlang-c.ts';
import { fuzzed } from '../support/fuzz.ts';
import { expectedOf } from '../laws/oracle.ts';
import { expectOracle, quantiles, queueOf } from './oracle-figures.ts';
import { anyShare, logarithmic, relativeDifference, steadyQueue } from './queues.ts';

describe('M/D/c', () => {
  it.each(['mdc-01', 'mdc-02', 'mdc-03'])('agrees with the oracle: %s', (id) => {
    expectOracle(id, (one) => {
      const queue = deterministicService(queueOf(one));
      return {
        rho: queue.utilisation,
        p_wait: queue.waitProbability,
        wq_mean: queue.meanWaitSeconds,
        t_mean: queue.meanResponseSeconds,
        lq: queue.meanPending,
        ...quantiles('wq', queue.waitQuantileSeconds),
      };
    });
  });

  it('agrees with the quantiles of the oracle for one server', () => {
    expectOracle('md1-01', (one) => {
      const queue = deterministicService(queueOf(one));
      return {
        rho: queue.utilisation,
        p_wait: queue.waitProbability,
        wq_mean: queue.meanWaitSeconds,
        t_mean: queue.meanResponseSeconds,
        lq: queue.meanPending,
        // The standard deviation is the business of M/G/1.
        wq_sd: expectedOf(one, 'wq_sd_ms').value / 1000,
        ...quantiles('wq', queue.waitQuantileSeconds),
      };
    });
  });

  it('with one server has the mean of Pollaczek and Khinchine, at any load', () => {
    const away = logarithmic(1e-6, 0.99);
    fc.assert(
      fc.property(away, (spare) => {
        const rho = 1 - spare;
        const queue = deterministicService({
          ratePerSecond: rho,
          meanServiceSeconds: 1,
          servers: 1,
        });
        const mean = rho / (2 * (1 - rho));
        expect(relativeDifference(queue.meanWaitSeconds, mean)).toBeLessThan(2e-10);
        expect(relativeDifference(queue.waitProbability, rho)).toBeLessThan(1e-12);
      }),
      fuzzed(300),
    );
  });

  it('with one server has the law that Erlang found in 1909', () => {
    const rho = 0.8;
    const queue = deterministicService({ ratePerSecond: rho, meanServiceSeconds: 1, servers: 1 });
    for (const t of [0, 0.3, 0.999, 1, 1.7, 2.5, 4.01]) {
      // P(W ≤ t) = (1 − ρ)·Σ (−λ(t − k))^k/k!·e^(λ(t − k)), k = 0 … ⌊t⌋.
      let within = 0;
      for (let k = 0; k <= t; k++) {
        const y = -rho * (t - k);
        let term = Math.exp(-y);
        for (let i = 1; i <= k; i++) term *= y / i;
        within += (1 - rho) * term;
      }
      expect(Math.abs(1 - queue.waitLongerThan(t) - within), `${t}`).toBeLessThan(1e-12);
    }
  });

  it('waits half as long as M/M/c near saturation, and never longer', () => {
    fc.assert(
      fc.property(steadyQueue, (queue) => {
        const constant = deterministicService(queue).meanWaitSeconds;
        const exponential = erlangC(queue).meanWaitSeconds;
        expect(constant).toBeLessThanOrEqual(exponential * (1 + 1e-12));
      }),
      fuzzed(200),
    );
    const crowded = { ratePerSecond: 99.9999, meanServiceSeconds: 1, servers: 100 };
    const ratio = deterministicService(crowded).meanWaitSeconds / erlangC(crowded).meanWaitSeconds;
    expect(Math.abs(ratio - 0.5)).toBeLessThan(1e-3);
  });

  it('has a law without gaps at whole services, which its quantiles give back', () => {
    fc.assert(
      fc.property(steadyQueue, anyShare, (description, share) => {
        const queue = deterministicService(description);
        const { meanServiceSeconds: service } = description;
        for (const k of [1, 2, 5]) {
          const before = queue.waitLongerThan(k * service * (1 - 1e-13));
          expect(Math.abs(before - queue.waitLongerThan(k * service))).toBeLessThan(1e-9);
        }
        const longer = queue.waitLongerThan(queue.waitQuantileSeconds(share));
        const expected = Math.min(1 - share, queue.waitProbability);
        expect(Math.abs(longer - expected)).toBeLessThan(1e-10);
      }),
      fuzzed(200),
    );
  });

  it('has its mean as the area over its law, with many servers too', () => {
    for (const [rate, servers] of [
      [3.5, 4],
      [95, 100],
      [1980, 2000],
    ] as const) {
      const queue = deterministicService({ ratePerSecond: rate, meanServiceSeconds: 1, servers });
      const end = queue.waitQuantileSeconds(1 - 1e-12);
      const steps = 4000;
      let area = queue.waitProbability / 2;
      for (let i = 1; i < steps; i++) area += queue.waitLongerThan((i * end) / steps);
      area *= end / steps;
      expect(relativeDifference(area, queue.meanWaitSeconds), `${servers}`).toBeLessThan(1e-4);
    }
  });

  it.each([
    [100, 1000],
    [1, 1000],
    [1e-3, 1],
  ])(
    'gives numbers where waiting is all but impossible: %d erlangs, %d servers',
    (rate, servers) => {
      const queue = deterministicService({ ratePerSecond: rate, meanServiceSeconds: 1, servers });
      const figures = [
        queue.waitProbability,
        queue.meanWaitSeconds,
        queue.meanWaitOfWaitersSeconds,
      ];
      for (const figure of figures) {
        expect(figure).toBeGreaterThanOrEqual(0);
        expect(figure).toBeLessThanOrEqual(0.51);
      }
    },
  );

  it('has no steady state from the load of its servers on', () => {
    const queue = deterministicService({ ratePerSecond: 5, meanServiceSeconds: 1, servers: 5 });
    expect([queue.waitProbability, queue.waitLongerThan(1e9)]).toEqual([1, 1]);
    expect([queue.meanWaitSeconds, queue.waitQuantileSeconds(0.1)]).toEqual([Infinity, Infinity]);
  });
});

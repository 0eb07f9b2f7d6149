import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangC } from '../../src/theory/erlang-c.ts';
import { steadyArrivals } from '../../src/theory/steady-arrivals.ts';
import { fuzzed } from '../support/fuzz.ts';
import { expectOracle, quantiles, queueOf } from './oracle-figures.ts';
import { anyShare, relativeDifference, steadyQueue } from './queues.ts';

describe('D/M/c', () => {
  it('agrees with the oracle', () => {
    expectOracle('dmc-01', (one) => {
      const queue = steadyArrivals(queueOf(one));
      return {
        p_wait: queue.waitProbability,
        wq_mean: queue.meanWaitSeconds,
        ...quantiles('wq', queue.waitQuantileSeconds),
      };
    });
  });

  it('with one server waits with the probability σ = exp(−(1 − σ)/ρ)', () => {
    for (const rho of [0.1, 0.5, 0.9, 0.9999]) {
      const queue = steadyArrivals({ ratePerSecond: rho, meanServiceSeconds: 1, servers: 1 });
      const sigma = queue.waitProbability;
      expect(relativeDifference(sigma, Math.exp(-(1 - sigma) / rho))).toBeLessThan(1e-12);
      expect(sigma).toBeLessThan(rho);
    }
  });

  it('waits less than arrivals by chance, and its quantiles give back its law', () => {
    fc.assert(
      fc.property(steadyQueue, anyShare, (description, share) => {
        const queue = steadyArrivals(description);
        const poisson = erlangC(description);
        expect(queue.waitProbability).toBeLessThanOrEqual(poisson.waitProbability * (1 + 1e-9));
        expect(queue.meanWaitSeconds).toBeLessThanOrEqual(poisson.meanWaitSeconds * (1 + 1e-9));
        const longer = queue.waitLongerThan(queue.waitQuantileSeconds(share));
        const expected = Math.min(1 - share, queue.waitProbability);
        expect(Math.abs(longer - expected)).toBeLessThan(1e-12);
      }),
      fuzzed(300),
    );
  });

  it('has no gap where a term of its sum divides nothing by nothing: c(1 − σ) = 1', () => {
    // With c = 2 that is σ = ½, ρ = ½/ln 2.
    const at = (rho: number) =>
      steadyArrivals({ ratePerSecond: 2 * rho, meanServiceSeconds: 1, servers: 2 }).waitProbability;
    const rho = 0.5 / Math.LN2;
    const between = (at(rho - 1e-5) + at(rho + 1e-5)) / 2;
    expect(relativeDifference(at(rho), between)).toBeLessThan(1e-8);
  });

  it('has no steady state from the load of its servers on', () => {
    const queue = steadyArrivals({ ratePerSecond: 3, meanServiceSeconds: 1, servers: 3 });
    expect([queue.waitProbability, queue.waitLongerThan(1e9)]).toEqual([1, 1]);
    expect([queue.meanWaitSeconds, queue.waitQuantileSeconds(0.1)]).toEqual([Infinity, Infinity]);
  });
});

import { describe, expect, it } from 'vitest';
import { deterministicService } from '../../src/theory/deterministic-service.ts';
import { erlangC } from '../../src/theory/erlang-c.ts';
import { singleServer } from '../../src/theory/pollaczek-khinchine.ts';
import {
  constantLaw,
  exponentialLaw,
  hyperexponentialLaw,
  lognormalLaw,
  type ServiceLaw,
} from '../../src/theory/service-law.ts';
import { type OracleCase } from '../laws/oracle.ts';
import { expectOracle, quantiles } from './oracle-figures.ts';
import { relativeDifference } from './queues.ts';

function lawOf({ params }: OracleCase): ServiceLaw {
  const { dist, mean_ms: mean = NaN, scv = NaN, ...branches } = params.service;
  switch (dist) {
    case 'deterministic':
      return constantLaw({ seconds: mean / 1000 });
    case 'lognormal':
      return lognormalLaw({ meanSeconds: mean / 1000, scv });
    case 'hyperexponential2': {
      // Balanced means; the case prints its branches with twelve digits, which is too few for its mean.
      const first = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
      expect(Math.abs(first - (branches.p1 ?? NaN))).toBeLessThan(1e-11);
      return hyperexponentialLaw(
        [first, 1 - first].map((weight) => ({ weight, meanSeconds: mean / 2000 / weight })),
      );
    }
    default:
      throw new Error(`no law for ${dist}`);
  }
}

describe('M/G/1', () => {
  it.each(['mg1-ln-01', 'mg1-h2-01', 'md1-01'])('agrees with the oracle: %s', (id) => {
    expectOracle(id, (one) => {
      const service = lawOf(one);
      const ratePerSecond = one.params.arrival?.rate_per_s ?? NaN;
      const queue = singleServer({ ratePerSecond, service });
      // The constant service has its quantiles to more digits than a lattice gives.
      const exact = deterministicService({
        ratePerSecond,
        meanServiceSeconds: service.meanSeconds,
        servers: 1,
      });
      return {
        rho: queue.utilisation,
        p_wait: queue.waitProbability,
        wq_mean: queue.meanWaitSeconds,
        t_mean: queue.meanResponseSeconds,
        lq: queue.meanPending,
        wq_sd: queue.waitSdSeconds,
        ...quantiles('wq', (share) =>
          id === 'md1-01'
            ? exact.waitQuantileSeconds(share)
            : queue.waitQuantileSeconds(share).estimateSeconds,
        ),
      };
    });
  });

  it.each([
    ['exponential', exponentialLaw({ meanSeconds: 0.01 }), erlangC],
    ['constant', constantLaw({ seconds: 0.01 }), deterministicService],
  ])('bounds the quantiles that are known exactly: %s service', (_, service, exactly) => {
    for (const ratePerSecond of [20, 70, 97]) {
      const queue = singleServer({ ratePerSecond, service });
      const exact = exactly({ ratePerSecond, meanServiceSeconds: 0.01, servers: 1 });
      expect(relativeDifference(queue.meanWaitSeconds, exact.meanWaitSeconds)).toBeLessThan(1e-11);
      for (const share of [0.5, 0.85, 0.99, 0.9999]) {
        const known = exact.waitQuantileSeconds(share);
        const { lowSeconds, estimateSeconds, highSeconds } = queue.waitQuantileSeconds(share);
        expect(lowSeconds).toBeLessThanOrEqual(known);
        expect(highSeconds).toBeGreaterThanOrEqual(known);
        // A steady service jumps at one point of the lattice, so a step either way remains.
        expect(Math.abs(estimateSeconds - known)).toBeLessThanOrEqual(0.002 * known);
      }
    }
  });

  it('has the standard deviation of M/M/1', () => {
    const { waitSdSeconds } = singleServer({
      ratePerSecond: 0.7,
      service: exponentialLaw({ meanSeconds: 1 }),
    });
    // The wait is 0 with probability 1 − ρ and otherwise exponential at the rate 1 − ρ.
    expect(relativeDifference(waitSdSeconds, Math.sqrt(0.7 * 1.3) / 0.3)).toBeLessThan(1e-12);
  });

  it('lets nobody wait whose share finds the server free', () => {
    const queue = singleServer({ ratePerSecond: 0.3, service: constantLaw({ seconds: 1 }) });
    expect(queue.waitQuantileSeconds(0.69)).toEqual({
      lowSeconds: 0,
      estimateSeconds: 0,
      highSeconds: 0,
    });
  });

  it('has no steady state from a load of 1 on', () => {
    const queue = singleServer({ ratePerSecond: 1, service: constantLaw({ seconds: 1 }) });
    expect([queue.meanWaitSeconds, queue.waitSdSeconds]).toEqual([Infinity, Infinity]);
    expect(queue.waitQuantileSeconds(0.5).lowSeconds).toBe(Infinity);
  });

  it('refuses a rate of nothing, and says when a tail is too heavy for it', () => {
    const heavy = lognormalLaw({ meanSeconds: 1, scv: 1e6 });
    expect(() => singleServer({ ratePerSecond: 0, service: heavy })).toThrow(/ratePerSecond/);
    const queue = singleServer({ ratePerSecond: 0.05, service: heavy });
    expect(() => queue.waitQuantileSeconds(1 - 1e-9)).toThrow(/too heavy/);
  });
});

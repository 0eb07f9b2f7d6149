import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangC } from '../../src/theory/erlang-c.ts';
import { poolOverCores } from '../../src/theory/pool-over-cores.ts';
import { fuzzed } from '../support/fuzz.ts';
import { expectOracle } from './oracle-figures.ts';
import { relativeDifference, steadyQueue } from './queues.ts';

describe('a pool over shared cores', () => {
  it('agrees with the oracle', () => {
    expectOracle('pooldb-cores-01', ({ params }) => {
      const pool = poolOverCores({
        ratePerSecond: params.arrival?.rate_per_s ?? NaN,
        meanServiceSeconds: (params.service.mean_ms_alone ?? NaN) / 1000,
        cores: params.database?.cores ?? NaN,
        connections: params.pool?.max ?? NaN,
      });
      return {
        p_acquire_wait: pool.waitProbability,
        acquire_wait_mean: pool.meanWaitSeconds,
        query_time_mean: pool.meanUseSeconds,
        t_mean: pool.meanResponseSeconds,
        mean_active: pool.meanUsed,
        acquire_wait_p95: pool.waitQuantileSeconds(0.95),
        acquire_wait_p99: pool.waitQuantileSeconds(0.99),
      };
    });
  });

  it('with fewer connections than cores is M/M/c on the connections', () => {
    fc.assert(
      fc.property(steadyQueue, fc.nat(100), ({ servers, ...load }, more) => {
        const pool = poolOverCores({ ...load, connections: servers, cores: servers + more });
        const queue = erlangC({ ...load, servers });
        expect(pool.waitProbability).toBe(queue.waitProbability);
        expect(pool.meanWaitSeconds).toBe(queue.meanWaitSeconds);
        expect(relativeDifference(pool.meanUseSeconds, load.meanServiceSeconds)).toBeLessThan(
          1e-10,
        );
      }),
      fuzzed(200),
    );
  });

  it("keeps Little's law for the connections, and the response whatever the pool", () => {
    fc.assert(
      fc.property(steadyQueue, fc.nat(300), ({ servers, ...load }, more) => {
        const pool = poolOverCores({ ...load, cores: servers, connections: servers + more });
        const used = load.ratePerSecond * pool.meanUseSeconds;
        expect(relativeDifference(pool.meanUsed, used)).toBeLessThan(1e-10);
        const { meanResponseSeconds } = erlangC({ ...load, servers });
        expect(pool.meanResponseSeconds).toBe(meanResponseSeconds);
        const longer = pool.waitLongerThan(pool.waitQuantileSeconds(0.97));
        expect(Math.abs(longer - Math.min(0.03, pool.waitProbability))).toBeLessThan(1e-12);
      }),
      fuzzed(200),
    );
  });

  it('too busy, has every connection out, each as long as the cores need for them all', () => {
    const pool = poolOverCores({
      ratePerSecond: 300,
      meanServiceSeconds: 0.01,
      cores: 2,
      connections: 10,
    });
    expect([pool.waitProbability, pool.meanUsed]).toEqual([1, 10]);
    expect(pool.meanUseSeconds).toBeCloseTo(0.05, 12);
    expect([pool.meanWaitSeconds, pool.waitQuantileSeconds(0.5)]).toEqual([Infinity, Infinity]);
  });

  it('refuses pools and cores that are not whole', () => {
    const load = { ratePerSecond: 1, meanServiceSeconds: 1 };
    expect(() => poolOverCores({ ...load, cores: 0, connections: 1 })).toThrow(/cores/);
    expect(() => poolOverCores({ ...load, cores: 1, connections: 0.5 })).toThrow(/connections/);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharedCores, stateDependentPool } from '../../src/theory/state-dependent.ts';
import { fuzzed } from '../support/fuzz.ts';
import { expectOracle } from './oracle-check.ts';

const MEAN_WORK_SECONDS = 0.01;

function oracleValues(found: ReturnType<typeof stateDependentPool>) {
  return {
    p_acquire_wait: found.waitProbability,
    acquire_wait_mean_ms: found.meanWaitSeconds * 1000,
    query_time_mean_ms: found.meanHoldSeconds * 1000,
    t_mean_ms: found.meanResponseSeconds * 1000,
    mean_active: found.meanActive,
    acquire_wait_p95_ms: found.waitQuantileSeconds(0.95) * 1000,
    acquire_wait_p99_ms: found.waitQuantileSeconds(0.99) * 1000,
  };
}

describe('stateDependentPool', () => {
  it('agrees with the exact values of ten connections over two shared cores', () => {
    const found = stateDependentPool({
      ratePerSecond: 160,
      poolMax: 10,
      databaseRate: sharedCores({ cores: 2, meanWorkSeconds: MEAN_WORK_SECONDS }),
    });
    expectOracle('pooldb-cores-01', oracleValues(found));
  });

  it('agrees with the exact values of five connections over a contended database', () => {
    const found = stateDependentPool({
      ratePerSecond: 250,
      poolMax: 5,
      databaseRate: (n) => n / (1 + 0.1 * (n - 1) + 0.01 * n * (n - 1)) / MEAN_WORK_SECONDS,
    });
    expectOracle('pooldb-usl-01', {
      ...oracleValues(found),
      capacity_rps_at_pool_max: found.capacityPerSecond,
    });
  });

  it('takes as long in all whatever the pool, if it fills the cores: only the split changes', () => {
    const cores = fc.integer({ min: 1, max: 20 });
    const utilisation = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(cores, fc.nat(200), utilisation, (n, more, share) => {
        const database = { cores: n, meanWorkSeconds: 1 };
        const given = { ratePerSecond: share * n, databaseRate: sharedCores(database) };
        const tight = stateDependentPool({ ...given, poolMax: n });
        const wide = stateDependentPool({ ...given, poolMax: n + more });
        expect(wide.meanResponseSeconds / tight.meanResponseSeconds).toBeCloseTo(1, 9);
        expect(wide.meanWaitSeconds).toBeLessThanOrEqual(tight.meanWaitSeconds * (1 + 1e-12));
        expect(tight.meanHoldSeconds).toBeCloseTo(1, 9);
      }),
      fuzzed(200),
    );
  });

  it('lets everybody wait for ever from the capacity of the full pool on', () => {
    const found = stateDependentPool({
      ratePerSecond: 200,
      poolMax: 10,
      databaseRate: sharedCores({ cores: 2, meanWorkSeconds: MEAN_WORK_SECONDS }),
    });
    expect(found).toMatchObject({ waitProbability: 1, meanWaitSeconds: Infinity, meanActive: 10 });
    expect(found.meanHoldSeconds).toBeCloseTo(0.05, 12);
    expect(found.waitQuantileSeconds(0.5)).toBe(Infinity);
  });

  it('has quantiles that its tail agrees with, 0 for those who do not wait', () => {
    const found = stateDependentPool({
      ratePerSecond: 160,
      poolMax: 10,
      databaseRate: sharedCores({ cores: 2, meanWorkSeconds: MEAN_WORK_SECONDS }),
    });
    expect(found.waitLongerThan(found.waitQuantileSeconds(0.99))).toBeCloseTo(0.01, 12);
    expect(found.waitQuantileSeconds(0.5)).toBe(0);
    expect(() => found.waitQuantileSeconds(1)).toThrow(RangeError);
  });

  it('refuses a database that stands still', () => {
    const databaseRate = (n: number) => (n === 3 ? 0 : 1);
    expect(() => stateDependentPool({ ratePerSecond: 0.5, poolMax: 4, databaseRate })).toThrow(
      'databaseRate(3) is a finite number above 0, not 0',
    );
  });
});

// Sustained overload of a FIFO pool: the failed share is 1 − 1/ρ whatever the acquire timeout and however
// often clients try again; the timeout only sets how long the survivors wait.

import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/engine/time.ts';
import type { ServiceWishes } from '../support/small-system.ts';
import { requesting, steady, systemSettings } from '../support/small-system.ts';
import { STANDARD_ERRORS } from '../support/statistics.ts';
import { meanWait, poolUtilisation, throughput } from './figures.ts';
import { type Figure, type Measured, SteadyState } from './steady-state.ts';

const seeds = (process.env['TIDEMARK_TEST_SEED'] ?? 'one two').split(' ');
/** 10 connections, held 10 ms each: 1,000 a second. */
const CAPACITY = 1000;
const RHO = 1.43;
const FAILED = 1 - 1 / RHO;

const failedShare: Figure = (from, to) => {
  const failed = to.failed - from.failed;
  return failed / (failed + to.completed - from.completed);
};

function overloaded(wishes: ServiceWishes): ServiceWishes {
  return {
    traffic: steady(RHO * CAPACITY),
    requests: [requesting({ kind: 'hold', hold: { family: 'exponential', mean: SECOND / 100 } })],
    ...wishes,
    pool: { max: 10, ...wishes.pool },
  };
}

function expectWithin({ value, standardError }: Measured, expected: number, slack = 0): void {
  expect(Math.abs(value - expected)).toBeLessThan(STANDARD_ERRORS * standardError + slack);
}

describe.each(seeds)('in sustained overload, with seed %s', (seed) => {
  it.each([0.2, 1, 2])(
    'a timeout of %f s fails 1 − 1/ρ and lets the others wait about as long',
    (s) => {
      const service = overloaded({ pool: { acquireTimeoutNs: s * SECOND } });
      const run = new SteadyState(systemSettings([service]), {
        seed,
        batchSeconds: 3 * Math.max(s, 1),
      });
      // Hardly ever is a connection idle: e^(−(ρ − 1)·C·T) of the time.
      const idle = Math.exp(-(RHO - 1) * CAPACITY * s);
      expectWithin(run.measure(failedShare), FAILED, idle);
      expectWithin(run.measure(throughput), CAPACITY, idle * CAPACITY);
      // The wait of the served grows like e^((ρ − 1)·C·w) up to T: its mean is 1/((ρ − 1)·C) less.
      expectWithin(run.measure(meanWait), s * 1000 - 1000 / ((RHO - 1) * CAPACITY), 0.001);
      expect(run.measure(poolUtilisation).value).toBeCloseTo(1, 9);
    },
  );

  it.each([1, 2, 3])('%i retries change the load, not what users see', (retryAttempts) => {
    const service = overloaded({
      pool: { acquireTimeoutNs: SECOND / 2 },
      client: { retryAttempts, retryBackoffNs: SECOND / 10 },
    });
    const run = new SteadyState(systemSettings([service]), { seed, batchSeconds: 5 });
    expectWithin(run.measure(failedShare), FAILED, 1e-6);
    // If attempts failed independently, each with f = (1 − 1/ρ)^(1/(R+1)), capacity ÷ (1 − f) would
    // come a second. But those that fail together come back together, and fail together more often,
    // so that the first attempts fail less: a few per cent fewer come, whatever T, pause or pool.
    const f = Math.exp(Math.log(FAILED) / (retryAttempts + 1));
    const attempts: Figure = (from, to) =>
      ((to.acquireFailures - from.acquireFailures + to.completed - from.completed) * SECOND) /
      (to.atNs - from.atNs);
    const share = run.measure(attempts).value / (CAPACITY / (1 - f));
    expect(share).toBeGreaterThan(0.95);
    expect(share).toBeLessThan(0.99);
  });
});

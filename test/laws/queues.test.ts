// The simulated system against exact queueing theory: the cases that settle soon.

import { describe, expect, it } from 'vitest';
import { STANDARD_ERRORS } from '../support/statistics.ts';
import { throughput } from './figures.ts';
import { expectedOf, oracle, systemOfCase } from './oracle.ts';
import { HALF_WIDTH_99, disagreements, measuredRun, quickCases, seeds } from './stationary.ts';
import { SteadyState } from './steady-state.ts';

describe.each(seeds)('in the steady state, with seed %s', (seed) => {
  it.each(quickCases.map((one) => [one.id, one.model, one] as const))(
    'everything is as %s says (%s)',
    (_id, _model, one) => {
      expect(disagreements(one, measuredRun(one, seed))).toEqual([]);
    },
  );

  it('a contended database serves at most what pooldb-usl-01 says', () => {
    const one = oracle('pooldb-usl-01');
    const { value } = expectedOf(one, 'capacity_rps_at_pool_max');
    const arrival = { process: 'poisson', rate_per_s: 2 * value };
    const pool = { max: one.params.pool?.max ?? NaN, queue_limit: 50 };
    const crowded = { ...one, params: { ...one.params, arrival, pool } };
    const run = new SteadyState(systemOfCase(crowded), { seed, batchSeconds: 20 });
    const measured = run.measure(throughput);
    expect(HALF_WIDTH_99 * measured.standardError).toBeLessThan(0.02 * value);
    expect(Math.abs(measured.value - value)).toBeLessThan(STANDARD_ERRORS * measured.standardError);
  });
});

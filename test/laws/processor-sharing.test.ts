// Processor sharing treats a request by its size alone: the mean response of a job of size x is
// x/(1 − ρ) on one core, and in proportion to x on several.

import { describe, expect, it } from 'vitest';
import { DurationLaw } from '../../src/engine/duration-law.ts';
import { RandomStreams } from '../../src/engine/random-streams.ts';
import { MILLISECOND, SECOND } from '../../src/engine/time.ts';
import { standardVariates } from '../../src/engine/variates.ts';
import { isNightly } from '../support/nightly.ts';
import { STANDARD_ERRORS, batchMeans, mean } from '../support/statistics.ts';
import { expectedOf, oracle, rateOf, systemOfCase } from './oracle.ts';
import { emptyLog, loggedSystem } from './request-log.ts';

const seeds = (process.env['TIDEMARK_TEST_SEED'] ?? 'one two').split(' ');
/** As few as in steady-state.ts, where it says what that makes of 4.5 standard errors. */
const BATCHES = 32;
const REQUESTS_A_BATCH = isNightly ? 100_000 : 8000;
/** Jobs count that are this near to the size in question. */
const NEAR = 0.2;

describe.each(seeds)('with seed %s', (seed) => {
  it.each(['ps-01', 'ps-02'])('a job of %s is slowed down in proportion to its size', (id) => {
    const one = oracle(id);
    const settings = systemOfCase(one);
    const work = settings.services[0]?.requests[0]?.work;
    if (work?.kind !== 'query') throw new Error('not a query');
    const meanMs = one.params.service.mean_ms ?? NaN;
    const law = new DurationLaw(work.work);
    const sizes = standardVariates(new RandomStreams(seed), 'service/demand/page', work.work);
    const sizeMs: number[] = [];
    const log = emptyLog();
    const system = loggedSystem(settings, seed, log);
    const batchNs = Math.round((REQUESTS_A_BATCH / rateOf(one)) * SECOND);
    system.runUntil((BATCHES + 1) * batchNs);
    /** Mean response of the jobs near `factor` × the mean size, scaled to just that size, by batch. */
    const responses = (factor: number) => {
      const batches = Array.from({ length: BATCHES }, (): number[] => []);
      log.arrivedAt.forEach((at, i) => {
        sizeMs[i] ??= law.duration(sizes.next()) / MILLISECOND;
        const scale = (factor * meanMs) / sizeMs[i];
        const batch = batches[Math.floor(at / batchNs) - 1];
        const response = (log.completedAt[i] as number) - at;
        if (batch === undefined || Math.abs(1 / scale - 1) > NEAR) return;
        if (!Number.isNaN(response)) batch.push((response / MILLISECOND) * scale);
      });
      return batches.map((batch) => mean(batch));
    };
    for (const [factor, name] of [
      [0.5, 't_mean_of_job_with_half_mean_size_ms'],
      [2, 't_mean_of_job_with_double_mean_size_ms'],
    ] as const) {
      const { mean: observed, standardError } = batchMeans(responses(factor));
      const { value, calc_tol: uncertainty } = expectedOf(one, name);
      expect(2.75 * standardError).toBeLessThan((isNightly ? 0.02 : 0.05) * value);
      expect(Math.abs(observed - value)).toBeLessThan(
        STANDARD_ERRORS * standardError + uncertainty,
      );
    }
  });
});

// The simulated pool against exact queueing theory: every figure within 4.5 standard errors, plus what
// the theory's own value is uncertain by, plus one bucket of the histogram (1.6 %) for quantiles.

import { describe, expect, it } from 'vitest';
import { MILLISECOND } from '../../src/engine/time.ts';
import { bucketOf } from '../../src/stats/histogram.ts';
import { STANDARD_ERRORS } from '../support/statistics.ts';
import { databaseSettings } from '../support/small-system.ts';
import { type OracleCase, expectedOf, holdingService, oracle, queryingService } from './oracle.ts';
import {
  type Figure,
  type Measured,
  SteadyState,
  blockedShare,
  cpuUtilisation,
  meanInSystem,
  meanOwned,
  meanPending,
  meanResponse,
  meanUse,
  meanWait,
  meanWaitOfAll,
  poolUtilisation,
  renegedShare,
  shareFrom,
  throughput,
  waitShare,
} from './steady-state.ts';

/** Fewest requests of a batch. */
const SMALLEST_BATCH = process.env['TIDEMARK_NIGHTLY'] === '1' ? 100_000 : 4000;
const seeds = (process.env['TIDEMARK_TEST_SEED'] ?? 'one two').split(' ');

/** What each name in the oracle is in the model. */
const FIGURES: Readonly<Record<string, Figure>> = {
  p_wait: waitShare,
  p_wait_accepted: waitShare,
  p_acquire_wait: waitShare,
  p_block: blockedShare,
  p_abandon: renegedShare,
  throughput,
  util: poolUtilisation,
  wq_mean_ms: meanWait,
  wq_mean_accepted_ms: meanWait,
  wq_mean_served_ms: meanWait,
  wq_mean_all_ms: meanWaitOfAll,
  acquire_wait_mean_ms: meanWait,
  query_time_mean_ms: meanUse,
  t_mean_ms: meanResponse,
  lq: meanPending,
  l: meanInSystem,
  n_mean: meanInSystem,
  mean_active: meanOwned,
};

const QUANTILES = /^(wq|t|acquire_wait)_p(50|90|95|99)(?:_accepted|_served)?_ms$/;

/** The figures that do not agree, each with what it is off by. */
function disagreements(one: OracleCase, run: SteadyState, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const figure = FIGURES[name];
    if (figure === undefined) return quantileDisagreement(one, run, name);
    const { value, calc_tol: uncertainty } = expectedOf(one, name);
    const measured = run.measure(figure);
    const tolerance = STANDARD_ERRORS * measured.standardError + uncertainty;
    if (Math.abs(measured.value - value) <= tolerance) return [];
    return [`${name}: ${measured.value} instead of ${value}, allowed ± ${tolerance}`];
  });
}

/**
 * A quantile is judged by the share of values beyond it, whose error is known better than that of the
 * quantile itself; the bucket in which the quantile lies may count on either side.
 */
function quantileDisagreement(one: OracleCase, run: SteadyState, name: string): string[] {
  const [, of, percent] = QUANTILES.exec(name) ?? [];
  if (percent === undefined) throw new Error(`nothing in the model is ${name}`);
  const { value, calc_tol: uncertainty } = expectedOf(one, name);
  const share = 1 - Number(percent) / 100;
  const distribution = of === 't' ? 'response' : 'acquire';
  const bucketAt = (ms: number) => bucketOf(Math.round(Math.max(0, ms) * MILLISECOND));
  const beyond = run.measure(shareFrom(distribution, bucketAt(value + uncertainty) + 1));
  const from = run.measure(shareFrom(distribution, bucketAt(value - uncertainty)));
  // A share scatters about as its own root, so one that came out low would promise too much.
  const tolerance = ({ value: observed, standardError }: Measured) =>
    STANDARD_ERRORS * standardError * Math.sqrt(Math.max(1, share / observed));
  const isTooHigh = beyond.value - tolerance(beyond) > share;
  const isTooLow = from.value + tolerance(from) < share;
  if (!isTooHigh && !isTooLow) return [];
  return [`${name}: ${from.value} to ${beyond.value} lie beyond ${value} instead of ${share}`];
}

/**
 * How long a batch is: twenty relaxation times 1/(cμ·(1 − √ρ)²) of the queue at least, or the batches
 * would hang together and their scatter would promise too much. A bounded queue forgets sooner.
 */
function batchSeconds({ params, expected }: OracleCase): number {
  const rate = params.arrival.rate_per_s ?? NaN;
  const rho = expected['rho']?.value ?? 0;
  const distance = 1 - Math.sqrt(rho);
  return Math.max(SMALLEST_BATCH, (20 * rho) / (distance * distance)) / rate;
}

/** All that the case says and the model measures, but what follows from the rate alone. */
function namesOf(one: OracleCase): string[] {
  return Object.keys(one.expected).filter((name) => name in FIGURES || QUANTILES.test(name));
}

describe.each(seeds)('with seed %s', (seed) => {
  it.each([
    'mmc-01',
    'mmc-02',
    'mmc-03',
    'mmc-04',
    'mmc-05',
    'mmc-06',
    'mmck-01',
    'mmck-02',
    'mmcD-01',
    'mmcD-02',
    'mmcD-03',
    'mmcM-01',
    'md1-01',
    'mdc-01',
    'mdc-02',
    'mdc-03',
    'mg1-ln-01',
    'mg1-h2-01',
    'mh2c-01',
    'mlnc-01',
    'erlangB-01',
  ])('a pool is the queue %s', (id) => {
    const one = oracle(id);
    const run = new SteadyState(
      { services: [holdingService(one)], database: databaseSettings() },
      seed,
      batchSeconds(one),
    );
    const names = namesOf(one);
    expect(names.length).toBeGreaterThan(2);
    expect(disagreements(one, run, names)).toEqual([]);
  });

  it.each(['ps-01', 'ps-02', 'pooldb-cores-01'])('cores shared by queries are %s', (id) => {
    const one = oracle(id);
    const cores = one.params.database?.cores ?? NaN;
    const run = new SteadyState(
      {
        services: [queryingService(one)],
        database: databaseSettings({ cores, contention: { kind: 'cores' } }),
      },
      seed,
      batchSeconds(one),
    );
    expect(disagreements(one, run, namesOf(one))).toEqual([]);
    const { value, standardError } = run.measure(cpuUtilisation);
    const { arrival, service } = one.params;
    const meanSeconds = (service.mean_ms ?? service.mean_ms_alone ?? NaN) / 1000;
    const rho = ((arrival.rate_per_s ?? NaN) * meanSeconds) / cores;
    expect(Math.abs(value - rho)).toBeLessThan(STANDARD_ERRORS * standardError);
  });

  it('a pool over a contended database is pooldb-usl-01', () => {
    const one = oracle('pooldb-usl-01');
    const { sigma = NaN, kappa = NaN } = one.params.database ?? {};
    const run = new SteadyState(
      {
        services: [queryingService(one)],
        database: databaseSettings({ contention: { kind: 'usl', sigma, kappa } }),
      },
      seed,
      batchSeconds(one),
    );
    expect(disagreements(one, run, namesOf(one))).toEqual([]);
  });
});

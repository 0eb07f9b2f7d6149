// The simulated system against exact queueing theory, in the steady state: every value of the oracle
// within 4.5 standard errors, plus what the value itself is uncertain by, plus the histogram's error; and
// measured long enough that this says something. The cases are dealt to two test files, which run side
// by side.

import { MILLISECOND } from '../../src/engine/time.ts';
import { RELATIVE_ERROR, bucketOf } from '../../src/stats/histogram.ts';
import { isNightly } from '../support/nightly.ts';
import { STANDARD_ERRORS } from '../support/statistics.ts';
import { FIGURES, cpuUtilisation, quantileMs, quantileOfName, shareFrom } from './figures.ts';
import { type OracleCase, cases, expectedOf, rateOf, systemOfCase } from './oracle.ts';
import { type Figure, type Measured, SteadyState } from './steady-state.ts';

/** Largest 99 % half-widths, relative: of means and probabilities from 0.01, and of 99th percentiles. */
const WANTED = isNightly ? { mean: 0.02, p99: 0.05 } : { mean: 0.05, p99: 0.1 };
/** Student's t at 99.5 % with 31 degrees of freedom is 2.744. */
export const HALF_WIDTH_99 = 2.75;
/** A run that needs more requests than this is a run that does not settle. */
const MOST_REQUESTS = 500_000_000;
const SMALLEST_BATCH = 4000;
export const seeds = (process.env['TIDEMARK_TEST_SEED'] ?? 'one two').split(' ');

/** Cases that are a course of events, not a steady state: see surges.test.ts. */
const isSurge = ({ id }: OracleCase) => /transient|surge|burst/.test(id);
/** Values that are measured in tests of their own, below or in processor-sharing.test.ts. */
const ELSEWHERE = /^t_mean_of_job|^capacity_rps_at_pool_max$/;
/** Shares of time are looked at every so many mean service times. */
const LOOK_EVERY = 2;

/** Near full load a queue forgets slowly: these cases take as long as all others together. */
const isSlow = ({ id }: OracleCase) => ['mmc-04', 'mmc-06', 'mdc-03', 'me2c-01'].includes(id);

const stationary = cases.filter((one) => !isSurge(one));
export const slowCases = stationary.filter(isSlow);
export const quickCases = stationary.filter((one) => !isSlow(one));

function figureOf(one: OracleCase, name: string): Figure {
  const quantile = quantileOfName(name);
  if (quantile !== null) return quantileMs(quantile);
  // With processor sharing the server is the processor, not the pool.
  const figure = name === 'rho' && 'database' in one.params ? cpuUtilisation : FIGURES[name];
  if (figure === undefined) throw new Error(`nothing in the model is ${name} of ${one.id}`);
  return figure;
}

function namesOf(one: OracleCase): string[] {
  return Object.keys(one.expected).filter((name) => !ELSEWHERE.test(name));
}

/** Runs until every figure of the case is known as well as wanted. */
export function measuredRun(one: OracleCase, seed: string): SteadyState {
  const { service, pool, database } = one.params;
  const meanSeconds = (service.mean_ms ?? service.mean_ms_alone ?? NaN) / 1000;
  const used = database?.cores ?? pool?.max ?? NaN;
  const isLooked = Object.keys(one.expected).some((n) => /^(time_cong|p_all|p_busy)/.test(n));
  const run = new SteadyState(systemOfCase(one), {
    seed,
    batchSeconds: batchSeconds(one),
    ...(isLooked ? { look: { everySeconds: LOOK_EVERY * meanSeconds, used } } : {}),
  });
  while (tooWide(one, run).length > 0) {
    if (run.arrived > MOST_REQUESTS) throw new Error(`not settled: ${tooWide(one, run).join()}`);
    run.extend();
  }
  return run;
}

/** The names of the figures whose 99 % half-width is too wide as yet. */
function tooWide(one: OracleCase, run: SteadyState): string[] {
  return namesOf(one).filter((name) => {
    const { value } = expectedOf(one, name);
    const p = quantileOfName(name)?.p;
    const isJudged = p === undefined ? !name.includes('_sd_') : p === 0.99;
    if (!isJudged || (p === undefined && value < 0.01)) return false;
    const { standardError } = run.measure(figureOf(one, name));
    return HALF_WIDTH_99 * standardError > value * (p === undefined ? WANTED.mean : WANTED.p99);
  });
}

/**
 * How long a batch is: twenty relaxation times 1/(cμ·(1 − √ρ)²) of the queue at least, or the batches
 * would hang together and their scatter would promise too much. A bounded queue forgets sooner.
 */
function batchSeconds(one: OracleCase): number {
  const rate = rateOf(one);
  if (Number.isNaN(rate)) return SMALLEST_BATCH / 100;
  const rho = one.expected['rho']?.value ?? 0;
  const distance = 1 - Math.sqrt(rho);
  return Math.max(SMALLEST_BATCH, (20 * rho) / (distance * distance)) / rate;
}

/** The figures that do not agree, each with what it is off by. */
export function disagreements(one: OracleCase, run: SteadyState): string[] {
  return namesOf(one).flatMap((name) => {
    if (quantileOfName(name) !== null) return quantileDisagreement(one, run, name);
    const { value, calc_tol: uncertainty } = expectedOf(one, name);
    const measured = run.measure(figureOf(one, name));
    const bucket = name.includes('_sd_') ? 2 * RELATIVE_ERROR * value : 0;
    const tolerance = STANDARD_ERRORS * measured.standardError + uncertainty + bucket;
    if (Math.abs(measured.value - value) <= tolerance) return [];
    return [`${name}: ${measured.value} instead of ${value}, allowed ± ${tolerance}`];
  });
}

/**
 * A quantile is judged by the share of values beyond it, whose error is known better than that of the
 * quantile itself; the bucket in which the quantile lies may count on either side.
 */
function quantileDisagreement(one: OracleCase, run: SteadyState, name: string): string[] {
  const quantile = quantileOfName(name);
  if (quantile === null) throw new Error(`${name} is no quantile`);
  const { value, calc_tol: uncertainty } = expectedOf(one, name);
  const share = 1 - quantile.p;
  const bucketAt = (ms: number) => bucketOf(Math.round(Math.max(0, ms) * MILLISECOND));
  const beyond = run.measure(shareFrom(quantile.of, bucketAt(value + uncertainty) + 1));
  const from = run.measure(shareFrom(quantile.of, bucketAt(value - uncertainty)));
  // A share scatters about as its own root, so one that came out low would promise too much.
  const tolerance = ({ value: observed, standardError }: Measured) =>
    STANDARD_ERRORS * standardError * Math.sqrt(Math.max(1, share / observed));
  const isTooHigh = beyond.value - tolerance(beyond) > share;
  const isTooLow = from.value + tolerance(from) < share;
  if (!isTooHigh && !isTooLow) return [];
  return [`${name}: ${from.value} to ${beyond.value} lie beyond ${value} instead of ${share}`];
}

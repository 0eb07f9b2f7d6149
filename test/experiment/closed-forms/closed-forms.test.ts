// Each closed form beside a simulation that it describes, with several seeds; and the scatter of z, which
// must be that of a standard normal variable, or its standard errors would be wrong.

import { describe, expect, it } from 'vitest';
import type { ClosedFormCheck } from '../../../src/experiment/result.ts';
import { distanceFrom, type Estimate, ratioEstimate } from '../../../src/stats/ratio-estimate.ts';
import { twoSidedT } from '../../../src/stats/student-t.ts';
import { erlangC } from '../../../src/theory/erlang-c.ts';
import { normalDistribution } from '../../../src/theory/normal.ts';
import { isNightly } from '../../support/nightly.ts';
import { mean, STANDARD_ERRORS, STUDENT_29_ERRORS, variance } from '../../support/statistics.ts';
import { cases, duration, ERLANG_C } from './cases.ts';
import { closedFormsOf } from './closed-form-runs.ts';

const SEEDS = (
  process.env['TIDEMARK_TEST_SEED'] ?? (isNightly ? 'one two three four five' : 'one')
).split(' ');

it('is judged as a normal variable is by 4.5 standard errors', () => {
  const beyond = 2 * normalDistribution(-STANDARD_ERRORS);
  expect(beyond).toBeCloseTo(6.795e-6, 9);
  expect(twoSidedT(1 - beyond, 29)).toBeCloseTo(STUDENT_29_ERRORS, 4);
});

describe.each(cases)('$form describes $where', ({ form, figures, wishes }) => {
  it.each(SEEDS)('with seed %s', (seed) => {
    const checks = closedFormsOf(wishes, seed);
    expect(checks.map((check) => check.form)).toEqual(figures.map(() => form));
    expect(checks.map((check) => check.figure)).toEqual(figures);
    for (const { name, z, holds } of checks) {
      expect(Math.abs(z ?? Infinity), name).toBeLessThan(STUDENT_29_ERRORS);
      expect(holds, name).toBe(Math.abs(z ?? Infinity) <= 4);
    }
  });
});

describe.each(SEEDS)('an approximation, with seed %s,', (seed) => {
  it('of the wait for irregular holds is marked, and compared by its ratio', () => {
    const wishes = {
      ...duration(480),
      traffic: { rate: 150 },
      requests: { hold: { lognormal: { mean: '20ms', cv: 1.5 } } },
      service: { pool: { max: 4, acquireTimeout: 'none' } },
    };
    const [wait, use] = closedFormsOf(wishes, seed);
    expect(wait).toMatchObject({
      form: 'Allen-Cunneen, approximate',
      figure: 'mean wait',
      holds: true,
    });
    expect(wait?.z).toBeUndefined();
    expect(wait?.ratio).toBeCloseTo((wait?.observed ?? 0) / (wait?.expected ?? 1), 9);
    // What theory does know exactly stands beside it.
    expect(use).toMatchObject({ form: "Little's law", figure: 'in use' });
  });

  it('of connections in use over a contending database is within 3 %', () => {
    const wishes = {
      ...duration(400),
      traffic: { rate: 250 },
      requests: { query: { lognormal: { mean: '20ms', cv: 1.5 } } },
      service: { instances: 2, pool: { max: 10, reconnectShare: '5%' } },
      database: {
        ...{ roundTrip: '2ms', connect: { latency: '50ms' } },
        contention: { usl: { sigma: 0.03, kappa: 0.0001 } },
      },
    };
    const checks = closedFormsOf(wishes, seed);
    expect(checks).toHaveLength(1);
    expect(checks[0]).toMatchObject({ form: 'mean field, approximate', holds: true });
    expect(Math.abs((checks[0]?.ratio ?? 0) - 1)).toBeLessThan(0.03);
  });
});

describe.each(SEEDS)('over many seeds from %s', (base) => {
  const all = Array.from({ length: isNightly ? 100 : 40 }, (_, i) =>
    closedFormsOf(ERLANG_C, `${base}/${String(i)}`),
  );
  const column = (i: number) => all.map((checks) => checks[i] as ClosedFormCheck);

  it.each([0, 1, 2])('z of figure %i has the mean and standard deviation that it should', (i) => {
    const z = column(i).map((check) => check.z ?? NaN);
    // That of a Student variable of 29 degrees.
    const spread = Math.sqrt(29 / 27);
    expect(Math.abs(mean(z))).toBeLessThan((STANDARD_ERRORS * spread) / Math.sqrt(z.length));
    const relative = STANDARD_ERRORS / Math.sqrt(2 * (z.length - 1));
    expect(Math.sqrt(variance(z))).toBeGreaterThan(spread * (1 - relative));
    expect(Math.sqrt(variance(z))).toBeLessThan(spread * (1 + relative));
  });

  it.each([3, 5])('a theory with %i connections instead of four would be found out', (servers) => {
    const wrong = erlangC({ ratePerSecond: 140, meanServiceSeconds: 0.02, servers });
    const observed = column(0).map((check) => check.observed);
    const standardError = Math.sqrt(variance(observed));
    const closest = Math.min(...observed.map((ms) => Math.abs(ms - wrong.meanWaitSeconds * 1000)));
    expect(closest / standardError).toBeGreaterThan(4);
    const off = mean(observed) - (column(0)[0]?.expected ?? NaN);
    const tolerance = (STANDARD_ERRORS * standardError) / Math.sqrt(observed.length);
    expect(Math.abs(off)).toBeLessThan(tolerance);
  });
});

describe('the distance from a known mean', () => {
  // Batches 0, 0, 0, 4 of one unit each: mean 1, s² = 4, so that the standard error is 1, and μ3 = 6.
  const batches = [0, 0, 0, 4].map((numerator) => ({ numerator, denominator: 1 }));

  it('is in standard errors of the ratio, with a correction for skew', () => {
    const estimate = ratioEstimate(batches);
    expect(estimate).toMatchObject({ value: 1, standardError: 1 });
    // Hall: k = Σd³/(6·Σd²·n) = 24/(6·12·4), and t + k·(1 + 2t²) + 4/3·k²·t³.
    expect(estimate?.skew).toBeCloseTo(1 / 12, 12);
    expect(distanceFrom(2, estimate as Estimate)).toBeCloseTo(-1 + 3 / 12 - 4 / 3 / 144, 12);
    expect(distanceFrom(1, estimate as Estimate)).toBeCloseTo(1 / 12, 12);
  });

  it('is unknown where nothing was seen, or nothing scatters', () => {
    expect(ratioEstimate([])).toBeNull();
    expect(ratioEstimate([{ numerator: 0, denominator: 0 }])).toBeNull();
    const equal = { numerator: 2, denominator: 4 };
    expect(ratioEstimate([equal, equal, equal])).toBeNull();
  });

  it('weighs batches by their denominators', () => {
    const uneven = [
      { numerator: 1, denominator: 1 },
      { numerator: 3, denominator: 9 },
    ];
    expect(ratioEstimate(uneven)?.value).toBe(0.4);
  });
});

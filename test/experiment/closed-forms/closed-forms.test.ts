// Each closed form beside a simulation that it describes, with several seeds; and the scatter of z, which
// must be that of a standard normal variable, or its standard errors would be wrong.

import { describe, expect, it } from 'vitest';
import type { ClosedFormCheck } from '../../../src/experiment/result.ts';
import {
  distanceFrom,
  type Estimate,
  ratioEstimate,
} from '../../../src/experiment/closed-forms/estimate.ts';
import { erlangC } from '../../../src/theory/erlang-c.ts';
import { mean, STANDARD_ERRORS, variance } from '../../support/statistics.ts';
import { closedFormsOf, type Wishes } from './closed-form-runs.ts';

const SEEDS = (process.env['TIDEMARK_TEST_SEED'] ?? 'one two').split(' ');

const WAIT = 'mean wait';
const WAITERS = 'who wait';
const LOST = 'who get none';
const USE = 'in use';

const exponential = { hold: { exponential: '20ms' } };
const irregular = { lognormal: { mean: '20ms', cv: 1.5 } };
const patient = { acquireTimeout: 'none' };
const quiet = { roundTrip: '0ms', contention: 'none' };
const usl = { usl: { sigma: 0.03, kappa: 0.0001 } };

const ERLANG_C: Wishes = {
  duration: '3m',
  traffic: { rate: 400 },
  requests: exponential,
  service: { pool: { max: 10, ...patient } },
};

interface Case {
  readonly form: string;
  readonly where: string;
  readonly figures: readonly string[];
  readonly wishes: Wishes;
}

const cases: readonly Case[] = [
  {
    form: 'M/M/c',
    where: 'one pool with exponential holds',
    figures: [WAIT, WAITERS, USE],
    wishes: ERLANG_C,
  },
  {
    form: 'M/M/c',
    where: 'several instances chosen by chance, with exponential queries and no network',
    figures: [WAIT, WAITERS, USE],
    wishes: {
      duration: '6m',
      traffic: { rate: 600 },
      requests: { query: { exponential: '20ms' } },
      service: { instances: 3, balancer: 'random', pool: { max: 5, ...patient } },
      database: { ...quiet, maxConnections: 100 },
    },
  },
  {
    form: 'M/M/c with timeout',
    where: 'an acquire timeout that some meet',
    figures: [WAIT, WAITERS, LOST, USE],
    wishes: {
      duration: '5m',
      traffic: { rate: 480 },
      requests: exponential,
      service: { pool: { max: 10, acquireTimeout: '50ms' } },
    },
  },
  {
    form: 'M/M/c/K',
    where: 'a gate that lets five wait',
    figures: [WAIT, LOST, USE],
    wishes: {
      duration: '3m',
      traffic: { rate: 450 },
      requests: exponential,
      service: { concurrency: 15, queue: 0, pool: { max: 10, ...patient } },
    },
  },
  {
    form: 'Erlang B',
    where: 'a gate that lets nobody wait, whatever the law of the hold',
    figures: [LOST, USE],
    wishes: {
      duration: '3m',
      traffic: { rate: 400 },
      requests: { hold: irregular },
      service: { concurrency: 10, queue: 0, pool: { max: 10 } },
    },
  },
  {
    form: 'M/G/1',
    where: 'one connection, a network and reconnections',
    figures: [WAIT, WAITERS, USE],
    wishes: {
      duration: '20m',
      traffic: { rate: 50 },
      requests: { query: { uniform: { low: '5ms', high: '15ms' } } },
      service: { pool: { max: 1, reconnectShare: '5%', ...patient } },
      database: { roundTrip: '2ms', connect: { latency: '20ms' }, contention: 'none' },
    },
  },
  {
    form: 'M/D/c',
    where: 'constant holds',
    figures: [WAIT, WAITERS, USE],
    wishes: {
      duration: '5m',
      traffic: { rate: 160 },
      requests: { hold: '20ms' },
      service: { pool: { max: 4, ...patient } },
    },
  },
  {
    form: "Little's law",
    where: 'a round robin, of which the waits are not known',
    figures: [USE],
    wishes: {
      duration: '5m',
      traffic: { rate: 400 },
      requests: { query: irregular },
      service: { instances: 4, pool: { max: 3, acquireTimeout: '10s' } },
      database: { roundTrip: '2ms', contention: 'none' },
    },
  },
  {
    form: 'M/M/c with shared speed',
    where: 'one pool over fewer cores',
    figures: [WAIT, USE],
    wishes: {
      duration: '8m',
      traffic: { rate: 160 },
      requests: { query: { exponential: '20ms' } },
      service: { pool: { max: 6, ...patient } },
      database: { roundTrip: '0ms', cores: 4, contention: 'cores' },
    },
  },
  {
    form: 'M/M/c with shared speed',
    where: 'one pool over a database that contends',
    figures: [WAIT, USE],
    wishes: {
      duration: '8m',
      traffic: { rate: 250 },
      requests: { query: { exponential: '20ms' } },
      service: { pool: { max: 10, ...patient } },
      database: {
        roundTrip: '0ms',
        contention: { usl: { sigma: 0.05, kappa: 0.001 } },
      },
    },
  },
  {
    form: 'processor sharing',
    where: 'cores behind pools in which nobody waits',
    figures: [USE],
    wishes: {
      duration: '5m',
      traffic: { rate: 300 },
      requests: { query: { ...irregular, cpu: '50%' } },
      service: { instances: 2, pool: { max: 40 } },
      database: { roundTrip: '2ms', cores: 4, contention: 'cores' },
    },
  },
  {
    form: 'processor sharing',
    where: 'a database that contends behind pools in which nobody waits',
    figures: [USE],
    wishes: {
      duration: '5m',
      traffic: { rate: 250 },
      requests: { query: irregular },
      service: { instances: 2, pool: { max: 40 } },
      database: { roundTrip: '0ms', contention: usl },
    },
  },
  {
    form: 'full pool',
    where: 'an overload like that of January',
    figures: [LOST],
    wishes: {
      duration: '10m',
      traffic: { rate: 1300 },
      requests: { query: irregular },
      service: { instances: 3, pool: { max: 10, acquireTimeout: '2s', reconnectShare: '5%' } },
      database: { roundTrip: '2ms', connect: { latency: '100ms' }, contention: usl },
    },
  },
  {
    form: 'full pool',
    where: 'pools that keep fewer cores busy, behind a balancer that counts',
    figures: [LOST],
    wishes: {
      duration: '5m',
      traffic: { rate: 520 },
      requests: { query: { ...irregular, cpu: '50%' } },
      service: {
        instances: 2,
        balancer: 'least-connections',
        pool: { max: 10, acquireTimeout: '1s' },
      },
      database: { roundTrip: '2ms', cores: 4, contention: 'cores' },
    },
  },
];

describe.each(cases)('$form describes $where', ({ form, figures, wishes }) => {
  it.each(SEEDS)('with seed %s', (seed) => {
    const checks = closedFormsOf(wishes, seed);
    expect(checks.map((check) => check.form)).toEqual(figures.map(() => form));
    expect(checks.map((check) => check.figure)).toEqual(figures);
    for (const { name, z, holds } of checks) {
      expect(Math.abs(z ?? Infinity), name).toBeLessThan(STANDARD_ERRORS);
      expect(holds, name).toBe(Math.abs(z ?? Infinity) <= 4);
    }
  });
});

describe('an approximation', () => {
  it('of the wait for irregular holds is marked, and compared by its ratio', () => {
    const wishes = {
      duration: '20m',
      traffic: { rate: 200 },
      requests: { hold: irregular },
      service: { pool: { max: 5, ...patient } },
    };
    const [wait, use] = closedFormsOf(wishes, SEEDS[0] ?? '');
    expect(wait).toMatchObject({ form: 'Allen-Cunneen, approximate', figure: WAIT, holds: true });
    expect(wait?.z).toBeUndefined();
    expect(wait?.ratio).toBeCloseTo((wait?.observed ?? 0) / (wait?.expected ?? 1), 9);
    // What theory does know exactly stands beside it.
    expect(use).toMatchObject({ form: "Little's law", figure: USE });
  });

  it('of connections in use over a contending database is within 3 %', () => {
    const wishes = {
      duration: '5m',
      traffic: { rate: 250 },
      requests: { query: irregular },
      service: { instances: 2, pool: { max: 10, reconnectShare: '5%' } },
      database: { roundTrip: '2ms', connect: { latency: '50ms' }, contention: usl },
    };
    const checks = closedFormsOf(wishes, SEEDS[0] ?? '');
    expect(checks).toHaveLength(1);
    expect(checks[0]).toMatchObject({ form: 'mean field, approximate', holds: true });
    expect(Math.abs((checks[0]?.ratio ?? 0) - 1)).toBeLessThan(0.03);
  });
});

describe('over forty seeds', () => {
  const all = Array.from({ length: 40 }, (_, i) =>
    closedFormsOf({ ...ERLANG_C, duration: '8m' }, `${SEEDS[0] ?? ''}/${String(i)}`),
  );
  const column = (i: number) => all.map((checks) => checks[i] as ClosedFormCheck);

  it.each([0, 1, 2])('z of figure %i has mean 0 and standard deviation 1', (i) => {
    const z = column(i).map((check) => check.z ?? NaN);
    // 30 batches make z a Student variable of 29 degrees: its standard deviation is √(29/27).
    const spread = Math.sqrt(29 / 27);
    expect(Math.abs(mean(z))).toBeLessThan((STANDARD_ERRORS * spread) / Math.sqrt(z.length));
    const relative = STANDARD_ERRORS / Math.sqrt(2 * (z.length - 1));
    expect(Math.sqrt(variance(z))).toBeGreaterThan(spread * (1 - relative));
    expect(Math.sqrt(variance(z))).toBeLessThan(spread * (1 + relative));
  });

  it.each([9, 11])('a theory with %i connections instead of ten would be found out', (servers) => {
    const wrong = erlangC({ ratePerSecond: 400, meanServiceSeconds: 0.02, servers });
    const observed = column(0).map((check) => check.observed);
    const standardError = Math.sqrt(variance(observed));
    const closest = Math.min(...observed.map((ms) => Math.abs(ms - wrong.meanWaitSeconds * 1000)));
    expect(closest / standardError).toBeGreaterThan(4);
    expect(mean(observed)).toBeCloseTo(column(0)[0]?.expected ?? NaN, 0);
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

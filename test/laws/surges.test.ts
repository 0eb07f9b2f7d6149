// Surges against theory: transient means over independent runs, within 4.5 standard errors; and courses
// without any chance, to the nanosecond.

import { describe, expect, it } from 'vitest';
import { MILLISECOND, SECOND } from '../../src/engine/time.ts';
import type { System } from '../../src/model/system.ts';
import { faultsOf } from '../support/invariants.ts';
import { isNightly } from '../support/nightly.ts';
import { STANDARD_ERRORS, batchMeans, mean } from '../support/statistics.ts';
import { type OracleCase, expectedOf, oracle, systemOfCase } from './oracle.ts';
import { type RequestLog, emptyLog, loggedSystem, waitsOf } from './request-log.ts';

const NIGHTLY_RUNS = 2000;
const seeds = (process.env['TIDEMARK_TEST_SEED'] ?? 'one two').split(' ');

/** Figures of one run, by name. */
type Figures = Readonly<Record<string, number>>;

/** `figures[name]` has one value for each run. */
function replicate(runs: number, figuresOf: (run: number) => Figures): Map<string, number[]> {
  const values = new Map<string, number[]>();
  for (let run = 0; run < runs; run++) {
    for (const [name, value] of Object.entries(figuresOf(run))) {
      const before = values.get(name);
      if (before === undefined) values.set(name, [value]);
      else before.push(value);
    }
  }
  return values;
}

/**
 * The figures that do not agree. Where hardly anybody waits, a few runs may all have seen nobody, so the
 * scatter is at least that of a queue of short geometric length with the expected mean: E[Q²] ≤ 3·E[Q].
 * From 40 runs, 4.5 standard errors are exceeded by chance once in 17,000 times, from 2,000 once in 139,000.
 */
function disagreements(
  one: OracleCase,
  values: ReadonlyMap<string, readonly number[]>,
  unitOf: (name: string) => number = () => 0,
): string[] {
  return [...values].flatMap(([name, observed]) => {
    const { value, calc_tol: uncertainty } = expectedOf(one, name);
    const runs = observed.length;
    const { mean: middle, standardError } = batchMeans(observed);
    const isShare = name.includes('_p_');
    const least = isShare ? value * (1 - value) : 3 * value * unitOf(name);
    const error = isShare
      ? Math.sqrt(least / runs)
      : Math.max(standardError, Math.sqrt(Math.max(0, least) / runs));
    const tolerance = STANDARD_ERRORS * error + (isShare ? 2 / runs : 0) + uncertainty;
    if (Math.abs(middle - value) <= tolerance) return [];
    return [`${name}: ${middle} instead of ${value}, allowed ± ${tolerance}`];
  });
}

const TRANSIENT_SECONDS = [10, 11, 12, 15, 20, 30, 31, 32, 35, 40, 60];

/** The state of a pool `seconds` after the start, as the transient cases name it. */
function stateOf(one: OracleCase, system: System, seconds: number): Figures {
  const { pool, service } = one.params;
  const { max = NaN, queue_limit: limit } = pool ?? {};
  const n = system.inFlight;
  const perHead = (service.mean_ms ?? NaN) / max;
  const t = `t${seconds}s`;
  return {
    [`${t}_n_mean`]: n,
    [`${t}_queue_mean`]: Math.max(0, n - max),
    [`${t}_p_all_busy`]: n >= max ? 1 : 0,
    [`${t}_virtual_wait_mean_ms`]: Math.max(0, n - max + 1) * perHead,
    ...(typeof limit === 'number' ? { [`${t}_p_reject`]: n === max + limit ? 1 : 0 } : {}),
  };
}

/** No instant has a longer mean queue than the peak, as far as the runs can tell. */
function longerThanPeak(values: ReadonlyMap<string, readonly number[]>): string[] {
  const peak = values.get('peak_queue_mean') ?? [];
  return TRANSIENT_SECONDS.flatMap((seconds) => {
    const queue = values.get(`t${seconds}s_queue_mean`) ?? [];
    const more = queue.map((n, run) => n - (peak[run] as number));
    const { mean: excess, standardError } = batchMeans(more);
    return excess <= STANDARD_ERRORS * standardError ? [] : [`the queue is longer at ${seconds} s`];
  });
}

describe.each(seeds)('with seed %s', (seed) => {
  // The second is not overloaded but nearly: a backlog of no typical size, which takes more runs.
  it.each([
    ['transient-01', 40],
    ['transient-02', 160],
    ['transient-03', 40],
  ])('the backlog of %s builds up and drains as its differential equations say', (id, few) => {
    const one = oracle(id);
    const values = replicate(isNightly ? NIGHTLY_RUNS : few, (run) => {
      const system = loggedSystem(systemOfCase(one), `${seed}/rep-${run}`, emptyLog());
      const peakSeconds = expectedOf(one, 'peak_time_s').value;
      const instants = [...new Set([...TRANSIENT_SECONDS, peakSeconds])].sort((a, b) => a - b);
      const figures: Record<string, number> = {};
      for (const seconds of instants) {
        system.runUntil(seconds * SECOND);
        const state = stateOf(one, system, seconds);
        if (TRANSIENT_SECONDS.includes(seconds)) Object.assign(figures, state);
        if (seconds === peakSeconds)
          figures['peak_queue_mean'] = state[`t${seconds}s_queue_mean`] ?? NaN;
      }
      expect(faultsOf(system)).toEqual([]);
      return figures;
    });
    const names = Object.keys(one.expected).filter((name) => name !== 'peak_time_s');
    expect([...values.keys()].sort()).toEqual(names.sort());
    const perHead = (one.params.service.mean_ms ?? NaN) / (one.params.pool?.max ?? NaN);
    const unitOf = (name: string) => (name.endsWith('_ms') ? perHead : 1);
    expect(disagreements(one, values, unitOf)).toEqual([]);
    expect(longerThanPeak(values)).toEqual([]);
  });

  it('an acquire timeout in a surge fails whom surge-timeout-01 says', () => {
    const one = oracle('surge-timeout-01');
    const values = replicate(isNightly ? NIGHTLY_RUNS : 60, (run) => {
      const log = emptyLog();
      const system = loggedSystem(systemOfCase(one), `${seed}/rep-${run}`, log);
      system.runUntil(60 * SECOND);
      expect(faultsOf(system)).toEqual([]);
      return surgeFigures(log, 15 * SECOND, 35 * SECOND);
    });
    expect([...values.keys()].sort()).toEqual(Object.keys(one.expected).sort());
    expect(disagreements(one, values)).toEqual([]);
  });
});

/** What the case with timeouts says of a surge between two instants. */
function surgeFigures(log: RequestLog, fromNs: number, toNs: number): Figures {
  const { arrivedAt, acquiredAt, failedAt } = log;
  const isInSurge = (at: number) => at >= fromNs && at < toNs;
  const inSurge = arrivedAt.flatMap((at, i) => (isInSurge(at) ? [i] : []));
  const failed = failedAt.filter((at) => !Number.isNaN(at));
  const waits = inSurge.map((i) => (acquiredAt[i] as number) - (arrivedAt[i] as number));
  const calm = arrivedAt.find((at, i) => at >= toNs && acquiredAt[i] === at) ?? NaN;
  return {
    timeouts: failed.length,
    timeout_fraction_in_surge:
      inSurge.filter((i) => !Number.isNaN(failedAt[i])).length / inSurge.length,
    mean_wait_served_ms: mean(waitsOf(log)) / MILLISECOND,
    mean_wait_served_in_surge_ms: mean(waits.filter((w) => !Number.isNaN(w))) / MILLISECOND,
    first_timeout_fires_after_surge_start_ms:
      (Math.min(...failed.filter((at) => at >= fromNs)) - fromNs) / MILLISECOND,
    first_zero_wait_arrival_after_surge_end_ms: (calm - toNs) / MILLISECOND,
  };
}

describe('without any chance', () => {
  it.each(['det-surge-01', 'det-coldburst-01'])('a pool serves %s to the nanosecond', (id) => {
    const one = oracle(id);
    const log = emptyLog();
    const system = loggedSystem(systemOfCase(one), 'any', log);
    // Arrivals end with the last segment; all are served or lost soon after.
    const until = one.params.arrival?.segments?.at(-1)?.until_s ?? 0;
    system.runUntil((until + 2) * SECOND);
    const waits = waitsOf(log).sort((a, b) => a - b);
    const observed: Figures = {
      arrivals: log.arrivedAt.length,
      served: waits.length,
      timeouts: log.failedAt.filter((at) => !Number.isNaN(at)).length,
      wait_mean_served_ms: mean(waits) / MILLISECOND,
      wait_max_served_ms: (waits.at(-1) ?? NaN) / MILLISECOND,
      wait_p50_served_ms: (waits[Math.ceil(waits.length / 2) - 1] ?? NaN) / MILLISECOND,
      // Arrivals are rounded up to whole ns, so a wait of 1 ns is none.
      waited_gt_0_count: waits.filter((wait) => wait > 1).length,
    };
    expect(Object.keys(observed).sort()).toEqual(Object.keys(one.expected).sort());
    for (const [name, value] of Object.entries(observed)) {
      const { value: expected, calc_tol: uncertainty } = expectedOf(one, name);
      expect(Math.abs(value - expected), name).toBeLessThanOrEqual(uncertainty);
    }
  });
});

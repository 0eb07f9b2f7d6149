// Surges against theory: transient means over independent runs, within 4.5 standard errors.

import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/engine/time.ts';
import type { System } from '../../src/model/system.ts';
import { faultsOf } from '../support/invariants.ts';
import { firstArrivals } from '../support/known-arrivals.ts';
import { databaseSettings, holding, systemOf, systemSettings } from '../support/small-system.ts';
import { STANDARD_ERRORS, batchMeans } from '../support/statistics.ts';
import { type OracleCase, expectedOf, holdingService, oracle } from './oracle.ts';

const MANY = process.env['TIDEMARK_NIGHTLY'] === '1' ? 20 : 1;
const seeds = (process.env['TIDEMARK_TEST_SEED'] ?? 'one two').split(' ');
const MS = SECOND / 1000;

/** Figures of many runs, each read at some instants: `figures[name]` has one value for each run. */
function replicate(
  one: OracleCase,
  { seed, runs }: { readonly seed: string; readonly runs: number },
  instants: readonly number[],
  read: (system: System, seconds: number) => Record<string, number>,
): Map<string, number[]> {
  const figures = new Map<string, number[]>();
  for (let run = 0; run < runs; run++) {
    const system = systemOf(
      { services: [holdingService(one)], database: databaseSettings() },
      { seed: `${seed}/rep-${run}` },
    );
    for (const seconds of instants) {
      system.runUntil(seconds * SECOND);
      for (const [name, value] of Object.entries(read(system, seconds))) {
        figures.set(name, [...(figures.get(name) ?? []), value]);
      }
    }
    expect(faultsOf(system)).toEqual([]);
  }
  return figures;
}

/** `p`: shares, whose error follows from the share itself, also if no run was the exception. */
function disagreements(one: OracleCase, figures: ReadonlyMap<string, number[]>): string[] {
  return [...figures].flatMap(([name, values]) => {
    const { value, calc_tol: uncertainty } = expectedOf(one, name);
    const { mean, standardError } = batchMeans(values);
    const runs = values.length;
    const tolerance = name.includes('_p_')
      ? STANDARD_ERRORS * Math.sqrt((value * (1 - value)) / runs) + 2 / runs
      : STANDARD_ERRORS * standardError;
    if (Math.abs(mean - value) <= tolerance + uncertainty) return [];
    return [`${name}: ${mean} instead of ${value}, allowed ± ${tolerance}`];
  });
}

describe.each(seeds)('with seed %s', (seed) => {
  // The second is not overloaded but nearly: a backlog of no typical size, which takes more runs.
  it.each([
    ['transient-01', 40 * MANY],
    ['transient-02', 160 * MANY],
    ['transient-03', 40 * MANY],
  ])('the backlog of %s builds up and drains as its differential equations say', (id, runs) => {
    const one = oracle(id);
    const max = one.params.pool?.max ?? NaN;
    const figures = replicate(
      one,
      { seed, runs },
      [10, 11, 12, 15, 20, 30, 35],
      (system, seconds) => {
        const inSystem = system.inFlight;
        const isSurge = seconds > 10 && seconds <= 30;
        return {
          [`t${seconds}s_n_mean`]: inSystem,
          [`t${seconds}s_p_all_busy`]: inSystem >= max ? 1 : 0,
          // Before and after it hardly anybody waits: too few runs to tell how few.
          ...(isSurge ? { [`t${seconds}s_queue_mean`]: Math.max(0, inSystem - max) } : {}),
        };
      },
    );
    expect(figures.size).toBe(19);
    expect(disagreements(one, figures)).toEqual([]);
  });

  it('an acquire timeout in a surge fails as many as surge-timeout-01 says', () => {
    const one = oracle('surge-timeout-01');
    const figures = replicate(one, { seed, runs: 50 * MANY }, [60], ({ services }) => {
      const meters = services[0]?.meters;
      const wait = meters?.acquireWait.total.value ?? NaN;
      return {
        timeouts: meters?.acquireFailures ?? NaN,
        mean_wait_served_ms: wait / (meters?.acquireWait.count ?? NaN) / MS,
      };
    });
    expect(disagreements(one, figures)).toEqual([]);
  });
});

describe('a burst on a cold pool', () => {
  it('is served as det-coldburst-01 says: ten open, the others follow in their steps', () => {
    const one = oracle('det-coldburst-01');
    const { arrival, service, connect, pool } = one.params;
    const count = arrival.count ?? NaN;
    const settings = systemSettings(
      [
        {
          traffic: firstArrivals(count, { meanGapNs: 20 }).traffic,
          requests: [holding((service.mean_ms ?? NaN) * MS)],
          pool: { max: pool?.max ?? NaN, initial: 0 },
        },
      ],
      { connectLatency: { family: 'constant', value: (connect?.mean_ms ?? NaN) * MS } },
    );
    const system = systemOf(settings);
    system.runUntil(SECOND);
    const waits = system.snapshot().distributions.acquire;
    expect([system.arrived, waits.count, count - (waits.counts[0] ?? NaN)]).toEqual([
      expectedOf(one, 'arrivals').value,
      expectedOf(one, 'served').value,
      expectedOf(one, 'waited_gt_0_count').value,
    ]);
    // The burst itself takes a microsecond or two, all of which may be wait.
    const off = [
      waits.total / waits.count / MS - expectedOf(one, 'wait_mean_served_ms').value,
      waits.max / MS - expectedOf(one, 'wait_max_served_ms').value,
    ];
    expect(Math.max(...off.map(Math.abs))).toBeLessThan(0.003);
  });
});

// Figures of a stretch of time are differences of two readings: nothing before or after counts.

import { describe, expect, it } from 'vitest';
import type { Metric } from '../../../src/model/control/settings.ts';
import { holds, metricValue } from '../../../src/model/meters/stretch.ts';
import { arrivalsAt } from '../../support/known-arrivals.ts';
import {
  type ServiceWishes,
  holding,
  requesting,
  systemOf,
  systemSettings,
} from '../../support/small-system.ts';

const [a1, a2, a3] = [5, 210, 420];
const traffic = arrivalsAt(a1, a2, a3);
const NS = 1e-9;

/** The value of a metric between two instants, in nanoseconds where it is a time. */
function between(
  metric: Metric,
  wishes: ServiceWishes,
  [from, to]: readonly [number, number],
): number | null {
  const system = systemOf(systemSettings([{ traffic, ...wishes }], { cores: 2 }));
  system.runUntil(from);
  const first = system.snapshot();
  system.runUntil(to);
  return metricValue(metric, first, system.snapshot());
}

const wide: ServiceWishes = { pool: { max: 3 }, requests: [holding(1000)] };
const narrow: ServiceWishes = { pool: { acquireTimeoutNs: 10 }, requests: [holding(1000)] };

describe('a figure of a stretch', () => {
  it('pool utilisation is owned connection time by configured connection time', () => {
    // Only the first has come by then.
    const share = between({ kind: 'pool-utilisation' }, wide, [0, a1 + 100]);
    expect(share).toBe(100 / (3 * (a1 + 100)));
    expect(between({ kind: 'pool-utilisation' }, wide, [a3, a3 + 100])).toBe(1);
    expect(between({ kind: 'pool-utilisation' }, wide, [5000, 6000])).toBe(0);
  });

  it('pending is a mean over time', () => {
    const one = { requests: [holding(10_000)] };
    expect(between({ kind: 'pool-pending' }, one, [a2, a3])).toBe(1);
    expect(between({ kind: 'pool-pending' }, one, [a3, a3 + 100])).toBe(2);
  });

  it('errors are failed and abandoned requests by all that ended in it', () => {
    expect(between({ kind: 'errors' }, narrow, [0, 5000])).toBe(2 / 3);
    expect(between({ kind: 'errors' }, narrow, [a3 + 10, 5000])).toBe(0);
    expect(between({ kind: 'errors' }, narrow, [5000, 6000])).toBeNull();
    const impatient: ServiceWishes = { ...narrow, client: { timeoutNs: 10, cancel: true } };
    expect(between({ kind: 'errors' }, impatient, [0, 5000])).toBe(1);
  });

  it('a percentile counts those that failed as infinitely slow', () => {
    const p = (share: number): Metric => ({ kind: 'percentile', of: 'response', p: share });
    expect(between(p(0.33), narrow, [0, 5000])).toBeCloseTo(1000 * NS, 12);
    expect(between(p(0.5), narrow, [0, 5000])).toBe(Infinity);
    expect(between(p(0.5), narrow, [5000, 6000])).toBeNull();
    const acquire: Metric = { kind: 'percentile', of: 'acquire', p: 0.5 };
    expect(between(acquire, narrow, [0, 5000])).toBe(Infinity);
  });

  it('a mean is over those that ended well', () => {
    const metric: Metric = { kind: 'mean', of: 'response' };
    expect(between(metric, narrow, [0, 5000])).toBeCloseTo(1000 * NS, 15);
  });

  it('rates are per second', () => {
    expect(between({ kind: 'arrival-rate' }, wide, [0, 1000])).toBe(3e6);
    expect(between({ kind: 'goodput' }, wide, [a1 + 1000 - 1, a1 + 1000])).toBe(1e9);
  });

  it('database utilisation is CPU time by cores', () => {
    const work = { family: 'constant', value: 1000 } as const;
    const query: ServiceWishes = {
      pool: { max: 3 },
      requests: [requesting({ kind: 'query', work, cpu: 0.4 })],
    };
    const share = between({ kind: 'database-utilisation' }, query, [a3, a3 + 100]);
    expect(share).toBeCloseTo((3 * 0.4) / 2, 12);
  });
});

describe('a condition', () => {
  it('compares as it says', () => {
    const metric: Metric = { kind: 'errors' };
    const truth = (['<', '<=', '>', '>='] as const).map((comparison) =>
      [1, 2, 3].map((value) => holds({ metric, comparison, limit: 2 }, value)),
    );
    expect(truth).toEqual([
      [true, false, false],
      [true, true, false],
      [false, false, true],
      [false, true, true],
    ]);
  });

  it('is not met by what was never observed', () => {
    const condition = { metric: { kind: 'errors' }, comparison: '<', limit: 2 } as const;
    expect(holds(condition, null)).toBe(false);
  });
});

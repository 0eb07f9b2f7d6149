// The simulation of a plain pool against the recursion that knows no events, over random scenarios: the
// same variates must give the same counts, the same sums and the same number in every bucket.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runRecursion } from '../../bench/recursion.ts';
import type { Law } from '../../src/engine/law.ts';
import { MILLISECOND, SECOND } from '../../src/engine/time.ts';
import type { RatePoint } from '../../src/model/traffic/settings.ts';
import type { Histogram } from '../../src/stats/histogram.ts';
import { fuzzed } from '../support/fuzz.ts';
import {
  requesting,
  serviceSettings,
  systemOf,
  databaseSettings,
  trafficOf,
} from '../support/small-system.ts';

const SECONDS = 4;

/** Laws of this mean; the last ones give equal holds, and so ties. */
const laws: ((meanNs: number) => Law)[] = [
  (mean) => ({ family: 'exponential', mean }),
  (mean) => ({ family: 'lognormal', mean, cv: 1.3 }),
  (mean) => ({ family: 'uniform', low: 0, high: 2 * mean }),
  (mean) => ({ family: 'erlang', mean, stages: 3 }),
  (mean) => ({ family: 'gamma', mean, cv: 0.7 }),
  (mean) => ({ family: 'pareto', mean, shape: 2.5 }),
  (mean) => ({
    family: 'hyperexponential',
    branches: [
      { probability: 0.9, mean: mean / 2 },
      { probability: 0.1, mean: 5.5 * mean },
    ],
  }),
  (mean) => ({ family: 'percentiles', p50: mean, p95: 3 * mean, p99: 6 * mean, mean }),
  (mean) => ({ family: 'empirical', values: Float64Array.of(0, mean, 2 * mean) }),
  (mean) => ({ family: 'constant', value: mean }),
];

/** Load at each corner of the rate curve, in parts of what the pool can serve; the corners may coincide. */
const corners = fc
  .array(fc.record({ atNs: fc.integer({ min: 0, max: SECONDS }), load: fc.nat({ max: 20 }) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((points) => points.sort((a, b) => a.atNs - b.atNs));

const plan = fc.record({
  seed: fc.nat({ max: 1_000_000 }),
  law: fc.constantFrom(...laws),
  meanNs: fc.integer({ min: 1, max: 50 }).map((ms) => ms * MILLISECOND),
  max: fc.integer({ min: 1, max: 50 }),
  timeoutNs: fc.oneof(
    fc.integer({ min: 0, max: 300 }).map((ms) => ms * MILLISECOND),
    fc.constant(Infinity),
  ),
  corners,
});
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

function settingsOf({ law, meanNs, max, timeoutNs, corners: points }: Plan) {
  const capacity = Math.min((max * SECOND) / meanNs, 1500);
  const rate = points.map(({ atNs, load }): RatePoint => ({
    atNs: atNs * SECOND,
    perSecond: (load / 10) * capacity,
  }));
  return serviceSettings({
    traffic: trafficOf({ rate }),
    requests: [requesting({ kind: 'hold', hold: law(meanNs) })],
    pool: { max, acquireTimeoutNs: timeoutNs },
  });
}

function expectSame(simulated: Histogram, expected: Histogram): void {
  const { count, max, total } = expected;
  expect(simulated).toMatchObject({ count, max, total });
  const differs = expected.counts.findIndex((n, bucket) => n !== simulated.counts[bucket]);
  expect(differs, 'first bucket that differs').toBe(-1);
}

describe('a plain FIFO pool', () => {
  it('has the counts, sums and histograms of the recursion, to the last bit', () => {
    let timeouts = 0;
    let waited = 0;
    fc.assert(
      fc.property(plan, (p) => {
        const service = settingsOf(p);
        const seed = String(p.seed);
        const system = systemOf({ services: [service], database: databaseSettings() }, { seed });
        system.runUntil(SECONDS * SECOND);
        const ours = runRecursion(service, seed, SECONDS * SECOND);
        const [simulated] = system.services;
        if (simulated === undefined) throw new Error('bug: a system without its service');
        const { meters, pool } = simulated;
        expect([meters.arrived, pool.timeouts]).toEqual([ours.arrived, ours.timeouts]);
        expectSame(meters.acquireWait, ours.acquireWait);
        expectSame(meters.use, ours.use);
        expectSame(meters.response, ours.response);
        timeouts += ours.timeouts;
        waited += ours.acquireWait.count - (ours.acquireWait.counts[0] ?? 0);
      }),
      fuzzed(100),
    );
    // Without either the comparison would say little.
    expect(timeouts).toBeGreaterThan(0);
    expect(waited).toBeGreaterThan(0);
  });

  it('still serves a request whose connection comes free at the instant of its timeout', () => {
    const holdNs = 10;
    const service = serviceSettings({
      traffic: trafficOf({ rate: [{ atNs: 0, perSecond: 5e8 }] }),
      requests: [requesting({ kind: 'hold', hold: { family: 'constant', value: holdNs } })],
      pool: { max: 1, acquireTimeoutNs: 2 * holdNs },
    });
    const counts = runRecursion(service, 'ties', 2000);
    const system = systemOf(
      { services: [service], database: databaseSettings() },
      { seed: 'ties' },
    );
    system.runUntil(2000);
    expect(counts.acquireWait.max).toBe(2 * holdNs);
    expect(system.services[0]?.meters.acquireWait).toEqual(counts.acquireWait);
    expect(system.services[0]?.pool.timeouts).toBe(counts.timeouts);
  });
});

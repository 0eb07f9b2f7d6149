// Poisson arrivals: counts of disjoint intervals are independent, each with the mean and the variance
// ∫ rate dt, also around corners and jumps.

import { describe, expect, it } from 'vitest';
import { RandomStreams } from '../../../src/engine/random-streams.ts';
import { MILLISECOND, SECOND } from '../../../src/engine/time.ts';
import { exponentialStream } from '../../../src/engine/variates.ts';
import { type OpenArrivals, openArrivals } from '../../../src/model/traffic/open-arrivals.ts';
import { RateCurve } from '../../../src/model/traffic/rate-curve.ts';
import type { TrafficSettings } from '../../../src/model/traffic/settings.ts';
import { sized } from '../../support/sized.ts';
import { trafficOf } from '../../support/small-system.ts';
import { STANDARD_ERRORS } from '../../support/statistics.ts';

const SEED = process.env['TIDEMARK_TEST_SEED'] ?? 'arrivals';

/** No test expects as many: without a bound, a fault that stops time would fill the memory. */
const MOST_ARRIVALS = 100_000;

function traffic(
  ...corners: readonly (readonly [s: number, perSecond: number])[]
): TrafficSettings {
  return trafficOf({
    rate: corners.map(([s, perSecond]) => ({ atNs: s * SECOND, perSecond })),
  });
}

function arrivals(settings: TrafficSettings, run = 0): OpenArrivals {
  return openArrivals(settings, new RandomStreams(`${SEED}/${run}`), 'service');
}

/** All arrivals up to an instant; `changes` are `[seconds, settings]`, in order. */
function until(
  endNs: number,
  process: OpenArrivals,
  changes: readonly (readonly [number, TrafficSettings])[] = [],
): number[] {
  const at: number[] = [];
  let next = 0;
  for (;;) {
    const [seconds, settings] = changes[next] ?? [Infinity, null];
    const due = Math.min(process.nextAt, endNs + 1);
    if (settings !== null && seconds * SECOND <= due) {
      process.apply(settings, seconds * SECOND);
      next++;
    } else if (due > endNs) {
      return at;
    } else {
      if (at.push(process.nextAt) > MOST_ARRIVALS) throw new Error('arrivals without end');
      process.advance();
    }
  }
}

/** Counts by interval, summed and squared over many runs, against a Poisson law's mean and variance. */
function expectPoissonCounts(
  runs: number,
  edges: readonly number[],
  expectedIn: (from: number, to: number) => number,
  draw: (run: number) => number[],
): void {
  const intervals = edges.length - 1;
  const sums = new Float64Array(intervals);
  const squares = new Float64Array(intervals);
  const means = Array.from({ length: intervals }, (_, k) =>
    expectedIn(edges[k] as number, edges[k + 1] as number),
  );
  for (let run = 0; run < runs; run++) {
    const counts = new Float64Array(intervals);
    let k = 0;
    for (const at of draw(run)) {
      // An arrival belongs to the interval in which it fell before it was rounded up.
      while (k < intervals && at > (edges[k + 1] as number)) k++;
      if (k < intervals) counts[k] = (counts[k] as number) + 1;
    }
    counts.forEach((n, i) => {
      const excess = n - (means[i] as number);
      sums[i] = (sums[i] as number) + excess;
      squares[i] = (squares[i] as number) + excess * excess;
    });
  }
  means.forEach((mu, i) => {
    const interval = `interval ${i}`;
    const biasInErrors = (sums[i] as number) / Math.sqrt(runs * mu || 1);
    expect(Math.abs(biasInErrors), `${interval}: mean`).toBeLessThan(STANDARD_ERRORS);
    // Var of (N − µ)² is µ + 2µ² for a Poisson count.
    const dispersion = (squares[i] as number) / runs - mu;
    const standardError = Math.sqrt((mu + 2 * mu * mu) / runs);
    expect(Math.abs(dispersion), `${interval}: variance`).toBeLessThanOrEqual(
      STANDARD_ERRORS * standardError,
    );
  });
}

describe('Poisson arrivals', () => {
  it('come as often as the rate says, on ramps, at corners and at jumps', () => {
    const surge = traffic([1, 200], [2, 1000], [2, 50], [3, 50], [3, 0], [4, 0], [4, 0], [5, 400]);
    const curve = new RateCurve(surge.rate);
    // Narrow intervals on both sides of each corner, wide ones between.
    const edges = [0, 0.9, 1, 1.1, 1.5, 1.9, 2, 2.1, 2.9, 3, 3.5, 4, 4.1, 4.9, 5, 5.1, 6];
    expectPoissonCounts(
      sized(2000),
      edges.map((s) => s * SECOND),
      (from, to) => curve.expected(from, to),
      (run) => until(6 * SECOND, arrivals(surge, run)),
    );
  });

  it('never come where the rate is 0', () => {
    const gap = traffic([0, 500], [1, 500], [1, 0], [2, 0], [2, 500]);
    for (let run = 0; run < 50; run++) {
      const inGap = until(3 * SECOND, arrivals(gap, run)).filter(
        (at) => at > SECOND && at <= 2 * SECOND,
      );
      expect(inGap).toEqual([]);
    }
  });

  it('never come at all at rate 0', () => {
    expect(arrivals(traffic([0, 0])).nextAt).toBe(Infinity);
  });

  it('follow a rate that is changed in the middle of a gap', () => {
    const before = traffic([0, 20]);
    const after = traffic([0, 300]);
    const back = traffic([0, 5]);
    const changes = [
      [1, after],
      [1.01, back],
      [1.02, after],
    ] as const;
    const perSecond = (at: number) => {
      if (at < SECOND) return 20;
      return at >= 1010 * MILLISECOND && at < 1020 * MILLISECOND ? 5 : 300;
    };
    const edges = [0, 0.9, 1, 1.003, 1.01, 1.02, 1.03, 1.5];
    expectPoissonCounts(
      sized(5000),
      edges.map((s) => Math.round(s * SECOND)),
      (from, to) => (perSecond(from) * (to - from)) / SECOND,
      (run) => until(1.5 * SECOND, arrivals(before, run), changes),
    );
  });

  it('begin again when the rate is changed from 0', () => {
    const process = arrivals(traffic([0, 0]));
    process.apply(traffic([0, 100]), 5 * SECOND);
    expect(process.nextAt).toBeGreaterThan(5 * SECOND);
    expect(process.nextAt).toBeLessThan(6 * SECOND);
  });

  it('end when the rate is changed to 0', () => {
    const process = arrivals(traffic([0, 100]));
    process.apply(traffic([0, 0]), 1);
    expect(process.nextAt).toBe(Infinity);
  });

  it('are not moved by a change that leaves the rate as it is', () => {
    const plain = until(2 * SECOND, arrivals(traffic([0, 100])));
    const same = Array.from({ length: 19 }, (_, k) => [(k + 1) / 10, traffic([0, 100])] as const);
    const changed = until(2 * SECOND, arrivals(traffic([0, 100])), same);
    const apart = plain.map((at, i) => Math.abs(at - (changed[i] ?? NaN)));
    expect(changed.length).toBe(plain.length);
    expect(Math.max(...apart)).toBeLessThanOrEqual(1);
  });

  it('have the same gaps under another rate, stretched', () => {
    const slow = until(10 * SECOND, arrivals(traffic([0, 10])));
    const fast = until(SECOND, arrivals(traffic([0, 100])));
    expect(fast.length).toBe(slow.length);
    const apart = slow.map((at, i) => Math.abs(at - 10 * (fast[i] ?? NaN)));
    expect(Math.max(...apart)).toBeLessThanOrEqual(10);
  });

  it('have the same gaps on a ramp: the k-th arrival has the same area behind it', () => {
    const ramp = traffic([0, 0], [10, 200]);
    const curve = new RateCurve(ramp.rate);
    const onRamp = until(10 * SECOND, arrivals(ramp)).map((at) => curve.expected(0, at));
    const steady = until(10 * SECOND, arrivals(traffic([0, 100]))).map((at) => at / SECOND / 0.01);
    const apart = onRamp.map((area, i) => Math.abs(area - (steady[i] ?? NaN)));
    expect(Math.max(...apart)).toBeLessThan(1e-6);
  });

  it('come at whole nanoseconds, never before their time', () => {
    const at = until(SECOND, arrivals(traffic([0, 5000])));
    expect(at.every(Number.isSafeInteger)).toBe(true);
    const gaps = exponentialStream(new RandomStreams(`${SEED}/0`), 'service/arrivals');
    let due = 0;
    const late = at.map((rounded) => rounded - (due += (gaps.next() * SECOND) / 5000));
    // A double near 1e9 has steps of 1e-7.
    expect(Math.min(...late)).toBeGreaterThan(-1e-3);
    expect(Math.max(...late)).toBeLessThan(1 + 1e-3);
  });
});

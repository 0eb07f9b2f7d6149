// A warm-up leaves distributions and the ledger, never counts.

import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/experiment/run.ts';
import type { RunResult } from '../../src/experiment/result.ts';
import { settledAt } from '../../src/experiment/warm-up.ts';
import type { SeriesRow } from '../../src/experiment/series.ts';
import { SECOND } from '../../src/engine/time.ts';
import { scenarioOf } from '../scenario/reading.ts';

function run(text: string, ...sets: string[]): RunResult {
  const steps = simulate(scenarioOf(text, ...sets));
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** A cold pool: the first requests wait for connections that take a second to open. */
const cold = `duration: 20s
traffic: { rate: 100 }
requests: { hold: { exponential: 20ms } }
service: { instances: 2, pool: { max: 5, initial: 0, acquireTimeout: 900ms } }
database: { connect: { latency: 1s } }
objectives: [ response p99 < 10ms over run ]
`;

const sumOf = (ledger: RunResult['ledgerMs']) => Object.values(ledger).reduce((a, b) => a + b, 0);

describe('a warm-up', () => {
  const whole = run(cold);
  const warm = run(cold, 'warmup=5s');

  it('leaves every count, failure, series and objective as it is', () => {
    expect(whole.failures['acquire-timeout']).toBeGreaterThan(0);
    const untouched = (result: RunResult) => {
      const { requests, attempts, failures, goodput, wastedWork, pool, database } = result;
      const { bottleneck, series, alerts, timeline, phases, outage, objectives } = result;
      return [
        ...[requests, attempts, failures, goodput, wastedWork, pool, database],
        ...[bottleneck, series, alerts, timeline, phases, outage, objectives],
      ];
    };
    expect(untouched(warm)).toEqual(untouched(whole));
    expect(warm.services[0]?.requests).toEqual(whole.services[0]?.requests);
    expect([whole.warmupSeconds, warm.warmupSeconds]).toEqual([undefined, 5]);
  });

  it('leaves out of the times what was measured before its end', () => {
    expect(whole.response.maxMs).toBeGreaterThan(800);
    expect(warm.response.maxMs).toBeLessThan(500);
    expect(warm.opening.count).toBe(0);
    expect(warm.opening.meanMs).toBeNull();
    const later = whole.series.completed.slice(5 / whole.series.windowSeconds);
    expect(warm.response.count).toBe(later.reduce((a, b) => a + b, 0));
    expect(warm.services[0]?.response).toEqual(warm.response);
  });

  it('leaves a ledger that adds up to the mean response time', () => {
    expect(warm.response.meanMs).not.toBe(whole.response.meanMs);
    expect(sumOf(warm.ledgerMs)).toBeCloseTo(warm.response.meanMs ?? NaN, 8);
    expect(sumOf(whole.ledgerMs)).toBeCloseTo(whole.response.meanMs ?? NaN, 8);
  });

  it('knows the largest time exactly if it came later, else to its bucket', () => {
    const late = run(cold, 'warmup=1ms');
    expect(late.response.maxMs).toBe(whole.response.maxMs);
  });

  it('is found by the run itself with auto, somewhere before its half', () => {
    const auto = run(cold, 'warmup=auto');
    expect(auto.warmupSeconds).toBeGreaterThanOrEqual(1);
    expect(auto.warmupSeconds).toBeLessThanOrEqual(10.5);
    expect(auto.response.maxMs).toBeLessThan(500);
    expect(sumOf(auto.ledgerMs)).toBeCloseTo(auto.response.meanMs ?? NaN, 8);
    const fixed = run(cold, `warmup=${String((auto.warmupSeconds ?? NaN) * 1000)}ms`);
    expect(fixed.response).toEqual(auto.response);
  });

  it('of zero is none', () => {
    expect(run(cold, 'warmup=0s')).toEqual(whole);
  });
});

describe('the end of a transient', () => {
  const grid = Array.from({ length: 61 }, (_, i) => i * SECOND);
  const rowsOf = (meansNs: readonly number[]) =>
    meansNs.map((mean, i) => ({
      fromNs: i * SECOND,
      responses: mean === 0 ? { count: 0, total: 0 } : { count: 10, total: mean * 10 },
    })) as unknown as SeriesRow[];

  it('is where the window series levels out, rounded up to the grid', () => {
    const means = Array.from({ length: 60 }, (_, i) => (i < 10 ? 1000 - i * 50 : 100 + (i % 2)));
    expect(settledAt(rowsOf(means), grid)).toEqual({ atNs: 10 * SECOND, reached: true });
    const coarse = grid.filter((_, i) => i % 4 === 0);
    expect(settledAt(rowsOf(means), coarse)).toEqual({ atNs: 12 * SECOND, reached: true });
  });

  it('passes over windows in which nobody was answered', () => {
    const means = Array.from({ length: 60 }, (_, i) => (i < 5 ? 0 : i < 15 ? 1000 : 100 + (i % 2)));
    expect(settledAt(rowsOf(means), grid)).toEqual({ atNs: 15 * SECOND, reached: true });
  });

  it('is not known of a run that grows all the time, or that is too short', () => {
    const growing = Array.from({ length: 60 }, (_, i) => 1000 + i * i * i);
    expect(settledAt(rowsOf(growing.reverse()), grid).reached).toBe(false);
    expect(settledAt(rowsOf([1, 2, 3]), grid)).toEqual({ atNs: 0, reached: false });
  });
});

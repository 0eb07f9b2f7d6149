// What a run is expected to cost, and the rate at the onset, when traffic has no scheduled rate.

import { describe, expect, it } from 'vitest';
import { expectedRequests } from '../../src/experiment/settings-history.ts';
import { simulate } from '../../src/experiment/run.ts';
import { expectedArrivals } from '../../src/experiment/expected-arrivals.ts';
import { databaseSettings, holding, serviceSettings, trafficOf } from '../support/small-system.ts';
import { scenarioOf } from '../scenario/reading.ts';

function scenario(traffic: string, rest = '') {
  return scenarioOf(
    `duration: 100s\ntraffic: ${traffic}\nrequests: { hold: 100ms }\n` +
      `service: { pool: { max: 5 } }\n${rest}`,
  );
}

function resultOf(of: ReturnType<typeof scenario>) {
  const run = simulate(of);
  for (;;) {
    const step = run.next();
    if (step.done === true) return step.value;
  }
}

describe('expected requests', () => {
  it.each([
    ['{ rate: 10 }', 1000],
    ['{ rate: 10, arrivals: { batch: 5 } }', 1000],
    ['{ bursts: [{ at: 0s, count: 7 }, { at: 50s, count: 3 }, { at: 2m, count: 9 }] }', 10],
    // 20 users, each a request every 900 ms + 100 ms.
    ['{ users: 20, think: 900ms }', 2000],
    ['{ users: [{ at: 0s, users: 0 }, { at: 100s, users: 20 }], think: 900ms }', 1000],
    ['{ rate: 10, bursts: [{ at: 1s, count: 1 }], users: 20, think: 900ms }', 3001],
  ])('of %s are %d', (traffic, expected) => {
    expect(expectedRequests(scenario(traffic))).toBeCloseTo(expected, 6);
  });

  it('follow the timeline', () => {
    const timeline = 'timeline: [{ at: 50s, title: more, set: { traffic.users: 40 } }]\n';
    expect(expectedRequests(scenario('{ users: 20, think: 900ms }', timeline))).toBe(3000);
  });

  it('of a trace are its rows', () => {
    const trace = { atNs: Float64Array.of(0, 1, 1, 5, 9), holdNs: null };
    const service = serviceSettings({ traffic: trafficOf({ trace }), requests: [holding(1)] });
    expect(expectedArrivals(service, databaseSettings(), 1, 9)).toBe(3);
  });
});

describe('the rate at the onset', () => {
  it('is the scheduled one of open traffic', () => {
    const { onset } = resultOf(scenario('{ rate: 80, arrivals: deterministic }')).bottleneck;
    expect(onset?.rps).toBe(80);
  });

  it('is observed over ten seconds where users and bursts have none', () => {
    const { onset } = resultOf(scenario('{ users: 100, think: 900ms }')).bottleneck;
    // 5 connections of 100 ms: users can send 50 a second, after the first 100 in the first second.
    expect(onset?.rps).toBeGreaterThan(50);
    expect(onset?.rps).toBeLessThan(60);
    expect(onset?.offeredLoad).toBeCloseTo((onset?.rps ?? NaN) / 50, 3);
  });

  it('counts a burst that begins it', () => {
    const { onset } = resultOf(scenario('{ bursts: [{ at: 20s, count: 1000 }] }')).bottleneck;
    expect(onset?.afterSeconds).toBe(20);
    // 1000 in ten seconds, or in the eleven windows that touch them.
    expect(onset?.rps).toBeGreaterThan(1000 / 11.01);
    expect(onset?.rps).toBeLessThanOrEqual(100);
  });
});

import { expect, test } from 'vitest';
import { judgedRun, type JudgedInput } from '../../src/experiment/judged-run.ts';
import { begin } from '../../src/experiment/works.ts';
import { MINUTE, SECOND } from '../../src/engine/time.ts';
import type { RunResult } from '../../src/experiment/result.ts';
import { scenarioOf } from './small-run.ts';

/** Ten minutes with a surge in the middle that this many connections hold or do not hold. */
function surge(max: number) {
  return scenarioOf({
    duration: '10m',
    seed: 7,
    traffic: {
      rate: [
        { at: '2m', rps: 40 },
        { at: '3m', rps: 90 },
        { at: '6m', rps: 90 },
        { at: '7m', rps: 40 },
      ],
    },
    requests: [{ name: 'page', query: { exponential: '100ms' } }],
    service: { instances: 1, pool: { max, acquireTimeout: '2s' } },
    database: { cores: 8, roundTrip: '0s' },
    objectives: [
      'response p99 < 1s over 1m',
      'errors < 1%',
      'acquire p95 < 200ms during 3m..6m',
      'goodput > 20/s over run',
    ],
  });
}

function judged(input: Omit<JudgedInput, 'seed' | 'replication'>) {
  const run = judgedRun({ seed: 'x', replication: 3, ...input });
  let step = run.next();
  while (step.done !== true) step = run.next();
  return step.value;
}

test.each([8, 10, 12, 20])(
  'judges a run as the run itself is judged, with %i connections',
  (max) => {
    const scenario = surge(max);
    const run = begin('run', { scenario, seed: 'x', replication: 3 });
    let step = run.next();
    while (step.done !== true) step = run.next();
    const { objectives, requests } = step.value as RunResult;
    const { values, met, arrived, isCutShort } = judged({ scenario, stopsWhenMissed: false });
    expect(arrived).toBe(requests.arrived);
    expect(isCutShort).toBe(false);
    expect(met).toBe(objectives.every((one) => one.met));
    values.forEach((value, i) => {
      const expected = objectives[i]?.value;
      if (value === Infinity) expect(expected).toBe('infinite');
      else expect(value).toBeCloseTo(Number(expected), 9);
    });
  },
);

test('a run ends where an objective is surely missed, and only there', () => {
  const missed = judged({ scenario: surge(8), stopsWhenMissed: true });
  expect(missed).toMatchObject({ met: false, isCutShort: true });
  expect(missed.endedNs).toBeGreaterThan(2 * MINUTE);
  expect(missed.endedNs).toBeLessThan(7 * MINUTE);
  const met = judged({ scenario: surge(20), stopsWhenMissed: true });
  expect(met).toMatchObject({ met: true, isCutShort: false, endedNs: 10 * MINUTE });
});

test('a run up to an instant is the beginning of the whole run', () => {
  const scenario = surge(8);
  const untilNs = 90 * SECOND;
  const part = judged({ scenario, untilNs, stopsWhenMissed: true });
  expect(part).toMatchObject({ met: true, isCutShort: false, endedNs: untilNs, backlog: null });
  const whole = judged({ scenario, stopsWhenMissed: false });
  expect(part.arrived).toBeLessThan(whole.arrived / 5);
  expect(whole.backlog?.fromNs).toBeGreaterThan(2 * MINUTE);
  expect(whole.backlog?.toNs).toBeGreaterThan(6 * MINUTE);
  expect(whole.backlog?.toNs).toBeLessThan(8 * MINUTE);
});

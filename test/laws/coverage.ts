// Counts how many 95 % intervals hold the true value, on M/M/5 at 80 % load, whose exact values stand in
// oracle.json.

import { expect } from 'vitest';
import type { MeanInterval, RunResult } from '../../src/experiment/result.ts';
import { scenarioOf } from '../scenario/reading.ts';
import { isNightly } from '../support/nightly.ts';
import { expectedOf, oracle } from './oracle.ts';

/**
 * Of 200 intervals that hold the truth with 95 %, 190 ± 3.1 do. 180 to 198 are missed by chance once in 640
 * times; once in 270 if it is 94.5 %, and in 370 if it is 96 %. Of 20, whose runs are shorter, fewer than 12
 * do once in 30,000 times if it is 91 %; more than all cannot.
 */
const [SEEDS, FEWEST, MOST] = isNightly ? [200, 180, 198] : [20, 12, 20];
const family = process.env['TIDEMARK_TEST_SEED'] ?? 'one';

export const seeds = Array.from({ length: SEEDS }, (_, i) => `${family}/${i}`);

/** Requests of a run: so many unless the environment wants another length. */
export function runLength(nightly: number, ordinary: number): number {
  return Number(process.env['TIDEMARK_COVERAGE_REQUESTS'] ?? (isNightly ? nightly : ordinary));
}

const LOAD = 0.8;
/** The queue of oracle.json ten times as fast, because the readings of a run cost by simulated time. */
const FASTER = 10;
const PER_SECOND = LOAD * 2500;
const queue = oracle('mmc-03');
const trueMs = (name: string) => expectedOf(queue, name).value / FASTER;

export const truth = {
  meanMs: trueMs('t_mean_ms'),
  p99Ms: trueMs('t_p99_ms'),
  waitMs: trueMs('wq_mean_ms'),
  load: LOAD,
};

/**
 * A run of so many requests after its warm-up. The queue forgets in 1 ÷ (5·500/s·(1 − √load)²) = 36 ms, in
 * which 72 requests come, so that nothing is left of its empty start after a second.
 */
export function busyQueue(requests: number) {
  return scenarioOf(`duration: ${1 + requests / PER_SECOND}s
warmup: 1s
traffic: { rate: ${PER_SECOND} }
requests: { hold: { exponential: 2ms } }
service: { instances: 1, pool: { max: 5, acquireTimeout: none } }
`);
}

export function resultOf(work: Generator<unknown, RunResult>): RunResult {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

const holds = (interval: MeanInterval | null | undefined, value: number) =>
  interval !== null && interval !== undefined && interval.low <= value && interval.high >= value;

export function expectCoverage(
  intervals: readonly (MeanInterval | null | undefined)[],
  value: number,
) {
  const held = intervals.filter((interval) => holds(interval, value)).length;
  if (isNightly)
    process.stdout.write(`${held} of ${SEEDS}: ${expect.getState().currentTestName}\n`);
  expect(held).toBeGreaterThanOrEqual(FEWEST);
  expect(held).toBeLessThanOrEqual(MOST);
}

// Counts how many 95 % intervals hold the true value, on M/M/5 whose exact values stand in oracle.json.

import { expect } from 'vitest';
import type { MeanInterval, RunResult } from '../../src/experiment/result.ts';
import { scenarioOf } from '../scenario/reading.ts';
import { isNightly } from '../support/nightly.ts';
import { expectedOf, oracle } from './oracle.ts';

/**
 * Of 200 intervals that hold the truth with 95 %, 190 ± 3.1 do. 180 to 198 would be missed once in 300
 * times by chance alone. Of 20, fewer than 14 do once in 400,000 times; more than all cannot.
 */
const [SEEDS, FEWEST, MOST] = isNightly ? [200, 180, 198] : [20, 14, 20];
const family = process.env['TIDEMARK_TEST_SEED'] ?? 'one';

export const seeds = Array.from({ length: SEEDS }, (_, i) => `${family}/${i}`);

/** The same queue ten times as fast, because the readings of a run cost by simulated time. */
const FASTER = 10;

/**
 * The queue as a scenario, with its true values. It forgets in 1 ÷ (5·500/s·(1 − √load)²): 5 ms at half
 * load, 36 ms at 80 %, so that nothing is left of its empty start after the warm-up of half a second.
 */
function queueOf(name: string, load: number) {
  const queue = oracle(name);
  return {
    meanMs: expectedOf(queue, 't_mean_ms').value / FASTER,
    p99Ms: expectedOf(queue, 't_p99_ms').value / FASTER,
    waitMs: expectedOf(queue, 'wq_mean_ms').value / FASTER,
    load,
    scenario: (duration: string) =>
      scenarioOf(`duration: ${duration}
warmup: 500ms
traffic: { rate: ${load * 2500} }
requests: { hold: { exponential: 2ms } }
service: { instances: 1, pool: { max: 5, acquireTimeout: none } }
`),
  };
}

export const halfLoaded = queueOf('mmc-02', 0.5);
export const busy = queueOf('mmc-03', 0.8);

export function resultOf(work: Generator<unknown, RunResult>): RunResult {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

const holds = (interval: MeanInterval | null | undefined, truth: number) =>
  interval !== null && interval !== undefined && interval.low <= truth && interval.high >= truth;

export function expectCoverage(
  intervals: readonly (MeanInterval | null | undefined)[],
  truth: number,
) {
  const held = intervals.filter((interval) => holds(interval, truth)).length;
  if (isNightly)
    process.stdout.write(`${held} of ${SEEDS}: ${expect.getState().currentTestName}\n`);
  expect(held).toBeGreaterThanOrEqual(FEWEST);
  expect(held).toBeLessThanOrEqual(MOST);
}

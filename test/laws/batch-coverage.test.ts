// Do 95 % intervals from the batches of one long run hold the true value 95 times in 100?

import { beforeAll, describe, it } from 'vitest';
import type { RunResult, SteadyFigures } from '../../src/experiment/result.ts';
import { simulate } from '../../src/experiment/run.ts';
import { busyQueue, expectCoverage, resultOf, runLength, seeds, truth } from './coverage.ts';

describe('of the 95 % intervals by batch means of one long run', () => {
  const { meanMs, waitMs, p99Ms, load } = truth;
  let results: RunResult[];
  beforeAll(() => {
    // 30 batches of 16,000 requests, in each of which the queue forgets 220 times.
    const scenario = busyQueue(runLength(480_000, 60_000));
    results = seeds.map((seed) => resultOf(simulate(scenario, { seed })));
  });
  const steady = (figure: keyof SteadyFigures['figures']) =>
    results.map(({ steady }) =>
      steady !== null && 'figures' in steady ? steady.figures[figure] : null,
    );

  it('95 in 100 hold the mean response', () => {
    expectCoverage(steady('response.meanMs'), meanMs);
  });

  it('95 in 100 hold the mean wait', () => {
    expectCoverage(steady('acquireWait.meanMs'), waitMs);
  });

  it('95 in 100 hold the 99th percentile', () => {
    expectCoverage(steady('response.p99Ms'), p99Ms);
  });

  it('95 in 100 hold the use of the pool', () => {
    expectCoverage(steady('pool.utilisation'), load);
  });
});

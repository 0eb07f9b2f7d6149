// Do 95 % intervals over ten replications hold the true value 95 times in 100?

import { beforeAll, describe, expect, it } from 'vitest';
import { replicate, type Replications } from '../../src/experiment/replicate.ts';
import type { AcrossFigure, RunResult } from '../../src/experiment/result.ts';
import { isNightly } from '../support/nightly.ts';
import { busy, expectCoverage, halfLoaded, resultOf, seeds } from './coverage.ts';

describe('of the 95 % intervals', () => {
  const replicated = (queue: typeof busy, duration: string, replications: Replications) =>
    seeds.map((seed) => resultOf(replicate(queue.scenario(duration), replications, { seed })));

  describe('over ten replications', () => {
    const { meanMs, waitMs, p99Ms } = halfLoaded;
    let results: RunResult[];
    beforeAll(() => {
      // The 99th percentile of a short run is too low on average; 20,000 requests at half load are enough.
      results = replicated(halfLoaded, isNightly ? '16.5s' : '8.5s', { kind: 'fixed', count: 10 });
    });
    const across = (figure: AcrossFigure) => results.map((result) => result.across?.[figure]);

    it('95 in 100 hold the mean response', () => {
      expectCoverage(across('response.meanMs'), meanMs);
    });

    it('95 in 100 hold the mean wait', () => {
      expectCoverage(across('acquireWait.meanMs'), waitMs);
    });

    it('95 in 100 hold the 99th percentile', () => {
      expectCoverage(across('response.p99Ms'), p99Ms);
    });
  });

  it.runIf(isNightly)(
    '95 in 100 hold the mean response when replications stop at a precision',
    () => {
      const results = replicated(busy, '4.5s', { kind: 'precise', precision: 0.05, most: 200 });
      expect(results.filter(({ precision }) => precision?.reached !== true)).toEqual([]);
      // More than one round, or nothing would have been stopped.
      expect(results.some(({ replications }) => replications > 10)).toBe(true);
      expectCoverage(
        results.map(({ across }) => across?.['response.meanMs']),
        busy.meanMs,
      );
    },
  );
});

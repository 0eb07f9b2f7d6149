// What holds of every queue that people leave.

import { expect } from 'vitest';
import type { RenegingQueue } from '../../src/theory/deterministic-patience.ts';
import type { Queue } from '../../src/theory/queue.ts';
import { type Figures, quantiles } from './oracle-figures.ts';
import { relativeDifference } from './queues.ts';

/** Under the names of the oracle. */
export function renegingFigures(queue: RenegingQueue): Figures {
  return {
    p_wait: queue.waitProbability,
    p_abandon: queue.abandonProbability,
    throughput: queue.throughputPerSecond,
    util: queue.utilisation,
    wq_mean_served: queue.meanWaitOfServedSeconds,
    wq_mean_all: queue.meanWaitSeconds,
    lq: queue.meanPending,
    ...quantiles('wq', queue.servedWaitQuantileSeconds, '_served'),
  };
}

/** Little's law, conservation of requests, and a law of waits that its quantiles give back. */
export function expectBalance(queue: Queue, solved: RenegingQueue, share: number): void {
  const served = queue.ratePerSecond * (1 - solved.abandonProbability);
  const busy = solved.throughputPerSecond * queue.meanServiceSeconds;
  const pending = queue.ratePerSecond * solved.meanWaitSeconds;
  expect(relativeDifference(solved.throughputPerSecond, served)).toBeLessThan(1e-9);
  expect(relativeDifference(solved.utilisation * queue.servers, busy)).toBeLessThan(1e-11);
  expect(relativeDifference(solved.meanPending, pending)).toBeLessThan(1e-11);
  expect(solved.abandonProbability).toBeLessThanOrEqual(solved.waitProbability);
  expect(solved.utilisation).toBeLessThanOrEqual(1 + 1e-9);
  const wait = solved.servedWaitQuantileSeconds(share);
  const expected = Math.min(1 - share, solved.servedWaitLongerThan(0));
  expect(Math.abs(solved.servedWaitLongerThan(wait) - expected)).toBeLessThan(1e-9);
}

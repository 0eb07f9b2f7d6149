// Queues drawn at random, for laws that hold of all of them.

import fc from 'fast-check';
import type { Queue } from '../../src/theory/queue.ts';

/** A number within the range, spread evenly over its logarithm. */
export function logarithmic(low: number, high: number): fc.Arbitrary<number> {
  return fc
    .double({ min: Math.log(low), max: Math.log(high), noNaN: true })
    .map((x) => Math.exp(x));
}

/** Any queue: from idle to twice its capacity. */
export const anyQueue = queues(fc.double({ min: 0.01, max: 2, noNaN: true }));

/** A queue with a steady state. */
export const steadyQueue = queues(fc.double({ min: 0.01, max: 0.99, noNaN: true }));

function queues(utilisations: fc.Arbitrary<number>): fc.Arbitrary<Queue> {
  const servers = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 30 }) },
    { weight: 1, arbitrary: fc.integer({ min: 31, max: 2000 }) },
  );
  return fc
    .tuple(servers, utilisations, logarithmic(1e-4, 10))
    .map(([c, utilisation, meanServiceSeconds]) => ({
      ratePerSecond: (utilisation * c) / meanServiceSeconds,
      meanServiceSeconds,
      servers: c,
    }));
}

/** A share for a quantile. */
export const anyShare = fc.double({ min: 0, max: 0.9999, noNaN: true });

/** Below this a double begins to lose digits. */
const SMALLEST = 1e-290;

/** How far two numbers are apart, as a share of the larger; 0 for two equal ones, infinite too. */
export function relativeDifference(a: number, b: number): number {
  if (a === b) return 0;
  return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), SMALLEST);
}

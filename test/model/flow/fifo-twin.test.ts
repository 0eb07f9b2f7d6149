// The whole way of a request against a recursion that knows no events: a request is served by the
// connection that is free first (Kiefer and Wolfowitz), or leaves at its timeout.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../../src/model/event-log.ts';
import { fuzzed } from '../../support/fuzz.ts';
import { holding, steady, systemOf, systemSettings } from '../../support/small-system.ts';

interface Plan {
  readonly seed: number;
  readonly instances: number;
  readonly max: number;
  readonly hold: number;
  readonly timeout: number;
}

const plan: fc.Arbitrary<Plan> = fc.record({
  seed: fc.nat({ max: 100_000 }),
  instances: fc.integer({ min: 1, max: 3 }),
  max: fc.integer({ min: 1, max: 4 }),
  hold: fc.integer({ min: 1, max: 400 }),
  timeout: fc.oneof(fc.integer({ min: 0, max: 600 }), fc.constant(Infinity)),
});

/** `request outcome instant`, by the recursion. */
function byRecursion(
  arrivals: readonly number[],
  { instances, max, hold, timeout }: Plan,
): string[] {
  const freeAt = Array.from({ length: instances }, () => Array.from({ length: max }, () => 0));
  return arrivals.map((arrival, k) => {
    // Round-robin: the k-th arrival goes to instance k mod n.
    const connections = freeAt[k % instances] ?? [];
    const earliest = Math.min(...connections);
    const start = Math.max(arrival, earliest);
    if (start - arrival > timeout) return `${k + 1} fail ${arrival + timeout}`;
    connections[connections.indexOf(earliest)] = start + hold;
    return `${k + 1} complete ${start + hold}`;
  });
}

function bySimulation({ seed, instances, max, hold, timeout }: Plan) {
  const log: LoggedEvent[] = [];
  const service = {
    instances,
    requests: [holding(hold)],
    traffic: steady(1e7),
    pool: { max, acquireTimeoutNs: timeout },
  };
  const end = 20_000;
  systemOf(systemSettings([service]), { log, seed: `${seed}` }).runUntil(end);
  const arrivals = log.filter(({ name }) => name === 'arrival').map(({ atNs }) => atNs);
  const outcomes = log
    .filter(({ name }) => name === 'complete' || name === 'fail')
    .toSorted((a, b) => a.request - b.request)
    .map(({ request, name, atNs }) => `${request} ${name} ${atNs}`);
  return { arrivals, outcomes, end };
}

describe('a plain fleet of FIFO pools', () => {
  it('serves and fails each request at the instant that the recursion says', () => {
    fc.assert(
      fc.property(plan, (p) => {
        const { arrivals, outcomes, end } = bySimulation(p);
        const expected = byRecursion(arrivals, p).filter(
          (outcome) => Number(outcome.split(' ')[2]) <= end,
        );
        expect(outcomes).toEqual(expected);
      }),
      fuzzed(300),
    );
  });
});

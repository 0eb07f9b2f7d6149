// Who is served first changes nobody's mean wait and everybody's luck: last come first served has the
// mean of first come first served, and a second moment that is 1/(1 − ρ) times as large.

import { describe, expect, it } from 'vitest';
import { MILLISECOND, SECOND } from '../../src/engine/time.ts';
import { System } from '../../src/model/system.ts';
import { STANDARD_ERRORS, batchMeans } from '../support/statistics.ts';
import { requesting, steady, systemSettings } from '../support/small-system.ts';

const seeds = (process.env['TIDEMARK_TEST_SEED'] ?? 'one two').split(' ');
/** With 24 degrees of freedom, 4.5 standard errors are exceeded by chance once in 6,800 times. */
const BATCHES = 25;
const REQUESTS = 8000;

/** M/M/5 at 200 requests/s of 20 ms: ρ = 0.8. */
const [servers, perSecond, holdMs] = [5, 200, 20] as const;
const rho = (perSecond * holdMs) / 1000 / servers;

/** Mean and mean square of the wait in ms, of all requests, batch by batch. */
function waits(order: 'fifo' | 'lifo', seed: string): { means: number[]; squares: number[] } {
  const since = new Map<number, number>();
  let sums = { count: 0, wait: 0, square: 0 };
  const law = { family: 'exponential', mean: holdMs * MILLISECOND } as const;
  const system = new System({
    settings: systemSettings([
      {
        traffic: steady(perSecond),
        requests: [requesting({ kind: 'hold', hold: law })],
        pool: { max: servers, order },
      },
    ]),
    changes: [],
    alerts: [],
    seed,
    mostInFlight: 1_000_000,
    log: ({ name, request, atNs }) => {
      if (name === 'wait') since.set(request, atNs);
      if (name !== 'acquire') return;
      const wait = (atNs - (since.get(request) ?? atNs)) / MILLISECOND;
      since.delete(request);
      sums = { count: sums.count + 1, wait: sums.wait + wait, square: sums.square + wait * wait };
    },
  });
  const batches = Array.from({ length: BATCHES + 1 }, (_, k) => {
    sums = { count: 0, wait: 0, square: 0 };
    system.runUntil(((k + 1) * REQUESTS * SECOND) / perSecond);
    return { mean: sums.wait / sums.count, square: sums.square / sums.count };
  }).slice(1);
  return { means: batches.map((b) => b.mean), squares: batches.map((b) => b.square) };
}

/** Erlang's C formula by his B recursion. */
function probabilityOfWaiting(): number {
  const load = servers * rho;
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (load * blocked) / (n + load * blocked);
  return blocked / (1 - rho * (1 - blocked));
}

function expectNear(batches: readonly number[], expected: number): void {
  const { mean, standardError } = batchMeans(batches);
  expect(Math.abs(mean - expected)).toBeLessThan(STANDARD_ERRORS * standardError);
}

describe.each(seeds)('with seed %s', (seed) => {
  // Who waits while all servers are busy is served at rate cµ: first come first served gives an
  // exponential wait, last come first served a busy period of M/M/1 (Kleinrock, Queueing Systems 1, 5.10).
  const rate = servers / holdMs;
  const meanOfWaiters = 1 / (rate * (1 - rho));
  const squareOfWaiters = 2 * meanOfWaiters * meanOfWaiters;
  const share = probabilityOfWaiting();

  it.each([
    ['fifo', 1],
    ['lifo', 1 / (1 - rho)],
  ] as const)('%s has the mean wait of theory, and its second moment', (order, times) => {
    const { means, squares } = waits(order, seed);
    expectNear(means, share * meanOfWaiters);
    expectNear(squares, share * squareOfWaiters * times);
  });
});

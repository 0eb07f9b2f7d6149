// M/PH/c with services of two phases: hyperexponential (one of two exponential times) or two
// exponential stages, one after the other. Source: Neuts, _Matrix-Geometric Solutions in Stochastic
// Models_ (1981).

import type { WaitingQueue } from './erlang-c.ts';
import { type Matrix, matrixOf, total } from './matrix.ts';
import { quasiBirthDeath } from './quasi-birth-death.ts';
import { requireQueue } from './queue.ts';
import { requireNotNegative, requirePositive } from './require-number.ts';

/** The law of the service. */
export type TwoPhases =
  | {
      readonly kind: 'either';
      /** The probability of the first. */
      readonly firstShare: number;
      readonly meanSeconds: readonly [number, number];
    }
  | { readonly kind: 'in-turn'; readonly meanSeconds: readonly [number, number] };

/** Poisson arrivals at so many servers with services of two phases. */
export interface PhaseQueue {
  readonly ratePerSecond: number;
  readonly service: TwoPhases;
  readonly servers: number;
}

/**
 * Exact, as a chain of the number present and how many are in their first phase. Infinity where there
 * is no steady state. Steps: the fourth power of the servers, so some hundred of them at most.
 *
 * @throws RangeError for a queue that means nothing
 */
export function phaseServiceQueue({ ratePerSecond, service, servers }: PhaseQueue): WaitingQueue {
  const meanServiceSeconds = meanOf(service);
  requireQueue({ ratePerSecond, meanServiceSeconds, servers });
  const load = ratePerSecond * meanServiceSeconds;
  const { waitProbability, pending } =
    load < servers
      ? solve(ratePerSecond, service, servers)
      : { waitProbability: 1, pending: Infinity };
  const meanWaitSeconds = pending / ratePerSecond;
  return {
    utilisation: load / servers,
    waitProbability,
    meanWaitSeconds,
    meanWaitOfWaitersSeconds: meanWaitSeconds / waitProbability,
    meanResponseSeconds: meanWaitSeconds + meanServiceSeconds,
    meanPending: pending,
    meanInSystem: pending + load,
  };
}

function meanOf(service: TwoPhases): number {
  const [first, second] = service.meanSeconds;
  requirePositive('the mean of the first phase', first);
  requirePositive('the mean of the second phase', second);
  if (service.kind === 'in-turn') return first + second;
  requireNotNegative('firstShare', service.firstShare);
  requireNotNegative('1 − firstShare', 1 - service.firstShare);
  return service.firstShare * first + (1 - service.firstShare) * second;
}

/** The phase of a level is how many of those in service are in their first phase. */
function solve(ratePerSecond: number, service: TwoPhases, servers: number) {
  const [firstRate, secondRate] = service.meanSeconds.map((mean) => 1 / mean) as [number, number];
  const beginsFirst = service.kind === 'either' ? service.firstShare : 1;
  const inTurn = service.kind === 'in-turn';
  const inService = (n: number) => Math.min(n, servers);

  /** A matrix of these rates, by the phase before and what is added to it. */
  const rates = (from: number, to: number, of: (first: number, added: number) => number): Matrix =>
    matrixOf(inService(from) + 1, inService(to) + 1, (i, j) => of(i, j - i));

  const law = quasiBirthDeath({
    servers,
    up: (n) =>
      rates(n, n + 1, (_, added) => {
        if (n >= servers) return added === 0 ? ratePerSecond : 0;
        if (added === 1) return ratePerSecond * beginsFirst;
        return added === 0 ? ratePerSecond * (1 - beginsFirst) : 0;
      }),
    within: (n) => rates(n, n, (first, added) => (inTurn && added === -1 ? first * firstRate : 0)),
    down: (n) =>
      rates(n, n - 1, (first, added) => {
        const firstEnds = inTurn ? 0 : first * firstRate;
        const secondEnds = (inService(n) - first) * secondRate;
        if (n <= servers) return added === -1 ? firstEnds : added === 0 ? secondEnds : 0;
        // Whoever waited longest takes the place.
        if (added === -1) return firstEnds * (1 - beginsFirst);
        if (added === 0) return firstEnds * beginsFirst + secondEnds * (1 - beginsFirst);
        return added === 1 ? secondEnds * beginsFirst : 0;
      }),
  });
  return { waitProbability: total(law.busy), pending: law.pending };
}

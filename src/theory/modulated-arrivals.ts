// MMPP(2)/M/c: a Poisson stream that changes between two rates, as calm and bursts do. Source: Neuts,
// _Matrix-Geometric Solutions in Stochastic Models_ (1981).

import { plus, identity, inverse, rowTimes, total } from './matrix.ts';
import { poissonAverage } from './poisson-average.ts';
import { quasiBirthDeath } from './quasi-birth-death.ts';
import { requestsPerSecond } from './queue.ts';
import { requireNotNegative, requirePositive, requireWhole } from './require-number.ts';
import { timeQuantile } from './time-quantile.ts';

/** One of the two states of the stream. */
export interface ArrivalPhase {
  readonly ratePerSecond: number;
  /** The mean of the exponential time that the stream stays here. */
  readonly meanSojournSeconds: number;
}

/** Arrivals of two phases in turn at so many servers. */
export interface ModulatedQueue {
  readonly phases: readonly [ArrivalPhase, ArrivalPhase];
  readonly meanServiceSeconds: number;
  readonly servers: number;
}

/** The steady state; Infinity where the mean rate leaves none. */
export interface ModulatedArrivals {
  readonly meanRatePerSecond: number;
  readonly utilisation: number;
  /** The share of arrivals that finds every server busy: more than the share of time, in bursts. */
  readonly waitProbability: number;
  /** The share of time with every server busy. */
  readonly allBusyProbability: number;
  readonly meanWaitSeconds: number;
  readonly meanPending: number;
  readonly waitLongerThan: (seconds: number) => number;
  readonly waitQuantileSeconds: (share: number) => number;
}

const NEGLIGIBLE = 1e-17;
const MOST_WAITING = 1e6;

/** @throws RangeError for a queue that means nothing; a rate may be 0 in one phase */
export function modulatedArrivals(queue: ModulatedQueue): ModulatedArrivals {
  const { phases, meanServiceSeconds, servers } = queue;
  requirePositive('meanServiceSeconds', meanServiceSeconds);
  requireWhole('servers', servers, 1);
  const meanRatePerSecond = meanRate(phases);
  const utilisation = (meanRatePerSecond * meanServiceSeconds) / servers;
  const perSecond = requestsPerSecond(queue);
  if (utilisation >= 1) return overloaded(meanRatePerSecond, utilisation);

  const rates = phases.map(({ ratePerSecond }) => ratePerSecond);
  const leaving = phases.map(({ meanSojournSeconds }) => 1 / meanSojournSeconds);
  const diagonal = (values: readonly number[]) =>
    values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));
  const law = quasiBirthDeath({
    servers,
    up: () => diagonal(rates),
    within: () => [
      [0, leaving[0] ?? 0],
      [leaving[1] ?? 0, 0],
    ],
    down: (n) => diagonal(rates.map(() => Math.min(n, servers) / meanServiceSeconds)),
  });

  // Shares of arrivals, not of time: each phase weighs what arrives in it. Entry i: at least i wait.
  const rest = inverse(plus(identity(2), law.ratio, -1));
  const found: number[] = [];
  let level = law.full;
  do {
    found.push(weighed(rowTimes(level, rest), rates) / meanRatePerSecond);
    level = rowTimes(level, law.ratio);
  } while ((found.at(-1) ?? 0) > NEGLIGIBLE && found.length < MOST_WAITING);
  const waitLongerThan = (seconds: number): number => {
    requireNotNegative('seconds', seconds);
    return poissonAverage(perSecond * seconds, (n) => found[n] ?? 0);
  };

  return {
    meanRatePerSecond,
    utilisation,
    waitProbability: found[0] ?? 0,
    allBusyProbability: total(law.busy),
    meanWaitSeconds: law.pending / meanRatePerSecond,
    meanPending: law.pending,
    waitLongerThan,
    waitQuantileSeconds: (share) => timeQuantile(waitLongerThan, share, meanServiceSeconds),
  };
}

function meanRate(phases: ModulatedQueue['phases']): number {
  let arrived = 0;
  let seconds = 0;
  for (const { ratePerSecond, meanSojournSeconds } of phases) {
    requireNotNegative('ratePerSecond', ratePerSecond);
    requirePositive('meanSojournSeconds', meanSojournSeconds);
    arrived += ratePerSecond * meanSojournSeconds;
    seconds += meanSojournSeconds;
  }
  requirePositive('the mean rate', arrived / seconds);
  return arrived / seconds;
}

function weighed(values: readonly number[], weights: readonly number[]): number {
  return values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
}

function overloaded(meanRatePerSecond: number, utilisation: number): ModulatedArrivals {
  return {
    meanRatePerSecond,
    utilisation,
    waitProbability: 1,
    allBusyProbability: 1,
    meanWaitSeconds: Infinity,
    meanPending: Infinity,
    waitLongerThan: () => 1,
    waitQuantileSeconds: () => Infinity,
  };
}

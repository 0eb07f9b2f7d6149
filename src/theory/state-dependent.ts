// A pool of connections over a database whose speed depends on how many queries run.

import { birthDeathProbabilities, meanOver } from './birth-death.ts';
import { requirePositive, requireShare, requireWhole } from './require-number.ts';

export interface PoolOverDatabase {
  /** Mean arrivals a second, in a Poisson stream. */
  readonly ratePerSecond: number;
  /** Connections: whole and at least 1. Whoever finds all of them taken waits in line. */
  readonly poolMax: number;
  /** Queries finished a second while n run, 1 ≤ n ≤ poolMax: above 0 and finite. */
  readonly databaseRate: (n: number) => number;
}

/**
 * The steady state. There is none from a rate of databaseRate(poolMax) on: then everybody waits, and
 * every wait is Infinity.
 */
export interface StateDependentPool {
  /** What the full pool gets through: databaseRate(poolMax). */
  readonly capacityPerSecond: number;
  /** The share of arrivals that finds every connection taken. */
  readonly waitProbability: number;
  /** Mean wait for a connection, those who do not wait included. */
  readonly meanWaitSeconds: number;
  /** Mean time that a connection is held. */
  readonly meanHoldSeconds: number;
  /** Wait and hold together. */
  readonly meanResponseSeconds: number;
  /** The mean number of connections held. */
  readonly meanActive: number;
  /** The mean number of requests waiting. */
  readonly meanPending: number;
  /** The probability of waiting for a connection longer than this. */
  waitLongerThan(seconds: number): number;
  /** The wait that this share of arrivals stays within (0 ≤ share < 1). */
  waitQuantileSeconds(share: number): number;
}

/**
 * Exponential work, shared equally by those who run. Up to poolMax the chain climbs against its own
 * rates; above, all connections stay taken and it is the tail of an M/M/1 queue served at the rate of
 * the full pool, so that a wait is exponential at the rate capacity − arrivals. Gross and Harris,
 * section 2.9 (state-dependent service). Steps: twice poolMax.
 *
 * @throws RangeError when the arrival rate is not above 0, poolMax is not whole, or the database's rate
 * is not above 0 somewhere
 */
export function stateDependentPool(pool: PoolOverDatabase): StateDependentPool {
  const { ratePerSecond, poolMax, databaseRate } = pool;
  requirePositive('ratePerSecond', ratePerSecond);
  requireWhole('poolMax', poolMax, 1);
  for (let n = 1; n <= poolMax; n++) requirePositive(`databaseRate(${n})`, databaseRate(n));
  const capacityPerSecond = databaseRate(poolMax);
  const spare = capacityPerSecond - ratePerSecond;
  if (spare <= 0) return overloaded(pool);
  const upToFull = birthDeathProbabilities(poolMax, (n) => ratePerSecond / databaseRate(n));
  const justFull = upToFull[poolMax] ?? 0;
  // The states above poolMax follow with the factor ρ each: together ρ/(1 − ρ) of the full one.
  const above = (justFull * ratePerSecond) / spare;
  const total = 1 + above;
  const waitProbability = (justFull + above) / total;
  const meanActive = (meanOver(upToFull, (n) => n) + above * poolMax) / total;
  const meanWaitSeconds = waitProbability / spare;
  const meanHoldSeconds = meanActive / ratePerSecond;
  return {
    capacityPerSecond,
    waitProbability,
    meanWaitSeconds,
    meanHoldSeconds,
    meanResponseSeconds: meanWaitSeconds + meanHoldSeconds,
    meanActive,
    meanPending: ratePerSecond * meanWaitSeconds,
    waitLongerThan: (seconds) => (seconds < 0 ? 1 : waitProbability * Math.exp(-spare * seconds)),
    waitQuantileSeconds: (share) => {
      requireShare(share);
      return Math.max(0, Math.log(waitProbability / (1 - share)) / spare);
    },
  };
}

function overloaded({ poolMax, databaseRate }: PoolOverDatabase): StateDependentPool {
  const capacityPerSecond = databaseRate(poolMax);
  return {
    capacityPerSecond,
    waitProbability: 1,
    meanWaitSeconds: Infinity,
    meanHoldSeconds: poolMax / capacityPerSecond,
    meanResponseSeconds: Infinity,
    meanActive: poolMax,
    meanPending: Infinity,
    waitLongerThan: () => 1,
    waitQuantileSeconds: (share) => {
      requireShare(share);
      return Infinity;
    },
  };
}

export interface SharedCores {
  readonly cores: number;
  /** Mean work of a query that runs alone. */
  readonly meanWorkSeconds: number;
}

/** Egalitarian processor sharing: up to `cores` queries run at full speed, more share the cores. */
export function sharedCores({ cores, meanWorkSeconds }: SharedCores): (n: number) => number {
  requireWhole('cores', cores, 1);
  requirePositive('meanWorkSeconds', meanWorkSeconds);
  return (n) => Math.min(n, cores) / meanWorkSeconds;
}

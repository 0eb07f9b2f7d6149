// Laws of a service time, as far as the queue with one server needs them: three moments, and the law of
// what remains of a service at a moment when one is under way.

import { normalDistribution } from './normal.ts';
import { requireNotNegative, requirePositive } from './require-number.ts';

/** A law of positive times in seconds. */
export interface ServiceLaw {
  readonly meanSeconds: number;
  /** E[S²], in squares of seconds. */
  readonly secondMoment: number;
  /** E[S³], in cubes of seconds. */
  readonly thirdMoment: number;
  /**
   * The equilibrium residual: the probability that of a service found under way at most this remains,
   * ∫ P(S > u) du over 0 … t, divided by the mean.
   */
  readonly restWithin: (seconds: number) => number;
}

/** @throws RangeError when the time is not above 0 and finite */
export function constantLaw({ seconds }: { seconds: number }): ServiceLaw {
  requirePositive('seconds', seconds);
  return {
    meanSeconds: seconds,
    secondMoment: seconds * seconds,
    thirdMoment: seconds * seconds * seconds,
    restWithin: (t) => Math.max(0, Math.min(1, t / seconds)),
  };
}

/** @throws RangeError when the mean is not above 0 and finite */
export function exponentialLaw({ meanSeconds }: { meanSeconds: number }): ServiceLaw {
  return hyperexponentialLaw([{ weight: 1, meanSeconds }]);
}

/**
 * With the squared coefficient of variation `scv`, E[S^n] = mean^n·(1 + scv)^(n(n−1)/2).
 *
 * @throws RangeError when the mean or the squared coefficient is not above 0 and finite
 */
export function lognormalLaw(of: { meanSeconds: number; scv: number }): ServiceLaw {
  const { meanSeconds, scv } = of;
  requirePositive('meanSeconds', meanSeconds);
  requirePositive('scv', scv);
  const variance = Math.log1p(scv);
  const sigma = Math.sqrt(variance);
  const mu = Math.log(meanSeconds) - variance / 2;
  const growth = 1 + scv;
  const square = meanSeconds * meanSeconds;
  return {
    meanSeconds,
    secondMoment: square * growth,
    thirdMoment: square * meanSeconds * growth * growth * growth,
    restWithin: (t) => {
      if (t <= 0) return 0;
      const z = (Math.log(t) - mu) / sigma;
      return (t / meanSeconds) * normalDistribution(-z) + normalDistribution(z - sigma);
    },
  };
}

/** One branch of a hyperexponential law: an exponential time, taken with this probability. */
export interface ExponentialBranch {
  readonly weight: number;
  readonly meanSeconds: number;
}

/** @throws RangeError when a branch means nothing, or the weights do not add up to 1 within 1e-9 */
export function hyperexponentialLaw(branches: readonly ExponentialBranch[]): ServiceLaw {
  for (const { weight, meanSeconds } of branches) {
    requireNotNegative('weight', weight);
    requirePositive('meanSeconds', meanSeconds);
  }
  const sum = (of: (branch: ExponentialBranch) => number) =>
    branches.reduce((total, branch) => total + branch.weight * of(branch), 0);
  const weights = sum(() => 1);
  if (Math.abs(weights - 1) > 1e-9) {
    throw new RangeError(`the weights of the branches add up to 1, not ${weights}`);
  }
  const meanSeconds = sum(({ meanSeconds: m }) => m);
  return {
    meanSeconds,
    secondMoment: sum(({ meanSeconds: m }) => 2 * m * m),
    thirdMoment: sum(({ meanSeconds: m }) => 6 * m * m * m),
    restWithin: (t) =>
      t <= 0 ? 0 : sum(({ meanSeconds: m }) => -m * Math.expm1(-t / m)) / meanSeconds,
  };
}

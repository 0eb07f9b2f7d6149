/**
 * Is a mean below 0? Decided as early as the scatter allows, and wrong with at most a given probability
 * where it is further from 0 than an indifference zone. The fully sequential procedure of Kim and Nelson
 * (ACM TOMACS 11, 2001) for a comparison with a fixed limit (Andradóttir and Kim, Naval Research Logistics
 * 57, 2010).
 */
import { exp, log } from '../../engine/math.ts';
import { momentsOf } from '../../stats/moments.ts';

export interface TestPlan {
  /** The greatest probability of a wrong decision. */
  readonly alpha: number;
  /** How far from 0 a mean matters. */
  readonly indifference: number;
  /** Values from which the scatter is taken, before the first decision. */
  readonly first: number;
}

/** Of Kim and Nelson: η, and h² = 2η(n₀ − 1). */
export interface SequentialConstants {
  readonly eta: number;
  readonly hSquared: number;
}

/**
 * η = ½·[(2α ÷ comparisons)^(−2 ÷ (n₀ − 1)) − 1].
 * @param comparisons that share α: one against a limit, k − 1 among k systems
 */
export function sequentialConstants(
  alpha: number,
  first: number,
  comparisons: number,
): SequentialConstants {
  const eta = (exp((-2 / (first - 1)) * log((2 * alpha) / comparisons)) - 1) / 2;
  return { eta, hSquared: 2 * eta * (first - 1) };
}

export interface Decision {
  /** null: not decided yet. */
  readonly isBelow: boolean | null;
  /** Of how many values the decision was made. */
  readonly values: number;
}

/**
 * Adds up the values as long as their sum stays within ±R(r), R(r) = max(0, h²S² ÷ 2ε − εr ÷ 2), S² being
 * the variance of the first n₀. Where it leaves, that is the decision; the region closes by itself.
 * @param values independent, in the order in which they were drawn
 */
export function decide(values: readonly number[], plan: TestPlan): Decision {
  const { alpha, first, indifference } = plan;
  const moments = momentsOf(values.slice(0, first));
  if (values.length < first || moments === null) return { isBelow: null, values: values.length };
  const { hSquared } = sequentialConstants(alpha, first, 1);
  const reach = (hSquared * moments.variance) / (2 * indifference);
  let sum = values.slice(0, first).reduce((a, b) => a + b, 0);
  for (let r = first; ; r++) {
    const region = Math.max(0, reach - (indifference * r) / 2);
    if (Math.abs(sum) >= region) return { isBelow: sum <= 0, values: r };
    const next = values[r];
    if (next === undefined) return { isBelow: null, values: r };
    sum += next;
  }
}

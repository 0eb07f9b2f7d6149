/**
 * Probability laws of durations, as plain data. The unit is the caller's (the model uses nanoseconds).
 * A request carries only a *standard variate* of its law's family; `DurationLaw` turns it into a
 * duration with the parameters in force, so a changed plan also speeds up those already waiting. Of
 * erlang and gamma the shape (`stages`, `cv`) is in the variate: it is the one in force at the arrival.
 */
import { meanSquare } from './percentiles-law.ts';

export type Law =
  | { readonly family: 'constant'; readonly value: number }
  | { readonly family: 'exponential'; readonly mean: number }
  | { readonly family: 'lognormal'; readonly mean: number; readonly cv: number }
  | { readonly family: 'uniform'; readonly low: number; readonly high: number }
  /** Sum of `stages` equal exponentials; whole, 1 to 1000. */
  | { readonly family: 'erlang'; readonly mean: number; readonly stages: number }
  | { readonly family: 'gamma'; readonly mean: number; readonly cv: number }
  /** With each probability the exponential of that branch. */
  | { readonly family: 'hyperexponential'; readonly branches: readonly Branch[] }
  /** P(X > x) = (low ÷ x)^shape from low = mean·(shape − 1) ÷ shape on; shape is above 1. */
  | { readonly family: 'pareto'; readonly mean: number; readonly shape: number }
  /** Each of these values equally often; sorted, at least one. */
  | { readonly family: 'empirical'; readonly values: Float64Array }
  | PercentilesLaw;

/** A branch of a hyperexponential law; the probabilities of all branches add up to 1. */
export interface Branch {
  readonly probability: number;
  readonly mean: number;
}

/** ln x is piecewise linear in the standard normal z, through all three percentiles, with a kink at p95. */
export interface PercentilesLaw {
  readonly family: 'percentiles';
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** What the three imply. */
  readonly mean: number;
}

/** Name of a law's family: what a change of settings may not change. */
export type LawFamily = Law['family'];

/** The mean of a law, in the law's own unit. O(values) for empirical laws. */
export function lawMean(law: Law): number {
  switch (law.family) {
    case 'constant':
      return law.value;
    case 'exponential':
    case 'lognormal':
    case 'erlang':
    case 'gamma':
    case 'pareto':
    case 'percentiles':
      return law.mean;
    case 'uniform':
      return (law.low + law.high) / 2;
    case 'hyperexponential':
      return law.branches.reduce((sum, { probability, mean }) => sum + probability * mean, 0);
    case 'empirical':
      return law.values.reduce((sum, value) => sum + value, 0) / law.values.length;
  }
}

/**
 * Squared coefficient of variation: variance ÷ mean². Infinity where the variance is infinite (pareto
 * with a shape up to 2); 0 for a law that is always 0. O(values) for empirical laws.
 */
export function lawScv(law: Law): number {
  const mean = lawMean(law);
  if (mean === 0) return 0;
  switch (law.family) {
    case 'constant':
      return 0;
    case 'exponential':
      return 1;
    case 'lognormal':
    case 'gamma':
      return law.cv * law.cv;
    case 'uniform':
      return square((law.high - law.low) / mean) / 12;
    case 'erlang':
      return 1 / law.stages;
    case 'hyperexponential':
      return law.branches.reduce((sum, b) => sum + 2 * b.probability * square(b.mean / mean), -1);
    case 'pareto':
      return paretoScv(law.shape);
    case 'empirical':
      return law.values.reduce((sum, x) => sum + square(x / mean - 1), 0) / law.values.length;
    case 'percentiles':
      return meanSquare(law) / (mean * mean) - 1;
  }
}

function paretoScv(shape: number): number {
  return shape > 2 ? 1 / (shape * (shape - 2)) : Infinity;
}

function square(x: number): number {
  return x * x;
}

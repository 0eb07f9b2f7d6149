/** What arrives at a service: open traffic, bursts, users who wait for their answers, a recorded trace. */
import type { Law } from '../../engine/law.ts';

/** One corner of the rate curve. Two points at one instant are a jump. */
export interface RatePoint {
  /** Nanoseconds after the start of the run. */
  readonly atNs: number;
  /** Requests per second. */
  readonly perSecond: number;
}

/** How open arrivals scatter around the rate; whatever the kind, the rate is the mean rate of requests. */
export type Arrivals =
  | { readonly kind: 'poisson' }
  /** Evenly spaced, the first as soon as the rate is above 0. */
  | { readonly kind: 'deterministic' }
  /** Gaps are sums of so many exponential stages: the more, the more even. */
  | { readonly kind: 'erlang'; readonly stages: number }
  /** Several requests at one instant; the instants are Poisson. */
  | { readonly kind: 'batch'; readonly sizes: readonly BatchSize[] }
  /**
   * Poisson whose rate is switched by chance between two levels around the mean (a two-state Markov
   * modulated Poisson process). The phases last exponentially long.
   */
  | {
      readonly kind: 'mmpp';
      /** Busy rate ÷ calm rate. */
      readonly ratio: number;
      /** Mean length of the calm phases. */
      readonly calmNs: number;
      /** Mean length of the busy phases. */
      readonly busyNs: number;
    };

/** A size of batches; its share of all batches is weight ÷ sum of weights. */
export interface BatchSize {
  readonly size: number;
  readonly weight: number;
}

/** So many requests at one instant. */
export interface Burst {
  readonly atNs: number;
  readonly count: number;
}

/** One corner of the curve of the population. Two points at one instant are a jump. */
export interface UserPoint {
  readonly atNs: number;
  readonly users: number;
}

/** Users who send a request, wait for its outcome, think, and send the next. */
export interface UserSettings {
  /** At least one point, in order of time; constant before the first and after the last. */
  readonly points: readonly UserPoint[];
  /** How long a user thinks between an outcome and the next request. */
  readonly think: Law;
}

/** Recorded arrivals. */
export interface TraceSettings {
  /** Whole ns after the start, ascending. */
  readonly atNs: Float64Array;
  /** How long each of them keeps its connection, whole ns, −1: not recorded; null: none is. */
  readonly holdNs: Float64Array | null;
}

/** All of these add up. */
export interface TrafficSettings {
  /** How the open arrivals scatter. */
  readonly arrivals: Arrivals;
  /**
   * Mean rate of the open arrivals: at least one point, in order of time; constant before the first and
   * after the last. One point of rate 0 when there are none.
   */
  readonly rate: readonly RatePoint[];
  /** In order of time. */
  readonly bursts: readonly Burst[];
  readonly users: UserSettings | null;
  readonly trace: TraceSettings | null;
}

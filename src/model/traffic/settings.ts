/** What arrives: an open Poisson stream whose rate is piecewise linear in time. */

/** One corner of the rate curve. Two points at one instant are a jump. */
export interface RatePoint {
  /** Nanoseconds after the start of the run. */
  readonly atNs: number;
  /** Requests per second. */
  readonly perSecond: number;
}

/** Open arrivals; constant before the first point and after the last. */
export interface TrafficSettings {
  readonly arrivals: 'poisson';
  /** At least one point, in order of time. */
  readonly rate: readonly RatePoint[];
}

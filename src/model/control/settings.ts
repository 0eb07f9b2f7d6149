/** What is measured over a stretch of time and compared with a limit; alerts evaluated as Prometheus does. */

/** The distributions of the result that have percentiles. */
export type DistributionName = 'response' | 'acquire' | 'use' | 'opening';

/**
 * A figure of a stretch of time. `percentile`: seconds at probability `p`, a failed request counting as
 * infinitely slow (`response`: failed and abandoned requests; `acquire`: acquire timeouts, full pools and refusals).
 * `mean`: seconds over those that ended well. `errors`: (failed + abandoned) ÷ (completed + failed +
 * abandoned). The two utilisations are shares, `pool-pending` is a time-weighted number of waiting
 * requests, the rates are per second.
 */
export type Metric =
  | { readonly kind: 'percentile'; readonly of: DistributionName; readonly p: number }
  | { readonly kind: 'mean'; readonly of: DistributionName }
  | { readonly kind: 'errors' }
  | { readonly kind: 'pool-utilisation' }
  | { readonly kind: 'pool-pending' }
  | { readonly kind: 'database-utilisation' }
  | { readonly kind: 'arrival-rate' }
  | { readonly kind: 'goodput' };

export type Comparison = '<' | '<=' | '>' | '>=';

/** metric, comparison, limit: seconds for durations, a fraction for shares, per second for rates. */
export interface Condition {
  readonly metric: Metric;
  readonly comparison: Comparison;
  readonly limit: number;
}

/**
 * An alert rule. Every `everyNs` the condition is evaluated over the last `overNs`; it fires at an
 * evaluation when it has held at each of them for at least `forNs`, and resolves at the first at which it
 * does not hold. `per: instance`: each instance has its own state.
 */
export interface AlertSettings {
  readonly name: string;
  /** `dashboard`: what people see; `automated`: what calls them. */
  readonly kind: 'dashboard' | 'automated';
  readonly condition: Condition;
  readonly overNs: number;
  readonly forNs: number;
  readonly everyNs: number;
  readonly per: 'fleet' | 'instance';
}

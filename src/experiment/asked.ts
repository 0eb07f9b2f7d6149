/** Of which distributions a run is asked quantiles: the buckets of the others need not be read. */
import type { DistributionName } from '../model/control/settings.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** Those of series, outage and steady state, and those of objectives and alerts. */
export function askedOf({ objectives, alerts }: Scenario): ReadonlySet<DistributionName> {
  const metrics = [...objectives, ...alerts].map(({ condition }) => condition.metric);
  const judged = metrics.flatMap((metric) => (metric.kind === 'percentile' ? [metric.of] : []));
  return new Set<DistributionName>(['response', 'acquire', ...judged]);
}

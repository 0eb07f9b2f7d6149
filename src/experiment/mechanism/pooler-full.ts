/** A pooler whose server connections are all taken: clients wait there, and so requests wait in their pools. */
import { MILLISECOND } from '../../engine/time.ts';
import type { System } from '../../model/system.ts';
import { findProfile } from '../../scenario/profiles.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { rounded, roundedOrNull } from '../rounding.ts';
import type { SeriesRow } from '../series.ts';
import type { Mechanism } from './mechanism.ts';
import { poolerNames } from './setting-names.ts';

/** null: there is no pooler, or nobody ever waited there. */
export function poolerFullOf(
  { pooler }: System,
  { system }: Scenario,
  rows: readonly SeriesRow[],
): Mechanism | null {
  const mostWaiting = Math.max(0, ...rows.map((row) => row.pooler?.waiting ?? 0));
  if (pooler === null || mostWaiting === 0) return null;
  const { max, profile, policy } = pooler.settings.pool;
  const clients = system.services.reduce((sum, s) => sum + s.instances * s.pool.max, 0);
  const ms = (ns: number | null) => roundedOrNull(ns === null ? null : ns / MILLISECOND);
  return {
    name: 'pooler-full',
    service: 'database.pooler',
    settings: poolerNames(profile),
    evidence: {
      product: findProfile(profile)?.product ?? profile,
      mode: policy.stickiness,
      max: max === Infinity ? null : max,
      clients: clients === Infinity ? null : clients,
      meanWaitMs: ms(pooler.wait.mean),
      p99WaitMs: ms(pooler.wait.quantile(0.99)),
      mostWaiting: rounded(mostWaiting),
      timeouts: pooler.pool.timeouts,
    },
  };
}

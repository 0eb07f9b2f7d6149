/** A pooler whose server connections are all taken: clients wait there, and so requests wait in their pools. */
import { MILLISECOND } from '../../engine/time.ts';
import { lawMean } from '../../engine/law.ts';
import type { Pooler } from '../../model/pooler/pooler.ts';
import type { PoolerSettings } from '../../model/pooler/settings.ts';
import type { SystemSettings } from '../../model/settings.ts';
import type { System } from '../../model/system.ts';
import { findProfile } from '../../scenario/profiles.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { NEARLY_FULL } from '../pool-levels.ts';
import { rounded, roundedOrNull } from '../rounding.ts';
import type { SeriesRow } from '../series.ts';
import { settingsInForce } from '../settings-history.ts';
import type { Mechanism, PoolerFull } from './mechanism.ts';
import { admittedBy } from './refused.ts';
import { poolerNames } from './setting-names.ts';

/** The window in which most clients waited, and what was set then. */
interface Worst {
  readonly row: SeriesRow;
  readonly system: SystemSettings;
  readonly settings: PoolerSettings;
}

/** null: there is no pooler, or nobody ever waited there. */
export function poolerFullOf(
  { pooler, database }: System,
  scenario: Scenario,
  rows: readonly SeriesRow[],
): Mechanism | null {
  const worst = worstOf(scenario, rows);
  if (pooler === null || worst === null) return null;
  const { row, settings, system } = worst;
  const { max, profile, policy } = settings.pool;
  const clients = system.services.reduce((sum, s) => sum + s.instances * s.pool.max, 0);
  const ms = (ns: number | null) => roundedOrNull(ns === null ? null : ns / MILLISECOND);
  return {
    name: 'pooler-full',
    service: 'database.pooler',
    settings: poolerNames(profile),
    evidence: {
      product: findProfile(profile)?.product ?? profile,
      because: reasonOf(pooler, database.slots.refused, worst),
      mode: policy.stickiness,
      max: finite(max),
      open: rounded(row.pooler?.open ?? 0),
      used: rounded(row.pooler?.used ?? 0),
      loginsFailed: pooler.loginsFailed,
      retryMs: rounded(policy.blockFirstNs / MILLISECOND),
      connectMs: rounded(lawMean(system.database.connectLatency) / MILLISECOND),
      admitted: finite(admittedBy(system.database)),
      clients: finite(clients),
      meanWaitMs: ms(pooler.wait.mean),
      p99WaitMs: ms(pooler.wait.quantile(0.99)),
      mostWaiting: pooler.pool.peakPending,
      timeouts: pooler.pool.timeouts,
    },
  };
}

function worstOf(scenario: Scenario, rows: readonly SeriesRow[]): Worst | null {
  const waiting = ({ pooler }: SeriesRow) => pooler?.waiting ?? 0;
  const [first, ...rest] = rows;
  if (first === undefined) return null;
  const row = rest.reduce((a, b) => (waiting(b) > waiting(a) ? b : a), first);
  const system = settingsInForce(scenario, row.fromNs);
  const settings = system.database.pooler;
  return waiting(row) === 0 || settings === undefined ? null : { row, system, settings };
}

/** What keeps clients from having more server connections than they have. */
function reasonOf(pooler: Pooler, refused: number, worst: Worst): PoolerFull['because'] {
  const { row, settings, system } = worst;
  const { max, policy } = settings.pool;
  const isShort = (row.pooler?.open ?? 0) < NEARLY_FULL * max;
  if (pooler.deadlocks > 0) return 'nesting';
  if (isShort && refused > 0 && admittedBy(system.database) < max) return 'refused';
  if (isShort && pooler.loginsFailed > 0) return 'failed-logins';
  if (isShort && policy.openingsAtOnce < max) return 'one-at-a-time';
  return policy.stickiness === 'session' ? 'sessions' : 'work';
}

function finite(limit: number): number | null {
  return limit === Infinity ? null : limit;
}

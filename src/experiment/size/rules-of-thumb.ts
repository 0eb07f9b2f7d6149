/** What rules of thumb say of the same pool, with the figures that make the difference. */
import { SECOND } from '../../engine/time.ts';
import type { ServiceSettings } from '../../model/service/settings.ts';
import type { SystemSettings } from '../../model/settings.ts';
import { halfinWhittBeta, squareRootStaffing } from '../../theory/square-root-staffing.ts';
import type { Condition } from '../../model/control/settings.ts';
import { ratePerSecond } from '../steady/steady-run.ts';

export interface RuleOfThumb {
  readonly name: 'cores-and-spindles' | 'square-root';
  /** Connections: of the whole database, of one instance. */
  readonly connections: number;
  readonly of: 'database' | 'instance';
  /** For `square-root`: connections in use on average, and β. */
  readonly load?: number;
  readonly beta?: number;
  readonly holdMs?: number;
}

/** The share that may wait where no objective says it. */
const MAY_WAIT = 0.05;
/** One disk, or what stands for it. */
const SPINDLES = 1;

/**
 * @param system at the highest traffic, with the recommended size
 * @param usedShare of that size's connections on average; null: not measured
 */
export function rulesOfThumb(
  system: SystemSettings,
  service: number,
  usedShare: number | null,
  objectives: readonly Condition[],
): RuleOfThumb[] {
  const own = system.services[service] as ServiceSettings;
  const cores: RuleOfThumb = {
    name: 'cores-and-spindles',
    connections: 2 * system.database.cores + SPINDLES,
    of: 'database',
  };
  const load = (usedShare ?? 0) * own.pool.max;
  if (!(load > 0)) return [cores];
  const beta = halfinWhittBeta(mayWait(objectives));
  const perInstance = ratePerSecond({ ...system, services: [own] }) / own.instances;
  return [
    cores,
    {
      name: 'square-root',
      connections: squareRootStaffing({ load, beta }),
      of: 'instance',
      load,
      beta,
      holdMs: ((load / perInstance) * SECOND) / 1e6,
    },
  ];
}

/** An objective on the wait says which share may wait at all, nearly. */
function mayWait(objectives: readonly Condition[]): number {
  const shares = objectives.flatMap(({ metric }) =>
    metric.kind === 'percentile' && metric.of === 'acquire' && metric.p < 1 ? [1 - metric.p] : [],
  );
  return shares.length === 0 ? MAY_WAIT : Math.min(...shares);
}

/** Whether a database with some query work can be in the steady state in which it was measured. */
import { SECOND } from '../../engine/time.ts';
import type { SystemSettings } from '../../model/settings.ts';
import type { StreamSettings } from './as-measured.ts';
import { heldAtOnce, knownStreams, workStreams } from './mean-streams.ts';
import type { Works } from './trials.ts';

interface Steadiness {
  /** Share of the cores that the work keeps busy; 0 where contention does not know them. */
  readonly busy: number;
  /** Connections in use. */
  readonly held: number;
  /** Beyond so many of them less and less is done, because queries slow each other down. */
  readonly peak: number;
}

/** Cores that are busier than this are never measured in a steady state. */
const BUSY = 0.98;

export function steadinessOf(
  system: SystemSettings,
  streams: readonly StreamSettings[],
  works: Works,
): Steadiness {
  const { contention, cores } = system.database;
  const all = [...knownStreams(streams, system), ...workStreams(streams, system, works)];
  const cpu = all.reduce((sum, { perSecond, cpuNs }) => sum + perSecond * cpuNs, 0) / SECOND;
  const hasPeak = contention.kind === 'usl' && contention.kappa > 0;
  return {
    busy: contention.kind === 'cores' ? cpu / cores : 0,
    held: heldAtOnce(streams, system),
    // One connection has nobody to be slowed down by.
    peak: hasPeak ? Math.max(1, Math.sqrt((1 - contention.sigma) / contention.kappa)) : Infinity,
  };
}

export function canLast({ busy, held, peak }: Steadiness): boolean {
  return busy <= BUSY && held <= peak;
}

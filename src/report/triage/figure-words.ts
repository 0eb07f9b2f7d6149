/** The figures that tell causes apart: as an option, as a metric that people have, and in words. */
import type { EvidenceKey } from '../../experiment/diagnose/evidence.ts';

interface FigureWords {
  /** `--use-p50` */
  readonly option: string;
  /** Where it is found. */
  readonly metric: string;
}

export const figureWords: Readonly<Record<EvidenceKey, FigureWords>> = {
  active: { option: '--active', metric: 'hikaricp_connections_active' },
  max: { option: '--max', metric: 'hikaricp_connections_max' },
  pending: { option: '--pending', metric: 'hikaricp_connections_pending' },
  opening: { option: '--opening', metric: 'hikaricp_connections − _active − _idle' },
  waitP99Ms: { option: '--wait-p99', metric: 'hikaricp_connections_acquire, 99 %' },
  useP50Ms: { option: '--use-p50', metric: 'hikaricp_connections_usage, 50 %' },
  useUsualMs: { option: '--use-usual', metric: 'hikaricp_connections_usage a week ago' },
  useBeforeDeployMs: {
    option: '--use-before-deploy',
    metric: 'hikaricp_connections_usage before',
  },
  connectMs: { option: '--connect', metric: 'hikaricp_connections_creation, 50 %' },
  roundTripMs: { option: '--round-trip', metric: 'SELECT 1 from the service, or ping' },
  databaseCpu: { option: '--db-cpu', metric: 'node_cpu_seconds_total of its host' },
  running: { option: '--running', metric: "pg_stat_activity, state 'active'" },
  leastActive: {
    option: '--least-active',
    metric: 'hikaricp_connections_active, by instance',
  },
  slots: { option: '--slots', metric: 'pg_stat_activity rows / max_connections' },
  threads: { option: '--threads', metric: 'tomcat_threads_busy / _config_max' },
};

/** Every rule of the review, in the order in which findings of the same weight are shown. */
import type { Rule } from './finding.ts';
import { acquireTimeout } from './rules/acquire-timeout.ts';
import { autoscalerCeiling } from './rules/autoscaler-ceiling.ts';
import { correctedSettings } from './rules/corrected-settings.ts';
import { idleConnections } from './rules/idle-connections.ts';
import { nestedConnections } from './rules/nested-connections.ts';
import { noAcquireTimeout } from './rules/no-acquire-timeout.ts';
import { poolerClients, poolerServers, poolerSessions } from './rules/pooler.ts';
import { processes } from './rules/processes.ts';
import { rollingDeployment } from './rules/rolling-deployment.ts';
import { slowOpening } from './rules/slow-opening.ts';
import { steadyState } from './rules/steady-state.ts';
import { unlimitedPool } from './rules/unlimited-pool.ts';
import { untouchedDefaults } from './rules/untouched-defaults.ts';

export const RULES: readonly Rule[] = [
  steadyState,
  rollingDeployment,
  autoscalerCeiling,
  poolerServers,
  poolerClients,
  poolerSessions,
  unlimitedPool,
  nestedConnections,
  slowOpening,
  noAcquireTimeout,
  acquireTimeout,
  untouchedDefaults,
  correctedSettings,
  idleConnections,
  processes,
];

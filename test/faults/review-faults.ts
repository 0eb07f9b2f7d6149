/** Faults in the review of settings. */
import type { PlantedFault } from './planted-fault.ts';

const rules = 'test/experiment/review/connections.test.ts';

export const reviewFaults: readonly PlantedFault[] = [
  {
    name: 'review: a surge of pods is rounded down',
    file: 'src/scenario/import/whole-fleet.ts',
    from: 'Math.ceil((percentOf(pods.share) * replicas) / 100)',
    to: 'Math.floor((percentOf(pods.share) * replicas) / 100)',
    caughtBy: { file: rules, title: 'count a surge in whole pods, rounded up: 25 % of 9 are 3' },
  },
  {
    name: 'review: reserved connections count as free',
    file: 'src/experiment/review/connections.ts',
    from: 'maxConnections.value - reserved.value - others.value',
    to: 'maxConnections.value - others.value',
    caughtBy: {
      file: rules,
      title: 'fit on an ordinary day, and not while a deployment rolls: 100 where 97 are free',
    },
  },
  {
    name: 'review: nested transactions need a connection too few',
    file: 'src/experiment/review/rules/nested-connections.ts',
    from: 'threads.value * (each - 1) + 1',
    to: 'threads.value * (each - 1)',
    caughtBy: {
      file: 'test/experiment/review/rules.test.ts',
      title: 'say the formula with its figures',
    },
  },
];

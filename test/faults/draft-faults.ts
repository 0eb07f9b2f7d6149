/** Faults of making a first scenario: assumptions, measured holds, surges; and of naming pools in a review. */

import type { PlantedFault } from './planted-fault.ts';

const assumptions = 'test/scenario/draft/init-assumptions.test.ts';

export const draftFaults: readonly PlantedFault[] = [
  {
    name: 'draft: the mean that percentiles imply goes before one that is given',
    file: 'src/scenario/draft/measured-load.ts',
    from: '(perSecond * (meanNs ?? implied)) / SECOND',
    to: '(perSecond * (implied || (meanNs ?? 0))) / SECOND',
    caughtBy: {
      file: assumptions,
      title:
        'takes the mean of the lognormal where only percentiles are known, and the mean before it',
    },
  },
  {
    name: 'draft: the assumed fleet has no room beyond what was in use',
    file: 'src/scenario/draft/assumed-fleet.ts',
    from: 'const ROOM = 2;',
    to: 'const ROOM = 1;',
    caughtBy: {
      file: assumptions,
      title: 'has twice the connections that were in use: in more pods if those are not known',
    },
  },
  {
    name: 'draft: more pods are assumed for a pool without limit',
    file: 'src/scenario/draft/assumed-fleet.ts',
    from: 'max === Infinity ? 1 : Math.max(1, enough(max))',
    to: 'Math.max(1, enough(max))',
    caughtBy: {
      file: assumptions,
      title:
        'knows the size that a product makes of two settings, and none of a pool without limit',
    },
  },
  {
    name: 'draft: the assumed contention forbids what was measured',
    file: 'src/scenario/draft/assumed-contention.ts',
    from: 'share > SERVED',
    to: 'share < 0',
    caughtBy: {
      file: assumptions,
      title: 'is less where so many connections in use would be more than it lets through',
    },
  },
  {
    name: 'draft: a surge begins while the one before is on',
    file: 'src/scenario/draft/surge-facts.ts',
    from: 'at: formatDuration(QUIET + i * APART)',
    to: 'at: formatDuration(QUIET + i * QUIET)',
    caughtBy: {
      file: assumptions,
      title: 'has surges one after the other, each over before the next, and ends after the last',
    },
  },
  {
    name: 'init: the assumed round trip is longer than the hold',
    file: 'src/scenario/draft/init-assumptions.ts',
    from: 'Math.min(MILLISECOND, shortestNs / ROUND_TRIPS)',
    to: 'Math.max(MILLISECOND, shortestNs / ROUND_TRIPS)',
    caughtBy: { file: assumptions, title: 'can be simulated: %s' },
  },
  {
    name: 'measured: any number of connections can be unwound',
    file: 'src/scenario/measured/measurement-problems.ts',
    from: 'used <= MOST_HELD',
    to: 'used <= Infinity',
    caughtBy: {
      file: 'test/scenario/measured/measurement-faults.test.ts',
      title: 'is one with more connections in use than any server has',
    },
  },
  {
    name: 'surges: one that the timeline moves out of the run goes unsaid',
    file: 'src/scenario/moved-surges.ts',
    from: '!known.some((one) => isSame(one.path, path))',
    to: 'known.some((one) => isSame(one.path, path))',
    caughtBy: {
      file: 'test/scenario/surge-faults.test.ts',
      title: 'is warned of once, when it moves one out of the run',
    },
  },
  {
    name: 'review: findings about one pool of several do not name it',
    file: 'src/experiment/review/each-pool.ts',
    from: 'named([service.name, pool.name], judge(pool, service))',
    to: 'named([pool.name], judge(pool, service))',
    caughtBy: {
      file: 'test/experiment/review/rules.test.ts',
      title: 'begin with the name of the service, and of the pool',
    },
  },
];

/** Faults of the reasons that a verdict gives: what is named, and when. */

import type { PlantedFault } from './planted-fault.ts';

const scenarios = 'test/replay/lost-connections.test.ts';

export const mechanismFaults: readonly PlantedFault[] = [
  {
    name: 'mechanism: who holds a connection is taken for one who waits for another',
    file: 'src/model/meters/head-count.ts',
    from: 'marks[at + STATE_OF] !== STATE.pending || marks',
    to: 'marks',
    caughtBy: {
      file: scenarios,
      title:
        'does not with the same work on one connection, and a pool that is too small is only that',
    },
  },
  {
    name: 'mechanism: nobody is found to wait on a deadlocked instance',
    file: 'src/experiment/pool-course.ts',
    from: '(stuck[i] as number) > 0',
    to: '(stuck[i] as number) < 0',
    caughtBy: {
      file: scenarios,
      title: 'deadlocks after a burst and never recovers, beside an idle database',
    },
  },
  {
    name: 'mechanism: a leak is named wherever connections are lost',
    file: 'src/experiment/mechanism/leaked.ts',
    from: 'missing < NOTICEABLE || tooMany === 0 || excessOf(load, 1) > STILL * tooMany',
    to: 'missing < 0',
    caughtBy: {
      file: scenarios,
      title: 'is not what is named when the pool is too small even with all its connections',
    },
  },
  {
    name: 'mechanism: lost connections are not counted',
    file: 'src/experiment/pool-levels.ts',
    from: 'lost: pool.leaked.integral(i, now)',
    to: 'lost: 0',
    caughtBy: {
      file: scenarios,
      title: 'loses one connection after the other until nobody gets one',
    },
  },
];

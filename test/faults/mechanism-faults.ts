/** Faults of the reasons that a verdict gives: what is named, and when. */

import type { PlantedFault } from './planted-fault.ts';

const scenarios = 'test/replay/pools.test.ts';

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
];

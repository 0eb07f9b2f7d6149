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
    name: 'mechanism: an outage is named whatever comes after it',
    file: 'src/experiment/mechanism/outage.ts',
    from: 'if (hurt.byLoss && failed < MOST * total(stretches, badIn)) return null;',
    to: '',
    caughtBy: {
      file: scenarios,
      title: 'is not what is named when the pool is too small before, afterwards, or in between',
    },
  },
  {
    name: 'mechanism: the first windows after an outage count as recovery',
    file: 'src/experiment/mechanism/outage.ts',
    from: 'badIn(stretch) <= (usual + MORE_FAIL) * stretch.arrived &&',
    to: 'badIn(stretch) >= 0 &&',
    caughtBy: {
      file: scenarios,
      title: 'that nobody notices goes on until each idle connection was met, though nobody waits',
    },
  },
  {
    name: 'general pool: it hears of dead connections though it does not listen',
    file: 'src/model/pool/general/lending.ts',
    from: "if (this.policy.noticesLoss !== 'at-once') return;",
    to: '',
    caughtBy: {
      file: scenarios,
      title: 'of a second lets requests meet dead connections, which checks would find',
    },
  },
  {
    name: 'general pool: a driver knows of a loss that nobody has noticed',
    file: 'src/model/database/losses.ts',
    from: "if (noticed !== 'in-use') this.heardAt = now;",
    to: 'this.heardAt = now;',
    caughtBy: {
      file: 'test/model/flow/outage.test.ts',
      title: 'does not find without a round trip what nobody has noticed',
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

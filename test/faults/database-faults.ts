/** Faults of the database’s speed. */

import type { PlantedFault } from './planted-fault.ts';

export const databaseFaults: readonly PlantedFault[] = [
  {
    name: 'contention: V(n) is read once, when the work starts',
    file: 'src/model/database/virtual-clock.ts',
    from: 'this.shareWith(population);',
    to: 'if (this.firstEnd === Infinity) this.shareWith(population);',
    caughtBy: {
      file: 'test/model/database/shared-server.test.ts',
      title: 'slows all jobs down at the instant at which the population grows',
    },
  },
  {
    name: 'contention: a changed population does not move the ends',
    file: 'src/model/database/database.ts',
    from: 'this.server.setPopulation(this.held, this.simulation.now);\n    this.rescheduleServer();',
    to: 'this.server.setPopulation(this.held, this.simulation.now);',
    caughtBy: {
      file: 'test/model/service/request-ways.test.ts',
      title: 'counts held connections under `usl`: a hold of another service slows a query down',
    },
  },
  {
    name: 'contention: a changed law holds for nobody',
    file: 'src/model/database/virtual-clock.ts',
    from: 'this.tabulate(this.slowers.length);',
    to: '',
    caughtBy: {
      file: 'test/model/database/shared-server.test.ts',
      title: 'changes the speed of what runs when the law of the slowdown changes',
    },
  },
  {
    name: 'contention: κ goes with n² and not with n(n − 1)',
    file: 'src/model/database/contention.ts',
    from: 'contention.kappa * n * (n - 1)',
    to: 'contention.kappa * n * n',
    caughtBy: {
      file: 'test/model/database/contention.test.ts',
      title: 'follows the Universal Scalability Law under `usl`',
    },
  },
  {
    name: 'contention: fewer queries than cores run faster than alone',
    file: 'src/model/database/contention.ts',
    from: 'Math.max(1, n / cores)',
    to: 'n / cores',
    caughtBy: {
      file: 'test/model/database/contention.test.ts',
      title: 'never speeds anything up, also when nobody or one runs',
    },
  },
  {
    name: 'contention: a measured hold is slowed down once more',
    file: 'src/model/database/database.ts',
    from: 'this.beginAlone(slot, hold);',
    to: 'this.beginShared(slot, hold, 0);',
    caughtBy: {
      file: 'test/model/service/request-ways.test.ts',
      title: 'leaves a measured hold as long as it was measured under `usl`',
    },
  },
  {
    name: 'contention: what runs on the disk is slowed down by the cores',
    file: 'src/model/database/database.ts',
    from: 'return Math.round((this.table.times[slot * STRIDE + WORK] as number) * share);',
    to: 'return this.table.times[slot * STRIDE + WORK] as number;',
    caughtBy: {
      file: 'test/model/service/request-ways.test.ts',
      title: 'shares only the CPU part on cores: the rest is a delay that nobody disturbs',
    },
  },
  {
    name: 'release: a query ends with its disk part, before its CPU part',
    file: 'src/model/database/database.ts',
    from: '=== STATE.disk && this.cpuPart(slot) > 0',
    to: '=== STATE.disk && slot < 0',
    caughtBy: {
      file: 'test/model/service/request-ways.test.ts',
      title: 'shares only the CPU part on cores: the rest is a delay that nobody disturbs',
    },
  },
  {
    name: 'release: work ends a nanosecond before its time',
    file: 'src/model/database/virtual-clock.ts',
    from: 'this.slower - ROUNDING);',
    to: 'this.slower - ROUNDING - 1);',
    caughtBy: {
      file: 'test/model/database/shared-server.test.ts',
      title: 'agrees with the naive integration whatever starts and changes, to the nanosecond',
    },
  },
  {
    name: 'release: a whole end is rounded up to the next nanosecond',
    file: 'src/model/database/virtual-clock.ts',
    from: 'this.slower - ROUNDING);',
    to: 'this.slower + ROUNDING);',
    caughtBy: {
      file: 'test/model/database/shared-server.test.ts',
      title: 'does not round a whole end up to the next nanosecond, after any number of changes',
    },
  },
  {
    name: 'query: the round trip is left out',
    file: 'src/model/database/database.ts',
    from: 'if (settings.roundTripNs === 0) {',
    to: 'if (settings.roundTripNs >= 0) {',
    caughtBy: {
      file: 'test/model/service/request-ways.test.ts',
      title: 'of a query is a round trip and its work',
    },
  },
  {
    name: 'contention: CPU time counts a query from when the clock began, and not from when it did',
    file: 'src/model/database/virtual-clock.ts',
    from: 'this.spent -= weight * this.reading;',
    to: '',
    caughtBy: {
      file: 'test/model/database/shared-server.test.ts',
      title: 'agrees with the naive integration whatever starts and changes, to the nanosecond',
    },
  },
  {
    name: 'contention: the virtual clock runs on when nobody does',
    file: 'src/model/database/shared-server.ts',
    from: 'if (ends.size === 0) clock.startAnew();',
    to: '',
    caughtBy: {
      file: 'test/model/database/shared-server.test.ts',
      title: 'is as exact after 26 days that it was %s: its clock starts anew when nobody runs',
    },
  },
];

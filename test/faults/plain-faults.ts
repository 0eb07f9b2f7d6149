/** Faults of the plain flow, which has to do what the general one does. */

import type { PlantedFault } from './planted-fault.ts';

const caughtBy = {
  file: 'test/model/plain/plain-flow.test.ts',
  title: 'leaves the same books as the general one, at any instant',
};

export const plainFaults: readonly PlantedFault[] = [
  {
    name: 'plain flow: at equal instants a request arrives before work ends',
    file: 'src/model/plain/steps/plain-loops.ts',
    from: 'if (arrivalAt < workAt && arrivalAt <= giveUpAt) {',
    to: 'if (arrivalAt <= workAt && arrivalAt <= giveUpAt) {',
    caughtBy,
  },
  {
    name: 'plain flow: arrivals that were foreseen come as foreseen, whatever the rate is',
    file: 'src/model/plain/steps/plain-arrivals.ts',
    from: '  int[INT.FORESEEN] = at;\n',
    to: '',
    caughtBy,
  },
  {
    name: 'plain flow: a request gives up a nanosecond late',
    file: 'src/model/plain/steps/plain-way.ts',
    from: 'line[place + LINE.DEADLINE] = deadline;',
    to: 'line[place + LINE.DEADLINE] = deadline + 1;',
    caughtBy,
  },
  {
    name: 'plain flow: one more waits than may',
    file: 'src/model/plain/steps/plain-way.ts',
    from: 'if (pending >= num[NUM.MAX_PENDING]) {',
    to: 'if (pending > num[NUM.MAX_PENDING]) {',
    caughtBy,
  },
  {
    name: 'plain flow: a limit on those who wait holds from the beginning, whatever is set later',
    file: 'src/model/plain/plain-flow.ts',
    from: 'num[NUM.MAX_PENDING] = pool.settings.maxPending;',
    to: 'if (num[NUM.MAX_PENDING] === 0) num[NUM.MAX_PENDING] = pool.settings.maxPending;',
    caughtBy,
  },
  {
    name: 'plain flow: round trips are not booked',
    file: 'src/model/plain/steps/plain-loops.ts',
    from: 'num[NUM.TRAVELLED] += started - ready;',
    to: 'num[NUM.TRAVELLED] += 0;',
    caughtBy,
  },
  {
    name: 'plain flow: a connection that comes free does not slow down the others less',
    file: 'src/model/plain/steps/plain-clock.ts',
    from: 'num[NUM.SLOWER] = clock.slowers[held] as number;',
    to: 'num[NUM.SLOWER] = Math.max(num[NUM.SLOWER], clock.slowers[held] as number);',
    caughtBy,
  },
  {
    name: 'plain flow: the area of connections in use forgets when they were taken and given back',
    file: 'src/model/plain/steps/plain-way.ts',
    from: 'change * (num[NUM.NOW] - num[NUM.BASE]);',
    to: '0;',
    caughtBy,
  },
  {
    name: 'plain flow: the area of those who wait forgets when they left',
    file: 'src/model/plain/steps/plain-way.ts',
    from: '    num[NUM.NOW] - num[NUM.BASE];',
    to: '    0;',
    caughtBy,
  },
  {
    name: 'plain flow: sums grow until they lose a digit',
    file: 'src/model/plain/plain-flow.ts',
    from: 'const EXACT = 2 ** 51;',
    to: 'const EXACT = 2 ** 60;',
    caughtBy: {
      file: 'test/model/plain/plain-flow.test.ts',
      title: 'loses no nanosecond where all have waited for long',
    },
  },
  {
    name: 'plain flow: who has the slot of a request that a restart left behind counts as such',
    file: 'src/model/request/request-table.ts',
    from: '    marks[at + ORPHAN] = 0;\n',
    to: '',
    caughtBy: {
      file: 'test/model/plain/plain-flow.test.ts',
      title: 'hands back whoever has the slot of a request that a restart left to the database',
    },
  },
  {
    name: 'plain flow: it takes over while connections are still opened',
    file: 'src/model/plain/plain-run.ts',
    from: 'if (!isFull || (opening.level[i] as number) > 0) return false;',
    to: 'if (!isFull) return false;',
    caughtBy: {
      file: 'test/model/plain/plain-flow.test.ts',
      title: 'waits for connections that are opened though a lower limit leaves no room for them',
    },
  },
  {
    name: 'plain flow: deadlines out of order go into the line',
    file: 'src/model/plain/plain-run.ts',
    from: 'return last <= next;',
    to: 'return true;',
    caughtBy: {
      file: 'test/model/plain/plain-flow.test.ts',
      title: 'lets those who began to wait after a shorter timeout was set give up first',
    },
  },
  {
    name: 'plain flow: too many in flight, said of the instant at which the stretch began',
    file: 'src/model/plain/plain-flow.ts',
    from: 'settleLevels(this.parts);\n      return tableFull();',
    to: 'return tableFull();',
    caughtBy: {
      file: 'test/model/plain/plain-flow.test.ts',
      title: 'says the same as the general one when too many are in flight',
    },
  },
  {
    name: 'exact sums: what is 2^52 or more is added as if it were less',
    file: 'src/stats/exact-sum.ts',
    from: 'if (x >= CARRY) {',
    to: 'if (x > 2 * CARRY) {',
    caughtBy: {
      file: 'test/stats/exact-sum.test.ts',
      title: 'is the sum of big integers, far beyond 2^53',
    },
  },
];

/** Faults of the watches over a run, and of what is counted twice for the certificate. */

import type { PlantedFault } from './planted-fault.ts';

export const watchFaults: readonly PlantedFault[] = [
  {
    name: 'turns: the first is taken for the one whose turn it is, whatever the order',
    file: 'src/model/watch/turn-watch.ts',
    from: "const ahead = order === 'fifo' ? 0 : (this.span[i] as number) - 1;",
    to: "const ahead = order === 'fifo' ? 0 : 0;",
    caughtBy: {
      file: 'test/model/watch/turn-watch.test.ts',
      title: 'agrees with an array whoever comes, goes and is served',
    },
  },
  {
    name: 'turns: who has left keeps the turn',
    file: 'src/model/watch/turn-watch.ts',
    from: 'while (span > 0 && ring[head] === GONE) {',
    to: 'if (span > 0 && ring[head] === GONE) {',
    caughtBy: {
      file: 'test/model/watch/turn-watch.test.ts',
      title: 'passes the turn on when somebody leaves from an end or from the middle',
    },
  },
  {
    name: 'turns: one beyond the limit is let pass',
    file: 'src/model/watch/turn-watch.ts',
    from: 'if (this.waiting[i] > limit)',
    to: 'if (this.waiting[i] > limit + 1)',
    caughtBy: {
      file: 'test/model/watch/turn-watch.test.ts',
      title: 'counts who begins to wait beyond the limit of that moment, and not who waits already',
    },
  },
  {
    name: 'instants: one that is late passes',
    file: 'src/model/watch/due-watch.ts',
    from: 'if (this.due[slot] !== now) this.faults++;',
    to: 'if ((this.due[slot] as number) > now) this.faults++;',
    caughtBy: {
      file: 'test/model/watch/due-watch.test.ts',
      title: 'of a step whose time is up at 100 and that ends at %d counts %d faults',
    },
  },
  {
    name: 'balancer: an instance that is passed over is not noticed',
    file: 'src/model/watch/balancer-watch.ts',
    from: 'if (this.isPassedOver(chosen, accepting, instances)) this.faults++;',
    to: '',
    caughtBy: {
      file: 'test/model/watch/balancer-watch.test.ts',
      title: 'round-robin that %s',
    },
  },
  {
    name: 'users: one who thinks twice is counted once',
    file: 'src/experiment/rule-checks.ts',
    from: 'users, thinking + waiting)',
    to: 'users, Math.min(users, thinking + waiting))',
    caughtBy: {
      file: 'test/experiment/exact-checks.test.ts',
      title: 'does not hold when %s is wrong by one',
    },
  },
];

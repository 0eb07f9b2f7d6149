/** Faults of the general pool: who is served, checks, failures, room. */

import type { PlantedFault } from './planted-fault.ts';

export const generalPoolFaults: readonly PlantedFault[] = [
  {
    name: 'general pool: who has waited shortest is first in the line',
    file: 'src/model/pool/general/waiting-line.ts',
    from: `if (order === 'fifo') return this.head;`,
    to: `if (order === 'fifo') return this.slots.length - 1;`,
    caughtBy: {
      file: 'test/model/pool/products/pg-pool.test.ts',
      title: 'release: goes to the head of the line, or is closed after maxUses',
    },
  },
  {
    name: 'general pool: a failed opening is told to nobody',
    file: 'src/model/pool/general/supply.ts',
    from: 'if (isOver) this.lending.fail(policy.failureTo, now);',
    to: '',
    caughtBy: {
      file: 'test/model/pool/products/special-rules.test.ts',
      title: 'tells the failure to all who wait',
    },
  },
  {
    name: 'general pool: one connection more than maxIdle is kept',
    file: 'src/model/pool/general/lending.ts',
    from: 'this.free.size >= maxIdle',
    to: 'this.free.size > maxIdle',
    caughtBy: {
      file: 'test/model/pool/products/database-sql.test.ts',
      title:
        'keeps two idle connections by default, so that three callers at once open one each time',
    },
  },
  {
    name: 'general pool: a connection comes back and wakes nobody',
    file: 'src/model/pool/general/lending.ts',
    from: `this.becomeIdle(connection, now);
      this.wakeUps.wake(now);`,
    to: 'this.becomeIdle(connection, now);',
    caughtBy: {
      file: 'test/model/pool/products/hikaricp.test.ts',
      title: 'step 5: between release and hand-off a newcomer takes it, and the waiter waits on',
    },
  },
  {
    name: 'general pool: no connection is checked',
    file: 'src/model/pool/general/checks.ts',
    from: 'now - idleSince <= checkAfterIdleNs',
    to: 'now - idleSince < Infinity || checkAfterIdleNs < 0',
    caughtBy: {
      file: 'test/model/pool/products/special-rules.test.ts',
      title: 'checks every connection that it gives out',
    },
  },
  {
    name: 'general pool: the room of a closed connection is nobody’s',
    file: 'src/model/pool/general/supply.ts',
    from: "if (this.policy.capacityRegained === 'lost') this.pump(now);\n    else this.roomRegained(now);",
    to: 'this.pump(now);',
    caughtBy: {
      file: 'test/model/pool/products/pg-pool.test.ts',
      title:
        'step 7: while a connection closes its room is there for a newcomer, before those who wait',
    },
  },
  {
    name: 'general pool: the room of an opening that was broken off is nobody’s',
    file: 'src/model/pool/general/supply.ts',
    from: 'this.gone(connection, now);\n    this.roomRegained(now);',
    to: 'this.gone(connection, now);',
    caughtBy: {
      file: 'test/model/pool/products/database-sql.test.ts',
      title: 'the room of an attempt that was broken off is opened anew at once for who waits',
    },
  },
  {
    name: 'general pool: one more of several dead connections is tried',
    file: 'src/model/pool/general/lending.ts',
    from: 'tries < uselessTries',
    to: 'tries <= uselessTries',
    caughtBy: {
      file: 'test/model/pool/products/database-sql.test.ts',
      title: 'step 6: after two bad ones it opens a new one, whatever else is idle',
    },
  },
  {
    name: 'general pool: a failed ping says nothing of older connections',
    file: 'src/model/pool/general/checks.ts',
    from: "if (this.parts.books.settings.policy.deadThen === 'all-older') this.giveUpOlder(now);",
    to: '',
    caughtBy: {
      file: 'test/model/pool/products/sqlalchemy.test.ts',
      title: 'step 6: a failed ping makes all older ones invalid, which need no ping then',
    },
  },
  {
    name: 'denials: every timeout while opening has begun with its request',
    file: 'src/model/service/pool-way.ts',
    from: 'return startedAt === askedAt ? TIMED_OUT_OPENING : TIMED_OUT;',
    to: 'return startedAt >= askedAt ? TIMED_OUT_OPENING : TIMED_OUT;',
    caughtBy: {
      file: 'test/model/pool/products/pg-pool.test.ts',
      title: 'step 6: the timeout of who opens breaks the attempt off, and the next begins',
    },
  },
  {
    name: 'denials: a connect that took too long is one that failed',
    file: 'src/model/service/pool-way.ts',
    from: 'return NOT_CONNECTED_IN_TIME;',
    to: 'return NOT_CONNECTED;',
    caughtBy: {
      file: 'test/model/pool/products/special-rules.test.ts',
      title: 'has a time limit for the wait and another for the connect',
    },
  },
];

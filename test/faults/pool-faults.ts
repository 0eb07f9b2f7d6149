/** Faults of the pool and of the connections that the server admits. */

import type { PlantedFault } from './planted-fault.ts';

export const poolFaults: readonly PlantedFault[] = [
  {
    name: 'pool: last in first out',
    file: 'src/engine/slot-queues.ts',
    from: 'const slot = this.heads[queue] as number;',
    to: 'const slot = this.tails[queue] as number;',
    caughtBy: {
      file: 'test/model/pool/pool.test.ts',
      title: 'serves those who wait first in first out',
    },
  },
  {
    name: 'pool: one connection more than max',
    file: 'src/model/pool/pool.ts',
    from: '(this.open.level[i] as number) < this.limitAt(i)',
    to: '(this.open.level[i] as number) <= this.limitAt(i)',
    caughtBy: {
      file: 'test/model/pool/pool.test.ts',
      title: 'establishes a connection for each who comes, up to max, and lets the others wait',
    },
  },
  {
    name: 'pool: a connection being opened is not counted as open',
    file: 'src/model/pool/pool.ts',
    from: 'this.open.add(i, 1, now);',
    to: 'this.open.add(i, 0, now);',
    caughtBy: {
      file: 'test/model/pool/pool.test.ts',
      title: 'establishes a connection for each who comes, up to max, and lets the others wait',
    },
  },
  {
    name: 'pool: a connection being opened is taken for idle',
    file: 'src/model/pool/pool.ts',
    from: '- inUse - (this.opening.level[i] as number)',
    to: '- inUse',
    caughtBy: {
      file: 'test/model/pool/pool.test.ts',
      title: 'establishes a connection for each who comes, up to max, and lets the others wait',
    },
  },
  {
    name: 'pool: a release does not serve the only one who waits',
    file: 'src/model/pool/pool.ts',
    from: 'if (this.pendingAt(i) > 0) return this.dequeue(i, now);',
    to: 'if (this.pendingAt(i) > 1) return this.dequeue(i, now);',
    caughtBy: {
      file: 'test/model/pool/pool.test.ts',
      title: 'serves those who wait first in first out',
    },
  },
  {
    name: 'pool: after max has shrunk, a surplus connection goes to the next who waits',
    file: 'src/model/pool/pool.ts',
    from: 'if (this.mustClose(i)) {\n      this.own',
    to: 'if (this.mustClose(i) && this.pendingAt(i) === 0) {\n      this.own',
    caughtBy: {
      file: 'test/model/pool/pool.test.ts',
      title:
        'closes idle connections at once and used ones as they come free, though somebody waits',
    },
  },
  {
    name: 'pool: a connection whose request has left still belongs to it',
    file: 'src/model/pool/pool.ts',
    from: 'this.openings.owner[id] = NO_OWNER;',
    to: '',
    caughtBy: {
      file: 'test/model/pool/pool.test.ts',
      title: 'goes on with an establishment that nobody waits for, and serves the next who does',
    },
  },
  {
    name: 'pool: a connection that opens for nobody passes over those who wait',
    file: 'src/model/pool/pool.ts',
    from: 'if (this.pendingAt(i) === 0) return NOBODY;',
    to: 'return NOBODY;',
    caughtBy: {
      file: 'test/model/pool/pool.test.ts',
      title: 'goes on with an establishment that nobody waits for, and serves the next who does',
    },
  },
  {
    name: 'pool: a closed connection keeps its place at the server',
    file: 'src/model/pool/pool.ts',
    from: 'this.closed++;\n    this.database.slots.giveBack();',
    to: 'this.closed++;',
    caughtBy: { file: 'test/model/pool/pool.test.ts', title: 'gets what another pool has closed' },
  },
  {
    name: 'pool: a connection lost with its instance keeps its place at the server',
    file: 'src/model/pool/pool.ts',
    from: 'if (lost) {\n      this.database.slots.giveBack();',
    to: 'if (lost) {',
    caughtBy: {
      file: 'test/model/pool/pool.test.ts',
      title:
        'loses what is idle and what is being established, and gives the server its places back',
    },
  },
  {
    name: 'pool: the peak of waiting requests is that of one instance',
    file: 'src/model/pool/pool.ts',
    from: 'if (this.totalPending > this.peakPending) this.peakPending = this.totalPending;',
    to: 'if (pending > this.peakPending) this.peakPending = pending;',
    caughtBy: {
      file: 'test/model/pool/pool.test.ts',
      title: 'counts the most that were pending at once over the whole fleet',
    },
  },
  {
    name: 'pool: an acquire timeout is not cancelled when the connection is granted',
    file: 'src/model/service/request-flow.ts',
    from: 'this.acquireDeadlines.cancel(slot);\n    this.granted(slot);',
    to: 'this.granted(slot);',
    caughtBy: {
      file: 'test/model/flow/fifo-twin.test.ts',
      title: 'serves and fails each request at the instant that the recursion says',
    },
  },
  {
    name: 'pool: grown, it opens nothing for those who wait until somebody releases',
    file: 'src/model/service/service.ts',
    from: 'this.flow.openForWaiters(i);',
    to: '',
    caughtBy: {
      file: 'test/model/service/request-ways.test.ts',
      title: 'of max lets those who wait open connections at that instant',
    },
  },
  {
    name: 'pool: after a refusal the others who wait do not try',
    file: 'src/model/service/request-flow.ts',
    from: 'CONNECT_REFUSED);\n    }\n    this.openForWaiters(i);',
    to: 'CONNECT_REFUSED);\n    }',
    caughtBy: {
      file: 'test/model/flow/books.test.ts',
      title: 'accounts for every request, connection and nanosecond',
    },
  },
  {
    name: 'onset: exactly ten seconds do not count',
    file: 'src/model/pool/onset.ts',
    from: 'now - since < ONSET_MIN_NS',
    to: 'now - since <= ONSET_MIN_NS',
    caughtBy: {
      file: 'test/model/pool/onset.test.ts',
      title: 'is the start of the first interval of at least ten seconds with somebody waiting',
    },
  },
  {
    name: 'onset: one second is enough',
    file: 'src/model/pool/onset.ts',
    from: '10 * SECOND',
    to: '1 * SECOND',
    caughtBy: {
      file: 'test/model/pool/onset.test.ts',
      title: 'is the start of the first interval of at least ten seconds with somebody waiting',
    },
  },
  {
    name: 'onset: the next who waits at the same instant begins anew',
    file: 'src/model/pool/onset.ts',
    from: 'if (this.until[instance] !== now) this',
    to: 'this',
    caughtBy: {
      file: 'test/model/pool/onset.test.ts',
      title: 'is found when somebody waits all the time, each for a moment only',
    },
  },
  {
    name: 'server: one connection more than it admits',
    file: 'src/model/database/connection-slots.ts',
    from: 'if (this.open >= this.limit)',
    to: 'if (this.open > this.limit)',
    caughtBy: {
      file: 'test/model/database/connection-slots.test.ts',
      title: 'are max less the reserved ones and those of others; beyond it they are refused',
    },
  },
  {
    name: 'server: the superuser’s connections are given away',
    file: 'src/model/database/connection-slots.ts',
    from: ' - settings.reservedConnections',
    to: '',
    caughtBy: {
      file: 'test/model/database/connection-slots.test.ts',
      title: 'are max less the reserved ones and those of others; beyond it they are refused',
    },
  },
];

/** Faults of the pool, of those who wait for it, and of the connections that the server admits. */

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
    file: 'src/model/pool/books.ts',
    from: '+ (this.opening.level[i] as number);',
    to: ';',
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
    from: 'if (this.isLosing || this.mustClose(i)) {',
    to: 'if (this.isLosing || (this.mustClose(i) && this.pendingAt(i) === 0)) {',
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
    from: 'if (this.pendingAt(i) === 0) {\n      this.becomeIdle',
    to: 'if (this.pendingAt(i) >= 0) {\n      this.becomeIdle',
    caughtBy: {
      file: 'test/model/pool/pool.test.ts',
      title: 'goes on with an establishment that nobody waits for, and serves the next who does',
    },
  },
  {
    name: 'pool: a closed connection keeps its place at the server',
    file: 'src/model/pool/pool.ts',
    from: 'this.closed++;\n    this.backend.slots.giveBack();',
    to: 'this.closed++;',
    caughtBy: { file: 'test/model/pool/pool.test.ts', title: 'gets what another pool has closed' },
  },
  {
    name: 'pool: a connection lost with its instance keeps its place at the server',
    file: 'src/model/pool/pool.ts',
    from: 'if (lost) {\n      this.backend.slots.giveBack();',
    to: 'if (lost) {',
    caughtBy: {
      file: 'test/model/pool/pool.test.ts',
      title:
        'loses what is idle and what is being established, and gives the server its places back',
    },
  },
  {
    name: 'pool: the peak of waiting requests is that of one instance',
    file: 'src/model/pool/books.ts',
    from: 'if (this.totalPending > this.peakPending) this.peakPending = this.totalPending;',
    to: 'if (pending > this.peakPending) this.peakPending = pending;',
    caughtBy: {
      file: 'test/model/pool/pool.test.ts',
      title: 'counts the most that were pending at once over the whole fleet',
    },
  },
  {
    name: 'pool: an acquire timeout is not cancelled when the connection is granted',
    file: 'src/model/service/pool-way.ts',
    from: `this.deadlines.cancel(slot);
    this.meters.handoverWatch.ring`,
    to: 'this.meters.handoverWatch.ring',
    caughtBy: {
      file: 'test/model/flow/fifo-twin.test.ts',
      title: 'serves and fails each request at the instant that the recursion says',
    },
  },
  {
    name: 'pool: grown, it opens nothing for those who wait until somebody releases',
    file: 'src/model/service/service.ts',
    from: `this.flow.poolWay.openForWaiters(i);
      this.flow.admitQueued(i);`,
    to: 'this.flow.admitQueued(i);',
    caughtBy: {
      file: 'test/model/service/request-ways.test.ts',
      title: 'of max lets those who wait open connections at that instant',
    },
  },
  {
    name: 'pool: after a refusal the others who wait do not try',
    file: 'src/model/service/pool-way.ts',
    from: `    this.openForWaiters(i);
    if (slot !== NOBODY)`,
    to: '    if (slot !== NOBODY)',
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
    from: 'return this.open >= this.limit;',
    to: 'return this.open > this.limit;',
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
  {
    name: 'pool: first and last come are swapped',
    file: 'src/model/pool/pool.ts',
    from: `order === 'fifo' ? this`,
    to: `order === 'lifo' ? this`,
    caughtBy: {
      file: 'test/model/pool/pool.test.ts',
      title: 'serves the last come first when told so',
    },
  },
  {
    name: 'pool: one more than `maxPending` may wait',
    file: 'src/model/pool/pool.ts',
    from: 'if (this.pendingAt(i) >= this.settings.maxPending)',
    to: 'if (this.pendingAt(i) > this.settings.maxPending)',
    caughtBy: {
      file: 'test/model/pool/pool.test.ts',
      title: 'turns away who would be one too many of those that wait',
    },
  },
  {
    name: 'idle: one connection below `min` is closed',
    file: 'src/model/pool/pool.ts',
    from: 'return (this.open.level[i] as number) > this.settings.min;',
    to: 'return (this.open.level[i] as number) >= this.settings.min;',
    caughtBy: {
      file: 'test/model/pool/pool-ways.test.ts',
      title: 'leaves `min` open',
    },
  },
  {
    name: 'idle: after a closing no timer is set for the next',
    file: 'src/model/pool/pool.ts',
    from: 'this.idleFaults++;\n    }\n    this.setIdleTimer(i, now);',
    to: 'this.idleFaults++;\n    }',
    caughtBy: {
      file: 'test/model/pool/pool-ways.test.ts',
      title: 'closes what was not needed for so long, and spares what was given out in between',
    },
  },
  {
    name: 'idle: the connection that is given out is the one idle longest',
    file: 'src/model/pool/pool.ts',
    from: 'this.ageing.take(i);',
    to: 'this.ageing.close(i);',
    caughtBy: {
      file: 'test/model/pool/pool-ways.test.ts',
      title: 'gives out what was returned last, so that a surplus grows old',
    },
  },
  {
    name: 'hand-over: it is no part of the wait',
    file: 'src/model/service/pool-way.ts',
    from: 'this.handovers.push(now + handoverNs, slot);',
    to: `this.handovers.push(now + handoverNs, slot);
    this.table.times[slot * STRIDE + ACQUIRE_AT] += handoverNs;`,
    caughtBy: {
      file: 'test/model/pool/pool-ways.test.ts',
      title: 'comes between a release and the waiter’s hold, and is part of his wait',
    },
  },
  {
    name: 'hand-over: an idle connection has one too',
    file: 'src/model/service/pool-way.ts',
    from: `if (outcome === 'granted') {
      this.granted(slot);`,
    to: `if (outcome === 'granted') {
      table.marks[slot * STRIDE + STATE_OF] = STATE.pending;
      this.giveConnection(slot);`,
    caughtBy: {
      file: 'test/model/pool/pool-ways.test.ts',
      title: 'is not needed for an idle connection, nor for one’s own',
    },
  },
  {
    name: 'patience: it is not cancelled at the grant',
    file: 'src/model/client/client.ts',
    from: 'gotConnection(slot: number): void {\n    this.patience?.end(slot);',
    to: 'gotConnection(slot: number): void {',
    caughtBy: {
      file: 'test/model/pool/pool-ways.test.ts',
      title: 'stays once it has a connection',
    },
  },
  {
    name: 'patience: it counts from the acquire, not from the attempt',
    file: 'src/model/service/pool-way.ts',
    from: `table.times[slot * STRIDE + ACQUIRE_AT] = now;
    const outcome`,
    to: `table.times[slot * STRIDE + ACQUIRE_AT] = now;
    this.flow.client.startTimers(slot);
    const outcome`,
    caughtBy: {
      file: 'test/model/pool/pool-ways.test.ts',
      title: 'counts from its attempt, through the instance’s own queue and that of the pool',
    },
  },
  {
    name: 'patience: a retry waits for ever',
    file: 'src/model/client/patience.ts',
    from: 'this.deadlines.set(slot,',
    to: 'if (draws === this.first) this.deadlines.set(slot,',
    caughtBy: {
      file: 'test/model/pool/pool-ways.test.ts',
      title: 'loses it again in the next attempt',
    },
  },
  {
    name: 'patience: the wait in the instance’s own queue is free',
    file: 'src/model/service/request-flow.ts',
    from: "this.journal.note('queue', slot);",
    to: "this.journal.note('queue', slot);\n        this.client.gotConnection(slot);",
    caughtBy: {
      file: 'test/model/pool/pool-ways.test.ts',
      title: 'leaves the instance’s own queue, and a connection that is being opened',
    },
  },
];

/** Faults on a request’s way: its client, its instance, its random numbers, the order of an instant. */

import type { PlantedFault } from './planted-fault.ts';

export const requestFaults: readonly PlantedFault[] = [
  {
    name: 'client: its timeout is not cancelled by the answer',
    file: 'src/model/client/client.ts',
    from: 'this.deadlines.cancel(slot);\n      meters.clientWatch.end',
    to: 'meters.clientWatch.end',
    caughtBy: {
      file: 'test/model/flow/books.test.ts',
      title: 'accounts for every request, connection and nanosecond',
    },
  },
  {
    name: 'client: its timeout begins when the connection is granted',
    file: 'src/model/service/pool-way.ts',
    from: 'meters.acquireWait.add(now',
    to: `this.flow.client.startTimers(slot);
    meters.acquireWait.add(now`,
    caughtBy: {
      file: 'test/model/client/client.test.ts',
      title: 'counts its timeout from the start of the attempt, its waits included',
    },
  },
  {
    name: 'client: its timeout begins with the request and not with the attempt',
    file: 'src/model/client/client.ts',
    from: 'this.deadlines.set(slot, simulation.now + this.settings.timeoutNs',
    to: 'this.deadlines.set(slot, (this.parts.table.times[slot * STRIDE + 8] as number) + this.settings.timeoutNs',
    caughtBy: {
      file: 'test/model/client/client.test.ts',
      title: 'after its own timeout leaves the first attempt behind on the server',
    },
  },
  {
    name: 'client: one attempt too few',
    file: 'src/model/client/client.ts',
    from: '<= this.settings.retryAttempts',
    to: '< this.settings.retryAttempts',
    caughtBy: {
      file: 'test/model/client/client.test.ts',
      title:
        'does so `attempts` times after its first, a pause after each error, then it has failed',
    },
  },
  {
    name: 'client: a retry is not counted as an attempt',
    file: 'src/model/client/client.ts',
    from: 'ATTEMPT] as number) + 1;',
    to: 'ATTEMPT] as number) + 0;',
    caughtBy: {
      file: 'test/model/client/client.test.ts',
      title:
        'does so `attempts` times after its first, a pause after each error, then it has failed',
    },
  },
  {
    name: 'client: retries come without a pause',
    file: 'src/model/client/client.ts',
    from: 'simulation.now + retryBackoffNs, slot',
    to: 'simulation.now, slot',
    caughtBy: {
      file: 'test/model/client/client.test.ts',
      title:
        'does so `attempts` times after its first, a pause after each error, then it has failed',
    },
  },
  {
    name: 'client: every failed attempt is a failed request',
    file: 'src/model/client/client.ts',
    from: 'if (this.mayRetry(slot)) {\n      this.backOff(slot, reason);',
    to: 'if (this.mayRetry(slot)) {\n      meters.fail(table, slot, reason, simulation.now);\n      this.backOff(slot, reason);',
    caughtBy: {
      file: 'test/model/client/client.test.ts',
      title: 'counts one failure with the reason of its last attempt',
    },
  },
  {
    name: 'client: a response is measured from the last attempt',
    file: 'src/model/service/request-flow.ts',
    from: '= this.simulation.now;\n    const i = this.balancer.choose();',
    to: '= this.simulation.now;\n    table.times[slot * STRIDE + ARRIVAL_AT] = this.simulation.now;\n    const i = this.balancer.choose();',
    caughtBy: {
      file: 'test/model/client/client.test.ts',
      title: 'measures its response from the arrival of the request, pauses and all',
    },
  },
  {
    name: 'client: a retry decides about its connection by the draw of the first attempt',
    file: 'src/model/client/client.ts',
    from: 'this.parts.retryDraws.next()',
    to: 'table.times[slot * STRIDE + RECONNECT_DRAW] as number',
    caughtBy: {
      file: 'test/model/client/client.test.ts',
      title: 'draws anew for each attempt whether its connection is established anew',
    },
  },
  {
    name: 'client: leaving stops the server though it does not cancel',
    file: 'src/model/service/early-exit.ts',
    from: 'if (!cancel) {',
    to: 'if (slot < 0) {',
    caughtBy: {
      file: 'test/model/client/client.test.ts',
      title: 'has abandoned its request, and the server goes on with it in vain',
    },
  },
  {
    name: 'leak: a cancelled request keeps its connection',
    file: 'src/model/service/early-exit.ts',
    from: 'this.database.cut(slot);\n        return this.takeConnection(slot, i);',
    to: 'this.database.cut(slot);\n        return NOBODY;',
    caughtBy: {
      file: 'test/model/client/client.test.ts',
      title: 'with `cancel` makes the server stop, and the next in line gets the connection',
    },
  },
  {
    name: 'leak: a request that waits for its connection and is cancelled stays in the queue',
    file: 'src/model/service/early-exit.ts',
    from: 'pool.leave(i, slot, now);\n        break;',
    to: 'break;',
    caughtBy: {
      file: 'test/model/client/client.test.ts',
      title: 'with `cancel` leaves the queue for a connection',
    },
  },
  {
    name: 'leak: a place at the instance is not given back',
    file: 'src/model/service/request-flow.ts',
    from: 'this.gate.leave(i);\n    this.admitQueued(i);',
    to: 'this.admitQueued(i);',
    caughtBy: {
      file: 'test/model/service/request-ways.test.ts',
      title: 'tells waiting for a connection from the instance’s own queue',
    },
  },
  {
    name: 'balancer: least-connections ignores how many there are',
    file: 'src/model/service/balancer.ts',
    from: '? (this.outstanding[i] as number) : NEVER',
    to: '? 0 : NEVER',
    caughtBy: {
      file: 'test/model/service/balancer.test.ts',
      title: 'takes the instance with the fewest attempts',
    },
  },
  {
    name: 'balancer: equals do not take turns',
    file: 'src/model/service/balancer.ts',
    from: 'if (best >= 0) this.turn = best + 1;',
    to: '',
    caughtBy: {
      file: 'test/model/service/balancer.test.ts',
      title: 'lets equal instances take turns',
    },
  },
  {
    name: 'balancer: round-robin skips every other instance',
    file: 'src/model/service/balancer.ts',
    from: 'this.turn = i + 1;',
    to: 'this.turn = i + 2;',
    caughtBy: {
      file: 'test/model/service/balancer.test.ts',
      title: 'takes one instance after another',
    },
  },
  {
    name: 'gate: one more than the concurrency',
    file: 'src/model/service/gate.ts',
    from: '< this.concurrency',
    to: '<= this.concurrency',
    caughtBy: {
      file: 'test/model/service/gate.test.ts',
      title: 'lets in up to its concurrency, queues up to its limit, and turns the others away',
    },
  },
  {
    name: 'gate: one more in the queue than its limit',
    file: 'src/model/service/gate.ts',
    from: '>= this.queueLimit',
    to: '> this.queueLimit',
    caughtBy: {
      file: 'test/model/service/gate.test.ts',
      title: 'lets in up to its concurrency, queues up to its limit, and turns the others away',
    },
  },
  {
    name: 'streams: class and reconnect share one stream',
    file: 'src/model/service/request-mix.ts',
    from: '`${service}/reconnect`',
    to: '`${service}/class`',
    caughtBy: {
      file: 'test/model/service/request-draws.test.ts',
      title: 'decides about class and connection independently',
    },
  },
  {
    name: 'streams: demands are drawn from the stream of the arrivals',
    file: 'src/model/service/request-mix.ts',
    from: `demands: standardVariates(streams, \`\${service}/demand/\${c.name}\``,
    to: `demands: standardVariates(streams, \`\${service}/arrivals\``,
    caughtBy: {
      file: 'test/model/service/request-draws.test.ts',
      title: 'draws demands that do not depend on the gaps between arrivals',
    },
  },
  {
    name: 'reconnect: the share is applied the wrong way round',
    file: 'src/model/service/pool-way.ts',
    from: '>= this.pool.settings.reconnectShare',
    to: '< this.pool.settings.reconnectShare',
    caughtBy: {
      file: 'test/model/service/request-ways.test.ts',
      title: 'gives each class its share, and the connections that are established anew theirs',
    },
  },
  {
    name: 'restart: the instance never comes back',
    file: 'src/model/service/service.ts',
    from: 'if (i < this.settings.instances) this.startInstance(i);',
    to: 'if (i < 0) this.startInstance(i);',
    caughtBy: {
      file: 'test/model/service/rolling-restart.test.ts',
      title: 'starts the instance as the run started, with fresh connections',
    },
  },
  {
    name: 'restart: the instance goes on taking requests',
    file: 'src/model/service/service.ts',
    from: '+ 1;\n    this.balancer.accept(i, false);',
    to: '+ 1;',
    caughtBy: {
      file: 'test/model/service/rolling-restart.test.ts',
      title: 'sends new requests elsewhere meanwhile',
    },
  },
  {
    name: 'restart: the connection of lost work comes free before the work ends',
    file: 'src/model/service/early-exit.ts',
    from: 'table.marks[slot * STRIDE + ORPHAN] = 1;',
    to: 'table.marks[slot * STRIDE + ORPHAN] = 1;\n      this.database.slots.giveBack();',
    caughtBy: {
      file: 'test/model/service/rolling-restart.test.ts',
      title: 'lets what the database still works on go on there, holding its connection',
    },
  },
  {
    name: 'restart: the instance’s connections leave the pool’s utilisation',
    file: 'src/model/service/service.ts',
    from: '+ 1;\n    this.balancer.accept(i, false);',
    to: '+ 1;\n    this.balancer.accept(i, false);\n    this.configured.add(i, -this.settings.pool.max, this.simulation.now);',
    caughtBy: {
      file: 'test/model/service/rolling-restart.test.ts',
      title: 'counts configured connections as the settings say, restarting instances included',
    },
  },
  {
    name: 'order: timeouts come before releases',
    file: 'src/model/schedule/ranks.ts',
    from: 'timeout: 5',
    to: 'timeout: -1',
    caughtBy: {
      file: 'test/model/schedule/ranks.test.ts',
      title: 'a release serves the waiter whose acquire timeout has come',
    },
  },
  {
    name: 'order: connections that are open come before releases',
    file: 'src/model/schedule/ranks.ts',
    from: 'opening: 1',
    to: 'opening: -1',
    caughtBy: {
      file: 'test/model/schedule/ranks.test.ts',
      title: 'a release comes before a connection that is open, so it serves who waits first',
    },
  },
  {
    name: 'order: arrivals come before changes',
    file: 'src/model/schedule/ranks.ts',
    from: 'change: 2',
    to: 'change: 3.5',
    caughtBy: {
      file: 'test/model/schedule/ranks.test.ts',
      title: 'a change comes before an arrival',
    },
  },
  {
    name: 'order: alerts do not see the timeouts of their instant',
    file: 'src/model/schedule/ranks.ts',
    from: 'control: 6',
    to: 'control: 4.5',
    caughtBy: {
      file: 'test/model/schedule/ranks.test.ts',
      title: 'an alert sees the timeouts of its own instant',
    },
  },
];

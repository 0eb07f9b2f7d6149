// A copy of the built command with one rule of the model broken: its certificate names the rule.

import { describe, expect, it } from 'vitest';
import { type BrokenRule, describeBrokenRules, sabotaged, startOf } from './sabotage.ts';
import { tidemark } from './tidemark.ts';

/** One broken rule of the model each: the file, what stands there, what does instead, and what is said. */
const brokenRules: readonly (readonly [string, string, RegExp | string, string, RegExp])[] = [
  [
    'a completed request is not counted',
    'model/meters/service-meters.js',
    'this.completed[instance] = this.completed[instance] + 1;',
    '',
    /does not hold: arrived = completed \+ failed \+ abandoned \+ in flight: expected/,
  ],
  [
    'the round trip is left out of the ledger',
    'model/database/database.js',
    'this.table.book(slot, NETWORK, this.simulation.now);',
    'this.table.times[slot * STRIDE + SINCE] = this.simulation.now;',
    /does not hold: requests whose stages do not add up to their response time: expected 0/,
  ],
  [
    'a pool opens one connection too many',
    'model/pool/pool.js',
    'return this.open.level[i] < this.limitAt(i);',
    'return this.open.level[i] <= this.limitAt(i);',
    /does not hold: .*connections opened beyond a pool’s max, or kept beyond it: expected 0/,
  ],
  [
    'a released connection stays idle while somebody waits',
    'model/pool/pool.js',
    /if \(this\.pendingAt\(i\) > 0\)\s+return this\.dequeue\(i, now\);/,
    '',
    /does not hold: .*connections left free while somebody waits: expected 0/,
  ],
  [
    'a request that arrives is not counted among those in the system',
    'model/meters/service-meters.js',
    'this.inSystem.add(0, 1, now);',
    'if (this.arrived !== 9) $&',
    /does not hold: .*times in the system = requests there, summed over time \(ns\): expected/,
  ],
  [
    'a request is counted among those that wait a moment late',
    'model/pool/books.js',
    'this.pending.add(i, change, now);',
    'this.pending.add(i, change, change > 0 ? now + 1 : now);',
    /does not hold: .*waits for a connection = requests waiting, summed over time \(ns\): expected/,
  ],
  [
    'a connection is released before its time',
    'model/pool/pool.js',
    /this\.own\(i, -1, now\);(?=\s+this\.becomeIdle)/,
    'this.own(i, -1, now - 1);',
    /does not hold: .*uses, openings, hand-overs and leaks = connections owned, summed over time \(ns\): exp/,
  ],
];

describe('a broken rule of the model', () => {
  it.each(brokenRules)('%s: named, with exit code 3', async (_, file, from, to, said) => {
    const copy = sabotaged(file, from, to);
    const busy = ['run', 'quickstart', '--set', 'database.roundTrip=2ms'];
    const { stderr, exitCode } = await tidemark(busy, {
      cwd: copy,
      main: startOf(copy),
    });
    expect(stderr).toMatch(said);
    expect(exitCode).toBe(3);
  });
});

/** A surge through every station of a small service, and a quiet time after it. */
const everyStation = `duration: 8s
traffic:
  rate: [{ at: 0s, rps: 10 }, { at: 3s, rps: 10 }, { at: 3s, rps: 1500 }, { at: 6s, rps: 1500 }, { at: 6s, rps: 1 }]
  users: 5
  think: { exponential: 700ms }
  client: { timeout: 60ms, retry: { attempts: 2, backoff: 10ms } }
requests: { query: { exponential: 12ms, cpu: 60% } }
service:
  instances: 3
  concurrency: 12
  queue: 10
  pool: { max: 4, min: 1, initial: 1, acquireTimeout: 40ms, maxPending: 8, handover: 1ms, idleTimeout: 500ms, reconnectShare: 5% }
database: { cores: 8, roundTrip: 1ms, connect: { latency: 20ms }, contention: { usl: { sigma: 0.02, kappa: 0.0005 } } }
timeline:
  - { at: 4s, title: Changed, set: { service.pool.max: 3, service.pool.acquireTimeout: 30ms, service.balancer: least-connections } }
`;

/** Rules that the watches over a run look after: the file, what is broken there, the identity's name. */
const watchedRules: readonly BrokenRule[] = [
  [
    'the youngest is served where the oldest should be',
    'model/pool/pool.js',
    "order === 'fifo' ?",
    "order !== 'fifo' ?",
    'requests served out of turn, or overtaken',
  ],
  [
    'the second in the queue is served',
    'engine/slot-queues.js',
    'const slot = this.heads[queue];',
    'const slot = this.length[queue] > 2 ? this.links.next[this.heads[queue]] : this.heads[queue];',
    'requests served out of turn, or overtaken',
  ],
  [
    'one more waits than may',
    'model/pool/pool.js',
    'this.pendingAt(i) >= this.settings.maxPending',
    'this.pendingAt(i) > this.settings.maxPending',
    'requests let in beyond maxPending, the queue or the concurrency',
  ],
  [
    'one more queues than may',
    'model/service/gate.js',
    'this.waitingAt(instance) >= this.queueLimit',
    'this.waitingAt(instance) > this.queueLimit',
    'requests let in beyond maxPending, the queue or the concurrency',
  ],
  [
    'one more is worked on than may be',
    'model/service/gate.js',
    'this.active[instance] < this.concurrency',
    'this.active[instance] <= this.concurrency',
    'requests let in beyond maxPending, the queue or the concurrency',
  ],
  [
    'nobody follows from the queue',
    'model/service/request-flow.js',
    'this.admitQueued(i);',
    '',
    'readings with room in a service while somebody queues',
  ],
  [
    'a place is never free again',
    'model/service/gate.js',
    'leave(instance) {',
    'leave(instance) { if (this.active[instance] === 7) return;',
    'places taken that no attempt has, or the reverse',
  ],
  [
    'a retry is no attempt',
    'model/service/request-flow.js',
    'this.meters.attempts++;',
    'if (this.table.marks[slot * STRIDE + ATTEMPT] === 1) this.meters.attempts++;',
    'attempts = arrivals + retries',
  ],
  [
    'a user does not come back',
    'model/traffic/users.js',
    'this.guardInstant(now);',
    '$& if (user === 3) return;',
    'users = those who think + those in flight',
  ],
  [
    'a timer of idle connections rings late',
    'model/pool/idle-ageing.js',
    'this.idle.oldestSince(i) + this.timeoutNs);',
    'this.idle.oldestSince(i) + 2 * this.timeoutNs);',
    'connections idle beyond the idle timeout, or closed before it',
  ],
  [
    'idle connections are closed early',
    'model/pool/idle-ageing.js',
    'this.idle.oldestSince(i) + this.timeoutNs <= now',
    'this.idle.oldestSince(i) + this.timeoutNs / 2 <= now',
    'connections idle beyond the idle timeout, or closed before it',
  ],
  [
    'an acquire timeout is a nanosecond short',
    'model/service/pool-way.js',
    'this.deadlines.set(slot, this.pool.deadlineFrom(now, outcome))',
    'this.deadlines.set(slot, this.pool.deadlineFrom(now, outcome) - 1)',
    'waits for a connection that outlast the acquire timeout, or timed out before it',
  ],
  [
    'nobody ever loses a wait to its timeout',
    'model/service/pool-way.js',
    'this.deadlines.set(slot, this.pool.deadlineFrom(now, outcome));',
    '',
    'waits for a connection that outlast the acquire timeout, or timed out before it',
  ],
  [
    'clients wait twice as long',
    'model/client/client.js',
    'this.deadlines.set(slot, simulation.now + this.settings.timeoutNs)',
    'this.deadlines.set(slot, simulation.now + 2 * this.settings.timeoutNs)',
    'attempts that outlast the client’s timeout, or timed out before it',
  ],
  [
    'clients try once more than allowed',
    'model/client/client.js',
    'ATTEMPT] <= this.settings.retryAttempts',
    'ATTEMPT] <= this.settings.retryAttempts + 1',
    'retries beyond those allowed, or not made',
  ],
  [
    'the backoff is left out',
    'model/client/client.js',
    'this.retries.push(simulation.now + retryBackoffNs, slot)',
    'this.retries.push(simulation.now, slot)',
    'retries that began sooner or later than the backoff',
  ],
  [
    'connections are handed over at once',
    'model/service/pool-way.js',
    'if (takesNs === 0)',
    'if (true)',
    'connections handed over sooner or later than the hand-over takes',
  ],
  [
    'queries begin without their round trip',
    'model/database/database.js',
    'if (settings.roundTripNs === 0)',
    'if (true)',
    'round trips longer or shorter than set',
  ],
  [
    'no connection is established anew',
    'model/service/pool-way.js',
    /if \(table\.times\[slot \* STRIDE \+ RECONNECT_DRAW\] >=\s+this\.pool\.settings\.reconnectShare\)/,
    'if (true)',
    'reconnections = acquisitions that drew one',
  ],
  [
    'queries run twice as fast as alone',
    'model/database/virtual-clock.js',
    '(this.now - this.since) * this.speed',
    '2 * (this.now - this.since) * this.speed',
    'holds or queries that ended before their time',
  ],
  [
    'the balancer does not go round',
    'model/service/balancer.js',
    'this.turn = i + 1;',
    '',
    'choices of an instance that the balancer’s policy does not allow',
  ],
  [
    'a closed connection keeps its slot in the database',
    'model/pool/pool.js',
    /this\.closed\+\+;\s+this\.backend\.slots\.giveBack\(\);/,
    'this.closed++;',
    'slots taken in the database = connections open, or left by a lost instance',
  ],
  [
    'the database goes on working for a connection that was given back',
    'model/pool/books.js',
    'this.backend.addHeld(change);',
    'if (change > 0) this.backend.addHeld(change);',
    'connections the database works for = those requests hold, or a lost instance left',
  ],
  [
    'a surplus connection is handed on',
    'model/pool/pool.js',
    /if \(this\.isLosing \|\| this\.mustClose\(i\)\) \{\s+this\.own\(/,
    'if (this.isLosing || (this.mustClose(i) && this.pendingAt(i) === 0)) { this.own(',
    'connections opened beyond a pool’s max, or kept beyond it',
  ],
  [
    'a change of the pool does not reach it',
    'model/service/service.js',
    'this.pool.settings = settings.pool;',
    '',
    'rooms whose settings are not those of the timeline',
  ],
];

describeBrokenRules('a broken rule that is watched', everyStation, watchedRules);

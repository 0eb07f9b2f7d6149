// Rules broken in a copy of the built code, where the plain flow does most of the work, and where connections
// come late: the command ends with exit code 3 and names what does not hold.

import { type BrokenRule, describeBrokenRules } from './sabotage.ts';

/** One service without special rules, through a surge: the plain flow does most of it. */
const plainStation = `duration: 60s
traffic:
  rate: [{ at: 0s, rps: 300 }, { at: 20s, rps: 300 }, { at: 20s, rps: 1500 }, { at: 35s, rps: 1500 }, { at: 35s, rps: 100 }]
requests: { query: { lognormal: { mean: 16ms, cv: 1.5 }, cpu: 40% } }
service: { instances: 2, pool: { max: 10, acquireTimeout: 1s, maxPending: 600, reconnectShare: 5% } }
database: { roundTrip: 2ms, connect: { latency: 400ms } }
`;

/** Broken rules of the plain flow: the file, what stands there, what does instead, the name of the identity. */
const plainRules: readonly BrokenRule[] = [
  [
    'two in the line change places',
    'model/plain/steps/plain-way.js',
    'const place = leaveLine(instance);',
    'const place = leaveLine(instance) ^ 4;',
    'requests served out of turn, or overtaken',
  ],
  [
    'an acquire timeout is a nanosecond long',
    'model/plain/steps/plain-way.js',
    'const deadline = now + num[NUM.TIMEOUT];',
    'const deadline = now + num[NUM.TIMEOUT] + 1;',
    'waits for a connection that outlast the acquire timeout, or timed out before it',
  ],
  [
    'a round trip takes half as long',
    'model/plain/plain-flow.js',
    'num[NUM.ROUND_TRIP] = database.roundTripNs;',
    'num[NUM.ROUND_TRIP] = database.roundTripNs / 2;',
    'round trips longer or shorter than set',
  ],
  [
    'work takes half as long',
    'model/plain/steps/plain-use.js',
    'num[NUM.WORK] = work;',
    'num[NUM.WORK] = Math.floor(work / 2);',
    'holds or queries that ended before their time',
  ],
  [
    'no connection is established anew',
    'model/plain/steps/plain-use.js',
    'if (drawn < num[NUM.RECONNECT_SHARE]) {',
    'if (drawn < 0) {',
    'reconnections = acquisitions that drew one',
  ],
  [
    'a connection that comes free is not counted as such',
    'model/plain/steps/plain-way.js',
    'own(instance, -1);',
    '',
    'uses, openings, hand-overs and leaks = connections owned, summed over time (ns)',
  ],
  [
    'one connection more than there is is given out',
    'model/plain/steps/plain-way.js',
    'if (berthMarks[berth + BERTHS.OWNED] !== berthMarks[berth + BERTHS.OPEN])',
    'if (berthMarks[berth + BERTHS.OWNED] <= berthMarks[berth + BERTHS.OPEN])',
    'connections opened beyond a pool’s max, or kept beyond it',
  ],
  [
    'nobody ever gives up',
    'model/plain/plain-flow.js',
    'num[NUM.TIMEOUT] = num[NUM.DUE_TIMEOUT] = pool.settings.acquireTimeoutNs;',
    'num[NUM.TIMEOUT] = Infinity; num[NUM.DUE_TIMEOUT] = pool.settings.acquireTimeoutNs;',
    'waits for a connection that outlast the acquire timeout, or timed out before it',
  ],
  [
    'connections go back to the first instance, whoever had them',
    'model/plain/steps/plain-way.js',
    'const instance = holderMarks[holder + HOLDERS.INSTANCE];\n    const berth',
    'const instance = 0;\n    const berth',
    'connections opened beyond a pool’s max, or kept beyond it',
  ],
  [
    'the balancer is not told that an attempt has ended',
    'model/plain/steps/plain-choice.js',
    'outstanding[instance]--;',
    '',
    'choices of an instance that the balancer’s policy does not allow',
  ],
  [
    'a query that has ended goes on using CPU',
    'model/plain/steps/plain-loops.js',
    'outside.database.aloneCpu.add(0, -share, now);',
    '',
    'CPU shares in use = those of the queries at work (millionths)',
  ],
  [
    'response times leave out the wait',
    'model/plain/steps/plain-loops.js',
    'tally(responses, NUM.RESPONSE_AT_HAND);',
    'tally(responses, NUM.USE_AT_HAND);',
    'distributions that do not fit their own count and sum',
  ],
  [
    'one more waits than may',
    'model/plain/steps/plain-way.js',
    'if (pending >= num[NUM.MAX_PENDING]) {',
    'if (pending > num[NUM.MAX_PENDING]) {',
    'requests let in beyond maxPending, the queue or the concurrency',
  ],
  [
    'who is turned away is not counted',
    'model/plain/steps/plain-way.js',
    'int[INT.TURNED_AWAY]++;',
    '',
    'failed requests = failures by reason',
  ],
  [
    'timeouts are not counted',
    'model/plain/steps/plain-way.js',
    'int[INT.TIMEOUTS]++;',
    '',
    'failed requests = failures by reason',
  ],
];

describeBrokenRules('a broken rule of the plain flow', plainStation, plainRules);

/** Connections come later than clients wait, the server has too few of them, and an instance restarts. */
const coldStation = `duration: 8s
traffic: { rate: 300, client: { timeout: 150ms, cancel: true } }
requests: { query: { exponential: 40ms, cpu: 60% } }
service: { instances: 2, pool: { max: 8, initial: 0, min: 0, acquireTimeout: 80ms, idleTimeout: 300ms } }
database: { connect: { latency: 120ms }, maxConnections: 20, reservedConnections: 6 }
timeline:
  - { at: 5s, title: Restarted, restart: { service: service, each: 500ms } }
`;

/** Broken rules there. */
const coldRules: readonly BrokenRule[] = [
  [
    'an opened connection that nobody owns stays idle while others wait',
    'model/pool/pool.js',
    'if (this.pendingAt(i) === 0) {\n            this.becomeIdle(i, now);',
    'if (true) {\n            this.becomeIdle(i, now);',
    'connections left free while somebody waits',
  ],
  [
    'what was cut off goes on slowing down the others',
    'model/database/database.js',
    'this.stopRunning(slot);\n        this.roundTripWatch.end',
    'this.roundTripWatch.end',
    'CPU shares in use = those of the queries at work (millionths)',
  ],
  [
    'an instance takes requests while it restarts',
    'model/service/service.js',
    'this.out[i] = this.out[i] + 1;\n        this.balancer.accept(i, false);',
    'this.out[i] = this.out[i] + 1;',
    'choices of an instance that the balancer’s policy does not allow',
  ],
  [
    'the server keeps no connection back',
    'model/database/connection-slots.js',
    'return settings.maxConnections - settings.reservedConnections',
    'return settings.maxConnections',
    'connections that the server admits beyond its limit',
  ],
];

describeBrokenRules('a broken rule of connections that come late', coldStation, coldRules);

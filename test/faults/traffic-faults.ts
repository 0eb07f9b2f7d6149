/** Faults of what arrives: rates, kinds of arrivals, users, traces. */

import type { PlantedFault } from './planted-fault.ts';

export const trafficFaults: readonly PlantedFault[] = [
  {
    name: 'arrivals: a ramp is a step',
    file: 'src/model/traffic/rate-curve.ts',
    from: 'slope: (point.perSecond / SECOND - rate) / length',
    to: 'slope: 0',
    caughtBy: { file: 'test/model/traffic/rate-curve.test.ts', title: 'expects the area under it' },
  },
  {
    name: 'arrivals: what has passed of a gap is waited for again after a change',
    file: 'src/model/traffic/gap-arrivals.ts',
    from: '- passed, Number.MIN_VALUE',
    to: '- 0, Number.MIN_VALUE',
    caughtBy: {
      file: 'test/model/traffic/gap-arrivals.test.ts',
      title: 'are not moved by a change that leaves the rate as it is',
    },
  },
  {
    name: 'arrivals: one comes before its time',
    file: 'src/model/traffic/gap-arrivals.ts',
    from: 'this.nextAt = Math.ceil(at);',
    to: 'this.nextAt = Math.floor(at);',
    caughtBy: {
      file: 'test/model/traffic/gap-arrivals.test.ts',
      title: 'come at whole nanoseconds, never before their time',
    },
  },
  {
    name: 'arrivals: roundings to whole nanoseconds add up',
    file: 'src/model/traffic/gap-arrivals.ts',
    from: 'this.last = this.next;',
    to: 'this.last = this.nextAt;',
    caughtBy: {
      file: 'test/model/traffic/gap-arrivals.test.ts',
      title: 'have the same gaps under another rate, stretched',
    },
  },
  {
    name: 'rate: at a jump the rate before it holds',
    file: 'src/model/traffic/rate-curve.ts',
    from: '(this.starts[middle] as number) <= at',
    to: '(this.starts[middle] as number) < at',
    caughtBy: {
      file: 'test/model/traffic/rate-curve.test.ts',
      title: 'has at a jump the rate from then on',
    },
  },
  {
    name: 'rate: an area is its height at the start times its length',
    file: 'src/model/traffic/rate-curve.ts',
    from: '((this.rateAt(k, from) + this.rateAt(k, to)) / 2)',
    to: 'this.rateAt(k, from)',
    caughtBy: { file: 'test/model/traffic/rate-curve.test.ts', title: 'expects the area under it' },
  },
  {
    name: 'users: who has left comes back again when the server answers',
    file: 'src/model/client/client.ts',
    from: '      this.tellUser(slot);\n    }\n    table.free(slot);',
    to: '    }\n    this.tellUser(slot);\n    table.free(slot);',
    caughtBy: {
      file: 'test/model/traffic/users.test.ts',
      title: 'all come back: nobody is lost over failures, retries and clients who leave',
    },
  },
  {
    name: 'users: one thinks already while the request is retried',
    file: 'src/model/client/client.ts',
    from: '    if (this.mayRetry(slot)) {\n      this.backOff(slot, reason);',
    to: '    this.tellUser(slot);\n    if (this.mayRetry(slot)) {\n      this.backOff(slot, reason);',
    caughtBy: {
      file: 'test/model/traffic/users.test.ts',
      title: 'think after the last retry has failed, and after they have left',
    },
  },
  {
    name: 'users: one who still thinks joins a second time when the curve is back',
    file: 'src/model/traffic/users.ts',
    from: 'if (!this.isPresent(user)) this.join(user);',
    to: 'this.join(user);',
    caughtBy: {
      file: 'test/model/traffic/users.test.ts',
      title:
        'keeps who is too many only until the next act, and for good if the curve is back by then',
    },
  },
  {
    name: 'users: one who joins sends at once',
    file: 'src/model/traffic/users.ts',
    from: 'this.drawThink(user);\n    this.startThinking(user);',
    to: 'this.drawThink(user);\n    this.thinking.push(this.simulation.now, user);',
    caughtBy: {
      file: 'test/model/traffic/users.test.ts',
      title: 'begin by thinking, and think again after each outcome',
    },
  },
  {
    name: 'batches: the rate is that of batches, not of requests',
    file: 'src/model/traffic/batch-arrivals.ts',
    from: 'longGaps(streams, name, meanBatchSize(sizes))',
    to: 'longGaps(streams, name, 1)',
    caughtBy: {
      file: 'test/model/traffic/open-arrivals.test.ts',
      title: 'scatter as their sizes: variance of the count ÷ its mean is E[size²] ÷ E[size]',
    },
  },
  {
    name: 'phases: the rate is the mean of both levels, however long they last',
    file: 'src/model/traffic/switched-arrivals.ts',
    from: 'const calm = (calmNs + busyNs) / (calmNs + ratio * busyNs);',
    to: 'const calm = 2 / (1 + ratio);',
    caughtBy: {
      file: 'test/model/traffic/open-arrivals.test.ts',
      title: 'have the rate as their long-run mean',
    },
  },
  {
    name: 'phases: a gap is not run down by what has passed of it when the phase ends',
    file: 'src/model/traffic/switched-arrivals.ts',
    from: 'Math.max((state[GAP] as number) - passed, Number.MIN_VALUE);\n    state[LAST] = to;',
    to: 'Math.max((state[GAP] as number) - passed * 0, Number.MIN_VALUE);\n    state[LAST] = to;',
    caughtBy: {
      file: 'test/model/traffic/open-arrivals.test.ts',
      title: 'is not moved by changes that leave all as it is: %s',
    },
  },
  {
    name: 'deterministic: each instant is the last one, rounded, and a gap more',
    file: 'src/model/traffic/deterministic-arrivals.ts',
    from: 'this.state[COUNT] = (this.state[COUNT] as number) + 1;\n    this.locateNext();',
    to: 'this.state[ANCHOR] = this.state[NEXT] as number;\n    this.state[COUNT] = 0;\n    this.state[OFFSET] = 1;\n    this.locateNext();',
    caughtBy: {
      file: 'test/model/traffic/open-arrivals.test.ts',
      title: 'do not drift: the millionth of three a second is where it should be',
    },
  },
  {
    name: 'Erlang arrivals: the gaps are sums of stages, not divided by their number',
    file: 'src/engine/variate-fills.ts',
    from: 'buffer[i] = sum / stages;',
    to: 'buffer[i] = sum;',
    caughtBy: {
      file: 'test/model/traffic/open-arrivals.test.ts',
      title: 'of %d stages have gaps with a squared variation of 1/stages',
    },
  },
  {
    name: 'trace: a speed shortens the recorded holds too',
    file: 'src/scenario/trace.ts',
    from: 'return read({ atNs: faster, holdNs });',
    to: 'return read({ atNs: faster, holdNs: holdNs?.map((ns) => Math.round(ns / speed)) ?? null });',
    caughtBy: {
      file: 'test/scenario/trace.test.ts',
      title: 'comes so many times as fast, with the same holds, and on top of a rate',
    },
  },
];

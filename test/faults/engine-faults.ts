/** Faults of the engine and the meters: order, chance, sums. */

import type { PlantedFault } from './planted-fault.ts';

export const engineFaults: readonly PlantedFault[] = [
  {
    name: 'heap: equal keys come up in any order',
    file: 'src/engine/event-list.ts',
    from: 'return (this.sequences[a] as number) < (this.sequences[b] as number);',
    to: 'return false;',
    caughtBy: {
      file: 'test/engine/event-list.test.ts',
      title: 'gives equal keys first in first out, also through many',
    },
  },
  {
    name: 'heap: the youngest of equal keys rises above the older ones',
    file: 'src/engine/event-list.ts',
    from: 'if (parentKey <= key) break;',
    to: 'if (parentKey < key) break;',
    caughtBy: {
      file: 'test/engine/event-list.test.ts',
      title: 'gives equal keys first in first out, also through many',
    },
  },
  {
    name: 'heap: what sinks stops above an older equal',
    file: 'src/engine/event-list.ts',
    from: 'key === childKey && sequence < (sequences[child] as number)',
    to: 'key === childKey',
    caughtBy: {
      file: 'test/engine/event-list.test.ts',
      title: 'gives equal keys first in first out, also through many',
    },
  },
  {
    name: 'heap: the last child is never looked at',
    file: 'src/engine/event-list.ts',
    from: 'if (child + 1 < last &&',
    to: 'if (child + 1 < last - 1 &&',
    caughtBy: {
      file: 'test/engine/event-list.test.ts',
      title: 'agrees with a sorted list through any order of pushes and pops',
    },
  },
  {
    name: 'lanes: of equal instants the younger lane goes first',
    file: 'src/engine/ordered-lanes.ts',
    from: 'lane.firstAt < first.firstAt',
    to: 'lane.firstAt <= first.firstAt',
    caughtBy: {
      file: 'test/engine/ordered-lanes.test.ts',
      title: 'serve equal instants first in first out, also across lanes',
    },
  },
  {
    name: 'lanes: a shorter delay queues behind the longer ones',
    file: 'src/engine/ordered-lanes.ts',
    from: 'if (at < lane.lastAt) {',
    to: 'if (at < 0) {',
    caughtBy: {
      file: 'test/engine/ordered-lanes.test.ts',
      title: 'serve in order of time when delays have become shorter meanwhile',
    },
  },
  {
    name: 'lanes: a ring that grows is copied from its first entry, not from its head',
    file: 'src/engine/ordered-lanes.ts',
    from: 'const i = (head + k) & mask;',
    to: 'const i = k;',
    caughtBy: {
      file: 'test/engine/ordered-lanes.test.ts',
      title: 'keep their order when they grow after some have gone, %s',
    },
  },
  {
    name: 'lanes: entries that were called off are kept when room is made',
    file: 'src/engine/ordered-lanes.ts',
    from: '!tickets.isValid(payload, ticket)) continue;',
    to: 'payload < 0) continue;',
    caughtBy: {
      file: 'test/engine/ordered-lanes.test.ts',
      title: 'forget called-off entries as others come, so that memory follows what is still meant',
    },
  },
  {
    name: 'tickets: a ticket is not revoked',
    file: 'src/engine/tickets.ts',
    from: 'this.current[slot] = 0;',
    to: 'this.current[slot] = this.current[slot] as number;',
    caughtBy: {
      file: 'test/engine/tickets.test.ts',
      title: 'are valid from their issue until they are taken back',
    },
  },
  {
    name: 'tickets: a new ticket has the number of the old one',
    file: 'src/engine/tickets.ts',
    from: '= ++this.last;',
    to: '= this.last ||= 1;',
    caughtBy: {
      file: 'test/engine/tickets.test.ts',
      title: 'are void once the slot has a newer one',
    },
  },
  {
    name: 'loop: of equal instants the higher rank goes first',
    file: 'src/engine/simulation.ts',
    from: 'if (candidate < at) {',
    to: 'if (candidate <= at) {',
    caughtBy: {
      file: 'test/engine/simulation.test.ts',
      title: 'fires the lower rank first at equal instants, whichever was created first',
    },
  },
  {
    name: 'loop: what is due exactly at the end is left out',
    file: 'src/engine/simulation.ts',
    from: 'if (at > until ||',
    to: 'if (at >= until ||',
    caughtBy: {
      file: 'test/engine/simulation.test.ts',
      title: 'fires what is due exactly at the end',
    },
  },
  {
    name: 'loop: equal ranks go by who scheduled first',
    file: 'src/engine/simulation.ts',
    from: 'a.rank - b.rank || a.order - b.order',
    to: 'a.rank - b.rank',
    caughtBy: {
      file: 'test/engine/simulation.test.ts',
      title: 'orders sources by their creation and not by when they first schedule',
    },
  },
  {
    name: 'queues: last in first out',
    file: 'src/engine/slot-queues.ts',
    from: 'const slot = this.heads[queue] as number;',
    to: 'const slot = this.tails[queue] as number;',
    caughtBy: {
      file: 'test/engine/slot-queues.test.ts',
      title: 'are first in first out, each for itself',
    },
  },
  {
    name: 'queues: leaving at the end loses those before',
    file: 'src/engine/slot-queues.ts',
    from: 'if (after === NONE) this.tails[queue] = before;',
    to: 'if (after === NONE) this.tails[queue] = NONE;',
    caughtBy: {
      file: 'test/engine/slot-queues.test.ts',
      title: 'agree with arrays whatever comes, goes and leaves from the middle',
    },
  },
  {
    name: 'streams: all names give the same numbers',
    file: 'src/engine/random-streams.ts',
    from: 'alea(`${this.seed}/${name}`)',
    to: 'alea(this.seed)',
    caughtBy: {
      file: 'test/engine/random-streams.test.ts',
      title: 'are the bits of sfc32, seeded by Alea with seed/name',
    },
  },
  {
    name: 'variates: the wedges of the ziggurat are taken whole',
    file: 'src/engine/ziggurat.ts',
    from: '- bottom) < density;',
    to: '- bottom) < 1;',
    caughtBy: {
      file: 'test/engine/variates.test.ts',
      title: 'are distributed by their law (Kolmogorov and Smirnov, Anderson and Darling)',
    },
  },
  {
    name: 'variates: the first draw of a batch comes twice',
    file: 'src/engine/variates.ts',
    from: 'return this.buffer[this.position++] as number;',
    to: 'return this.buffer[Math.max(0, this.position++ - 1)] as number;',
    caughtBy: {
      file: 'test/engine/variates.test.ts',
      title: 'come in the same order whether one looks at one or at many',
    },
  },
  {
    name: 'variates: the tail of the exponential law ends where the ziggurat does',
    file: 'src/engine/ziggurat.ts',
    from: 'return (layer > 0 ? 0 : EXPONENTIAL_EDGE) + exponential(bits);',
    to: 'return exponential(bits);',
    caughtBy: {
      file: 'test/engine/variate-tails.test.ts',
      title:
        'of the exponential law hold what they should, on both sides of where the ziggurat ends',
    },
  },
  {
    name: 'laws: the mean of a lognormal is taken for its median',
    file: 'src/engine/duration-law.ts',
    from: 'offset: log(law.mean) - variance / 2,',
    to: 'offset: log(law.mean),',
    caughtBy: {
      file: 'test/engine/duration-law.test.ts',
      title: 'has its median at the mean ÷ √(1 + cv²) when it is lognormal',
    },
  },
  {
    name: 'laws: a lognormal’s cv is taken for its σ',
    file: 'src/engine/duration-law.ts',
    from: 'const variance = log1p(law.cv * law.cv);',
    to: 'const variance = law.cv * law.cv;',
    caughtBy: {
      file: 'test/engine/duration-law.test.ts',
      title: 'has its median at the mean ÷ √(1 + cv²) when it is lognormal',
    },
  },
  {
    name: 'histogram: buckets are off by one',
    file: 'src/stats/histogram.ts',
    from: '(1023 << SUB_BITS) - 1',
    to: '1023 << SUB_BITS',
    caughtBy: { file: 'test/stats/histogram.test.ts', title: 'keeps zeros apart from ones' },
  },
  {
    name: 'histogram: the rank of a quantile is rounded down',
    file: 'src/stats/histogram.ts',
    from: 'Math.ceil(p * count - RANK_ROUNDING)',
    to: 'Math.floor(p * count)',
    caughtBy: {
      file: 'test/stats/histogram.test.ts',
      title: 'gives quantiles within 1 % of the exact ones',
    },
  },
  {
    name: 'histogram: a quantile goes beyond the largest value',
    file: 'src/stats/histogram.ts',
    from: 'Math.min(value, this.max);',
    to: 'value;',
    caughtBy: {
      file: 'test/stats/histogram.test.ts',
      title: 'knows the largest value exactly and never goes beyond it',
    },
  },
  {
    name: 'sums: the carry is lost',
    file: 'src/stats/exact-sum.ts',
    from: 'this.low -= CARRY;\n      this.high++;',
    to: 'this.low -= CARRY;',
    caughtBy: {
      file: 'test/stats/exact-sum.test.ts',
      title: 'is the sum of big integers, far beyond 2^53',
    },
  },
  {
    name: 'sums: adding a sum leaves its low part uncarried',
    file: 'src/stats/exact-sum.ts',
    from: 'this.add(other.low);',
    to: 'this.low += other.low;',
    caughtBy: { file: 'test/stats/exact-sum.test.ts', title: 'adds another sum exactly' },
  },
  {
    name: 'levels: the meter’s clock is not moved on',
    file: 'src/stats/level-meter.ts',
    from: 'else this.carry(i, level, now);\n    areas[at + SINCE] = now;',
    to: 'else this.carry(i, level, now);',
    caughtBy: {
      file: 'test/stats/level-meter.test.ts',
      title: 'weights each level with the time that it lasted',
    },
  },
  {
    name: 'levels: the time since the last change is left out',
    file: 'src/stats/level-meter.ts',
    from: 'const open = (this.level[i] as number) *',
    to: 'const open = 0 *',
    caughtBy: {
      file: 'test/stats/level-meter.test.ts',
      title: 'weights each level with the time that it lasted',
    },
  },
  {
    name: 'laws: the last of recorded values is never drawn',
    file: 'src/engine/duration-law.ts',
    from: 'numbers[Math.min(Math.floor(standard * numbers.length), numbers.length - 1)]',
    to: 'numbers[Math.floor(standard * (numbers.length - 1))]',
    caughtBy: {
      file: 'test/engine/duration-law.test.ts',
      title: 'draws each of its values equally often, and no others, when it is empirical',
    },
  },
];

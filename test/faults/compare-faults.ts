/** Faults of comparisons: pairs, corrections, what so many runs can see. */

import type { PlantedFault } from './planted-fault.ts';

export const compareFaults: readonly PlantedFault[] = [
  {
    name: 'compare: all p values are tested at the level of the smallest',
    file: 'src/stats/holm.ts',
    from: 'p > alpha / (m - k)',
    to: 'p > alpha / m + 0 * k',
    caughtBy: {
      file: 'test/stats/holm.test.ts',
      title: 'stops at the first that misses its level, even if later ones are below theirs',
    },
  },
  {
    name: 'compare: a later p value may be significant after one that is not',
    file: 'src/stats/holm.ts',
    from: 'significant: k < found,',
    to: 'significant: (ascending[k]?.p ?? 1) <= alpha / (m - k),',
    caughtBy: {
      file: 'test/stats/holm.test.ts',
      title: 'stops at the first that misses its level, even if later ones are below theirs',
    },
  },
  {
    name: 'compare: B has random numbers of its own unasked',
    file: 'src/experiment/compare/compare.ts',
    from: 'independent ? `${seed}/independent` : seed',
    to: '`${seed}/independent`',
    caughtBy: {
      file: 'test/experiment/compare/compare.test.ts',
      title: 'gives run i of both sides the same random numbers',
    },
  },
  {
    name: 'compare: pairs without two numbers are left out of the mean',
    file: 'src/experiment/compare/paired.ts',
    from: 'if (numbers.length < pairs.length || moments === null',
    to: 'if (moments === null',
    caughtBy: {
      file: 'test/experiment/compare/paired.test.ts',
      title: 'is not tested where a side did not observe the figure in each run',
    },
  },
  {
    name: 'compare: the smallest visible difference knows nothing of the family',
    file: 'src/experiment/compare/paired.ts',
    from: 'twoSidedT(1 - level, degreesOfFreedom)',
    to: 'twoSidedT(1 - ALPHA + 0 * level, degreesOfFreedom)',
    caughtBy: {
      file: 'test/experiment/compare/paired.test.ts',
      title: 'grows with the family, by the level that is left',
    },
  },
  {
    name: 'compare: rounding is taken for a difference',
    file: 'src/experiment/compare/paired.ts',
    from: 'const ROUNDING = 1e-10;',
    to: 'const ROUNDING = 0;',
    caughtBy: {
      file: 'test/experiment/compare/paired.test.ts',
      title: 'of values that differ in the last of their twelve digits is 0',
    },
  },
];

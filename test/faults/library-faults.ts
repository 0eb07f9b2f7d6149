/** Faults of the library and of its matcher. */

import type { PlantedFault } from './planted-fault.ts';

export const libraryFaults: readonly PlantedFault[] = [
  {
    name: 'library: an undecided objective is met in vitest',
    file: 'src/vitest/to-meet-objectives.ts',
    from: "verdict === 'undecided' ? this.isNot : verdict === 'pass'",
    to: "verdict === 'undecided' ? !this.isNot : verdict === 'pass'",
    caughtBy: {
      file: 'test/vitest/to-meet-objectives.test.ts',
      title: 'fails either way where the budget decides nothing',
    },
  },
  {
    name: 'library: replications are counted, and the seed is forgotten',
    file: 'src/library/simulate.ts',
    from: '{ seed: seed ?? scenario.seed }',
    to: '{ seed: seed === undefined ? scenario.seed : scenario.seed }',
    caughtBy: {
      file: 'test/library/simulate.test.ts',
      title: 'takes another seed, as text or as a number',
    },
  },
  {
    name: 'library: a check keeps the thread to itself',
    file: 'src/library/carry-out-check.ts',
    from: 'new InlineExecutor(letOthersRun)',
    to: 'new InlineExecutor(async () => (letOthersRun.length > 1 ? letOthersRun() : undefined))',
    caughtBy: { file: 'test/library/check.test.ts', title: 'lets other work have its turns' },
  },
];

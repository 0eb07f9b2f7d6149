/** Faults in the gate: what it compares, when it stops, what it says. */
import type { PlantedFault } from './planted-fault.ts';

const regressions = 'test/experiment/check/regressions.test.ts';
const check = 'test/experiment/check/check.test.ts';
const objective = 'test/experiment/check/checked-objective.test.ts';

export const checkFaults: readonly PlantedFault[] = [
  {
    name: 'check: what is significant is a regression, however small',
    file: 'src/experiment/check/regressions.ts',
    from: 'isRegression: isSure && worseBy > tolerance',
    to: 'isRegression: isSure && worseBy > 0',
    caughtBy: { file: regressions, title: 'is significant and larger than the tolerance' },
  },
  {
    name: 'check: what is large is a regression, however unsure',
    file: 'src/experiment/check/regressions.ts',
    from: 'isRegression: isSure && worseBy > tolerance',
    to: 'isRegression: worseBy > tolerance',
    caughtBy: { file: regressions, title: 'is significant and larger than the tolerance' },
  },
  {
    name: 'check: fewer answers are better',
    file: 'src/experiment/check/regressions.ts',
    from: "(worse === 'less' ? -x : x)",
    to: "(worse === 'less' ? x : x)",
    caughtBy: {
      file: regressions,
      title: 'of answers is to have fewer of them; more or faster is better',
    },
  },
  {
    name: 'check: a microsecond more is a regression',
    file: 'src/experiment/check/regressions.ts',
    from: "{ worse: 'more', floor: 1 }",
    to: "{ worse: 'more', floor: 0.001 }",
    caughtBy: {
      file: regressions,
      title: 'is none where the figure is too small to matter: below 1 ms, below 1 % of errors',
    },
  },
  {
    name: 'check: an open question ends the runs',
    file: 'src/experiment/check/check.ts',
    from: "state !== 'undecided'",
    to: "state !== 'missed'",
    caughtBy: {
      file: check,
      title: 'goes on while an objective is undecided, and stops at the budget',
    },
  },
  {
    name: 'check: what it was has its own seed',
    file: 'src/experiment/check/check.ts',
    from: 'scenario: before, seed, replication',
    to: 'scenario: before, seed: before.seed, replication',
    caughtBy: {
      file: check,
      title:
        'gives both sides the same random numbers: what is only written otherwise differs by 0',
    },
  },
  {
    name: 'check: an infinite value is left out',
    file: 'src/experiment/check/checked-objective.ts',
    from: "value === 'infinite' ? Infinity : value",
    to: "value === 'infinite' ? 0 : value",
    caughtBy: { file: objective, title: 'is missed where it is infinite in every run' },
  },
  {
    name: 'check: an interval that straddles its limit is met',
    file: 'src/experiment/check/checked-objective.ts',
    from: "return met.some(Boolean) ? 'undecided' : 'missed';",
    to: "return met.some(Boolean) ? 'met' : 'missed';",
    caughtBy: {
      file: objective,
      title: 'is met or missed when the interval of its mean lies on one side of the limit',
    },
  },
  {
    name: 'check: a new finding of the review does not count',
    file: 'src/experiment/check/answer.ts',
    from: 'file.regressions.length > 0 || newBreaks(file).length > 0',
    to: 'file.regressions.length > 0',
    caughtBy: {
      file: 'test/experiment/check/answer.test.ts',
      title: 'fails for what a change breaks, though the traffic is served as before',
    },
  },
];

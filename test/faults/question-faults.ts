/** Faults of the answers: rates, sizes, effects, what the timeline leaves out. */

import type { PlantedFault } from './planted-fault.ts';

const closedForm = {
  file: 'test/experiment/diagnose/january.test.ts',
  title: 'measures of %s what the closed form says: %d',
};
const sequential = {
  file: 'test/experiment/size/sequential-test.test.ts',
  title: 'the constants are those of Kim and Nelson',
};
const theory = {
  file: 'test/experiment/capacity/steady-capacity.test.ts',
  title: 'finds both rates of %s',
};

export const questionFaults: readonly PlantedFault[] = [
  {
    name: 'questions: an effect is that of the change made, not of a tenth',
    file: 'src/experiment/diagnose/effects.ts',
    from: 'const perTenth = (sign * TENTH) / trial.variant.by;',
    to: 'const perTenth = sign;',
    caughtBy: closedForm,
  },
  {
    name: 'questions: less work is more work',
    file: 'src/experiment/diagnose/levers.ts',
    from: 'requests: s.requests.map((request) => scaledRequest(request, part, 1 - TENTH)),',
    to: 'requests: s.requests.map((request) => scaledRequest(request, part, 1 + TENTH)),',
    caughtBy: closedForm,
  },
  {
    name: 'questions: a lever is tried in what the timeline sets later',
    file: 'src/experiment/diagnose/lever-plan.ts',
    from: "return atNs <= judgedNs || kind === 'outage';",
    to: "return atNs <= Infinity || kind === 'outage' || judgedNs > 0;",
    caughtBy: {
      file: 'test/experiment/diagnose/causes.test.ts',
      title: 'judges a lever before the entry that changes it',
    },
  },
  {
    name: 'questions: the run itself may break off unnoticed',
    file: 'src/experiment/diagnose/excerpt.ts',
    from: 'if (!(error instanceof SimulationLimit) || input.mayBreakOff !== true) throw error;',
    to: 'if (!(error instanceof SimulationLimit)) throw error;',
    caughtBy: {
      file: 'test/experiment/diagnose/break-off.test.ts',
      title: 'is a failure, or a result where it may be one',
    },
  },
  {
    name: 'questions: beyond what can be served, it is always the pool',
    file: 'src/experiment/capacity/station-beyond.ts',
    from: "return reading === undefined ? 'none' : stationIn(reading, system);",
    to: "return reading === undefined || stationIn(reading, system) === 'none' ? 'none' : 'pool';",
    caughtBy: {
      file: 'test/experiment/capacity/station.test.ts',
      title: 'names what holds requests up beyond what can be served: %s',
    },
  },
  {
    name: 'questions: what is served counts while the pool fills up',
    file: 'src/experiment/steady/steady-run.ts',
    from: 'const seconds = (b.atNs - a.atNs) / SECOND;',
    to: 'const seconds = b.atNs / SECOND;',
    caughtBy: theory,
  },
  {
    name: 'questions: the rate within the objectives is found where twice the wait is allowed',
    file: 'src/experiment/capacity/height.ts',
    from: 'limit > 0 && value > 0 ? log(value / limit)',
    to: 'limit > 0 && value > 0 ? log(value / limit / 2)',
    caughtBy: theory,
  },
  {
    name: 'questions: the region of a sequential test is too narrow',
    file: 'src/experiment/size/sequential-test.ts',
    from: 'log((2 * alpha) / comparisons)',
    to: 'log((4 * alpha) / comparisons)',
    caughtBy: sequential,
  },
  {
    name: 'questions: a sequential test decides by the mean as soon as it may',
    file: 'src/experiment/size/sequential-test.ts',
    from: 'if (Math.abs(sum) >= region)',
    to: 'if (Math.abs(sum) >= 0 * region)',
    caughtBy: {
      file: sequential.file,
      title: 'a mean at the edge of the indifference zone is called wrongly as seldom as promised',
    },
  },
  {
    name: 'questions: a backlog of more connections than are best drains as well',
    file: 'src/experiment/size/full-pool.ts',
    from: 'return servedPerSecond >= (1 + MARGIN) * peakRps;',
    to: 'return servedPerSecond >= (1 - 10 * MARGIN) * peakRps;',
    caughtBy: {
      file: 'test/experiment/size/january.test.ts',
      title: 'a full pool serves what its formula says, less at 60 an instance than arrive',
    },
  },
  {
    name: 'questions: what the timeline sets above a varied path stays',
    file: 'src/scenario/without-sets.ts',
    from: 'startsWith(place, other) || startsWith(other, place)',
    to: 'startsWith(place, other)',
    caughtBy: { file: 'test/scenario/without-sets.test.ts', title: 'above it, and inside it' },
  },
];

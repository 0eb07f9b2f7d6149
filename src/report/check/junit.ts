/** A check as JUnit XML, which build servers read. The one door to junit-report-builder. */
import builder from 'junit-report-builder';
import { newBreaks, type CheckAnswer, type CheckedFile } from '../../experiment/check/answer.ts';
import type { CheckedObjective } from '../../experiment/check/checked-objective.ts';
import { metricWords } from '../compare/metric-words.ts';
import { oneLine } from '../text.ts';
import { percent } from '../words.ts';
import { objectiveWords } from './objective-words.ts';
import { reviewerSentence } from './sentence.ts';

/** A suite for each scenario, a case for each thing that is judged; no wall time, so that bytes repeat. */
export function checkJunit(answer: CheckAnswer): string {
  const report = newReport().name('tidemark check');
  for (const file of answer.files) {
    const suite = report.testSuite().name(oneLine(file.now.scenario.name));
    for (const one of casesOf(file, answer)) {
      const test = suite.testCase().className(oneLine(file.file)).name(one.name);
      switch (one.state) {
        case 'passed':
          break;
        case 'failed':
          test.failure(one.message, one.type);
          break;
        case 'undecided':
          test.error(one.message, one.type);
          break;
        case 'skipped':
          test.skipped();
      }
    }
  }
  return `${report.build().trimEnd()}\n`;
}

/** The package's types see a module in what it exports. */
function newReport(): ReturnType<(typeof builder)['default']['newBuilder']> {
  return (builder as unknown as (typeof builder)['default']).newBuilder();
}

interface Case {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'undecided' | 'skipped';
  readonly type: string;
  readonly message: string;
}

function casesOf(file: CheckedFile, answer: CheckAnswer): Case[] {
  return [
    ...file.checked.objectives.map((objective, i) => objectiveCase(file, objective, i, answer)),
    ...metricCases(file),
    ...findingCases(file),
  ];
}

function objectiveCase(
  file: CheckedFile,
  objective: CheckedObjective,
  i: number,
  { undecided }: CheckAnswer,
): Case {
  const open = { undecided: 'undecided', pass: 'skipped', fail: 'failed' } as const;
  const states = { met: 'passed', missed: 'failed', undecided: open[undecided] } as const;
  const words = objectiveWords(file, i);
  return {
    name: oneLine(objective.text),
    state: states[objective.state],
    type: 'objective',
    message: `${words}. ${reviewerSentence(file)}`,
  };
}

function metricCases(file: CheckedFile): Case[] {
  return (file.checked.comparison?.metrics ?? []).map((metric): Case => {
    const { subject } = metricWords(metric.name, file.now.scenario.objectives);
    const by = metric.worseBy === null ? '' : ` ${percent(metric.worseBy)}`;
    return {
      name: `${subject} is no worse than it was`,
      state: metric.isRegression ? 'failed' : 'passed',
      type: 'regression',
      message: `${subject} is${by} worse. ${reviewerSentence(file)}`,
    };
  });
}

/** One for what the review finds that was not there before. */
function findingCases(file: CheckedFile): Case[] {
  if (file.before === null) return [];
  const broken = newBreaks(file);
  const message = broken.map(({ says, mend }) => `${says} Do: ${mend}`).join(' ');
  const state = broken.length === 0 ? 'passed' : 'failed';
  return [{ name: 'the change breaks nothing else', state, type: 'review', message }];
}

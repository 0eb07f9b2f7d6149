/** The report of a run on a terminal: the verdict first, then what it rests on. */
import type { Advice } from '../experiment/advice.ts';
import type { RunResult } from '../experiment/result.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Report } from './report.ts';
import { runClock } from './run-clock.ts';
import { acrossLines } from './sections/across.ts';
import { byServiceLines } from './sections/by-service.ts';
import { gradeLines, readingLines, certificateLines } from './sections/evidence.ts';
import {
  distributionLines,
  failureLines,
  phaseLines,
  serviceLines,
  trialLines,
} from './sections/figures.ts';
import { objectiveLines } from './sections/objectives.ts';
import { arrivalChart, latencyChart } from './sections/plots.ts';
import { poolChart, poolLines } from './sections/pool-use.ts';
import { productLines } from './sections/product.ts';
import { settingsLines } from './sections/settings.ts';
import { steadyLines } from './sections/steady.ts';
import {
  alertLines,
  footLines,
  headLines,
  ledgerLines,
  timelineLines,
  verdictLines,
} from './sections/summary.ts';
import { plainStyle, type Style } from './style.ts';

export { renderComparison } from './comparison.ts';

/** The sections of every report, in their order. */
const SUMMARY: readonly ((report: Report) => string[])[] = [
  headLines,
  verdictLines,
  acrossLines,
  steadyLines,
  timelineLines,
  alertLines,
  (report) => [...poolLines(report), ...poolChart(report)],
  byServiceLines,
  ledgerLines,
  objectiveLines,
];

/** What `--full` adds. */
const DETAILS: readonly ((report: Report) => string[])[] = [
  arrivalChart,
  latencyChart,
  phaseLines,
  failureLines,
  distributionLines,
  serviceLines,
  settingsLines,
  productLines,
  trialLines,
  readingLines,
  gradeLines,
  certificateLines,
];

/**
 * The report of a run as text of at most 80 columns: of at most 60 lines for a scenario of ordinary size,
 * or with everything.
 */
export function renderRun(run: {
  readonly result: RunResult;
  readonly advice: Advice | null;
  readonly scenario: Scenario;
  readonly full: boolean;
  readonly style?: Style;
}): string {
  const clock = runClock(run.result, run.scenario.utcOffsetMinutes);
  const report: Report = { ...run, style: run.style ?? plainStyle, clock };
  const sections = [...SUMMARY, footLines, ...(run.full ? DETAILS : [])];
  return sections
    .map((lines) => lines(report))
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(''))
    .join('\n');
}

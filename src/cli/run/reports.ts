// The two forms of a run's report: text for people, JSON for programs. Tables and charts are loaded only
// for the text.

import { renderJson } from '../../report/json.ts';
import { runClock } from '../../report/run-clock.ts';
import { verdict } from '../../report/verdict.ts';
import { coloursFor, type ColourWishes } from '../colour.ts';
import type { Plan } from './plan.ts';
import type { Outcome } from './simulate.ts';

/** With changes: before and after side by side, then the verdict on the changed run. */
export async function textReport(
  plan: Plan,
  outcome: Outcome,
  wishes: ColourWishes,
): Promise<string> {
  const { renderComparison, renderRun } = await import('../../report/run-report.ts');
  const { scenario, options } = plan;
  const { result, advice, before } = outcome;
  const { full } = options;
  const style = coloursFor(wishes);
  const clock = runClock(result, scenario.utcOffsetMinutes);
  const report = () => renderRun({ result, advice, scenario, full, style });
  if (before === null) return report();
  const changes = options.sets.map(({ path, text }) => `${path}=${text}`);
  const comparison = renderComparison({ before, after: result, changes, style });
  return `${comparison}\n${full ? report() : linesOf(verdict(result, advice, clock))}`;
}

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** With changes: the changed run's document, which then also says what was changed and from what. */
export function jsonReport({ options }: Plan, { result, advice, before }: Outcome): string {
  if (before === null) return renderJson(result, advice);
  const changes = Object.fromEntries(options.sets.map(({ path, text }) => [path, text]));
  return renderJson(result, advice, { changes, before });
}

/** What would have become of the run. */
import type { CounterfactualResult } from '../../experiment/diagnose/diagnosis.ts';
import type { RunClock } from '../run-clock.ts';
import { section } from '../report.ts';
import { wrap } from '../text.ts';
import { count, counted, NOTHING, orNothing, percent } from '../words.ts';
import type { DiagnosisParts } from './diagnose-report.ts';

/** The first ones, unless all are asked for. */
const MOST = 8;

export function counterfactualLines({ diagnosis, full, style, clock }: DiagnosisParts): string[] {
  const { counterfactuals, leftOut } = diagnosis;
  if (counterfactuals.length === 0) return [];
  const shown = full ? counterfactuals : counterfactuals.slice(0, MOST);
  const rows = shown.map((one) => [
    titleOf(one, clock),
    fewerWords(one),
    orNothing(one.errors, percent),
  ]);
  const right = { align: 'right' } as const;
  const columns = [
    { head: 'What would have been', whenLong: 'shorten' as const },
    { head: 'failed requests', ...right },
    { head: 'failed', ...right },
  ];
  const replications = Math.max(...counterfactuals.map((one) => one.replications));
  const how =
    replications === 1
      ? 'One pair of runs each, of the same random numbers.'
      : `Means of ${counted(replications, 'pair')} of runs, with 95 % intervals.`;
  const more = counterfactuals.length - shown.length;
  const hidden = more === 0 ? '' : ` --full has ${count(more)} more.`;
  const broken = counterfactuals.find(({ brokeOff }) => brokeOff !== undefined)?.brokeOff;
  const why = broken === undefined ? [] : wrap(`Broke off: ${broken}.`);
  const untried = leftOut === 0 ? '' : ` Not tried, to save time: ${count(leftOut)}.`;
  return [...section({ style }, columns, rows), how + hidden + untried, ...why];
}

function titleOf({ kind, title, at, size }: CounterfactualResult, clock: RunClock): string {
  const when = at === null ? '' : clock.time(at);
  switch (kind) {
    case 'pool-size':
      return `the pool at ${orNothing(size, count)} from ${when} on`;
    case 'nothing-done':
      return 'nothing done at all';
    case 'done-alone':
      return `nothing done but, at ${when}: ${title}`;
    case 'fix-earlier':
      return `at ${when} already: ${title}`;
  }
}

/** `5.0 million fewer`, `19,000 more`, `12 ± 3 fewer`. */
function fewerWords({ fewer, low, high }: CounterfactualResult): string {
  if (fewer === null) return 'broke off';
  if (fewer === 0) return NOTHING;
  const half = low === null || high === null ? null : (high - low) / 2;
  const interval = half === null || half === 0 ? '' : ` ± ${count(half)}`;
  return `${count(Math.abs(fewer))}${interval} ${fewer > 0 ? 'fewer' : 'more'}`;
}

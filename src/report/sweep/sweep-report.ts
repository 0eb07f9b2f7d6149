/** The answer of `sweep` as text: what it found, then the map or the bars, then the points. */
import type { SweepPlan, SweepResult } from '../../experiment/sweep/sweep.ts';
import { plainStyle, type Style } from '../style.ts';
import { oneLine, wrap } from '../text.ts';
import { counted, listed } from '../words.ts';
import { barLines } from './bars.ts';
import { heatMap } from './heat-map.ts';
import { type SweepMetric, usualMetric } from './metrics.ts';
import { variationWords } from './names.ts';
import { pointsTable } from './points-table.ts';
import { sweepVerdict } from './verdict.ts';

interface SweepText {
  readonly plan: SweepPlan;
  readonly result: SweepResult;
  /** What the map shows; null: errors where there are some, otherwise response p99. */
  readonly metric: SweepMetric | null;
  readonly style?: Style;
}

/** At most 80 columns. */
export function renderSweep({ plan, result, metric, style = plainStyle }: SweepText): string {
  const chosen = metric ?? usualMetric(result);
  const sections = [
    headLines(plan, result, style),
    sweepVerdict(plan, result, chosen).flatMap((line) => wrap(line)),
    picture(plan, result, { metric: chosen, style }),
    pointsTable(plan, result, style),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(''))
    .join('\n');
}

function headLines(
  { scenario, variations, replications }: SweepPlan,
  result: SweepResult,
  style: Style,
): string[] {
  const varied = listed(variations.map(variationWords));
  const runs = replications === 1 ? '' : `, ${counted(replications, 'run')} each`;
  return [
    ...wrap(oneLine(scenario.title)).map((line) => style.bold(line)),
    ...wrap(`${counted(result.length, 'point')}: ${varied}${runs}`),
  ];
}

function picture(
  plan: SweepPlan,
  result: SweepResult,
  how: { metric: SweepMetric; style: Style },
): string[] {
  if (plan.variations.length === 1) return barLines(plan, result, how);
  return plan.variations.length === 2 ? heatMap(plan, result, how) : [];
}

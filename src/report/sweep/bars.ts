/** One figure along one variation, as bars. */
import { passes } from '../../experiment/sweep/passing.ts';
import type { Variation } from '../../experiment/sweep/grid.ts';
import type { SweepPlan, SweepResult } from '../../experiment/sweep/sweep.ts';
import type { Style } from '../style.ts';
import { WIDTH, widthOf } from '../text.ts';
import { metricWords, type SweepMetric, valueOf } from './metrics.ts';
import { valueWords } from './names.ts';

/** Beyond this the table says it better. */
const MOST_BARS = 40;
const MOST_COLUMNS = 50;

/** A bar for each point; none where there are too many of them, or nothing to show. */
export function barLines(
  { variations, scenario }: SweepPlan,
  result: SweepResult,
  { metric, style }: { metric: SweepMetric; style: Style },
): string[] {
  const [{ values }] = variations as [Variation];
  const most = Math.max(...result.map((point) => valueOf(point, metric) ?? 0));
  if (result.length > MOST_BARS || most === 0) return [];
  const labels = values.map(valueWords);
  const figures = result.map((point) => metricWords(point, metric));
  const labelWidth = Math.max(...labels.map(widthOf));
  const room = WIDTH - labelWidth - Math.max(...figures.map(widthOf)) - 3;
  const columns = Math.min(MOST_COLUMNS, room);
  const bars = result.map((point, i) => {
    const length = ((valueOf(point, metric) ?? 0) / most) * columns;
    const padding = ' '.repeat(labelWidth - widthOf(labels[i] ?? ''));
    const colour = passes(point) ? style.green : style.red;
    const bar = bar8(length);
    const shown = scenario.objectives.length === 0 ? bar : colour(bar);
    return `${padding}${labels[i] ?? ''}  ${shown}${bar === '' ? '' : ' '}${figures[i] ?? ''}`;
  });
  return [style.bold(metric.name), ...bars];
}

/** Whole blocks and an eighth of one at the end. */
function bar8(length: number): string {
  const eighths = Math.round(length * 8);
  const rest = eighths % 8;
  return '█'.repeat(Math.floor(eighths / 8)) + (rest === 0 ? '' : (' ▏▎▍▌▋▊▉'[rest] ?? ''));
}

/** One figure over a grid of two variations: digits in cells, coloured by whether objectives are met. */
import type { Variation } from '../../experiment/sweep/grid.ts';
import { passes } from '../../experiment/sweep/passing.ts';
import type { PointResult } from '../../experiment/sweep/point.ts';
import type { SweepPlan, SweepResult } from '../../experiment/sweep/sweep.ts';
import type { Style } from '../style.ts';
import { shorten, WIDTH, widthOf, wrap } from '../text.ts';
import { metricWords, type SweepMetric, valueOf } from './metrics.ts';
import { shortName, valueWords } from './names.ts';

const GAP = '  ';

/** A cell: its text without colour, and its colour. */
interface Cell {
  readonly text: string;
  readonly colour: (text: string) => string;
}

interface Grid {
  readonly rows: Variation;
  readonly columns: Variation;
  readonly cell: (row: number, column: number) => Cell;
}

/** The longer variation goes down; columns that do not fit beside each other stand below. */
export function heatMap(
  plan: SweepPlan,
  result: SweepResult,
  { metric, style }: { metric: SweepMetric; style: Style },
): string[] {
  const paths = plan.variations.map(({ path }) => path);
  const grid = gridOf(plan, result, { metric, style });
  const { rows, columns } = grid;
  const head = `${metric.name} by ${shortName(rows.path, paths)} (down) and ${shortName(columns.path, paths)} (across)`;
  return [
    style.bold(shorten(head, WIDTH)),
    ...blocks(grid, style),
    ...wrap(legendOf(plan, result)).map((line) => style.dim(line)),
  ];
}

function gridOf(
  { variations, scenario }: SweepPlan,
  result: SweepResult,
  { metric, style }: { metric: SweepMetric; style: Style },
): Grid {
  const [first, second] = variations as [Variation, Variation];
  const width = second.values.length;
  const judged = scenario.objectives.length > 0;
  const colourOf = judged
    ? (point: PointResult) => (passes(point) ? style.green : style.red)
    : byThirds(result, metric, style);
  const cellOf = (point: PointResult): Cell => {
    const mark = judged ? (passes(point) ? '*' : ' ') : '';
    return { text: metricWords(point, metric) + mark, colour: colourOf(point) };
  };
  const at = (i: number, j: number) => cellOf(result[i * width + j] as PointResult);
  const isWide = width > first.values.length;
  if (isWide) return { rows: second, columns: first, cell: (row, column) => at(column, row) };
  return { rows: first, columns: second, cell: at };
}

/** Of points without objectives: the best third of the figures seen, the worst, and those between. */
function byThirds(
  result: SweepResult,
  metric: SweepMetric,
  style: Style,
): (point: PointResult) => (text: string) => string {
  const seen = result.flatMap((point) => valueOf(point, metric) ?? []);
  const low = Math.min(...seen);
  const third = (Math.max(...seen) - low) / 3;
  const colours = [style.green, style.yellow, style.red];
  if (metric.best === 'high') colours.reverse();
  return (point) => {
    const value = valueOf(point, metric);
    if (value === null || third === 0) return style.dim;
    return colours[Math.min(2, Math.floor((value - low) / third))] ?? style.dim;
  };
}

/** Side by side as many columns as fit. */
function blocks(grid: Grid, style: Style): string[] {
  const labels = grid.rows.values.map(valueWords);
  const labelWidth = Math.max(...labels.map(widthOf));
  const columns = grid.columns.values.map((value, column) => {
    const cells = labels.map((_, row) => grid.cell(row, column));
    const head = valueWords(value);
    return { head, cells, width: Math.max(widthOf(head), ...cells.map((c) => widthOf(c.text))) };
  });
  const lines: string[] = [];
  for (let from = 0; from < columns.length;) {
    let to = from + 1;
    let width = labelWidth + GAP.length + (columns[from]?.width ?? 0);
    for (; to < columns.length; to++) {
      width += GAP.length + (columns[to]?.width ?? 0);
      if (width > WIDTH) break;
    }
    const block = columns.slice(from, to);
    const heads = block.map((column) => GAP + padded(column.head, column.width));
    if (from > 0) lines.push('');
    lines.push(style.bold(' '.repeat(labelWidth) + heads.join('')));
    labels.forEach((label, row) => {
      const cells = block.map((column) => {
        const { text, colour } = column.cells[row] as Cell;
        return GAP + colour(padded(text, column.width));
      });
      lines.push(`${padded(label, labelWidth)}${cells.join('')}`.trimEnd());
    });
    from = to;
  }
  return lines;
}

function padded(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

function legendOf({ scenario }: SweepPlan, result: SweepResult): string {
  return [
    scenario.objectives.length === 0 ? [] : ['* all objectives met'],
    result.some(({ measured }) => measured === null) ? ['× could not be simulated to the end'] : [],
    ['– nothing observed'].filter(() =>
      result.some((point) => point.measured?.figures.errors === null),
    ),
  ]
    .flat()
    .join(', ');
}

/** The points of a sweep as a table. */
import { setsAt } from '../../experiment/sweep/grid.ts';
import { passes } from '../../experiment/sweep/passing.ts';
import type { PointResult } from '../../experiment/sweep/point.ts';
import type { SweepPlan, SweepResult } from '../../experiment/sweep/sweep.ts';
import type { Style } from '../style.ts';
import { layOutTable } from '../table.ts';
import { WIDTH, widthOf, wrap } from '../text.ts';
import { STATION_WORDS } from '../verdict/names.ts';
import { count } from '../words.ts';
import { BROKE_OFF, intervalOrWords, SWEEP_METRICS } from './metrics.ts';
import { shortName, valueWords } from './names.ts';

/** A longer table nobody reads. */
const MOST_ROWS = 60;

interface TableColumn {
  readonly head: string;
  readonly align: 'left' | 'right';
  readonly cell: (point: PointResult) => string;
  /** What is left out first where the table is too wide; 0 never is. */
  readonly rank: number;
}

/** A row for each point, coloured by whether it meets all objectives. */
export function pointsTable(plan: SweepPlan, result: SweepResult, style: Style): string[] {
  const shown = shownPoints(plan, result);
  const columns = fitting([...variedColumns(plan), ...FIGURES, ...judged(plan)], shown);
  const { head, rows } = layOutTable(
    columns.map(({ head: text, align }) => ({ head: text, align })),
    shown.map((point) => columns.map(({ cell }) => cell(point))),
  );
  const hasObjectives = plan.scenario.objectives.length > 0;
  const colour = (point: PointResult | undefined) => {
    if (!hasObjectives || point === undefined) return (text: string) => text;
    return passes(point) ? style.green : style.red;
  };
  return [
    ...head.map((line) => style.bold(line)),
    ...rows.flatMap((lines, i) => lines.map(colour(shown[i]))),
    ...wrap(legend(plan, result, shown)).map((line) => style.dim(line)),
  ];
}

function variedColumns({ variations }: SweepPlan): TableColumn[] {
  const paths = variations.map(({ path }) => path);
  return variations.map(({ path, ascending }) => ({
    head: shortName(path, paths),
    align: ascending ? 'right' : 'left',
    cell: ({ point }) => valueWords(setsAt(variations, point)[path]),
    rank: 0,
  }));
}

/** Heads are short, the legend says them in full. */
const FIGURES: readonly TableColumn[] = (
  [
    ['errors', 'errors', 0],
    ['p50', 'response p50', 3],
    ['p99', 'response p99', 0],
    ['wait p99', 'acquire p99', 0],
    ['goodput', 'goodput', 2],
    ['in use', 'pool utilisation', 0],
    ['db CPU', 'database utilisation', 1],
    ['waiting', 'pool pending', 4],
  ] as const
).map(([head, name, rank]) => {
  const metric = SWEEP_METRICS.find((each) => each.name === name);
  if (metric === undefined) throw new Error(`bug: no metric ${name}`);
  return { head, align: 'right', cell: (point) => intervalOrWords(point, metric), rank };
});

function judged({ scenario }: SweepPlan): TableColumn[] {
  const station = ({ measured }: PointResult) =>
    measured === null ? BROKE_OFF : STATION_WORDS[measured.station];
  const met = ({ measured }: PointResult) => {
    const all = measured?.objectives ?? [];
    return measured === null
      ? ''
      : `${count(all.filter((o) => o.met).length)}/${count(all.length)}`;
  };
  return [
    ...(scenario.objectives.length === 0
      ? []
      : [{ head: 'met', align: 'right' as const, cell: met, rank: 0 }]),
    { head: 'waits at', align: 'left', cell: station, rank: 5 },
  ];
}

/** Without the columns that matter least, as many as it takes. */
function fitting(columns: readonly TableColumn[], points: SweepResult): readonly TableColumn[] {
  const widths = new Map(columns.map((column) => [column, widthOfColumn(column, points)]));
  const least = [...columns].filter(({ rank }) => rank > 0).sort((a, b) => b.rank - a.rank);
  let kept = columns;
  for (const column of least) {
    const width = kept.reduce((sum, each) => sum + (widths.get(each) ?? 0) + 2, -2);
    if (width <= WIDTH) break;
    kept = kept.filter((each) => each !== column);
  }
  return kept;
}

function widthOfColumn({ head, cell }: TableColumn, points: SweepResult): number {
  return points.reduce((most, point) => Math.max(most, widthOf(cell(point))), widthOf(head));
}

/** All; of very many every so-manieth of one variation, or those that come first among the best. */
function shownPoints({ variations }: SweepPlan, result: SweepResult): SweepResult {
  if (result.length <= MOST_ROWS) return result;
  const every = Math.ceil(result.length / MOST_ROWS);
  if (variations.length === 1) return result.filter(({ point }) => point % every === 0);
  const ranked = [...result].sort((a, b) => missedIn(a) - missedIn(b) || a.point - b.point);
  return ranked.slice(0, MOST_ROWS / 2).sort((a, b) => a.point - b.point);
}

function missedIn({ measured }: PointResult): number {
  return measured?.objectives.filter(({ met }) => !met).length ?? Infinity;
}

function legend(plan: SweepPlan, result: SweepResult, shown: SweepResult): string {
  const { replications } = plan;
  const part = `${count(shown.length)} of ${count(result.length)} points; all are in --csv and --json. `;
  const runs = `± is the 95 % interval over ${count(replications)} runs. `;
  return [
    shown.length < result.length ? part : '',
    replications > 1 ? runs : '',
    'p50, p99: of responses; wait: for a connection; in use: of the connections.',
  ].join('');
}

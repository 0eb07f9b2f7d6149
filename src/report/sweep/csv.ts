/** The points of a sweep as CSV (RFC 4180, lines ended by a line feed): for spreadsheets and notebooks. */
import { setsAt } from '../../experiment/sweep/grid.ts';
import { passes } from '../../experiment/sweep/passing.ts';
import type { PointResult } from '../../experiment/sweep/point.ts';
import type { SweepPlan, SweepResult } from '../../experiment/sweep/sweep.ts';
import type { AcrossFigure } from '../../experiment/result.ts';

/** Column heads, with the unit in milliseconds, per second, or none for shares and counts. */
const FIGURES: readonly (readonly [head: string, figure: AcrossFigure])[] = [
  ['errors', 'errors'],
  ['response_mean_ms', 'response.meanMs'],
  ['response_p50_ms', 'response.p50Ms'],
  ['response_p95_ms', 'response.p95Ms'],
  ['response_p99_ms', 'response.p99Ms'],
  ['acquire_mean_ms', 'acquireWait.meanMs'],
  ['acquire_p99_ms', 'acquireWait.p99Ms'],
  ['goodput_per_second', 'goodput.perSecond'],
  ['pool_utilisation', 'pool.utilisation'],
  ['pool_peak_pending', 'pool.peakPending'],
  ['database_utilisation', 'database.utilisation'],
];

/** A line of heads, then a line a point; empty where nothing was observed. */
export function sweepCsv(plan: SweepPlan, result: SweepResult): string {
  const { variations, replications, scenario } = plan;
  const several = replications > 1;
  const bounds = (head: string) => (several ? [head, `${head}_low`, `${head}_high`] : [head]);
  const heads = [
    'point',
    ...variations.map(({ path }) => path),
    ...FIGURES.flatMap(([head]) => bounds(head)),
    'station',
    'objectives_met',
    ...scenario.objectives.map(({ text }) => text),
    'broke_off',
  ];
  const rows = result.map((point) => [
    String(point.point + 1),
    ...Object.values(setsAt(variations, point.point)).map(valueText),
    ...FIGURES.flatMap(([, figure]) => figureCells(point, figure, several)),
    point.measured?.station ?? '',
    scenario.objectives.length === 0 ? '' : String(passes(point)),
    ...scenario.objectives.map((_, i) => cellOf(point.measured?.objectives[i]?.value)),
    point.brokeOff ?? '',
  ]);
  return [heads, ...rows].map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}

function figureCells({ measured }: PointResult, figure: AcrossFigure, several: boolean): string[] {
  const mean = cellOf(measured?.figures[figure]);
  if (!several) return [mean];
  const interval = measured?.across?.[figure];
  return [mean, cellOf(interval?.low), cellOf(interval?.high)];
}

function cellOf(value: number | string | null | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** In quotes where a comma, a quote or a line break would be taken for the end. */
function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

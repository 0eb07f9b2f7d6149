/** The figures of a sweep's points: how they are called, and how they are written. */
import type { PointResult } from '../../experiment/sweep/point.ts';
import type { SweepResult } from '../../experiment/sweep/sweep.ts';
import type { AcrossFigure } from '../../experiment/result.ts';
import { type FigureKind, intervalWords } from '../interval-words.ts';
import { count, milliseconds, NOTHING, orNothing, percent, amount } from '../words.ts';

export interface SweepMetric {
  /** As `--metric` and titles call it. */
  readonly name: string;
  readonly figure: AcrossFigure;
  readonly kind: FigureKind;
  /** What is wanted. */
  readonly best: 'low' | 'high';
}

export const SWEEP_METRICS = [
  { name: 'errors', figure: 'errors', kind: 'share', best: 'low' },
  { name: 'response p50', figure: 'response.p50Ms', kind: 'time', best: 'low' },
  { name: 'response p99', figure: 'response.p99Ms', kind: 'time', best: 'low' },
  { name: 'acquire p99', figure: 'acquireWait.p99Ms', kind: 'time', best: 'low' },
  { name: 'goodput', figure: 'goodput.perSecond', kind: 'rate', best: 'high' },
  { name: 'pool utilisation', figure: 'pool.utilisation', kind: 'share', best: 'low' },
  { name: 'database utilisation', figure: 'database.utilisation', kind: 'share', best: 'low' },
  { name: 'pool pending', figure: 'pool.peakPending', kind: 'count', best: 'low' },
] as const satisfies readonly SweepMetric[];

/** A share below this is printed as next to nothing. */
const HARDLY_ANY = 0.0005;

/** Errors where there are some, otherwise how long responses take. */
export function usualMetric(result: SweepResult): SweepMetric {
  const [errors, , p99] = SWEEP_METRICS;
  const fails = result.some((point) => (valueOf(point, errors) ?? 1) >= HARDLY_ANY);
  return fails ? errors : p99;
}

/** null: not observed, or not measured at all. */
export function valueOf({ measured }: PointResult, { figure }: SweepMetric): number | null {
  return measured?.figures[figure] ?? null;
}

/** `30.0 %`, `1.2 s`; a dash where nothing was observed. */
export function metricWords(point: PointResult, metric: SweepMetric): string {
  if (point.measured === null) return BROKE_OFF;
  return orNothing(valueOf(point, metric), (x) => figureWords(x, metric.kind));
}

/** The same with its interval where there is one: `30.0 ± 0.2 %`. */
export function intervalOrWords(point: PointResult, metric: SweepMetric): string {
  const across = point.measured?.across;
  if (across === undefined) return metricWords(point, metric);
  const interval = across[metric.figure];
  return interval === null ? NOTHING : intervalWords(interval, metric.kind).brief;
}

/** Stands for the figures of a point whose run could not go on. */
export const BROKE_OFF = '×';

function figureWords(x: number, kind: FigureKind): string {
  switch (kind) {
    case 'share':
      return percent(x);
    case 'time':
      return milliseconds(x);
    case 'rate':
      return `${amount(x)}/s`;
    case 'count':
      return count(x);
  }
}

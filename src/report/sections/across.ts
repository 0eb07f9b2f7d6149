/** Figures over several runs, each with its interval, and whether a wanted precision was reached. */
import type { AcrossFigure, MeanInterval, RunResult } from '../../experiment/result.ts';
import { type FigureKind, intervalWords } from '../interval-words.ts';
import { type Report, section } from '../report.ts';
import { wrap } from '../text.ts';
import { count, listed, NOTHING } from '../words.ts';

/** In the order of the table; those that only `--full` shows have `isDetail`. */
export const ACROSS_FIGURES: readonly {
  readonly figure: AcrossFigure;
  readonly name: string;
  readonly kind: FigureKind;
  readonly isDetail?: true;
}[] = [
  { figure: 'errors', name: 'failed', kind: 'share' },
  { figure: 'response.meanMs', name: 'response: mean', kind: 'time' },
  { figure: 'response.p50Ms', name: 'response: half within', kind: 'time', isDetail: true },
  { figure: 'response.p95Ms', name: 'response: 95 % within', kind: 'time', isDetail: true },
  { figure: 'response.p99Ms', name: 'response: 99 % within', kind: 'time' },
  { figure: 'acquireWait.meanMs', name: 'waiting for a connection: mean', kind: 'time' },
  { figure: 'acquireWait.p99Ms', name: 'waiting for a connection: 99 % within', kind: 'time' },
  { figure: 'pool.utilisation', name: 'connections in use', kind: 'share' },
  { figure: 'pool.peakPending', name: 'most waiting at once', kind: 'count', isDetail: true },
  { figure: 'goodput.perSecond', name: 'requests answered', kind: 'rate' },
  { figure: 'database.utilisation', name: "database's CPU", kind: 'share', isDetail: true },
];

/** The table of a report; nothing for a single run. */
export function acrossLines(report: Report): string[] {
  const { result, full } = report;
  const { across } = result;
  if (across === undefined) return [];
  const rows = ACROSS_FIGURES.filter(({ isDetail }) => full || isDetail !== true).map(
    ({ figure, name, kind }) => [name, ...intervalCells(across[figure], kind)],
  );
  const columns = [
    { head: `Over ${count(result.replications)} runs` },
    { head: 'mean', align: 'right' as const },
    { head: '95 % interval', align: 'right' as const },
  ];
  return [...section(report, columns, rows), ...precisionLines(result)];
}

/** The mean and the interval of a table. */
export function intervalCells(interval: MeanInterval | null, kind: FigureKind): [string, string] {
  if (interval === null) return [NOTHING, NOTHING];
  const words = intervalWords(interval, kind);
  return [words.mean, words.interval];
}

/** What was not pinned down as wanted; nothing when all was, or nothing was wanted. */
export function precisionLines({ precision, replications }: RunResult, when = ''): string[] {
  if (precision === undefined || precision.reached) return [];
  const wanted = `${String(Number((precision.wanted * 100).toPrecision(6)))} %`;
  const missed = ACROSS_FIGURES.filter(
    ({ figure }) => precision.figures[figure]?.reached === false,
  );
  const needed = missed.map(({ figure }) => precision.figures[figure]?.neededReplications ?? null);
  const known = needed.filter((n) => n !== null);
  const more =
    known.length < needed.length ? '' : ` About ${count(Math.max(...known))} would be needed.`;
  return wrap(
    `${when}Not known to ${wanted} after ${count(replications)} runs: ` +
      `${listed(missed.map(({ name }) => name))}.${more}`,
  );
}

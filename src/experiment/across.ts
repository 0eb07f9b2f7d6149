/** Figures over several replications: the mean of each, and its 95 % confidence interval. */
import { type Interval, studentInterval } from '../stats/confidence-interval.ts';
import type { Across, AcrossFigure, MeanInterval, RunResult } from './result.ts';
import { rounded } from './rounding.ts';

/** What is kept of a replication: a few numbers, however long it was. */
export type Figures = Readonly<Record<AcrossFigure, number | null>>;

/** The figures of one replication; null where nothing was observed. */
export function figuresOf(result: RunResult): Figures {
  const { response, acquireWait, goodput, pool, database } = result;
  return {
    'response.meanMs': response.meanMs,
    'response.p50Ms': response.p50Ms,
    'response.p95Ms': response.p95Ms,
    'response.p99Ms': response.p99Ms,
    'acquireWait.meanMs': acquireWait.meanMs,
    'acquireWait.p99Ms': acquireWait.p99Ms,
    errors: errorShareOf(result.requests),
    'goodput.perSecond': goodput.perSecond,
    'pool.utilisation': pool.utilisation,
    'pool.peakPending': pool.peakPending,
    'database.utilisation': database.utilisation,
  };
}

/** Each figure over all replications, of which there are at least two. */
export function acrossOf(replications: readonly Figures[]): Across {
  const [first] = replications;
  if (first === undefined) throw new Error('bug: no replications');
  const entries = (Object.keys(first) as AcrossFigure[]).map((figure) => {
    const interval = intervalOf(replications, figure);
    return [figure, interval === null ? null : possible(interval, figure)] as const;
  });
  return Object.fromEntries(entries) as unknown as Across;
}

/** null when some replication did not observe the figure: its mean over the others would flatter. */
export function intervalOf(
  replications: readonly Figures[],
  figure: AcrossFigure,
): Interval | null {
  const values = replications.map((figures) => figures[figure]);
  const observed = values.filter((value) => value !== null);
  return observed.length < values.length ? null : studentInterval(observed);
}

/** (failed + abandoned) ÷ all outcomes. */
export function errorShareOf({
  completed,
  failed,
  abandoned,
}: RunResult['requests']): number | null {
  const ended = completed + failed + abandoned;
  return ended === 0 ? null : (failed + abandoned) / ended;
}

/** None of these figures is ever negative, and those that are shares of something do not exceed 1. */
function possible({ mean, low, high }: Interval, figure: AcrossFigure): MeanInterval {
  const most = figure === 'errors' || figure === 'pool.utilisation' ? 1 : Infinity;
  return {
    mean: rounded(mean),
    low: rounded(Math.max(0, low)),
    high: rounded(Math.min(most, high)),
  };
}

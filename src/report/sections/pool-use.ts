/** When and at what rate the pool was full, and the one plot of every report: its use, and who waited. */
import type { RunResult } from '../../experiment/result.ts';
import { chartLines, type Panel } from '../chart.ts';
import type { Report } from '../report.ts';
import { msOf, type RunClock } from '../run-clock.ts';
import { wrap } from '../text.ts';
import { poolName } from '../verdict/names.ts';
import { poolerName } from '../verdict/pooler-lines.ts';
import { isPoolBehindQueue } from '../verdict/station-line.ts';
import { amount, count, milliseconds, rate, roughPercent, wholePercent } from '../words.ts';

/** A pool this busy over a window is full. */
const FULL = 0.95;

/** In words. */
export function poolLines({ result, clock }: Report): string[] {
  return [...fullLines(result, clock), ...poolerLines(result), ...overCpuLines(result)];
}

/** The second queue: clients that wait for a server connection at the pooler in front of the database. */
function poolerLines({ pooler }: RunResult): string[] {
  if (pooler === undefined) return [];
  const { pool, wait, product } = pooler;
  const size = pool.max === null ? 'no limit' : `${count(pool.max)} server connections`;
  const use = pool.utilisation === null ? '' : `, ${roughPercent(pool.utilisation)} in use`;
  const waited =
    pool.peakPending === 0 ? 'nobody waited' : `at most ${count(pool.peakPending)} waited at once`;
  const p99 =
    (wait.p99Ms ?? 0) < 0.001 ? '' : `, 1 in 100 longer than ${milliseconds(wait.p99Ms ?? 0)}`;
  return wrap(`${product.product} before the database: ${size}${use}; ${waited}${p99}.`);
}

/** `usl` and `none` slow queries down without asking how many processors there are. */
function overCpuLines({ database, series }: RunResult): string[] {
  if (!database.overCpu) return [];
  const most = wholePercent(Math.max(0, ...series.databaseUtilisation));
  return wrap(
    `Beware: the work asks for up to ${most} of the database's CPU, and the contention law chosen ` +
      'does not know the cores. The real database would be slower (contention: cores).',
  );
}

function fullLines(result: RunResult, clock: RunClock): string[] {
  const { bottleneck, pool } = result;
  const { onset } = bottleneck;
  const waited = count(pool.peakPending);
  if (onset === null) {
    const peak = pool.peakPending === 0 ? 'nobody ever waited' : `at most ${waited} waited at once`;
    return wrap(`${calmUse(result)}; ${peak}.`);
  }
  const first = result.services.length > 1 || isFleet(result) ? ` (first ${onset.instance})` : '';
  const name = poolName(result).replace(/^The pool/, 'Pool');
  const short = isUnfinished(result) ? 'without a free connection' : 'full';
  const since = `${name} ${short} since ${clock.time(onset.at)}${first}, at ${rate(onset.rps)}`;
  // Its holds contain the wait at a pooler, which says nothing of what the pool can serve.
  const load =
    result.pooler === undefined ? loadWords(onset.offeredLoad, loadWhileFull(result)) : '';
  return [...wrap(`${since}.`), ...wrap(capital(`${load}at most ${waited} waited at once.`))];
}

/** Connections were missing that were not open: the pool was short, and not full. */
function isUnfinished({ bottleneck: { mechanism, station } }: RunResult): boolean {
  if (mechanism === undefined) return false;
  return station === 'connection-opening' || station === 'connection-slots';
}

/** How much of the pool was in use; without a limit, how many connections that were. */
function calmUse({ pool: { utilisation }, series, services }: RunResult): string {
  const pools = services.length > 1 ? 'Pools' : 'Pool';
  if (utilisation === null) {
    const most = amount(Math.max(0, ...series.poolUsed));
    return `${pools} without a limit: ${most} connections in use at the busiest`;
  }
  const most = wholePercent(Math.max(0, ...knownOf(series.poolUtilisation)));
  return `${pools} never full for long: ${roughPercent(utilisation)} in use, ${most} at the busiest`;
}

function knownOf(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}

/** What was asked of the pool when it filled, and what while it was full. */
function loadWords(then: number | null, later: number | null): string {
  const serves = (load: number) => `${wholePercent(load)} of what the pool can serve`;
  if (then === null) return later === null ? '' : `${serves(later)}; `;
  return `${serves(then)} then${later === null ? '' : `, ${wholePercent(later)} later`}; `;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function isFleet({ services }: RunResult): boolean {
  return services.some(({ instances }) => instances > 1);
}

/**
 * Arrivals ÷ completions in the windows of the outage in which the pool was full: what was asked of it, in
 * parts of what it did. null when that says nothing, as when it also served clients who had left.
 */
function loadWhileFull(result: RunResult): number | null {
  const { outage, series, wastedWork } = result;
  if (wastedWork.attempts > 0) return null;
  const { station } = result.bottleneck;
  if (outage === null || (station !== 'pool' && !isPoolBehindQueue(result))) return null;
  const [from, to] = [msOf(outage.from), msOf(outage.to)];
  let arrived = 0;
  let completed = 0;
  series.at.forEach((at, i) => {
    const isWithin = msOf(at) >= from && msOf(at) + series.windowSeconds * 1000 <= to;
    if (!isWithin || (series.poolUtilisation[i] ?? 0) < FULL) return;
    arrived += series.arrived[i] ?? 0;
    completed += series.completed[i] ?? 0;
  });
  return completed === 0 ? null : arrived / completed;
}

/** Pool use above requests waiting for a connection, over one time axis. */
export function poolChart({ result, clock }: Report): string[] {
  const { series } = result;
  const { poolerWaiting } = series;
  const atPooler: Panel[] =
    poolerWaiting === undefined
      ? []
      : [
          {
            ...WAITING,
            title: `Clients waiting at ${poolerName(result)}`,
            curves: [poolerWaiting],
          },
        ];
  return chartLines(
    [
      usePanel(series),
      { ...WAITING, title: 'Requests waiting for a connection', curves: [series.poolPending] },
      ...atPooler,
    ],
    clock,
  );
}

const WAITING = { label: amount, steps: 3, merge: 'mean' } as const;

/** Shares of what is configured; connections where there is no limit at any time. */
function usePanel({ poolUtilisation, poolUsed }: RunResult['series']): Panel {
  if (poolUtilisation.includes(null)) {
    return { title: 'Connections in use', curves: [poolUsed], label: amount, merge: 'mean' };
  }
  return {
    title: 'Connections in use, of all that are configured',
    curves: [poolUtilisation],
    max: Math.max(1, ...knownOf(poolUtilisation)),
    label: (share) => `${count(share * 100)} %`,
    merge: 'mean',
  };
}

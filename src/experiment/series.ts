/** The series of a run: one row of figures a window. */
import { MILLISECOND } from '../engine/time.ts';
import type { Snapshot } from '../model/meters/snapshot.ts';
import { metricValue, quantileNs } from '../model/meters/stretch.ts';
import { formatIso } from '../scenario/clock.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Series } from './result.ts';
import { rounded, roundedOrNull } from './rounding.ts';
import type { Cut } from './windows.ts';

export interface SeriesRow {
  readonly fromNs: number;
  readonly toNs: number;
  readonly arrived: number;
  readonly completed: number;
  readonly failed: number;
  readonly abandoned: number;
  readonly responseP50Ns: number | null;
  readonly responseP99Ns: number | null;
  readonly acquireP99Ns: number | null;
  /** Time-weighted means over the window, whole fleet. */
  readonly used: number;
  readonly idle: number;
  readonly opening: number;
  readonly pending: number;
  /** null: a pool had no limit. */
  readonly max: number | null;
  readonly utilisation: number | null;
  readonly databaseUtilisation: number;
  /** Of the pooler in front of the database; null: there is none. */
  readonly pooler: PoolerRow | null;
  /** Responses in the window, and their sum in ns. */
  readonly responses: { readonly count: number; readonly total: number };
  /** Requests that arrived, by service. */
  readonly arrivals: readonly number[];
  /** Holds that ended in the window, and their sum in ns, by service. */
  readonly holds: readonly { readonly count: number; readonly total: number }[];
}

/** Means over a window. */
interface PoolerRow {
  readonly used: number;
  /** Established connections. */
  readonly open: number;
  readonly waiting: number;
  /** null: no limit. */
  readonly utilisation: number | null;
}

/** The figures between two readings. */
export function rowOf(from: Snapshot, to: Snapshot): SeriesRow {
  const length = to.atNs - from.atNs;
  const mean = (read: (s: Snapshot) => number) => (read(to) - read(from)) / length;
  const used = mean((s) => s.owned - s.ownedOpening);
  const opening = mean((s) => s.opening);
  return {
    fromNs: from.atNs,
    toNs: to.atNs,
    arrived: to.arrived - from.arrived,
    completed: to.completed - from.completed,
    failed: to.failed - from.failed,
    abandoned: to.abandoned - from.abandoned,
    responseP50Ns: quantileNs(from, to, 'response', 0.5),
    responseP99Ns: quantileNs(from, to, 'response', 0.99),
    acquireP99Ns: quantileNs(from, to, 'acquire', 0.99),
    used,
    idle: Math.max(0, mean((s) => s.open) - used - opening),
    opening,
    pending: mean((s) => s.pending),
    max: to.unlimited > from.unlimited ? null : mean((s) => s.configured),
    utilisation: useOf(from, to),
    databaseUtilisation: metricValue({ kind: 'database-utilisation' }, from, to) ?? 0,
    pooler: poolerBetween(from, to),
    responses: responsesBetween(from, to),
    arrivals: to.arrivals.map((count, i) => count - (from.arrivals[i] ?? 0)),
    holds: to.holds.map(({ count, total }, i) => ({
      count: count - (from.holds[i]?.count ?? 0),
      total: total - (from.holds[i]?.total ?? 0),
    })),
  };
}

/** A fleet without any connection uses none; null: a pool had no limit. */
function useOf(from: Snapshot, to: Snapshot): number | null {
  if (to.unlimited > from.unlimited) return null;
  return metricValue({ kind: 'pool-utilisation' }, from, to) ?? 0;
}

function poolerBetween(from: Snapshot, to: Snapshot): PoolerRow | null {
  const [a, b] = [from.pooler, to.pooler];
  if (a === null || b === null) return null;
  const length = to.atNs - from.atNs;
  const used = b.owned - a.owned;
  return {
    used: used / length,
    open: (b.open - a.open) / length,
    waiting: (b.waiting - a.waiting) / length,
    utilisation: b.unlimited > a.unlimited ? null : used / (b.configured - a.configured),
  };
}

function responsesBetween(from: Snapshot, to: Snapshot): SeriesRow['responses'] {
  const [a, b] = [from.distributions.response, to.distributions.response];
  return { count: b.count - a.count, total: b.total - a.total };
}

/** The columns of the result. */
export function seriesOf(rows: readonly SeriesRow[], cut: Cut, scenario: Scenario): Series {
  const ms = (ns: number | null) => (ns === null ? null : rounded(ns / MILLISECOND));
  const last = rows.at(-1);
  return {
    windowSeconds: rounded(cut.windowNs / 1000 / MILLISECOND),
    lastIsPartial: last !== undefined && last.toNs - last.fromNs < cut.windowNs,
    at: rows.map((r) => formatIso(scenario, r.fromNs)),
    arrived: rows.map((r) => r.arrived),
    completed: rows.map((r) => r.completed),
    failed: rows.map((r) => r.failed),
    abandoned: rows.map((r) => r.abandoned),
    responseP50Ms: rows.map((r) => ms(r.responseP50Ns)),
    responseP99Ms: rows.map((r) => ms(r.responseP99Ns)),
    acquireP99Ms: rows.map((r) => ms(r.acquireP99Ns)),
    poolUsed: rows.map((r) => rounded(r.used)),
    poolIdle: rows.map((r) => rounded(r.idle)),
    poolOpening: rows.map((r) => rounded(r.opening)),
    poolPending: rows.map((r) => rounded(r.pending)),
    poolMax: rows.map((r) => roundedOrNull(r.max)),
    poolUtilisation: rows.map((r) => roundedOrNull(r.utilisation)),
    databaseUtilisation: rows.map((r) => roundedOrNull(r.databaseUtilisation) ?? 0),
    ...poolerColumns(rows),
  };
}

/** Left out where no pooler stands in front of the database. */
function poolerColumns(rows: readonly SeriesRow[]): Pick<Series, 'poolerUsed' | 'poolerWaiting'> {
  if (rows[0]?.pooler == null) return {};
  return {
    poolerUsed: rows.map(({ pooler }) => rounded(pooler?.used ?? 0)),
    poolerWaiting: rows.map(({ pooler }) => rounded(pooler?.waiting ?? 0)),
  };
}

/** What is worse than it was: significantly so, and by more than the tolerance. */
import type { Observed } from '../compare/observed.ts';
import { pairedMetrics, type PairedMetric, type Value } from '../compare/paired.ts';

/** Which way a figure is worse, and below which size of it nobody cares about shares of it. */
interface Judged {
  readonly worse: 'more' | 'less';
  /** What is smaller counts as this large: a wait that goes from 1 to 2 µs is no regression. */
  readonly floor: number;
}

const LATENCY: Judged = { worse: 'more', floor: 1 };
const ERRORS: Judged = { worse: 'more', floor: 0.01 };

/** Figures that are judged; those of each of several services as well. */
const JUDGED: Readonly<Record<string, Judged>> = {
  errors: ERRORS,
  'response.p99Ms': LATENCY,
  'response.p50Ms': LATENCY,
  'response.meanMs': LATENCY,
  'acquireWait.p99Ms': LATENCY,
  'goodput.perSecond': { worse: 'less', floor: 0 },
};

/** Shares by which figures may be worse than they were. */
export interface Tolerances {
  readonly usual: number;
  /** Of figures that have their own, by their names. */
  readonly own: Readonly<Record<string, number>>;
}

export interface JudgedMetric extends PairedMetric {
  /** How much worse it is, as a share of what it was; negative: better; null: cannot be said. */
  readonly worseBy: number | null;
  readonly isRegression: boolean;
  /** The opposite of a regression. */
  readonly isBetter: boolean;
  /** Whether more runs could tell whether it is worse by more than the tolerance. */
  readonly isOpen: boolean;
  /** Smallest share by which it could be worse and be found with a chance of 80 %; null: cannot be said. */
  readonly detectable: number | null;
}

/** Run i of one side has the random numbers of run i of the other. */
export function judgedMetrics(
  before: readonly Observed[],
  now: readonly Observed[],
  tolerances: Tolerances,
): JudgedMetric[] {
  const names = Object.keys(now[0]?.figures ?? {}).filter(
    (name) => judgedAs(name) !== undefined && name in (before[0]?.figures ?? {}),
  );
  const family = names.map((name) => ({
    name,
    pairs: now.map((run, i) => ({ a: valueOf(before[i], name), b: valueOf(run, name) })),
  }));
  return pairedMetrics(family).map((metric) =>
    judged(metric, tolerances.own[figureOf(metric.name)] ?? tolerances.usual),
  );
}

/** That of one of several services has the name of the whole system's behind its own. */
function figureOf(name: string): string {
  return name.replace(/^services\..*\.(errors|response\.p99Ms)$/, '$1');
}

function judgedAs(name: string): Judged | undefined {
  return JUDGED[figureOf(name)];
}

/** A percentile of a run in which nothing was answered has no value. */
function valueOf(run: Observed | undefined, name: string): Value {
  return run?.figures[name] ?? null;
}

const UNTOLD = {
  worseBy: null,
  isRegression: false,
  isBetter: false,
  isOpen: false,
  detectable: null,
};

function judged(metric: PairedMetric, tolerance: number): JudgedMetric {
  const { significant, smallestVisible } = metric;
  const shares = sharesOf(metric);
  if (shares === null) return { ...metric, ...UNTOLD };
  const { size, worseBy, least, most } = shares;
  const isSure = significant === true;
  return {
    ...metric,
    worseBy,
    isRegression: isSure && worseBy > tolerance,
    isBetter: isSure && worseBy < -tolerance,
    isOpen: (least <= tolerance && most > tolerance) || (worseBy > tolerance && !isSure),
    detectable: smallestVisible === null ? null : Math.max(tolerance, smallestVisible / size),
  };
}

/** How much worse a figure is, with its interval, as shares of what it was; null: nobody can say. */
function sharesOf({ name, a, difference, low, high }: PairedMetric) {
  const { worse, floor } = judgedAs(name) ?? LATENCY;
  const size = typeof a === 'number' ? Math.max(Math.abs(a), floor) : 0;
  if (difference === null || low === null || high === null || size === 0) return null;
  const share = (x: number) => (worse === 'less' ? -x : x) / size;
  const ends = [share(low), share(high)];
  return { size, worseBy: share(difference), least: Math.min(...ends), most: Math.max(...ends) };
}

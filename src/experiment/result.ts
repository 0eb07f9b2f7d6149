/**
 * The result of a run: the shape of `--json`, format 1. Times of day are ISO 8601 in UTC, durations are
 * milliseconds, shares are fractions; every number is rounded to 12 significant digits. `null` where
 * nothing was observed.
 */
import type { Stage } from '../model/request/stage.ts';
import type { PoolerSummary, PoolSummary, ProductSummary } from './pool-result.ts';
import type { Mechanism } from './mechanism/mechanism.ts';

export interface RunResult {
  readonly format: 1;
  readonly scenario: { readonly name: string; readonly title: string; readonly hash: string };
  readonly seed: string;
  /** Independent replications; but for `across` and `precision`, the result is that of the first. */
  readonly replications: number;
  /** Simulated time of the run. */
  readonly start: string;
  readonly end: string;
  /** Times measured before this are not in the distributions and the ledger; left out when it is 0. */
  readonly warmupSeconds?: number;
  readonly requests: RequestCounts;
  /** Attempts of all requests, the first ones included. */
  readonly attempts: number;
  /** Failed requests by the reason of their last attempt; reasons that did not occur are left out. */
  readonly failures: Readonly<Record<string, number>>;
  readonly response: Distribution;
  readonly acquireWait: Distribution;
  readonly use: Distribution;
  readonly opening: Distribution;
  readonly goodput: { readonly perSecond: number };
  /** Attempts whose client had left when the server finished them, and the time that this took. */
  readonly wastedWork: { readonly attempts: number; readonly ms: number };
  readonly pool: PoolSummary;
  readonly database: {
    readonly utilisation: number;
    /** Whether the work asked for more CPU than there is: `usl` and `none` do not know the cores. */
    readonly overCpu: boolean;
    readonly peakConnections: number;
    readonly refused: number;
    /**
     * Connections that it admits at the start of the run: all, less the reserved and those of others; null:
     * any number. Left out where there is one service.
     */
    readonly admits?: number | null;
  };
  /** Between the services' pools and the database; left out where there is none. */
  readonly pooler?: PoolerSummary;
  /** Means over completed requests; they add up to `response.meanMs`. */
  readonly ledgerMs: Readonly<Record<Stage, number>>;
  readonly bottleneck: Bottleneck;
  readonly services: readonly ServiceSummary[];
  readonly series: Series;
  readonly alerts: readonly AlertFiring[];
  readonly timeline: readonly TimelineResult[];
  /** The run cut at the timeline's entries. */
  readonly phases: readonly StretchFigures[];
  /** The stretch in which most of the failures fell; null when (almost) nothing failed. */
  readonly outage: Outage | null;
  readonly objectives: readonly ObjectiveResult[];
  /** The steady state of a run in which nothing changes; null when something does. */
  readonly steady: Steady | null;
  readonly provenance: readonly {
    readonly path: string;
    readonly grade: string;
    readonly note: string;
  }[];
  /** That of the first replication, or of one in which it did not hold. */
  readonly certificate: Certificate;
  /** Means over all replications, with 95 % intervals; present when there are several. */
  readonly across?: Across;
  /** Whether the wanted precision was reached; present when one was. */
  readonly precision?: Precision;
}

export type Steady = (
  | SteadyFigures
  /** There is none: more arrives than can be served, and nothing bounds the queue. */
  | {
      readonly unstable: true;
      readonly offeredLoad: number;
      readonly reason: 'unbounded-queue';
      /** Something changes during the run, and this is the load at its end. */
      readonly atEnd?: true;
    }
  /** The run does not tell. `timesLonger`: how much longer it should be at least, when that is known. */
  | {
      readonly undecided: true;
      readonly reason: 'not-settled' | 'too-short';
      readonly timesLonger: number | null;
    }
) & {
  /**
   * The offered load if every attempt failed and was tried again as often as clients may; present when
   * that is 1 or more, the first attempts are not, and nothing bounds the queue.
   */
  readonly loadWithRetries?: number;
};

/** Batch means after the warm-up, or after what MSER-5 takes for one. */
export interface SteadyFigures {
  readonly fromSeconds: number;
  readonly batches: number;
  readonly batchSeconds: number;
  /** null: not observed in every batch, or too seldom. */
  readonly figures: Readonly<
    Record<
      'response.meanMs' | 'response.p99Ms' | 'acquireWait.meanMs' | 'pool.utilisation',
      SteadyFigure | null
    >
  >;
}

export interface SteadyFigure extends MeanInterval {
  /** Responses hang together for long: the run is short, and the interval may be too narrow. */
  readonly dependent?: true;
}

/** A mean with its 95 % confidence interval, cut to what the figure can be. */
export interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** null: some replication never observed it. */
export type Across = Readonly<Record<AcrossFigure, MeanInterval | null>>;

/** Figures of a replication, named by their place in the result; `errors` as objectives count them. */
export type AcrossFigure =
  | 'response.meanMs'
  | 'response.p50Ms'
  | 'response.p95Ms'
  | 'response.p99Ms'
  | 'acquireWait.meanMs'
  | 'acquireWait.p99Ms'
  | 'errors'
  | 'goodput.perSecond'
  | 'pool.utilisation'
  | 'pool.peakPending'
  | 'database.utilisation';

export interface Precision {
  /** γ: how far, as a share of itself, a figure may be off. */
  readonly wanted: number;
  readonly reached: boolean;
  /** The figures that it was wanted of; those that no replication observed are left out. */
  readonly figures: Readonly<Partial<Record<AcrossFigure, FigurePrecision>>>;
}

export interface FigurePrecision {
  /** Half the width of the 95 % interval, and the most that it may be; null: not always observed. */
  readonly halfWidth: number | null;
  readonly target: number | null;
  readonly reached: boolean;
  /** Replications that would be needed if the scatter stays; null when that cannot be said. */
  readonly neededReplications: number | null;
}

export interface RequestCounts {
  /** = completed + failed + abandoned + inFlight */
  readonly arrived: number;
  readonly completed: number;
  readonly failed: number;
  readonly abandoned: number;
  readonly inFlight: number;
}

export interface Distribution {
  readonly count: number;
  readonly meanMs: number | null;
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly p999Ms: number | null;
  readonly maxMs: number | null;
}

export interface Bottleneck {
  /** When requests began to wait for a connection without a break; null when they never did. */
  readonly onset: {
    readonly at: string;
    /** The same, in seconds after the start of the run. */
    readonly afterSeconds: number;
    /** Scheduled arrival rate of the fleet at that moment, requests/s. */
    readonly rps: number;
    /** arrival rate × mean hold of the last 60 s ÷ connections; null before the first hold, or without a limit. */
    readonly offeredLoad: number | null;
    /** `service/3`: the fourth instance of `service`. */
    readonly instance: string;
  } | null;
  readonly station: Station;
  /** Why requests wait there, with the figures that show it; left out where none do. */
  readonly mechanism?: Mechanism;
}

/**
 * Where requests wait: none; the service's own queue; connections; opening of connections; a pooler in
 * front of the database; database. With
 * `instances`, they were lost because instances restarted or none took them; with `database-outage`,
 * because the database had dropped all connections.
 */
export type Station =
  | 'none'
  | 'instances'
  | 'service-concurrency'
  | 'pool'
  | 'connection-opening'
  | 'connection-slots'
  | 'pooler'
  | 'database-outage'
  | 'database-cores'
  | 'database-contention';

export interface ServiceSummary {
  readonly name: string;
  readonly instances: number;
  readonly requests: RequestCounts;
  readonly failures: Readonly<Record<string, number>>;
  readonly response: Distribution;
  readonly acquireWait: Distribution;
  /** Left out where there is one service, whose uses are those of the run. */
  readonly use?: Distribution;
  readonly pool: PoolSummary;
  /** The real pool that it has; left out for the generic one. */
  readonly product?: ProductSummary;
}

export interface Series {
  readonly windowSeconds: number;
  /** The end of the run cut the last window short. */
  readonly lastIsPartial: boolean;
  /** Start of each window. */
  readonly at: readonly string[];
  readonly arrived: readonly number[];
  readonly completed: readonly number[];
  readonly failed: readonly number[];
  readonly abandoned: readonly number[];
  readonly responseP50Ms: readonly (number | null)[];
  readonly responseP99Ms: readonly (number | null)[];
  readonly acquireP99Ms: readonly (number | null)[];
  readonly poolUsed: readonly number[];
  readonly poolIdle: readonly number[];
  readonly poolOpening: readonly number[];
  readonly poolPending: readonly number[];
  /** null: a pool had no limit in this window. */
  readonly poolMax: readonly (number | null)[];
  readonly poolUtilisation: readonly (number | null)[];
  readonly databaseUtilisation: readonly number[];
  /** Server connections in use, and clients that wait for one, at a pooler; left out without one. */
  readonly poolerUsed?: readonly number[];
  readonly poolerWaiting?: readonly number[];
}

export interface AlertFiring {
  readonly name: string;
  readonly kind: 'dashboard' | 'automated';
  /** Present when the rule is `per: instance`. */
  readonly instance?: string;
  readonly firedAt: string;
  /** null: still firing when the run ended. */
  readonly resolvedAt: string | null;
}

/** What was seen in a stretch of time. */
export interface StretchFigures {
  readonly from: string;
  readonly to: string;
  readonly arrived: number;
  /** (failed + abandoned) ÷ (completed + failed + abandoned) */
  readonly errors: number | null;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly poolUtilisation: number | null;
  readonly databaseUtilisation: number | null;
}

export interface TimelineResult {
  readonly at: string;
  readonly title: string;
  /** note: nothing was changed. */
  readonly kind: 'note' | 'set' | 'restart' | 'outage';
  /** Paths that the entry sets, with the values as written. */
  readonly set: Readonly<Record<string, unknown>>;
  /** The five minutes before the entry and after it; null where the run has none. */
  readonly before: StretchFigures | null;
  readonly after: StretchFigures | null;
}

export interface Outage extends StretchFigures {
  /** Response p50 before the onset (or before `from`). */
  readonly normalP50Ms: number | null;
}

export interface ObjectiveResult {
  readonly text: string;
  /** In the unit of the objective's limit: seconds, a fraction, per second; null: never observed; "Infinity" is written as the string `infinite`. */
  readonly value: number | 'infinite' | null;
  readonly met: boolean;
  /** Start and end of the window that decided, when the objective is judged on the worst one. */
  readonly from: string;
  readonly to: string;
}

export interface Certificate {
  readonly checks: readonly (ExactCheck | ClosedFormCheck)[];
  /** All exact checks hold; closed forms have no say in it. */
  readonly holds: boolean;
}

/** An exact identity: it can fail only by a fault of this program. */
export interface ExactCheck {
  readonly name: string;
  readonly exact: true;
  readonly expected: number | string;
  readonly observed: number | string;
  readonly holds: boolean;
}

/** A formula of queueing theory for a stretch of the run, beside the simulated value. */
export interface ClosedFormCheck {
  /** Figure, stretch and form in words. */
  readonly name: string;
  readonly exact: false;
  /** In `unit`, as `observed` is. */
  readonly expected: number;
  readonly observed: number;
  /**
   * (observed − expected) ÷ standard error of the observed, corrected for skewness; left out where theory
   * is approximate.
   */
  readonly z?: number;
  /** observed ÷ expected, where theory is approximate. */
  readonly ratio?: number;
  /** |z| ≤ 4, or as near as the approximation is known to be. */
  readonly holds: boolean;
  /** In few words, with the service where there are several. */
  readonly figure: string;
  readonly unit: 'ms' | 'share' | 'per second';
  /** The formula's usual name. */
  readonly form: string;
  readonly from: string;
  readonly to: string;
}

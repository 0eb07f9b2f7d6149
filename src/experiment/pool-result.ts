/** The figures of pools in a result, and what is said of the products that they are. */
import type { PoolPolicy } from '../model/pool/policy.ts';
import type { Distribution } from './result.ts';

export interface PoolSummary {
  /** Configured connections of the whole fleet at the start of the run; null: there is no limit. */
  readonly max: number | null;
  /** Of the whole run; null when a pool had no limit in it, at any time. */
  readonly utilisation: number | null;
  /** Most requests that waited for a connection at once, whole fleet. */
  readonly peakPending: number;
  readonly timeouts: number;
  readonly opened: number;
  readonly closed: number;
}

/** A pooler in front of the database, whose clients are the connections of the services' pools. */
export interface PoolerSummary {
  /** Until when a client keeps its server connection. */
  readonly mode: PoolPolicy['stickiness'];
  readonly clients: {
    /** How many it admits; null: any number. */
    readonly max: number | null;
    readonly peak: number;
    readonly refused: number;
  };
  /** Its server connections; clients pend for them. */
  readonly pool: PoolSummary;
  /** Waits of clients for a server connection that they got. */
  readonly wait: Distribution;
  readonly opening: Distribution;
  readonly product: ProductSummary;
}

/** A real pool in its own words. */
export interface ProductSummary {
  /** What scenarios call it, and what its makers do. */
  readonly profile: string;
  readonly product: string;
  /** The version that is simulated, and where it was read. */
  readonly version: string;
  readonly source: string;
  /**
   * In its own names and units, at the start of the run, as they are after its own corrections; null: not
   * set, or no limit.
   */
  readonly settings: Readonly<Record<string, number | string | boolean | null>>;
  /** What it corrected or warned of when it started. */
  readonly startUp: readonly { readonly settings: readonly string[]; readonly says: string }[];
  /** Switches of docs/POOLS.md that its source or documentation leaves open, and what is assumed. */
  readonly assumed: readonly { readonly axis: string; readonly assumed: string }[];
  /**
   * What stands in its users' logs: each text once with the reason of the failure behind it, and how often.
   * Attempts count, those that were repeated and those whose client had left included.
   */
  readonly errors: readonly {
    readonly reason: string;
    readonly count: number;
    readonly text: string;
  }[];
  readonly metrics: readonly ProductMetric[];
}

/** A figure of the whole fleet by its two names: mean over the run, or the number of timeouts. */
export interface ProductMetric {
  /** OpenTelemetry's, without `db.client.connection.`. */
  readonly name: string;
  /** The product's; null: it has none. */
  readonly own: string | null;
  readonly unit: 'connections' | 'requests' | 'timeouts' | 'ms';
  /** null: never observed, or no limit. */
  readonly value: number | null;
}

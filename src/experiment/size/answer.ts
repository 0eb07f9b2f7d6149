/** What `size` answers. */
import type { Fleet } from './fleet.ts';
import type { Inputs } from './inputs.ts';
import type { RecommendedSetting } from './other-settings.ts';
import type { RuleOfThumb } from './rules-of-thumb.ts';

/** A size and how it did. */
export interface Alternative {
  readonly size: number;
  readonly connections: number;
  readonly is: 'now' | 'below' | 'recommended' | 'upper-end' | 'beyond';
  readonly met: boolean;
  /** Indices of the objectives that are missed. */
  readonly missed: readonly number[];
  /** The value of each objective; `infinite`: too many failed; null: nothing was observed. */
  readonly values: readonly (number | 'infinite' | null)[];
  readonly errors: number | null;
  readonly p99Ms: number | null;
  /** What a full pool of it serves, the whole system; null: not looked at. */
  readonly servesPerSecond: number | null;
  /** Whether that is enough to drain a backlog at the highest rate; null: the database does not contend. */
  readonly drains: boolean | null;
}

/** What ends the safe band. */
export type BoundBy = 'contention' | 'objectives' | 'max-connections';

export interface UpperBound {
  readonly size: number;
  readonly connections: number;
  readonly by: BoundBy;
}

/** Why no size is enough: a full pool of any size serves less than arrives, or something else is missed. */
export interface NoneEnough {
  readonly reason: 'database' | 'objectives';
  /** The size that does best, and what its full pool serves; null: not looked at. */
  readonly best: Alternative;
  readonly missed: string;
}

export interface Size {
  readonly service: string;
  readonly services: number;
  readonly profile: string;
  readonly product: string;
  readonly instances: number;
  /** Connections of one instance as the scenario has it; null: no limit. */
  readonly now: number | null;
  readonly objectives: readonly string[];
  readonly judgedOn: 'long-run' | 'scenario';
  /** The highest rate of the whole system that lasts a minute. */
  readonly peakRps: number;
  readonly recommended: {
    readonly size: number;
    readonly settings: readonly RecommendedSetting[];
    readonly fleet: Fleet;
    /** Fresh runs of all settings together, with other random numbers. */
    readonly verified: {
      readonly runs: number;
      readonly met: number;
      readonly values: Alternative['values'];
    };
    /** Whether settings were left out, since with them the fresh runs missed an objective. */
    readonly isSizeOnly: boolean;
  } | null;
  readonly noneEnough: NoneEnough | null;
  /** high null: no upper end was found. */
  readonly safe: { readonly low: number; readonly high: number | null } | null;
  readonly confidence: {
    readonly correct: number;
    readonly indifference: number;
    readonly replications: number;
    readonly isDecided: boolean;
  };
  readonly alternatives: readonly Alternative[];
  readonly upperBound: UpperBound | null;
  readonly rules: readonly RuleOfThumb[];
  readonly inputs: Inputs | null;
  /** Of the most that any size serves when full, what the peak is; null: the database does not contend. */
  readonly headroom: { readonly mostPerSecond: number; readonly size: number } | null;
}

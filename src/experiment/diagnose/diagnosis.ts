/** The answer of a diagnosis: the shape of `diagnose --json`. */
import type { Mechanism } from '../mechanism/mechanism.ts';
import type { Bottleneck, RunResult, Station } from '../result.ts';
import type { Counterfactual } from './counterfactuals.ts';
import type { LeverEffect, Yardstick } from './effects.ts';
import type { Evidence } from './evidence.ts';
import type { LeverKind } from './levers.ts';
import type { Cause, Hypothesis } from './hypotheses.ts';

export interface Diagnosis {
  readonly stretch: StretchSummary;
  readonly bottleneck: {
    readonly onset: Bottleneck['onset'];
    readonly station: Station;
    /** What is behind it; null: nothing that the table of causes has. */
    readonly cause: Cause | null;
    /** Why requests wait there, where the run shows it. */
    readonly mechanism?: Mechanism;
  };
  /** What the effects of levers are measured by. */
  readonly yardstick: Yardstick;
  readonly levers: readonly LeverEffect[];
  /** Levers whose runs broke off. */
  readonly unmeasured: readonly UnmeasuredLever[];
  /** How levers were tried. */
  readonly trials: {
    readonly replications: number;
    readonly windowSeconds: number;
    /** A lead-in may have been too short. */
    readonly approximate: boolean;
  };
  /** Means over the requests completed in the stretch. */
  readonly ledgerMs: RunResult['ledgerMs'];
  readonly counterfactuals: readonly CounterfactualResult[];
  /** Counterfactuals that the budget had no room for. */
  readonly leftOut: number;
  readonly evidence: Evidence;
  readonly hypotheses: readonly Hypothesis[];
  /** The run itself: not part of the document. */
  readonly run: RunResult;
}

export interface StretchSummary {
  readonly from: string;
  readonly to: string;
  readonly arrivedPerSecond: number;
  readonly servedPerSecond: number;
  readonly errors: number | null;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly waitP99Ms: number | null;
  readonly poolUtilisation: number | null;
  readonly databaseUtilisation: number;
}

export interface CounterfactualResult {
  readonly kind: Counterfactual['kind'];
  readonly title: string;
  readonly at: string | null;
  readonly size: number | null;
  /** Failed and abandoned requests fewer than in the run; below 0: more; null: a run broke off. */
  readonly fewer: number | null;
  /** 95 % interval of the mean difference; null: of one pair of runs. */
  readonly low: number | null;
  readonly high: number | null;
  readonly replications: number;
  /** Share of all requests that fails then. */
  readonly errors: number | null;
  /** Why a run of it could not go on. */
  readonly brokeOff?: string;
}

export interface UnmeasuredLever {
  readonly path: string;
  readonly name: string;
  readonly kind: LeverKind;
  /** What it was set to. */
  readonly to: number | string;
  readonly brokeOff: string;
}

/** The document of a check: what `--json` prints and the library returns. */
import type { CheckedFile, CheckVerdict } from '../../experiment/check/answer.ts';
import type { CheckedObjective } from '../../experiment/check/checked-objective.ts';
import type { JudgedMetric } from '../../experiment/check/regressions.ts';
import type { FindingDocument } from '../review/review-json.ts';

export interface CheckDocument {
  readonly format: 1;
  readonly command: 'check';
  /** Whether the verdict is `pass`. */
  readonly passed: boolean;
  /** Of all scenarios together. */
  readonly verdict: CheckVerdict;
  /** What the scenarios are compared with; null: nothing. */
  readonly against: string | null;
  /** Share by which figures may be worse. */
  readonly tolerance: number;
  /** Of figures that have their own, by their names. */
  readonly tolerances: Readonly<Record<string, number>>;
  /** What people should know besides: sentences. */
  readonly notices: readonly string[];
  /** In the order in which the scenarios were given. */
  readonly files: readonly CheckedFileDocument[];
}

export interface CheckedFileDocument {
  readonly file: string;
  readonly scenario: { readonly name: string; readonly title: string; readonly hash: string };
  readonly verdict: CheckVerdict;
  /** What a reviewer must know, in three lines at most. */
  readonly says: string;
  readonly seed: string;
  /** How often it was run. */
  readonly replications: number;
  /** In the order of the scenario. */
  readonly objectives: readonly ObjectiveDocument[];
  /** Names of the figures that are significantly worse, by more than the tolerance. */
  readonly regressions: readonly string[];
  /** null: there is nothing to compare it with. */
  readonly comparison: {
    /** Nothing that makes a difference was changed. */
    readonly unchanged: boolean;
    readonly metrics: readonly MetricDocument[];
  } | null;
  readonly changes: readonly ChangeDocument[];
  /** Of the review of its settings, the heaviest first. */
  readonly findings: readonly CheckedFindingDocument[];
  /** Of the first run. */
  readonly bottleneck: CheckedFile['checked']['bottleneck'];
}

/** Values are in the unit of the limit: seconds, a share from 0 to 1, per second. */
interface ObjectiveDocument extends CheckedObjective {
  /** null: not compared, or nothing was observed. */
  readonly before: CheckedObjective['value'];
}

/** Means over pairs of runs with the same random numbers; their unit is at the end of the name. */
export interface MetricDocument {
  readonly name: string;
  readonly before: JudgedMetric['a'];
  readonly now: JudgedMetric['b'];
  /** Mean of now − before, with its 95 % interval. */
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly significant: boolean | null;
  /** As a share of what it was; negative: better. */
  readonly worseBy: number | null;
  /** Smallest share by which it could be worse and be found with a chance of 80 %. */
  readonly detectable: number | null;
  readonly regression: boolean;
}

interface ChangeDocument {
  readonly path: string;
  /** `maximum-pool-size 10 → 20` */
  readonly words: string;
  /** null: it is there no more. */
  readonly file: string | null;
  readonly line: number | null;
}

interface CheckedFindingDocument extends FindingDocument {
  /** What it is compared with has no such finding. */
  readonly new: boolean;
}

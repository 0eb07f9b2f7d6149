/** Two settings seen in pairs of runs with the same random numbers: how much each figure differs. */
import { studentInterval } from '../../stats/confidence-interval.ts';
import { holm, type HolmTest } from '../../stats/holm.ts';
import { momentsOf, standardError } from '../../stats/moments.ts';
import { twoSidedP, twoSidedT } from '../../stats/student-t.ts';
import { rounded } from '../rounding.ts';

/** Chance that anything is called significant where nothing differs. */
export const ALPHA = 0.05;
/** Chance that a difference of the smallest visible size is found. */
export const POWER = 0.8;

/** A figure of one run; `infinite`: more failed than a percentile leaves out. */
export type Value = number | 'infinite' | null;

export interface Pair {
  readonly a: Value;
  readonly b: Value;
}

/** A figure's values, pair by pair. */
export interface Pairs {
  readonly name: string;
  readonly pairs: readonly Pair[];
}

export interface PairedMetric {
  readonly name: string;
  /** Means; null where some run has no number, `infinite` where all are. */
  readonly a: Value;
  readonly b: Value;
  /** Mean of b − a, with Student's 95 % interval; null where some pair has no two numbers. */
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Whether they differ, after Holm's correction over all metrics that can be tested; null: not tested. */
  readonly significant: boolean | null;
  /** A true difference of this size would be found with a chance of about 80 %; null: not tested. */
  readonly smallestVisible: number | null;
  /** Runs of each side in which it was not observed, or infinite; left out where there are none. */
  readonly unobserved?: SideCounts;
  readonly infinite?: SideCounts;
}

export interface SideCounts {
  readonly a: number;
  readonly b: number;
}

/** What is known of a figure whose values are all numbers. */
interface Tested {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly standardError: number;
  readonly p: number;
}

/** Each metric with its difference, and whether it is one. There are at least two pairs. */
export function pairedMetrics(family: readonly Pairs[]): PairedMetric[] {
  const tested = family.map(({ pairs }) => testOf(pairs));
  const judged = holm(
    tested.flatMap((test) => (test === null ? [] : [test.p])),
    ALPHA,
  ).values();
  return family.map(({ name, pairs }, i) => {
    const test = tested[i] ?? null;
    const verdict = test === null ? null : (judged.next().value as HolmTest);
    return {
      name,
      a: meanOf(pairs.map(({ a }) => a)),
      b: meanOf(pairs.map(({ b }) => b)),
      difference: test === null ? null : test.mean,
      low: test === null ? null : test.low,
      high: test === null ? null : test.high,
      significant: verdict === null ? null : verdict.significant,
      smallestVisible:
        test === null || verdict === null ? null : smallestVisible(test, verdict, pairs.length),
      ...countsOf(pairs),
    };
  });
}

/** The paired t test: of the differences' mean against 0. Values that are all alike need none. */
function testOf(pairs: readonly Pair[]): Tested | null {
  if (pairs.every(({ a, b }) => a === b && a !== null)) return ALIKE;
  const numbers = pairs.flatMap(({ a, b }) =>
    typeof a === 'number' && typeof b === 'number' ? [difference(a, b)] : [],
  );
  const moments = momentsOf(numbers);
  const interval = studentInterval(numbers);
  if (numbers.length < pairs.length || moments === null || interval === null) return null;
  const error = standardError(moments);
  return {
    mean: rounded(interval.mean),
    low: rounded(interval.low),
    high: rounded(interval.high),
    standardError: error,
    p: moments.mean === 0 ? 1 : twoSidedP(moments.mean / error, numbers.length - 1),
  };
}

const ALIKE: Tested = { mean: 0, low: 0, high: 0, standardError: 0, p: 1 };

/** Figures have twelve digits: what differs in the last of them may be rounding. */
const ROUNDING = 1e-10;

function difference(a: number, b: number): number {
  const size = Math.abs(b - a);
  return size <= ROUNDING * Math.max(Math.abs(a), Math.abs(b)) ? 0 : rounded(b - a);
}

/**
 * (t of the level + t of the power) × standard error, the level being the one that Holm's procedure has
 * come to: with more metrics in the family, less is seen of each.
 */
function smallestVisible(test: Tested, { level }: HolmTest, n: number): number {
  if (test.standardError === 0) return 0;
  const degreesOfFreedom = n - 1;
  const errors =
    twoSidedT(1 - level, degreesOfFreedom) + twoSidedT(2 * POWER - 1, degreesOfFreedom);
  return rounded(errors * test.standardError);
}

function meanOf(values: readonly Value[]): Value {
  if (values.every((value) => value === 'infinite')) return 'infinite';
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length < values.length) return null;
  return rounded(momentsOf(numbers)?.mean ?? 0);
}

function countsOf(pairs: readonly Pair[]): Pick<PairedMetric, 'unobserved' | 'infinite'> {
  const count = (value: Value) => ({
    a: pairs.filter(({ a }) => a === value).length,
    b: pairs.filter(({ b }) => b === value).length,
  });
  const [unobserved, infinite] = [count(null), count('infinite')];
  return {
    ...(unobserved.a + unobserved.b === 0 ? {} : { unobserved }),
    ...(infinite.a + infinite.b === 0 ? {} : { infinite }),
  };
}

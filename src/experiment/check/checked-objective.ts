/** An objective over several runs: met, missed, or not decided by them. */
import { holds } from '../../model/meters/stretch.ts';
import type { Objective } from '../../scenario/scenario.ts';
import { studentInterval } from '../../stats/confidence-interval.ts';
import { medianInterval } from '../../stats/median-interval.ts';
import type { Observed } from '../compare/observed.ts';
import type { Value } from '../compare/paired.ts';
import { rounded } from '../rounding.ts';

export type ObjectiveState = 'met' | 'missed' | 'undecided';

export interface CheckedObjective {
  readonly text: string;
  readonly state: ObjectiveState;
  /**
   * Mean over the runs. Where more failed in some run than a percentile leaves out, it is infinite there,
   * and the median stands for the mean.
   */
  readonly value: Value;
  /** Student's 95 % interval of the mean, or that of the median; null where that is infinite or unknown. */
  readonly low: number | null;
  readonly high: number | null;
  /** Runs that meet it. */
  readonly met: number;
}

/** Decided when the interval lies wholly on one side of the limit. */
export function judgeObjective(
  { text, condition }: Objective,
  i: number,
  runs: readonly Observed[],
): CheckedObjective {
  const judged = runs.map((run) => run.objectives[i]);
  const met = judged.filter((one) => one?.met === true).length;
  const isMet = (value: number): boolean => holds(condition, value);
  return {
    text,
    met,
    ...summaryOf(
      judged.map((one) => one?.value ?? null),
      isMet,
    ),
  };
}

type Summary = Pick<CheckedObjective, 'state' | 'value' | 'low' | 'high'>;

function summaryOf(values: readonly Value[], isMet: (value: number) => boolean): Summary {
  // A run in which nothing was observed meets it, as in `tidemark run`.
  const observed = values.filter((value) => value !== null);
  if (observed.length === 0) return { state: 'met', value: null, low: null, high: null };
  const numbers = observed.map((value) => (value === 'infinite' ? Infinity : value));
  const isFinite = numbers.every((value) => value < Infinity);
  return isFinite ? byMean(numbers, isMet) : byMedian(numbers, isMet);
}

function byMean(numbers: readonly number[], isMet: (value: number) => boolean): Summary {
  const interval = studentInterval(numbers);
  if (interval === null) {
    const [only = 0] = numbers;
    return { state: 'undecided', value: rounded(only), low: null, high: null };
  }
  const { mean, low, high } = interval;
  return {
    state: stateOf([isMet(low), isMet(mean), isMet(high)]),
    value: rounded(mean),
    low: rounded(low),
    high: rounded(high),
  };
}

function byMedian(numbers: readonly number[], isMet: (value: number) => boolean): Summary {
  if (numbers.every((value) => value === Infinity)) {
    return { state: stateOf([isMet(Infinity)]), value: 'infinite', low: null, high: null };
  }
  const interval = medianInterval(numbers);
  if (interval === null) return { state: 'undecided', value: null, low: null, high: null };
  const { median, low, high } = interval;
  return {
    state: stateOf([isMet(low), isMet(median), isMet(high)]),
    value: median === Infinity ? 'infinite' : rounded(median),
    low: low === Infinity ? null : rounded(low),
    high: high === Infinity ? null : rounded(high),
  };
}

function stateOf(met: readonly boolean[]): ObjectiveState {
  if (met.every(Boolean)) return 'met';
  return met.some(Boolean) ? 'undecided' : 'missed';
}

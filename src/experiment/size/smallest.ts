/** The smallest size that meets the objectives, with a known probability of being right. */
import { momentsOf } from '../../stats/moments.ts';
import { twoSidedT } from '../../stats/student-t.ts';
import type { Question } from '../question.ts';
import { decide, type Decision, type TestPlan } from './sequential-test.ts';
import { type Bench, type Trial, tryOut, type Way } from './trials.ts';

/** The probability that the smallest size is the one that is found. */
export const CORRECT = 0.95;
/** Two sizes decide it, the one below the limit and the one above; each may be wrong by half. */
const DECISIONS = 2;
/** How far from its limit an objective matters. */
export const INDIFFERENCE = 0.01;
/** Sizes that are tried one after the other before it is given up. */
const MOST_STEPS = 12;

export interface Effort {
  /** Replications of each size before the first decision, and in each round after it. */
  readonly first: number;
  readonly round: number;
  /** Of one size; then it counts as missing the objectives, and as undecided. */
  readonly most: number;
}

export interface Examined {
  readonly trials: readonly Trial[];
  readonly decision: Decision;
}

export interface Smallest {
  /** null: even the largest that was tried may miss. */
  readonly size: number | null;
  readonly examined: ReadonlyMap<number, Examined>;
  /** Whether all decisions were made within the effort. */
  readonly isDecided: boolean;
}

/**
 * Goes down from `start` while smaller sizes meet the objectives, up while it does not.
 * @param most the largest size that may be tried
 */
export function* findSmallest(
  bench: Bench,
  { start, most }: { readonly start: number; readonly most: number },
  way: Way,
  effort: Effort,
): Question<Smallest> {
  const examined = new Map<number, Examined>();
  const examine = function* (sizes: readonly number[]): Question<void> {
    const open = sizes.filter((size) => size >= 1 && size <= most && !examined.has(size));
    for (const [size, one] of yield* examineSizes(bench, open, way, effort)) {
      examined.set(size, one);
    }
  };
  const does = (size: number) => size <= most && examined.get(size)?.decision.isBelow === true;
  let size = start;
  for (let step = 0; step < MOST_STEPS; step++) {
    yield* examine([size, size - 1]);
    if (!does(size)) size++;
    else if (does(size - 1)) size--;
    else break;
    if (size > most || size < 1) break;
  }
  const isFound = does(size);
  const undecided = [...examined.values()].some(({ decision }) => decision.isBelow === null);
  return { size: isFound ? size : null, examined, isDecided: !undecided };
}

/** Runs of each size, until it is decided of all whether they meet the objectives. */
function* examineSizes(
  bench: Bench,
  sizes: readonly number[],
  way: Way,
  effort: Effort,
): Question<ReadonlyMap<number, Examined>> {
  const plan: TestPlan = {
    alpha: (1 - CORRECT) / DECISIONS,
    indifference: INDIFFERENCE,
    first: effort.first,
  };
  const trials = new Map<number, Trial[]>(sizes.map((size) => [size, []]));
  const result = new Map<number, Examined>();
  let open = [...sizes];
  while (open.length > 0) {
    const asked = open.flatMap((size) => {
      const done = trials.get(size)?.length ?? 0;
      const count = done === 0 ? effort.first : Math.min(effort.round, effort.most - done);
      return Array.from({ length: count }, (_, i) => ({ size, replication: done + i + 1 }));
    });
    const cost = { part: 'the sizes at the limit', later: 0 };
    const outputs = yield* tryOut(bench, asked, way, cost);
    for (const trial of outputs) if (trial !== null) trials.get(trial.size)?.push(trial);
    open = open.filter((size) => {
      const own = trials.get(size) ?? [];
      const decision = decisionOf(own, plan, way);
      const isOver = decision.isBelow !== null || own.length >= effort.most || own.length === 0;
      if (isOver) result.set(size, { trials: own, decision });
      return !isOver;
    });
  }
  return result;
}

/** With this confidence one more run must meet them too. */
const NEXT_RUN = 0.95;

/**
 * Whether a run that is still to come would be within the limits: the upper end of Student's prediction
 * interval, mean + t·s·√(1 + 1 ÷ n), is below 0.
 */
function nextRunDoes(values: readonly number[]): boolean {
  const moments = momentsOf(values);
  if (moments === null) return false;
  const { mean, variance, count } = moments;
  const t = twoSidedT(2 * NEXT_RUN - 1, count - 1);
  return mean + t * Math.sqrt(variance * (1 + 1 / count)) <= 0;
}

/** Through a surge it is the next run that counts, and not the mean of many. */
function decisionOf(trials: readonly Trial[], plan: TestPlan, way: Way): Decision {
  const values = trials.map(({ by }) => by);
  const decision = decide(values, plan);
  if (way.kind === 'long-run' || trials.length < plan.first) return decision;
  if (trials.some(({ met }) => !met)) return { ...decision, isBelow: false };
  return decision.isBelow === true ? { ...decision, isBelow: nextRunDoes(values) } : decision;
}

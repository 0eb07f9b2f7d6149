/** The highest rate within the objectives: replications until its interval is narrow enough. */
import { studentInterval } from '../../stats/confidence-interval.ts';
import { ask, type Question } from '../question.ts';
import type { WorkName } from '../works.ts';
import type { Search } from './root.ts';
import type { Knee } from './knee.ts';

/** How one replication's highest rate is found. */
export interface KneeSearch {
  /** The work that finds it: its input with a search and a replication. */
  readonly work: Extract<WorkName, 'steady-knee' | 'run-knee'>;
  readonly input: Readonly<Record<string, unknown>>;
  /** Requests of one evaluation, near the guess. */
  readonly requests: number;
  /** Where to begin, and what is tried at least and at most, times the scenario's traffic. */
  readonly range: { readonly guess: number; readonly least: number; readonly most: number };
  readonly budget: Budget;
}

/** How many replications are worth it. */
export interface Budget {
  /** Replications of a round; whether to go on is decided between rounds. */
  readonly round: number;
  readonly leastRounds: number;
  readonly mostRounds: number;
  /** Half the interval, as a share of the rate, at which it is narrow enough. */
  readonly precision: number;
  /** What each replication's root is found to. */
  readonly rootPrecision: number;
}

/** The first search knows little, and only has to find the neighbourhood. */
const PILOT = { spread: 0.08, precision: 0.004 };
/** How far the first replications may be off that neighbourhood. */
const FIRST_SPREAD = 0.015;
/** Evaluations of a search, as a rule. */
export const EVALUATIONS = 4;

/** The highest rates of all replications; or what the first search has found instead. */
export type Knees =
  { readonly kind: 'found'; readonly knees: readonly Found[] } | Exclude<Knee, { kind: 'found' }>;

export type Found = Extract<Knee, { kind: 'found' }>;

export function* kneeRates(search: KneeSearch): Question<Knees> {
  const { budget } = search;
  const pilot = yield* searchAll(search, [0], { ...search.range, ...PILOT }, budget.round * 3);
  const first = pilot[0];
  if (first === undefined) throw new Error('bug: no search was done');
  if (first.kind !== 'found') return first;
  const knees: Found[] = [];
  let spread = FIRST_SPREAD;
  for (let round = 0; round < budget.mostRounds; round++) {
    const numbers = Array.from({ length: budget.round }, (_, i) => knees.length + i + 1);
    const guess = knees.length === 0 ? first.factor : meanFactor(knees);
    const near = { ...search.range, guess, spread, precision: budget.rootPrecision };
    const later = budget.round * Math.max(1, budget.leastRounds - round - 1);
    const found = yield* searchAll(search, numbers, near, later);
    for (const knee of found) if (knee.kind === 'found') knees.push(knee);
    const missing = found.find(({ kind }) => kind !== 'found');
    if (missing !== undefined && missing.kind !== 'found') return missing;
    const interval = studentInterval(knees.map(({ factor }) => factor));
    if (interval === null) continue;
    spread = Math.max(budget.precision, spreadOf(knees, interval.mean));
    const isNarrow = interval.halfWidth <= budget.precision * interval.mean;
    if (isNarrow && round + 1 >= budget.leastRounds) break;
  }
  return { kind: 'found', knees };
}

function* searchAll(
  { work, input, requests }: KneeSearch,
  replications: readonly number[],
  search: Search,
  later: number,
): Question<Knee[]> {
  const inputs = replications.map((replication) => ({ ...input, replication, search }));
  const each = requests * EVALUATIONS;
  return yield* ask(work, inputs as never, {
    part: 'highest rate within the objectives',
    requests: each * replications.length,
    later: each * later,
  });
}

function meanFactor(knees: readonly Found[]): number {
  return knees.reduce((sum, { factor }) => sum + factor, 0) / knees.length;
}

/** How far a replication's root is from their mean, typically. */
function spreadOf(knees: readonly Found[], mean: number): number {
  const squares = knees.map(({ factor }) => (factor - mean) * (factor - mean));
  return Math.sqrt(squares.reduce((a, b) => a + b, 0) / knees.length) / mean;
}

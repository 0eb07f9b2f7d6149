/**
 * Do scenarios keep their objectives, and are they no worse than they were? Each is run as often as it takes
 * to say so, or as its budget allows. What is said of one does not depend on the others, and the same
 * scenarios and seed have the same answer.
 */
import type { Scenario } from '../../scenario/scenario.ts';
import { momentsOf } from '../../stats/moments.ts';
import type { ObserveInput } from '../compare/observed.ts';
import { ask, type Question } from '../question.ts';
import { rounded } from '../rounding.ts';
import { expectedRequests } from '../settings-history.ts';
import { judgeObjective, type CheckedObjective } from './checked-objective.ts';
import type { CheckedRun } from './checked-run.ts';
import { judgedMetrics, type JudgedMetric, type Tolerances } from './regressions.ts';

export interface CheckItem {
  readonly scenario: Scenario;
  /** The same scenario as it was; null: there is nothing to compare it with. */
  readonly before: Scenario | null;
}

export interface CheckPlan {
  readonly items: readonly CheckItem[];
  /** Of all runs; null: each scenario's own. */
  readonly seed: string | null;
  readonly tolerances: Tolerances;
  /** Requests that may be simulated for each scenario; it has at least two runs. */
  readonly budget: number;
}

export interface CheckedScenario {
  readonly seed: string;
  readonly replications: number;
  /** In the order of the scenario. */
  readonly objectives: readonly CheckedObjective[];
  /** Means over the runs; null where some run has no number. */
  readonly figures: Readonly<Record<string, number | null>>;
  /** null: there is nothing to compare it with. */
  readonly comparison: CheckedComparison | null;
  /** Of the first run. */
  readonly bottleneck: CheckedRun['bottleneck'];
}

export interface CheckedComparison {
  /** Nothing that makes a difference was changed; it was not simulated twice. */
  readonly isUnchanged: boolean;
  readonly metrics: readonly JudgedMetric[];
  /** The scenario's objectives, in their order, on what it was; null: they do not fit it. */
  readonly objectives: readonly CheckedObjective[] | null;
}

/** Share by which figures may be worse where nobody says another. */
export const USUAL_TOLERANCE = 0.05;
/** With it three scenarios take less than a minute on two processors. */
export const USUAL_BUDGET = 20_000_000;

/** Runs after which one asks first whether more are needed; then they are doubled. */
const FIRST_ROUND = 10;
/** One difference alone does not tell how much it scatters. */
const FEWEST = 2;
const MOST = 160;

export function* check(plan: CheckPlan): Question<CheckedScenario[]> {
  const checked: CheckedScenario[] = [];
  for (const [i, item] of plan.items.entries()) {
    const later = checkRequests({ ...plan, items: plan.items.slice(i + 1) });
    checked.push(yield* checkOne(paired(item), plan, later));
  }
  return checked;
}

/** Requests of the first rounds, roughly. */
export function checkRequests({ items, budget }: CheckPlan): number {
  const requests = items.map((item) => firstRound(item, budget) * requestsOfPair(item));
  return requests.reduce((a, b) => a + b, 0);
}

/** Requests that it may take in all to decide everything. */
export function mostCheckRequests({ items, budget }: CheckPlan): number {
  const requests = items.map((item) => affordable(item, budget) * requestsOfPair(item));
  return requests.reduce((a, b) => a + b, 0);
}

/** What it was is asked for the objectives of today, if they fit. */
function paired({ scenario, before }: CheckItem): CheckItem {
  if (before === null || !isAlikeInTime(scenario, before)) return { scenario, before };
  return { scenario, before: { ...before, objectives: scenario.objectives } };
}

function isAlikeInTime(a: Scenario, b: Scenario): boolean {
  return a.durationNs === b.durationNs && a.startMs === b.startMs;
}

interface Runs {
  readonly now: CheckedRun[];
  /** The same ones where nothing was changed. */
  readonly before: CheckedRun[];
}

function* checkOne(item: CheckItem, plan: CheckPlan, later: number): Question<CheckedScenario> {
  const { scenario } = item;
  const seed = plan.seed ?? scenario.seed;
  const now: CheckedRun[] = [];
  const runs: Runs = { now, before: isChanged(item) ? [] : now };
  const most = affordable(item, plan.budget);
  let next = firstRound(item, plan.budget);
  for (;;) {
    const inputs = inputsOf(item, seed, { from: now.length, to: next });
    const requests = (next - now.length) * requestsOfPair(item);
    const found = yield* ask('checked-run', inputs, { part: scenario.name, requests, later });
    for (const [i, run] of found.entries()) sideOf(runs, item, inputs[i]).push(run);
    const checked = judged(item, runs, { seed, tolerances: plan.tolerances });
    if (now.length >= most || isDecided(checked)) return checked;
    next = Math.min(most, 2 * now.length);
  }
}

function sideOf({ now, before }: Runs, { scenario }: CheckItem, input: ObserveInput | undefined) {
  return input?.scenario === scenario ? now : before;
}

/** Runs of both sides with the same random numbers; the same scenario need not run twice. */
function inputsOf(
  item: CheckItem,
  seed: string,
  { from, to }: { readonly from: number; readonly to: number },
): ObserveInput[] {
  const { scenario, before } = item;
  const numbers = Array.from({ length: to - from }, (_, i) => from + i + 1);
  return numbers.flatMap((replication): ObserveInput[] => [
    { scenario, seed, replication, side: scenario.name },
    ...(before !== null && isChanged(item)
      ? [{ scenario: before, seed, replication, side: `${before.name} as it was` }]
      : []),
  ]);
}

function judged(
  { scenario, before }: CheckItem,
  runs: Runs,
  { seed, tolerances }: { readonly seed: string; readonly tolerances: Tolerances },
): CheckedScenario {
  const [first] = runs.now;
  if (first === undefined) throw new Error('bug: a check without a run');
  const objectivesOf = (side: readonly CheckedRun[]) =>
    scenario.objectives.map((objective, i) => judgeObjective(objective, i, side));
  const comparison =
    before === null
      ? null
      : {
          isUnchanged: runs.before === runs.now,
          metrics: judgedMetrics(runs.before, runs.now, tolerances),
          objectives: isAlikeInTime(scenario, before) ? objectivesOf(runs.before) : null,
        };
  const objectives = objectivesOf(runs.now);
  const { bottleneck } = first;
  const figures = meansOf(runs.now);
  return { seed, replications: runs.now.length, objectives, figures, comparison, bottleneck };
}

function meansOf(runs: readonly CheckedRun[]): CheckedScenario['figures'] {
  const names = Object.keys(runs[0]?.figures ?? {});
  const entries = names.map((name) => {
    const values = runs.map(({ figures }) => figures[name] ?? null);
    const numbers = values.filter((value) => value !== null);
    const mean = numbers.length < values.length ? undefined : momentsOf(numbers)?.mean;
    return [name, mean === undefined ? null : rounded(mean)] as const;
  });
  return Object.fromEntries(entries);
}

/** Whether more runs would tell nothing that is asked. */
function isDecided({ objectives, comparison }: CheckedScenario): boolean {
  const isClear = objectives.every(({ state }) => state !== 'undecided');
  return isClear && (comparison?.metrics ?? []).every(({ isOpen }) => !isOpen);
}

function isChanged({ scenario, before }: CheckItem): boolean {
  return before !== null && before.hash !== scenario.hash;
}

function firstRound(item: CheckItem, budget: number): number {
  return Math.min(FIRST_ROUND, affordable(item, budget));
}

function affordable(item: CheckItem, budget: number): number {
  const runs = Math.floor(budget / Math.max(1, requestsOfPair(item)));
  return Math.min(MOST, Math.max(FEWEST, runs));
}

function requestsOfPair(item: CheckItem): number {
  const { scenario, before } = item;
  const again = before !== null && isChanged(item) ? expectedRequests(before) : 0;
  return expectedRequests(scenario) + again;
}

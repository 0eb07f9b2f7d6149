/**
 * Is B better than A? Both are run as often, run i of B with the random numbers of run i of A, and the
 * differences are judged pair by pair: what both owe to chance cancels out.
 */
import type { Scenario } from '../../scenario/scenario.ts';
import { ask, type Question } from '../question.ts';
import { expectedRequests } from '../settings-history.ts';
import type { Observed, ObserveInput } from './observed.ts';
import { type PairedMetric, type Pairs, pairedMetrics, type SideCounts } from './paired.ts';

export interface ComparePlan {
  readonly a: Scenario;
  readonly b: Scenario;
  /** Of both sides, whatever the scenarios say. */
  readonly seed: string;
  /** Runs of each side, at least two. */
  readonly replications: number;
  /** B has random numbers of its own, which shows what the same ones are worth. */
  readonly independent: boolean;
}

export interface Comparison {
  readonly a: Compared;
  readonly b: Compared;
  readonly seed: string;
  readonly replications: number;
  readonly independent: boolean;
  /** Metrics that could be tested: what Holm's correction is over. */
  readonly family: number;
  /** Figures in order of weight, then the objectives that both scenarios state, by their text. */
  readonly metrics: readonly PairedMetric[];
  readonly objectives: readonly ComparedObjective[];
  /** What makes the two hard to pair. */
  readonly unlike: readonly Unlike[];
}

interface Compared {
  readonly name: string;
  readonly hash: string;
}

export interface ComparedObjective {
  readonly text: string;
  /** Runs that meet it. */
  readonly met: SideCounts;
}

/**
 * duration: the runs are not equally long. streams: services or classes of requests are called differently,
 * and random numbers go by those names.
 */
export type Unlike = 'duration' | 'streams';

export function* compare(plan: ComparePlan): Question<Comparison> {
  const { a, b, seed, replications, independent } = plan;
  const seedOfB = independent ? `${seed}/independent` : seed;
  const numbers = Array.from({ length: replications }, (_, i) => i + 1);
  const inputs = numbers.flatMap((replication): ObserveInput[] => [
    { scenario: a, seed, replication, side: 'A' },
    { scenario: b, seed: seedOfB, replication, side: 'B' },
  ]);
  const requests = comparedRequests(plan);
  const runs = yield* ask('observe', inputs, { part: 'both sides', requests, later: 0 });
  const pairs = numbers.map((_, i) => ({ a: runAt(runs, 2 * i), b: runAt(runs, 2 * i + 1) }));
  const metrics = pairedMetrics([...figurePairs(pairs), ...objectivePairs(pairs)]);
  return {
    a: { name: a.name, hash: a.hash },
    b: { name: b.name, hash: b.hash },
    seed,
    replications,
    independent,
    family: metrics.filter(({ significant }) => significant !== null).length,
    metrics,
    objectives: sharedObjectives(pairs).map((text) => ({ text, met: metCounts(pairs, text) })),
    unlike: unlikeness(a, b),
  };
}

/** How many requests the comparison will simulate, roughly. */
export function comparedRequests({
  a,
  b,
  replications,
}: Pick<ComparePlan, 'a' | 'b' | 'replications'>): number {
  return replications * (expectedRequests(a) + expectedRequests(b));
}

interface ObservedPair {
  readonly a: Observed;
  readonly b: Observed;
}

function runAt(runs: readonly Observed[], i: number): Observed {
  const run = runs[i];
  if (run === undefined) throw new Error('bug: a run is missing');
  return run;
}

/** The figures that both sides have. */
function figurePairs(pairs: readonly ObservedPair[]): Pairs[] {
  const [first] = pairs;
  if (first === undefined) return [];
  const shared = Object.keys(first.a.figures).filter((name) => name in first.b.figures);
  return shared.map((name) => ({
    name,
    pairs: pairs.map(({ a, b }) => ({ a: a.figures[name] ?? null, b: b.figures[name] ?? null })),
  }));
}

function objectivePairs(pairs: readonly ObservedPair[]): Pairs[] {
  return sharedObjectives(pairs).map((text) => ({
    name: text,
    pairs: pairs.map(({ a, b }) => ({ a: judgedIn(a, text).value, b: judgedIn(b, text).value })),
  }));
}

/** Texts of the objectives that both sides state, each once. */
function sharedObjectives([first]: readonly ObservedPair[]): string[] {
  if (first === undefined) return [];
  const ofB = new Set(first.b.objectives.map(({ text }) => text));
  return [...new Set(first.a.objectives.map(({ text }) => text))].filter((text) => ofB.has(text));
}

function judgedIn({ objectives }: Observed, text: string): Observed['objectives'][number] {
  const judged = objectives.find((objective) => objective.text === text);
  if (judged === undefined) throw new Error(`bug: a run did not judge ${text}`);
  return judged;
}

function metCounts(pairs: readonly ObservedPair[], text: string): SideCounts {
  return {
    a: pairs.filter(({ a }) => judgedIn(a, text).met).length,
    b: pairs.filter(({ b }) => judgedIn(b, text).met).length,
  };
}

function unlikeness(a: Scenario, b: Scenario): Unlike[] {
  const streams = streamNames(a) === streamNames(b);
  return [
    ...(a.durationNs === b.durationNs ? [] : ['duration' as const]),
    ...(streams ? [] : ['streams' as const]),
  ];
}

function streamNames({ system }: Scenario): string {
  const names = system.services.map(({ name, requests }) => [name, requests.map((r) => r.name)]);
  return JSON.stringify(names);
}

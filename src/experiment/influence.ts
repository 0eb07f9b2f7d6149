/**
 * Which of the things that nobody has measured move the outcome most: each made smaller and larger, one at
 * a time, with the same random numbers.
 */
import { log } from '../engine/math.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { errorShareOf } from './across.ts';
import { ask, type Question } from './question.ts';
import type { RunResult } from './result.ts';
import { expectedBetween } from './settings-history.ts';

/** An input and the scenario with less and more of it; null where the scenario does not allow that. */
export interface VariedInput {
  readonly path: string;
  readonly smaller: Scenario | null;
  readonly larger: Scenario | null;
}

/** What one sees of a run: of all requests that ended, and of those that were answered. */
interface Outcome {
  /** Failed or given up, of all that ended; null when none did. */
  readonly errors: number | null;
  /** Of the requests that were answered; null when none was. */
  readonly p99Ms: number | null;
}

export interface Influence {
  readonly path: string;
  readonly smaller: Outcome | null;
  readonly larger: Outcome | null;
}

export interface Influences {
  readonly unchanged: Outcome;
  /** The one that moves the outcome most first. */
  readonly inputs: readonly Influence[];
}

/** A point of the failed share counts as much as a factor e of the 99th percentile. */
const POINTS = 100;

export function* influences(
  scenario: Scenario,
  inputs: readonly VariedInput[],
): Question<Influences> {
  const scenarios = inputs.flatMap(({ smaller, larger }) => [smaller, larger]);
  const sound = scenarios.filter((one) => one !== null);
  const runs = [scenario, ...sound].map((one) => ({
    scenario: one,
    seed: scenario.seed,
    replication: 1,
  }));
  const requests = runs.length * expectedBetween(scenario, 0, scenario.durationNs);
  const results = yield* ask('run', runs, { part: 'what moves it', requests, later: 0 });
  const [unchanged, ...others] = results.map(outcomeOf);
  if (unchanged === undefined) throw new Error('bug: a run without an outcome');
  const outcomes = scenarios.map((one) => (one === null ? null : (others.shift() ?? null)));
  const found = inputs.map(({ path }, i): Influence => ({
    path,
    smaller: outcomes[2 * i] ?? null,
    larger: outcomes[2 * i + 1] ?? null,
  }));
  const moves = (one: Influence): number => movement(one, unchanged);
  return { unchanged, inputs: found.sort((a, b) => moves(b) - moves(a)) };
}

function outcomeOf({ requests, response }: RunResult): Outcome {
  return { errors: errorShareOf(requests), p99Ms: response.p99Ms };
}

/** How far apart the outcomes are. */
function movement({ smaller, larger }: Influence, unchanged: Outcome): number {
  const all = [smaller, larger, unchanged].filter((one) => one !== null);
  return POINTS * rangeOf(all.map(({ errors }) => errors)) + rangeOf(all.map(logOfP99));
}

function logOfP99({ p99Ms }: Outcome): number | null {
  return p99Ms === null || p99Ms <= 0 ? null : log(p99Ms);
}

function rangeOf(values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? 0 : Math.max(...known) - Math.min(...known);
}

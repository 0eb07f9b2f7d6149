/**
 * Which of the things that nobody has measured move the outcome most: each made smaller and larger, one at
 * a time, with the same random numbers, in the busiest stretch of the run.
 */
import { log } from '../engine/math.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { busiestStretch, type Stretch } from './busiest-stretch.ts';
import type { Excerpt, ExcerptInput } from './diagnose/excerpt.ts';
import { ask, type Question } from './question.ts';
import { changesOf, expectedBetween, settingsInForce } from './settings-history.ts';

/** An input and the scenario with less and more of it; null where the scenario does not allow that. */
export interface VariedInput {
  readonly path: string;
  readonly smaller: Scenario | null;
  readonly larger: Scenario | null;
}

/** What one sees of a run: of all requests that ended, and of those that were answered. */
export interface Outcome {
  /** Failed or given up, of all that ended; null when none did. */
  readonly errors: number | null;
  /** Of the requests that were answered; null when none was. */
  readonly p99Ms: number | null;
}

export interface Influence {
  readonly path: string;
  /** Whether one would notice. */
  readonly isNoticed: boolean;
  /** null where there can be no less of it, or the simulation could not go on. */
  readonly smaller: Outcome | null;
  readonly larger: Outcome | null;
}

export interface Influences {
  /** What was simulated of the run. */
  readonly stretch: Stretch;
  readonly isWholeRun: boolean;
  readonly unchanged: Outcome | null;
  /** The one that moves the outcome most first. */
  readonly inputs: readonly Influence[];
}

/** Requests of all the runs together: some seconds. */
const MOST_REQUESTS = 2_000_000;
/** A point of the failed share counts as much as a factor e of the 99th percentile. */
const POINTS = 100;
/** Less is not noticed: a point in ten thousand, or a percent of the percentile. */
const UNNOTICED = 0.01;

export function* influences(
  scenario: Scenario,
  inputs: readonly VariedInput[],
): Question<Influences> {
  const scenarios = inputs.flatMap(({ smaller, larger }) => [smaller, larger]);
  const all = [scenario, ...scenarios.filter((one) => one !== null)];
  const stretch = busiestStretch(scenario, MOST_REQUESTS / all.length);
  const requests = all.length * expectedBetween(scenario, stretch.fromNs, stretch.toNs);
  const cost = { part: 'what moves it', requests, later: 0 };
  const excerpts = yield* ask(
    'excerpt',
    all.map((one) => excerptOf(one, stretch)),
    cost,
  );
  const [unchanged = null, ...others] = excerpts.map(outcomeOf);
  const outcomes = scenarios.map((one) => (one === null ? null : (others.shift() ?? null)));
  const found = inputs.map(({ path }, i) => {
    const [smaller = null, larger = null] = outcomes.slice(2 * i);
    const moved = movement([smaller, larger, unchanged]);
    return { moved, influence: { path, isNoticed: moved > UNNOTICED, smaller, larger } };
  });
  return {
    stretch,
    isWholeRun: stretch.toNs - stretch.fromNs >= scenario.durationNs,
    unchanged,
    inputs: found.sort((a, b) => b.moved - a.moved).map(({ influence }) => influence),
  };
}

function excerptOf(scenario: Scenario, { fromNs, toNs }: Stretch): ExcerptInput {
  return {
    settings: settingsInForce(scenario, fromNs),
    changes: changesOf(scenario).filter(({ atNs }) => atNs > fromNs),
    startNs: fromNs,
    stretches: [{ fromNs, toNs }],
    seed: `${scenario.seed}/influence`,
    mayBreakOff: true,
  };
}

function outcomeOf({ readings: [reading] }: Excerpt): Outcome | null {
  if (reading === undefined) return null;
  const { errors, completed, responseMs } = reading;
  return { errors, p99Ms: completed === 0 ? null : responseMs.p99Ms };
}

/** How far apart the outcomes are. */
function movement(outcomes: readonly (Outcome | null)[]): number {
  const all = outcomes.filter((one) => one !== null);
  return POINTS * rangeOf(all.map(({ errors }) => errors)) + rangeOf(all.map(logOfP99));
}

function logOfP99({ p99Ms }: Outcome): number | null {
  return p99Ms === null || p99Ms <= 0 ? null : log(p99Ms);
}

function rangeOf(values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? 0 : Math.max(...known) - Math.min(...known);
}

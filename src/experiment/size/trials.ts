/** Sizes tried in simulations: in the long run where traffic stays, through surge and drain elsewhere. */
import type { Metric } from '../../model/control/settings.ts';
import { holds } from '../../model/meters/stretch.ts';
import type { SystemSettings } from '../../model/settings.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { ask, type Question } from '../question.ts';
import { expectedBetween } from '../settings-history.ts';
import { shortfallOf } from './shortfall.ts';
import { type SizeTarget, withSize } from './target.ts';

/** One simulation of one setting, judged. */
export interface Trial {
  readonly size: number;
  /** See `Shortfall`. */
  readonly by: number;
  readonly worst: number;
  /** Of each objective, in its unit. */
  readonly values: readonly (number | null)[];
  readonly met: boolean;
  /** Indices of the objectives that were missed. */
  readonly missed: readonly number[];
  readonly errors: number | null;
  readonly p99Ms: number | null;
  /** Of the pools' connections in use; null where it was not measured. */
  readonly utilisation: number | null;
  /** When the last of the backlog was gone, ns; null: none stood, or it was not looked for. */
  readonly backlogToNs: number | null;
}

/** How sizes are tried. */
export type Way =
  /** So many requests a replication, at a rate that stays. */
  | { readonly kind: 'long-run'; readonly requests: number; readonly seed: string }
  /** The scenario up to an instant; `stops`: no further than an objective is surely missed. */
  | {
      readonly kind: 'run';
      readonly untilNs: number;
      readonly seed: string;
      readonly stops: boolean;
    };

export interface Asked {
  readonly size: number;
  /** From 1 on. */
  readonly replication: number;
}

/** What is tried, and with what it is tried. */
export interface Bench {
  readonly scenario: Scenario;
  readonly target: SizeTarget;
  /** Further settings of each trial. */
  readonly sets: Readonly<Record<string, unknown>>;
  /** Of a scenario that is tried in the long run: its settings at the traffic that stays. */
  readonly steady: (scenario: Scenario) => SystemSettings;
}

/** A run that misses an objective by this share is stopped: its figures say enough. */
const STOPS_BEYOND = 0.5;

/** null in place of a size that the scenario does not take. */
export function* tryOut(
  bench: Bench,
  asked: readonly Asked[],
  way: Way,
  cost: { readonly part: string; readonly later: number },
): Question<(Trial | null)[]> {
  const scenarios = new Map<number, Scenario | null>();
  for (const { size } of asked) {
    if (!scenarios.has(size)) {
      scenarios.set(size, withSize(bench.scenario, bench.target, size, bench.sets));
    }
  }
  const possible = asked.flatMap((one) => {
    const scenario = scenarios.get(one.size) ?? null;
    return scenario === null ? [] : [{ ...one, scenario }];
  });
  const trials =
    way.kind === 'long-run'
      ? yield* inTheLongRun(bench, possible, way, cost)
      : yield* throughRuns(possible, way, cost);
  const byAsked = new Map(
    possible.map(({ size, replication }, i) => [
      `${String(size)}/${String(replication)}`,
      trials[i] as Trial,
    ]),
  );
  return asked.map(({ size, replication }) => {
    return byAsked.get(`${String(size)}/${String(replication)}`) ?? null;
  });
}

interface Possible extends Asked {
  readonly scenario: Scenario;
}

const ERRORS: Metric = { kind: 'errors' };
const P99: Metric = { kind: 'percentile', of: 'response', p: 0.99 };

function* inTheLongRun(
  { steady }: Bench,
  possible: readonly Possible[],
  { requests, seed }: Extract<Way, { kind: 'long-run' }>,
  { part, later }: { readonly part: string; readonly later: number },
): Question<Trial[]> {
  const inputs = possible.map(({ scenario, replication }) => {
    const metrics = [...scenario.objectives.map((o) => o.condition.metric), ERRORS, P99];
    return { system: steady(scenario), seed, replication, requests, metrics };
  });
  const cost = { part, requests: requests * inputs.length, later };
  const outputs = yield* ask('steady-run', inputs, cost);
  return possible.map(({ size, scenario }, i) => {
    const { values: all = [], poolUtilisation = null } = outputs[i] ?? {};
    const values = all.slice(0, -2);
    const [errors = null, p99 = null] = all.slice(-2);
    return {
      size,
      ...judge(scenario, values),
      errors,
      p99Ms: p99 === null || p99 === Infinity ? null : p99 * 1000,
      utilisation: poolUtilisation,
      backlogToNs: null,
    };
  });
}

function* throughRuns(
  possible: readonly Possible[],
  { untilNs, seed, stops }: Extract<Way, { kind: 'run' }>,
  { part, later }: { readonly part: string; readonly later: number },
): Question<Trial[]> {
  const inputs = possible.map(({ scenario, replication }) => {
    return {
      scenario,
      seed,
      replication,
      untilNs,
      ...(stops ? { stopsBeyond: STOPS_BEYOND } : {}),
      stopsWhenMissed: stops,
    };
  });
  const requests = possible.reduce((n, one) => n + expectedBetween(one.scenario, 0, untilNs), 0);
  const outputs = yield* ask('judged-run', inputs, { part, requests, later });
  return possible.map(({ size, scenario }, i) => {
    const run = outputs[i] as (typeof outputs)[number];
    const { values, errors, p99Ms, backlog } = run;
    return {
      size,
      ...judge(scenario, values),
      errors,
      p99Ms,
      utilisation: null,
      backlogToNs: backlog?.toNs ?? null,
    };
  });
}

function judge(
  { objectives }: Scenario,
  values: readonly (number | null)[],
): Pick<Trial, 'by' | 'worst' | 'values' | 'met' | 'missed'> {
  const conditions = objectives.map(({ condition }) => condition);
  const missed = conditions.flatMap((condition, i) => {
    const value = values[i] ?? null;
    return value === null || holds(condition, value) ? [] : [i];
  });
  return { ...shortfallOf(conditions, values), values, missed, met: missed.length === 0 };
}

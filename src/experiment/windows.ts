/** How a run is cut: the windows of its series, and the instants at which its meters are read. */
import { MINUTE, SECOND } from '../engine/time.ts';
import { gridOf } from './grid.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** Most windows that a series has. */
const MOST_WINDOWS = 2000;
/** Windows are not shorter than a second, except in runs too short for this many of them. */
const FEWEST_WINDOWS = 60;
/** Most bins in which an outage is looked for. */
const MOST_BINS = 600;
/** A timeline entry is judged by this long before it and after it. */
export const BESIDE_ENTRY_NS = 5 * MINUTE;

/** Seconds that read well on an axis. */
const NICE_SECONDS = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 900,
  1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400,
];

export interface Cut {
  readonly windowNs: number;
  /** Length of the bins in which an outage is looked for: whole windows, whole minutes in long runs. */
  readonly binNs: number;
  /** All instants at which the meters are read, ascending, the last one the end of the run. */
  readonly instants: readonly number[];
  /** Those at which a warm-up or a batch of the steady state may begin or end; none when neither is asked. */
  readonly grid: readonly number[];
}

/** Cuts a run of this scenario. */
export function cutRun(scenario: Scenario): Cut {
  const { durationNs } = scenario;
  const finest = Math.min(SECOND, durationNs / FEWEST_WINDOWS);
  const windowNs = niceWindow(Math.max(finest, durationNs / MOST_WINDOWS));
  const binNs = binLength(durationNs, windowNs);
  const instants = new Set<number>([0, durationNs]);
  for (let at = windowNs; at < durationNs; at += windowNs) instants.add(at);
  const grid = gridOf(scenario);
  for (const at of [...pointsOfInterest(scenario), ...grid]) {
    if (at > 0 && at < durationNs) instants.add(at);
  }
  return { windowNs, binNs, grid, instants: [...instants].sort((a, b) => a - b) };
}

function pointsOfInterest(scenario: Scenario): number[] {
  const around = scenario.timeline.flatMap(({ atNs }) => [
    atNs - BESIDE_ENTRY_NS,
    atNs,
    atNs + BESIDE_ENTRY_NS,
  ]);
  const judged = scenario.objectives.flatMap(({ scope }) => {
    if (scope.kind === 'during') return [scope.fromNs, scope.toNs];
    if (scope.kind === 'run') return [];
    return slidingStarts(scope.windowNs, scenario.durationNs).flatMap((start) => [
      start,
      start + scope.windowNs,
    ]);
  });
  return [...around, ...judged];
}

/**
 * Where a worst window of this length begins: it slides through the run in steps of a thirtieth of its
 * length (more in very long runs), and stands at its very end too. A window longer than the run is the run.
 */
export function slidingStarts(windowNs: number, durationNs: number): number[] {
  const last = durationNs - windowNs;
  if (last <= 0) return [0];
  const step = Math.max(1, Math.ceil(windowNs / 30), Math.ceil(durationNs / (30 * MOST_WINDOWS)));
  const starts: number[] = [];
  for (let start = 0; start < last; start += step) starts.push(start);
  return [...starts, last];
}

function niceWindow(atLeastNs: number): number {
  const nice = NICE_SECONDS.find((seconds) => seconds * SECOND >= atLeastNs);
  return Math.round((nice ?? Math.ceil(atLeastNs / SECOND)) * SECOND);
}

function binLength(durationNs: number, windowNs: number): number {
  const wanted = Math.max(durationNs >= 30 * MINUTE ? MINUTE : windowNs, durationNs / MOST_BINS);
  const minutes = Math.ceil(wanted / MINUTE) * MINUTE;
  const length = durationNs >= 30 * MINUTE ? minutes : wanted;
  return Math.ceil(length / windowNs) * windowNs;
}

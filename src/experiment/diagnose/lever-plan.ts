/**
 * Where in a stretch levers are tried: in several windows of it, each with a lead-in in which the backlog
 * builds up as it stands there. What the timeline sets or restarts inside the stretch is left out.
 */
import { SECOND } from '../../engine/time.ts';
import type { Change, SystemSettings } from '../../model/settings.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { changesOf, expectedBetween, settingsInForce } from '../settings-history.ts';
import type { ExcerptInput, Span } from './excerpt.ts';
import type { Variant } from './levers.ts';

export interface LeverPlan {
  /** One a replication. */
  readonly windows: readonly Window[];
  /** Requests of all windows and their lead-ins together. */
  readonly requests: number;
  /** A lead-in may be too short for all that the system remembers. */
  readonly isApproximate: boolean;
}

interface Window extends Span {
  readonly startNs: number;
  readonly settings: SystemSettings;
  readonly changes: readonly Change[];
  /** How long each instance is out when all are restarted in the lead-in; null: there is no time for it. */
  readonly restartEachNs: number | null;
}

/** How much is simulated of each lever. */
export interface LeverSize {
  /** Windows, and the most of them where each has fewer requests. */
  readonly replications: number;
  readonly most: number;
  /** Requests that a window should have. */
  readonly windowRequests: number;
}

export const LEVER_SIZE: LeverSize = { replications: 32, most: 64, windowRequests: 150_000 };
/** Windows are not shorter than this, if the stretch is not. */
const LEAST_WINDOW = 2 * SECOND;
/** A window that begins after fewer requests than this is simulated from the run's beginning. */
const EARLY_REQUESTS = 200_000;
/** Lead-ins have at most so many requests. */
const MOST_LEAD_REQUESTS = 600_000;
/** The lead-in's shortest, and the longest of a restart in it. */
const LEAST_LEAD = 5 * SECOND;
const RESTART = { eachNs: 2 * SECOND, allNs: 30 * SECOND };

/** @param memory how long the system takes to forget its beginning, ns; see `memoryNs` */
export function planLevers(
  scenario: Scenario,
  stretch: Span,
  memory: number,
  { replications: least, most, windowRequests }: LeverSize,
): LeverPlan {
  const length = stretch.toNs - stretch.fromNs;
  const perNs = expectedBetween(scenario, stretch.fromNs, stretch.toNs) / length;
  const wanted = perNs > 0 ? windowRequests / perNs : length;
  const windowNs = Math.round(Math.min(length, Math.max(LEAST_WINDOW, wanted)));
  const enough = Math.ceil((least * windowRequests) / Math.max(1, perNs * windowNs));
  const replications = Math.min(most, Math.max(least, enough));
  const windows: Window[] = [];
  let isApproximate = false;
  for (let i = 0; i < replications; i++) {
    const fromNs = Math.round(stretch.fromNs + ((length - windowNs) * i) / (replications - 1));
    const lead = leadInto(scenario, fromNs, memory, perNs);
    isApproximate ||= lead < Math.min(fromNs, memory);
    windows.push(windowOf(scenario, stretch, { fromNs, toNs: fromNs + windowNs }, lead));
  }
  const requests = windows.reduce(
    (sum, { startNs, toNs }) => sum + expectedBetween(scenario, startNs, toNs),
    0,
  );
  return { windows, requests, isApproximate };
}

/** As long as it takes to forget the start, twice: a restart of all instances fits in between. */
function leadInto(scenario: Scenario, fromNs: number, memory: number, perNs: number): number {
  if (expectedBetween(scenario, 0, fromNs) <= EARLY_REQUESTS) return fromNs;
  const wanted = Math.max(LEAST_LEAD, 2 * memory + RESTART.allNs);
  const most = Math.max(LEAST_LEAD, MOST_LEAD_REQUESTS / perNs);
  return Math.round(Math.min(fromNs, wanted, most));
}

function windowOf(scenario: Scenario, stretch: Span, span: Span, lead: number): Window {
  const startNs = span.fromNs - lead;
  const judgedNs = stretch.fromNs;
  const changes = changesOf(scenario).filter(({ kind, atNs }) => {
    if (atNs <= startNs || atNs > span.toNs) return false;
    return atNs <= judgedNs || kind === 'outage';
  });
  const settings = settingsInForce(scenario, Math.min(startNs, judgedNs));
  const instances = Math.max(...settings.services.map((service) => service.instances));
  const eachNs = Math.round(
    Math.min(RESTART.eachNs, RESTART.allNs / instances, lead / 4 / instances),
  );
  return { ...span, startNs, settings, changes, restartEachNs: eachNs >= 1000 ? eachNs : null };
}

/** The simulations of a plan with a variant of a lever; null: as it is. */
export function excerptsOf(
  { windows }: LeverPlan,
  seed: string,
  variant: Variant | null,
): ExcerptInput[] {
  return windows.map((window, i) => {
    const { startNs, fromNs, toNs } = window;
    const changed = variant === null ? window : changedBy(window, variant.change);
    return {
      settings: changed.settings,
      changes: changed.changes,
      startNs,
      stretches: [{ fromNs, toNs }],
      seed: `${seed}/diagnose/rep-${String(i + 1)}`,
      ...(variant === null ? {} : { mayBreakOff: true }),
    };
  });
}

function changedBy(
  { settings, changes, startNs, fromNs, restartEachNs }: Window,
  change: Variant['change'],
): Pick<ExcerptInput, 'settings' | 'changes'> {
  if (change === 'restart') {
    const eachNs = restartEachNs ?? 0;
    const atNs = Math.round(startNs + (fromNs - startNs) / 4);
    const restarts = settings.services.map((_, service): Change => ({
      kind: 'restart',
      atNs,
      service,
      eachNs,
    }));
    const all = [...changes, ...restarts].sort((a, b) => a.atNs - b.atNs);
    return { settings, changes: all };
  }
  return {
    settings: change(settings),
    changes: changes.map((each) =>
      each.kind === 'set' ? { ...each, settings: change(each.settings) } : each,
    ),
  };
}

/** Whether a plan has time to restart all instances before its windows. */
export function mayRestart({ windows }: LeverPlan): boolean {
  return windows.every(({ restartEachNs }) => restartEachNs !== null);
}

/**
 * The stretches of a run in which nothing is changed: settings, rate, users and fleet are constant. They
 * lie between entries of the timeline that set something, corners of the two curves, and restarts.
 */
import type { ServiceSettings } from '../../model/service/settings.ts';
import type { SystemSettings } from '../../model/settings.ts';
import type { TrafficSettings } from '../../model/traffic/settings.ts';
import type { Scenario } from '../../scenario/scenario.ts';

export interface Stretch {
  readonly fromNs: number;
  readonly toNs: number;
  readonly settings: SystemSettings;
  /** Index of the service whose stretch this is. */
  readonly service: number;
  /** Open arrivals of the fleet. */
  readonly ratePerSecond: number;
  /** Who send, wait for the answer, and think. */
  readonly users: number;
  /** What may have happened before, and still have left a backlog. */
  readonly before: Before;
}

interface Before {
  /** The highest rate up to the stretch's start; 0 at the start of the run. */
  readonly peakPerSecond: number;
  /** The most users up to then. */
  readonly peakUsers: number;
  /** The longest acquire timeout of anybody who may still wait. */
  readonly timeoutNs: number;
  /** The stretch's settings have been in force since the start of the run, and nothing was restarted. */
  readonly isUnchanged: boolean;
}

/** A stretch of time in which the settings stay as they are. */
interface Phase {
  readonly fromNs: number;
  readonly toNs: number;
  readonly settings: SystemSettings;
}

/** The maximal constant stretches of one service in which somebody arrives, in order of time. */
export function constantStretches(scenario: Scenario, service: number): Stretch[] {
  const restarts = restartsOf(scenario, service);
  const stretches: Stretch[] = [];
  const earlier: ServiceSettings[] = [];
  let [peakPerSecond, peakUsers] = [0, 0];
  for (const phase of phasesOf(scenario)) {
    const { settings } = phase;
    const own = settings.services[service];
    if (own === undefined) throw new Error('bug: a service that no settings know');
    earlier.push(own);
    const timeoutNs = Math.max(...earlier.map(({ pool }) => pool.acquireTimeoutNs));
    for (const { rate, users, ...piece } of piecesOf(own.traffic, phase)) {
      for (const { fromNs, toNs } of without(restarts, piece)) {
        const isUnchanged = earlier.length === 1 && restarts.every((r) => r.fromNs >= toNs);
        const before = { peakPerSecond, peakUsers, timeoutNs, isUnchanged };
        const [ratePerSecond, population] = [rate.constant, users.constant];
        if (ratePerSecond === null || population === null) continue;
        if (ratePerSecond === 0 && population === 0) continue;
        stretches.push({
          ...{ fromNs, toNs, settings, service, ratePerSecond, users: population, before },
        });
      }
      peakPerSecond = Math.max(peakPerSecond, rate.peak);
      peakUsers = Math.max(peakUsers, users.peak);
    }
  }
  return stretches;
}

function phasesOf({ system, timeline, durationNs }: Scenario): Phase[] {
  const phases: Phase[] = [];
  let fromNs = 0;
  let settings = system;
  for (const entry of timeline) {
    if (entry.settings === null) continue;
    if (entry.atNs > fromNs) phases.push({ fromNs, toNs: entry.atNs, settings });
    fromNs = Math.max(fromNs, entry.atNs);
    settings = entry.settings;
  }
  if (fromNs < durationNs) phases.push({ fromNs, toNs: durationNs, settings });
  return phases;
}

interface Interval {
  readonly fromNs: number;
  readonly toNs: number;
}

/** What a curve does in an interval. */
interface Height {
  /** null: it changes. */
  readonly constant: number | null;
  readonly peak: number;
}

interface Piece extends Interval {
  readonly rate: Height;
  readonly users: Height;
}

/** A phase, cut at the corners of both curves. */
function piecesOf({ rate, users }: TrafficSettings, phase: Interval): Piece[] {
  const rates = rate.map(({ atNs, perSecond }) => ({ atNs, value: perSecond }));
  const points = users === null ? [{ atNs: 0, users: 0 }] : users.points;
  const populations = points.map((point) => ({ atNs: point.atNs, value: point.users }));
  return heightsOf(rates, phase).flatMap((part) =>
    heightsOf(populations, part).map(({ fromNs, toNs, height }) => ({
      ...{ fromNs, toNs, rate: part.height, users: height },
    })),
  );
}

interface Part extends Interval {
  readonly height: Height;
}

interface Point {
  readonly atNs: number;
  readonly value: number;
}

/** A curve within an interval, cut at its corners; neighbours of one height are joined. */
function heightsOf(points: readonly Point[], { fromNs, toNs }: Interval): Part[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  const corners = [{ ...first, atNs: -Infinity }, ...points, { ...last, atNs: Infinity }];
  const parts: Part[] = [];
  for (const [i, right] of corners.entries()) {
    const left = corners[i - 1];
    if (left === undefined) continue;
    const [from, to] = [Math.max(fromNs, left.atNs), Math.min(toNs, right.atNs)];
    if (to <= from) continue;
    const constant = left.value === right.value ? left.value : null;
    const previous = parts.at(-1);
    const height = { constant, peak: Math.max(left.value, right.value) };
    if (constant !== null && previous?.height.constant === constant)
      parts[parts.length - 1] = { ...previous, toNs: to };
    else parts.push({ fromNs: from, toNs: to, height });
  }
  return parts;
}

/** When an instance of the service is out of the fleet, one after another. */
function restartsOf({ system, timeline, durationNs }: Scenario, service: number): Interval[] {
  const fleets = [system, ...timeline.flatMap((entry) => entry.settings ?? [])];
  const instances = Math.max(...fleets.map((s) => s.services[service]?.instances ?? 1));
  return timeline.flatMap(({ atNs, restart }) => {
    if (restart?.service !== service) return [];
    return [{ fromNs: atNs, toNs: Math.min(durationNs, atNs + restart.eachNs * instances) }];
  });
}

/** What is left of an interval without others. */
function without(others: readonly Interval[], interval: Interval): Interval[] {
  return others.reduce<Interval[]>(
    (parts, { fromNs, toNs }) =>
      parts.flatMap((part) =>
        [
          { fromNs: part.fromNs, toNs: Math.min(part.toNs, fromNs) },
          { fromNs: Math.max(part.fromNs, toNs), toNs: part.toNs },
        ].filter((rest) => rest.toNs > rest.fromNs),
      ),
    [interval],
  );
}

/**
 * The stretches of a run in which nothing is changed: settings, rate and fleet are constant. They lie
 * between entries of the timeline that set something, corners of the rate curve, and restarts.
 */
import type { ServiceSettings } from '../../model/service/settings.ts';
import type { SystemSettings } from '../../model/settings.ts';
import type { RatePoint } from '../../model/traffic/settings.ts';
import type { Scenario } from '../../scenario/scenario.ts';

export interface Stretch {
  readonly fromNs: number;
  readonly toNs: number;
  readonly settings: SystemSettings;
  /** Index of the service whose stretch this is. */
  readonly service: number;
  /** Arrivals of the fleet. */
  readonly ratePerSecond: number;
  /** What may have happened before, and still have left a backlog. */
  readonly before: Before;
}

interface Before {
  /** The highest rate up to the stretch's start; 0 at the start of the run. */
  readonly peakPerSecond: number;
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

/** The maximal constant stretches of one service with a rate above 0, in order of time. */
export function constantStretches(scenario: Scenario, service: number): Stretch[] {
  const restarts = restartsOf(scenario, service);
  const stretches: Stretch[] = [];
  const earlier: ServiceSettings[] = [];
  let peakPerSecond = 0;
  for (const phase of phasesOf(scenario)) {
    const own = phase.settings.services[service];
    if (own === undefined) throw new Error('bug: a service that no settings know');
    earlier.push(own);
    const timeoutNs = Math.max(...earlier.map(({ pool }) => pool.acquireTimeoutNs));
    for (const piece of piecesOf(own.traffic.rate, phase)) {
      for (const { fromNs, toNs } of without(restarts, piece)) {
        const isUnchanged = earlier.length === 1 && restarts.every((r) => r.fromNs >= toNs);
        const before = { peakPerSecond, timeoutNs, isUnchanged };
        const { settings } = phase;
        const { ratePerSecond } = piece;
        if (ratePerSecond === null || ratePerSecond === 0) continue;
        stretches.push({ fromNs, toNs, settings, service, ratePerSecond, before });
      }
      peakPerSecond = Math.max(peakPerSecond, piece.peakPerSecond);
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

interface Piece extends Interval {
  /** null: it changes. */
  readonly ratePerSecond: number | null;
  readonly peakPerSecond: number;
}

/** The rate curve within a phase, cut at its corners; neighbours of one rate are joined. */
function piecesOf(points: readonly RatePoint[], { fromNs, toNs }: Interval): Piece[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  const corners = [{ ...first, atNs: -Infinity }, ...points, { ...last, atNs: Infinity }];
  return corners
    .slice(1)
    .map((right, i) => {
      const left = corners[i] ?? right;
      const [low, high] = [left.perSecond, right.perSecond];
      return {
        fromNs: Math.max(fromNs, left.atNs),
        toNs: Math.min(toNs, right.atNs),
        ratePerSecond: low === high ? low : null,
        peakPerSecond: Math.max(low, high),
      };
    })
    .filter((piece) => piece.toNs > piece.fromNs)
    .reduce<Piece[]>(joined, []);
}

/** Adds a piece, or makes the last one longer. */
function joined(pieces: Piece[], piece: Piece): Piece[] {
  const last = pieces.at(-1);
  const isSame = piece.ratePerSecond !== null && last?.ratePerSecond === piece.ratePerSecond;
  if (last === undefined || !isSame) return [...pieces, piece];
  return [...pieces.slice(0, -1), { ...last, toNs: piece.toNs }];
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

/**
 * A piece of a run: simulated from an instant on, read from a later one on. What stands at its beginning is
 * what has built up on the way there.
 */
import type { Change, SystemSettings } from '../../model/settings.ts';
import { SimulationLimit } from '../../model/simulation-limit.ts';
import { MOST_IN_FLIGHT, System } from '../../model/system.ts';
import { laterChanges, laterSettings } from '../later-clock.ts';
import {
  type MeterReading,
  readMeters,
  type StretchReading,
  stretchReading,
} from './stretch-reading.ts';

export interface ExcerptInput {
  /** In force at its start; all instants in ns after the start of the scenario's run. */
  readonly settings: SystemSettings;
  /** After its start. */
  readonly changes: readonly Change[];
  readonly startNs: number;
  /** What is read of it. */
  readonly stretches: readonly Span[];
  /** Names its random streams. */
  readonly seed: string;
  /** What these settings cannot stand is the result, not a failure. */
  readonly mayBreakOff?: true;
}

export interface Excerpt {
  /** Of each stretch; none when it broke off. */
  readonly readings: readonly StretchReading[];
  /** Why it could not go on. */
  readonly brokeOff: string | null;
}

/** From an instant to a later one, ns after the start of the scenario's run. */
export interface Span {
  readonly fromNs: number;
  readonly toNs: number;
}

/** Events between two signs of life. */
const EVENTS_A_STEP = 200_000;

/** @throws SimulationLimit when it cannot go on, and may not break off */
export function* excerpt(input: ExcerptInput): Generator<number, Excerpt, undefined> {
  try {
    return { readings: yield* read(input), brokeOff: null };
  } catch (error) {
    if (!(error instanceof SimulationLimit) || input.mayBreakOff !== true) throw error;
    return { readings: [], brokeOff: error.message };
  }
}

/** The reading of each stretch. */
function* read(input: ExcerptInput): Generator<number, StretchReading[], undefined> {
  const { startNs } = input;
  const system = new System({
    settings: laterSettings(input.settings, startNs),
    changes: laterChanges(input.changes, startNs),
    alerts: [],
    seed: input.seed,
    mostInFlight: MOST_IN_FLIGHT,
    log: null,
  });
  const wanted = input.stretches.flatMap(({ fromNs, toNs }) => [fromNs, toNs]);
  const readings = new Map<number, MeterReading>();
  for (const instant of [...new Set(wanted)].sort((a, b) => a - b)) {
    while (!system.runUntil(instant - startNs, EVENTS_A_STEP)) yield system.arrived;
    readings.set(instant, readMeters(system));
  }
  const at = (instant: number) => readings.get(instant) as MeterReading;
  return input.stretches.map(({ fromNs, toNs }) => stretchReading(at(fromNs), at(toNs)));
}

/** What pool and database can serve: the throughput when more arrives than they can. */
import type { SystemSettings } from '../../model/settings.ts';
import { scaledSystem } from '../scaled-traffic.ts';
import { ratePerSecond, type SteadyFigures, steadyRun } from '../steady/steady-run.ts';

export interface SaturationInput {
  /** Traffic that stays. */
  readonly system: SystemSettings;
  readonly seed: string;
  readonly replication: number;
  readonly requests: number;
  /** Traffic is multiplied by this: far more than can be served. */
  readonly factor: number;
}

/** A pool this full is full; the rest is what chance leaves free where only so many may wait. */
const FULL = 0.95;

/**
 * Served requests a second of one replication. Where the pool is (almost) always full, as much as it would
 * serve if it were.
 */
export function* saturationRun(input: SaturationInput): Generator<number, number, undefined> {
  const { system, factor, ...rest } = input;
  const figures = yield* steadyRun({
    ...rest,
    system: scaledSystem(system, factor),
    metrics: [],
  });
  return servedWhenFull(figures);
}

function servedWhenFull({ servedPerSecond, poolUtilisation }: SteadyFigures): number {
  return poolUtilisation >= FULL ? servedPerSecond / poolUtilisation : servedPerSecond;
}

/** Traffic of which less than this is served is too much; of users, what they would send if nobody waited. */
const SERVED = 0.9;
/** Twice the traffic serves at least this much more as long as there is room; less may be chance. */
const STILL_MORE = 1.02;
/** Doublings of the traffic after which it is given up: nothing holds it up. */
const MOST_DOUBLINGS = 12;

/** How much traffic is too much: a factor, and what is served then; null: there is no limit. */
export interface Overload {
  readonly factor: number;
  readonly servedPerSecond: number;
}

/** Doubles the traffic until far less is served than arrives, and twice as much of it would change nothing. */
export function* findOverload(
  input: SaturationInput,
): Generator<number, Overload | null, undefined> {
  let before: Overload | null = null;
  let { factor } = input;
  for (let i = 0; i < MOST_DOUBLINGS; i++, factor *= 2) {
    const scaled = scaledSystem(input.system, factor);
    const figures: SteadyFigures = yield* steadyRun({ ...input, system: scaled, metrics: [] });
    const servedPerSecond = servedWhenFull(figures);
    if (before !== null && servedPerSecond < before.servedPerSecond * STILL_MORE) return before;
    const isShort = figures.servedPerSecond < SERVED * ratePerSecond(scaled);
    before = isShort ? { factor, servedPerSecond } : null;
  }
  return null;
}

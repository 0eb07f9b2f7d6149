/** What pool and database can serve: the throughput when more arrives than they can. */
import { log } from '../../engine/math.ts';
import type { SystemSettings } from '../../model/settings.ts';
import { scaledSystem } from '../scaled-traffic.ts';
import { ratePerSecond, type SteadyFigures, steadyRun } from '../steady/steady-run.ts';
import { findRoot } from './root.ts';

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
/** Throughputs of single runs that differ less than this are the same. */
const ABOUT = 1.1;
/** Doublings of the traffic after which it is given up: nothing holds it up. */
const MOST_DOUBLINGS = 12;

/** How much traffic is too much: a factor, and what is served then. */
export interface Overload {
  readonly factor: number;
  readonly servedPerSecond: number;
  /** Far more is served of less traffic, as in a deadlock: what is served then is no measure. */
  readonly collapses: boolean;
}

export interface OverloadInput extends SaturationInput {
  /** Times what can be served: enough to keep the pool full. */
  readonly beyond: number;
}

/**
 * Doubles the traffic until far less is served than arrives, and twice as much of it would change nothing;
 * then as little of it as still is too much. null: there is no limit.
 */
export function* findOverload(input: OverloadInput): Generator<number, Overload | null, undefined> {
  const found = yield* doubled(input);
  if (found === null) return null;
  const least = (input.beyond * found.servedPerSecond) / ratePerSecond(input.system);
  if (!(least < found.factor)) return { ...found, collapses: false };
  const lesser = yield* tried(input, least);
  const collapses = lesser.servedPerSecond > ABOUT * found.servedPerSecond;
  const isEnough = lesser.isShort && lesser.servedPerSecond * ABOUT > found.servedPerSecond;
  return { ...found, ...(isEnough && !collapses ? { factor: least } : {}), collapses };
}

type Tried = Omit<Overload, 'collapses'> & { readonly isShort: boolean };

function* doubled(input: OverloadInput): Generator<number, Tried | null, undefined> {
  let before: Tried | null = null;
  let { factor } = input;
  for (let i = 0; i < MOST_DOUBLINGS; i++, factor *= 2) {
    const now: Tried = yield* tried(input, factor);
    if (before !== null && now.servedPerSecond < before.servedPerSecond * STILL_MORE) return before;
    before = now.isShort ? now : null;
  }
  return null;
}

function* tried(input: SaturationInput, factor: number): Generator<number, Tried, undefined> {
  const system = scaledSystem(input.system, factor);
  const figures = yield* steadyRun({ ...input, system, metrics: [] });
  const isShort = figures.servedPerSecond < SERVED * ratePerSecond(system);
  return { factor, servedPerSecond: servedWhenFull(figures), isShort };
}

/** How far the edge of a system that collapses may be from the guess, and how well it is found. */
const EDGE = { spread: 0.5, least: 1e-6, most: 1e6, precision: 0.01 };

/** The rate, requests a second, from which on a system that collapses serves less than arrives. */
export function* collapseRun(input: SaturationInput): Generator<number, number, undefined> {
  const root = yield* findRoot({ guess: input.factor, ...EDGE }, function* (factor) {
    const { servedPerSecond } = yield* tried(input, factor);
    const offered = SERVED * factor * ratePerSecond(input.system);
    return { height: Math.max(-1, Math.min(1, log(offered / Math.max(1e-9, servedPerSecond)))) };
  });
  return (root.kind === 'found' ? root.factor : input.factor) * ratePerSecond(input.system);
}

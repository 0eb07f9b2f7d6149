/** Which sizes may do, by few and short simulations: a first look, whose edges are then looked at closely. */
import type { Question } from '../question.ts';
import { type Asked, type Bench, type Trial, tryOut, type Way } from './trials.ts';

/** Sizes that were tried once. */
export type Tried = ReadonlyMap<number, Trial>;

export interface Screened {
  readonly tried: Tried;
  /** The smallest that met the objectives, all those between it and the largest taken to do so. */
  readonly smallest: number;
  readonly largest: number;
  /** Whether a larger one missed; if not, there may be no upper end. */
  readonly hasUpperEnd: boolean;
}

/** None of those that were tried meets the objectives. */
export interface NothingFound {
  readonly tried: Tried;
  readonly smallest: null;
}

/** What is tried first, times the guess. */
const GRID = [0.5, 0.75, 1, 1.3, 1.7, 2.4, 4];
/** What is tried when none of these does. */
const WIDE_GRID = [0.05, 0.12, 0.25, 8, 16, 32];
/** Sizes between two known ones that are tried at once. */
const AT_ONCE = 2;

/** Which edges are looked for: of sizes that do between sizes that do not. */
export type Edges = 'both' | 'lower' | 'none';

export interface Range {
  /** Where to begin. */
  readonly guess: number;
  readonly most: number;
}

export function* screenSizes(
  bench: Bench,
  { guess, most }: Range,
  way: Way,
  { edges = 'both', part = 'a first look at sizes' }: { edges?: Edges; part?: string } = {},
): Question<Screened | NothingFound> {
  const tried = new Map<number, Trial>();
  const look = function* (sizes: readonly number[]): Question<void> {
    const asked = [...new Set(sizes)]
      .filter((size) => size >= 1 && size <= most && !tried.has(size))
      .map((size): Asked => ({ size, replication: 1 }));
    const trials = yield* tryOut(bench, asked, way, { part, later: 0 });
    for (const trial of trials) if (trial !== null) tried.set(trial.size, trial);
  };
  const scaled = (factors: readonly number[]) =>
    factors.map((factor) => Math.max(1, Math.min(most, Math.round(guess * factor))));
  yield* look(scaled(GRID));
  if (good(tried).length === 0) yield* look([...scaled(WIDE_GRID), 1, most]);
  if (good(tried).length === 0) return { tried, smallest: null };
  for (;;) {
    const next = [
      ...(edges === 'none' ? [] : between(lowerGap(tried))),
      ...(edges === 'both' ? between(upperGap(tried)) : []),
    ];
    const before = tried.size;
    yield* look(next);
    if (tried.size === before) break;
  }
  const met = good(tried);
  const smallest = Math.min(...met);
  const largest = Math.max(...met);
  return { tried, smallest, largest, hasUpperEnd: upperGap(tried) !== null };
}

function good(tried: Tried): number[] {
  return [...tried.values()].filter(({ met }) => met).map(({ size }) => size);
}

type Gap = readonly [below: number, above: number];

/** From the largest that missed below all that met to the smallest that met. */
function lowerGap(tried: Tried): Gap {
  const smallest = Math.min(...good(tried));
  const missed = [...tried.keys()].filter((size) => size < smallest);
  return [Math.max(0, ...missed), smallest];
}

/** null when nothing larger missed. */
function upperGap(tried: Tried): Gap | null {
  const largest = Math.max(...good(tried));
  const missed = [...tried.keys()].filter((size) => size > largest);
  return missed.length === 0 ? null : [largest, Math.min(...missed)];
}

/** Sizes that cut a gap into equal parts; none when there is no room. */
function between(gap: Gap | null): number[] {
  if (gap === null) return [];
  const [below, above] = gap;
  const sizes = Array.from({ length: AT_ONCE }, (_, i) =>
    Math.round(below + ((above - below) * (i + 1)) / (AT_ONCE + 1)),
  );
  return sizes.filter((size) => size > below && size < above);
}

/**
 * Where a noisy but repeatable measurement crosses 0, each evaluation being a simulation. Under common
 * random numbers one replication's curve is nearly smooth, so it has a root of its own.
 */
import { exp, log, log1p } from '../../engine/math.ts';

/** Of the search for a root, on the logarithm of a factor. */
export interface Search {
  /** Where to begin: a guess of the root and how far off it may well be, both above 0. */
  readonly guess: number;
  readonly spread: number;
  /** Nothing is tried outside these factors. */
  readonly least: number;
  readonly most: number;
  /** The root is found when it is known to this share of itself. */
  readonly precision: number;
}

/**
 * A crossing; or the curve stays on one side: `below` 0 up to the largest factor, `above` from the least
 * on.
 */
export type Root<E> =
  | {
      readonly kind: 'found';
      readonly factor: number;
      /** The last evaluation on either side. */
      readonly low: E;
      readonly high: E;
    }
  | { readonly kind: 'below' | 'above'; readonly last: E };

/** What an evaluation must have: its height above 0, as a logarithm; bounded. */
interface Height {
  readonly height: number;
}

interface Point<E> {
  readonly x: number;
  readonly at: E;
}

/**
 * The crossing from below 0 to above it, as the factor grows. Steps out from the guess until both sides are
 * known, then narrows them down by the ITP method, which takes hardly more evaluations than halving at
 * the worst and far fewer as a rule (Oliveira and Takahashi, ACM TOMS 47, 2020).
 */
export function* findRoot<E extends Height, Y>(
  { guess, spread, least, most, precision }: Search,
  evaluate: (factor: number) => Generator<Y, E, undefined>,
): Generator<Y, Root<E>, undefined> {
  const clamp = (x: number) => Math.min(log(most), Math.max(log(least), x));
  const at = function* (x: number): Generator<Y, Point<E>, undefined> {
    return { x, at: yield* evaluate(exp(x)) };
  };
  let point = yield* at(clamp(log(guess)));
  let step = log1p(spread);
  let low: Point<E> | null = null;
  let high: Point<E> | null = null;
  for (;;) {
    if (point.at.height <= 0) low = point;
    else high = point;
    if (low !== null && high !== null) break;
    const next = clamp(point.x + (high === null ? step : -step));
    if (next === point.x) return { kind: high === null ? 'below' : 'above', last: point.at };
    step *= 2;
    point = yield* at(next);
  }
  const bracket = yield* narrow({ low, high }, precision, at);
  const factor = exp(crossing(bracket.low, bracket.high));
  return { kind: 'found', factor, low: bracket.low.at, high: bracket.high.at };
}

interface Bracket<E> {
  readonly low: Point<E>;
  readonly high: Point<E>;
}

/** How far the ITP method moves a guess to the middle. */
const PULL = 0.2;

function* narrow<E extends Height, Y>(
  bracket: Bracket<E>,
  precision: number,
  at: (x: number) => Generator<Y, Point<E>, undefined>,
): Generator<Y, Bracket<E>, undefined> {
  let { low, high } = bracket;
  const width = high.x - low.x;
  // At most one evaluation more than halving takes.
  let reach = precision / 2;
  while (reach < width) reach *= 2;
  while (high.x - low.x > precision) {
    const middle = (low.x + high.x) / 2;
    const room = Math.max(0, reach - (high.x - low.x) / 2);
    const point = yield* at(nextGuess({ low, high }, middle, room, width));
    if (point.at.height <= 0) low = point;
    else high = point;
    reach /= 2;
  }
  return { low, high };
}

/** Interpolate, truncate, project: the crossing of the line, pulled to the middle and kept near it. */
function nextGuess<E extends Height>(
  { low, high }: Bracket<E>,
  middle: number,
  room: number,
  width: number,
): number {
  const interpolated = crossing(low, high);
  const side = Math.sign(middle - interpolated);
  const pull = (PULL * (high.x - low.x) * (high.x - low.x)) / width;
  const isNear = pull >= Math.abs(middle - interpolated);
  const truncated = isNear ? middle : interpolated + side * pull;
  return Math.abs(truncated - middle) <= room ? truncated : middle - side * room;
}

/** Where the line through two points is 0; the middle when it is level. */
function crossing<E extends Height>(low: Point<E>, high: Point<E>): number {
  const [a, b] = [low.at.height, high.at.height];
  return b > a ? low.x - (a / (b - a)) * (high.x - low.x) : (low.x + high.x) / 2;
}

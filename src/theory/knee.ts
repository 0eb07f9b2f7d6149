// Where a measured curve begins to bend: the knee of Satopää and others.

import { requireNotNegative } from './require-number.ts';

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

export interface Knee {
  /** Concave: rising ever more slowly, as throughput does. Convex: ever faster, as latency does. */
  readonly shape: 'concave' | 'convex';
  /** How many mean steps the curve has to come back towards its chord: 1 by default. */
  readonly sensitivity?: number;
}

/**
 * The x of the knee of a rising curve, or undefined when it has none. Kneedle: Satopää, Albrecht, Irwin
 * and Raghavan 2011, offline and without smoothing. Both axes are stretched to 0 … 1; a local maximum
 * of the curve's height over its chord is the knee if the height falls by `sensitivity` mean steps of x
 * before it rises again. A convex curve is turned by half a turn first.
 *
 * @throws RangeError when there are fewer than three points, x does not rise, a number is not finite, or the
 * sensitivity is negative
 */
export function knee(points: readonly CurvePoint[], options: Knee): number | undefined {
  requireCurve(points);
  const { shape, sensitivity = 1 } = options;
  requireNotNegative('sensitivity', sensitivity);
  const turned = shape === 'convex' ? halfTurn(points) : points;
  const heights = heightsOverChord(turned);
  // Seen by its chord a flat curve falls everywhere.
  if (points.every(({ y }) => y === points[0]?.y)) return undefined;
  const index = firstKnee(heights, sensitivity / (points.length - 1));
  const x = index === undefined ? undefined : turned[index]?.x;
  if (x === undefined) return undefined;
  return shape === 'convex' ? -x : x;
}

function requireCurve(points: readonly CurvePoint[]): void {
  if (points.length < 3) {
    throw new RangeError(`a knee takes three points or more, not ${points.length}`);
  }
  let before = -Infinity;
  points.forEach(({ x, y }, i) => {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      throw new RangeError(`points[${i}] has finite numbers, not x = ${x}, y = ${y}`);
    }
    if (x <= before) throw new RangeError(`points[${i}].x is above ${before}, not ${x}`);
    before = x;
  });
}

function halfTurn(points: readonly CurvePoint[]): CurvePoint[] {
  return points.map(({ x, y }) => ({ x: -x, y: -y })).toReversed();
}

function heightsOverChord(points: readonly CurvePoint[]): number[] {
  const xs = stretched(points.map((point) => point.x));
  return stretched(points.map((point) => point.y)).map((y, i) => y - (xs[i] ?? 0));
}

/** To 0 … 1; a flat curve stays at 0. */
function stretched(values: readonly number[]): number[] {
  const least = Math.min(...values);
  const range = Math.max(...values) - least;
  return values.map((value) => (range > 0 ? (value - least) / range : 0));
}

function firstKnee(heights: readonly number[], fall: number): number | undefined {
  let candidate: number | undefined;
  let threshold = 0;
  for (const [i, height] of heights.entries()) {
    const before = heights[i - 1] ?? height;
    const after = heights[i + 1];
    if (after === undefined) return undefined;
    if (height >= before && height >= after) {
      candidate = i;
      threshold = height - fall;
    }
    if (height <= before && height <= after) threshold = 0;
    if (candidate !== undefined && after < threshold) return candidate;
  }
  return undefined;
}

/** Which points of a sweep meet all objectives. */
import { gridSize, placesAt, type Variation } from './grid.ts';
import type { PointResult } from './point.ts';
import type { SweepPlan, SweepResult } from './sweep.ts';

/** Whether a point was measured and meets all objectives; with none, there is nothing to meet. */
export function passes({ measured }: PointResult): boolean {
  if (measured === null || measured.objectives.length === 0) return false;
  return measured.objectives.every(({ met }) => met);
}

/** Neighbours that all pass: places of the first variation, both ends included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The first variation's way through the grid at fixed values of all others. */
export interface Line {
  /** Places of the other variations, in their order. */
  readonly others: readonly number[];
  readonly stretches: readonly Stretch[];
}

/** All lines along the first variation, in the order of the grid. */
export function linesOf({ variations }: SweepPlan, result: SweepResult): Line[] {
  const [first, ...others] = variations as [Variation, ...Variation[]];
  const across = gridSize(others);
  return Array.from({ length: across }, (_, line) => {
    const passing = first.values.map((_, i) => passes(result[i * across + line] as PointResult));
    return { others: placesAt(others, line), stretches: stretchesOf(passing) };
  });
}

function stretchesOf(passing: readonly boolean[]): Stretch[] {
  return passing.flatMap((isPassing, from) => {
    if (!isPassing || passing[from - 1] === true) return [];
    const end = passing.indexOf(false, from);
    return [{ from, to: end < 0 ? passing.length - 1 : end - 1 }];
  });
}

/** The point that misses least: fewest objectives, then fewest errors, then the quickest answers. */
export function nearest(result: SweepResult): PointResult | null {
  const measured = result.filter((point) => point.measured !== null);
  const rank = ({ measured: m }: PointResult) => [
    m?.objectives.filter(({ met }) => !met).length ?? Infinity,
    m?.figures.errors ?? Infinity,
    m?.figures['response.p99Ms'] ?? Infinity,
  ];
  const isBefore = (a: PointResult, b: PointResult) => {
    const [x, y] = [rank(a), rank(b)];
    const i = x.findIndex((value, place) => value !== y[place]);
    return i >= 0 && (x[i] as number) < (y[i] as number);
  };
  return measured.reduce<PointResult | null>(
    (best, point) => (best === null || isBefore(point, best) ? point : best),
    null,
  );
}

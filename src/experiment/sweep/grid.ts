/** The points of a sweep: every combination of the values of what is varied. */

/** A path of the scenario and what stands there in turn. */
export interface Variation {
  readonly path: string;
  /** As a scenario file has them. */
  readonly values: readonly unknown[];
  /** Whether each is more than the one before. */
  readonly ascending: boolean;
}

/** Path → value. */
export type Sets = Readonly<Record<string, unknown>>;

/** How many points there are. */
export function gridSize(variations: readonly Variation[]): number {
  return variations.reduce((product, { values }) => product * values.length, 1);
}

/**
 * What is set at a point, counted from 0; the last variation changes from point to point.
 * O(variations).
 */
export function setsAt(variations: readonly Variation[], point: number): Sets {
  return Object.fromEntries(
    variations.map(({ path, values }, i) => [
      path,
      values[placesAt(variations, point)[i] as number],
    ]),
  );
}

/** Which value of each variation a point has. */
export function placesAt(variations: readonly Variation[], point: number): number[] {
  const places: number[] = [];
  let rest = point;
  for (const { values } of [...variations].reverse()) {
    places.unshift(rest % values.length);
    rest = Math.floor(rest / values.length);
  }
  return places;
}

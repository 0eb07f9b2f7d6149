/** How far a run is from missing its objectives, whichever way they point. */
import type { Condition } from '../../model/control/settings.ts';
import { heightOf, isUpperLimit } from '../capacity/height.ts';

/** What is as good as never reached, or as good as always. */
const FAR = 2;

export interface Shortfall {
  /** Logarithm of value ÷ limit, of limit ÷ value for a lower limit; above 0: missed. Bounded by ±2. */
  readonly by: number;
  /** Index of the objective that is worst off. */
  readonly worst: number;
}

/** @param values of each objective; null: nothing was observed, which misses none */
export function shortfallOf(
  objectives: readonly Condition[],
  values: readonly (number | null)[],
): Shortfall {
  let worst: Shortfall = { by: -FAR, worst: 0 };
  objectives.forEach((condition, i) => {
    const by = shortfallOfOne(condition, values[i] ?? null);
    if (by > worst.by) worst = { by, worst: i };
  });
  return worst;
}

function shortfallOfOne(condition: Condition, value: number | null): number {
  if (isUpperLimit(condition)) return heightOf([condition], [value]).height;
  if (value === null) return -FAR;
  const { limit, comparison } = condition;
  if (limit <= 0) return -FAR;
  const mirrored = { ...condition, limit: 1 / limit, comparison: comparison === '>' ? '<' : '<=' };
  const inverse = value > 0 ? 1 / value : Infinity;
  return heightOf([mirrored as Condition], [inverse]).height;
}

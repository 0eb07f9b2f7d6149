/** How far a run is from missing its objectives: one number, 0 where the first of them is just met. */
import { log } from '../../engine/math.ts';
import type { Condition } from '../../model/control/settings.ts';

/** What lies further from its limit says nothing more; so heights stay bounded. */
const MOST = 2;

export interface Height {
  /** Logarithm of value ÷ limit, of the objective that is worst off; above 0: missed. */
  readonly height: number;
  /** Its index. */
  readonly worst: number;
}

/** An objective that more traffic can miss; a lower bound, of a goodput say, is no limit to a rate. */
export function isUpperLimit({ comparison }: Condition): boolean {
  return comparison === '<' || comparison === '<=';
}

/** @param values of each objective: null when nothing was observed, Infinity when too many failed */
export function heightOf(
  objectives: readonly Condition[],
  values: readonly (number | null)[],
): Height {
  let highest: Height = { height: -MOST, worst: 0 };
  objectives.forEach((condition, worst) => {
    const height = heightOfOne(condition, values[worst] ?? null);
    if (height > highest.height) highest = { height, worst };
  });
  return highest;
}

function heightOfOne({ limit, comparison }: Condition, value: number | null): number {
  if (value === null) return -MOST;
  const isMet = comparison === '<' ? value < limit : value <= limit;
  const height = limit > 0 && value > 0 ? log(value / limit) : isMet ? -MOST : MOST;
  return Math.min(MOST, Math.max(-MOST, height));
}

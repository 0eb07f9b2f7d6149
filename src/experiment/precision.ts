/** Whether replications have pinned down what was asked for, and how many more it would take. */
import { projectedCount, targetHalfWidth } from '../stats/sequential.ts';
import { type Figures, intervalOf } from './across.ts';
import type { AcrossFigure, FigurePrecision, Precision } from './result.ts';
import { rounded } from './rounding.ts';

/** The figures that a precision is wanted of. */
const JUDGED: readonly AcrossFigure[] = ['response.meanMs', 'response.p99Ms', 'errors'];

/**
 * Errors are precise enough when they are known to this part of the precision in absolute terms: with
 * 2 %, to 0.2 percentage points. Rare errors would otherwise need replications without end.
 */
const ERRORS_FLOOR = 0.1;

/** @param wanted how far, as a share of itself, a figure may be off: 0.02 is 2 % */
export function judgePrecision(replications: readonly Figures[], wanted: number): Precision {
  const observed = JUDGED.filter((figure) => replications.some((one) => one[figure] !== null));
  const figures = observed.map((figure) => [figure, judge(replications, figure, wanted)] as const);
  return {
    wanted,
    reached: figures.every(([, { reached }]) => reached),
    figures: Object.fromEntries(figures),
  };
}

function judge(
  replications: readonly Figures[],
  figure: AcrossFigure,
  wanted: number,
): FigurePrecision {
  const interval = intervalOf(replications, figure);
  if (interval === null) {
    return { halfWidth: null, target: null, reached: false, neededReplications: null };
  }
  const floor = figure === 'errors' ? wanted * ERRORS_FLOOR : 0;
  const halfWidth = rounded(interval.halfWidth);
  const target = rounded(targetHalfWidth(interval, wanted, floor));
  const reached = halfWidth <= target;
  const needed =
    reached || target > 0 ? projectedCount(replications.length, halfWidth, target) : null;
  return { halfWidth, target, reached, neededReplications: needed };
}

// Measured throughput as the fits of this room take it.

import { requirePositive } from './require-number.ts';

export interface MeasuredThroughput {
  /** How many asked at once: above 0. */
  readonly clients: number;
  /** Above 0. */
  readonly perSecond: number;
}

/** @throws RangeError when a number is not above 0, or the points stand at fewer than `least` loads */
export function requireMeasured(points: readonly MeasuredThroughput[], least: number): void {
  points.forEach(({ clients, perSecond }, i) => {
    requirePositive(`points[${i}].clients`, clients);
    requirePositive(`points[${i}].perSecond`, perSecond);
  });
  const loads = new Set(points.map((point) => point.clients)).size;
  if (loads >= least) return;
  throw new RangeError(`a fit takes points at ${least} different loads or more, not at ${loads}`);
}

/**
 * The share R² of the points' scatter about their mean that a curve explains: 1 − Σ(y − f)²/Σ(y − ȳ)².
 * Points that do not scatter at all are explained (1) by a curve that misses them by less than one in
 * ten thousand, and not (0) by another.
 */
export function rSquared(
  points: readonly MeasuredThroughput[],
  curve: (clients: number) => number,
): number {
  const mean = points.reduce((sum, point) => sum + point.perSecond, 0) / points.length;
  let left = 0;
  let all = 0;
  for (const { clients, perSecond } of points) {
    const miss = perSecond - curve(clients);
    left += miss * miss;
    all += (perSecond - mean) * (perSecond - mean);
  }
  if (all > 0) return 1 - left / all;
  return left <= 1e-8 * mean * mean * points.length ? 1 : 0;
}

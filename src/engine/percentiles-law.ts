/** The law through three percentiles: ln x = offset + scale·z, one line below p95 and another above. */
import { exp, log } from './math.ts';
import type { PercentilesLaw } from './law.ts';

/** Standard normal quantiles at 0.95 and 0.99 (Wichura, AS 241). */
export const Z95 = 1.6448536269514722;
export const Z99 = 2.3263478740408408;

/** Offset and scale of the two lines. */
export interface LogLines {
  readonly offset: number;
  readonly scale: number;
  readonly tailOffset: number;
  readonly tailScale: number;
}

export function logLines({ p50, p95, p99 }: Omit<PercentilesLaw, 'family' | 'mean'>): LogLines {
  const scale = log(p95 / p50) / Z95;
  const tailScale = log(p99 / p95) / (Z99 - Z95);
  return { offset: log(p50), scale, tailOffset: log(p95) - tailScale * Z95, tailScale };
}

/** Steps of an integral on each side of the kink, and how far the normal density reaches. */
const STEPS = 2000;
const REACH = 12;

/**
 * Mean of the squares: ∫ x(z)²·φ(z) dz by Simpson's rule, on each side of the kink around the peak of
 * the integrand (at z = 2·scale). Infinity where a double cannot hold it.
 */
export function meanSquare(law: PercentilesLaw): number {
  const { offset, scale, tailOffset, tailScale } = logLines(law);
  const below = Math.min(Z95, 2 * scale);
  const above = Math.max(Z95, 2 * tailScale);
  const density = (a: number, b: number) => (z: number) => exp(2 * (a + b * z) - (z * z) / 2);
  const sum =
    simpson(density(offset, scale), below - REACH, Z95) +
    simpson(density(tailOffset, tailScale), Math.max(Z95, above - REACH), above + REACH);
  return sum / Math.sqrt(2 * Math.PI);
}

function simpson(f: (z: number) => number, from: number, to: number): number {
  const step = (to - from) / STEPS;
  let sum = f(from) + f(to);
  for (let i = 1; i < STEPS; i++) sum += f(from + i * step) * (i % 2 === 0 ? 2 : 4);
  return (sum * step) / 3;
}

/** Percentiles as scenario files write them, and the law that they mean. */
import { exp, log } from '../engine/math.ts';
import { logLines, Z95, Z99 } from '../engine/percentiles-law.ts';
import type { Law } from '../engine/law.ts';
import { LAST_INSTANT } from '../engine/time.ts';
import { normalDistribution } from '../theory/normal.ts';
import { formatDuration } from './duration.ts';
import type { Report } from './keyed.ts';
import type { PlainMap } from './path.ts';

/** In nanoseconds, in order. */
export interface Percentiles {
  readonly p50: number;
  readonly p95?: number | undefined;
  readonly p99: number;
}

/** The lognormal law through two of them; through three, two pieces of lognormal laws. */
export function percentilesLaw({ p50, p95, p99 }: Percentiles): Law {
  if (p95 === undefined) return lognormalThrough(p50, p99);
  return { family: 'percentiles', p50, p95, p99, mean: meanThrough(p50, p95, p99) };
}

/** Says what is wrong with a map's percentiles: their order, or a mean beyond all runs. */
export function percentilesInOrder(map: PlainMap, report: Report): void {
  const { p50, p95, p99 } = map;
  const wrong = (key: string, than: string): void => {
    report([key], 'out-of-order', `is shorter than ${than}; it must be at least as long`);
  };
  if (typeof p95 === 'number' && typeof p50 === 'number' && p95 < p50) wrong('p95', 'p50');
  else if (typeof p95 === 'number' && typeof p99 === 'number' && p99 < p95) wrong('p99', 'p95');
  else if (typeof p50 === 'number' && typeof p99 === 'number') {
    if (p99 < p50) wrong('p99', 'p50');
    else checkMean({ p50, p99, ...(typeof p95 === 'number' ? { p95 } : {}) }, report);
  }
}

function checkMean(percentiles: Percentiles, report: Report): void {
  const law = percentilesLaw(percentiles);
  if ('mean' in law && law.mean <= LAST_INSTANT) return;
  const message = `${percentilesWords(percentiles)} imply a mean of more than 104 days`;
  report([], 'out-of-range', message);
}

/** `p50 12ms, p95 60ms and p99 180ms`. */
export function percentilesWords({ p50, p95, p99 }: Percentiles): string {
  const middle = p95 === undefined ? '' : `, p95 ${formatDuration(p95)}`;
  return `p50 ${formatDuration(p50)}${middle} and p99 ${formatDuration(p99)}`;
}

/** The lognormal with this median and 99th percentile: µ = ln p50, σ = ln(p99 ÷ p50) ÷ z(0.99). */
function lognormalThrough(p50: number, p99: number): Law {
  const sigma = log(p99 / p50) / Z99;
  const variance = sigma * sigma;
  return {
    family: 'lognormal',
    mean: p50 * exp(variance / 2),
    cv: Math.sqrt(exp(variance) - 1),
  };
}

/** ∫ e^(a + s·z)·φ(z) dz = e^(a + s²/2)·Φ, on either side of the kink at z(0.95). */
function meanThrough(p50: number, p95: number, p99: number): number {
  const { offset, scale, tailOffset, tailScale } = logLines({ p50, p95, p99 });
  return (
    exp(offset + (scale * scale) / 2) * normalDistribution(Z95 - scale) +
    exp(tailOffset + (tailScale * tailScale) / 2) * normalDistribution(tailScale - Z95)
  );
}

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
  /** Goes before `p95`. */
  readonly mean?: number | undefined;
}

/**
 * The lognormal law through two of them; through three, two pieces of lognormal laws; with a mean, the
 * two pieces that have it.
 */
export function percentilesLaw({ p50, p95, p99, mean }: Percentiles): Law {
  if (mean !== undefined) {
    return { family: 'percentiles', p50, p95: p95WithMean({ p50, p99, mean }), p99, mean };
  }
  if (p95 === undefined) return lognormalThrough(p50, p99);
  return { family: 'percentiles', p50, p95, p99, mean: meanThrough(p50, p95, p99) };
}

/** Says what is wrong with a map's percentiles: their order, a mean beyond all runs, or one that cannot be. */
export function percentilesInOrder(map: PlainMap, report: Report): void {
  const { p50, p95, p99, mean } = map;
  const wrong = (key: string, than: string): void => {
    report([key], 'out-of-order', `is shorter than ${than}; it must be at least as long`);
  };
  if (typeof p95 === 'number' && typeof p50 === 'number' && p95 < p50) wrong('p95', 'p50');
  else if (typeof p95 === 'number' && typeof p99 === 'number' && p99 < p95) wrong('p99', 'p95');
  else if (typeof p50 === 'number' && typeof p99 === 'number') {
    if (p99 < p50) wrong('p99', 'p50');
    else checkMean({ p50, p99, ...(typeof p95 === 'number' ? { p95 } : {}) }, mean, report);
  }
}

function checkMean(percentiles: Percentiles, mean: unknown, report: Report): void {
  if (typeof mean === 'number') {
    const message = wrongMean({ p50: percentiles.p50, p99: percentiles.p99, mean });
    if (message !== null) report(['mean'], 'out-of-range', message);
    return;
  }
  const law = percentilesLaw(percentiles);
  if ('mean' in law && law.mean <= LAST_INSTANT) return;
  const message = `${percentilesWords(percentiles)} imply a mean of more than 104 days`;
  report([], 'out-of-range', message);
}

interface WithMean {
  readonly p50: number;
  readonly p99: number;
  readonly mean: number;
}

function wrongMean({ p50, p99, mean }: WithMean): string | null {
  const { least, most } = meansThrough(p50, p99);
  if (mean >= least * (1 - ROUNDING) && mean <= most * (1 + ROUNDING)) return null;
  const [from, to] = [least, most].map((ns) => roughly(ns));
  return `${formatDuration(mean)} does not go with ${percentilesWords({ p50, p99 })}; means from ${from ?? ''} to ${to ?? ''} do`;
}

/** A duration of three digits. */
export function roughly(ns: number): string {
  return formatDuration(Math.round(Number(ns.toPrecision(3))));
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

/** What floating point may add to a mean at the end of its range. */
const ROUNDING = 1e-9;
const HALVINGS = 60;

/**
 * Which means two pieces through p50 and p99 can have. The mean falls as p95 rises, because the tail
 * beyond p99 gets lighter, and then rises to where p95 is p99; only laws of the second kind are meant.
 */
export function meansThrough(p50: number, p99: number): { least: number; most: number } {
  return {
    least: meanThrough(p50, p95OfLeastMean(p50, p99), p99),
    most: meanThrough(p50, p99, p99),
  };
}

/** By thirds of the interval of ln p95: the mean has one minimum in it. */
function p95OfLeastMean(p50: number, p99: number): number {
  let [low, high] = [0, 1];
  const at = (share: number) => p50 * exp(share * log(p99 / p50));
  for (let i = 0; i < HALVINGS; i++) {
    const [first, second] = [low + (high - low) / 3, high - (high - low) / 3];
    if (meanThrough(p50, at(first), p99) < meanThrough(p50, at(second), p99)) high = second;
    else low = first;
  }
  return at((low + high) / 2);
}

/** By halving: from the p95 of the least mean on, the mean grows with p95. */
function p95WithMean({ p50, p99, mean }: WithMean): number {
  let [low, high] = [p95OfLeastMean(p50, p99), p99];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (meanThrough(p50, middle, p99) < mean) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

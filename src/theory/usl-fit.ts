// The Universal Scalability Law that fits measured throughput best.

import { levenbergMarquardt } from './levenberg-marquardt.ts';
import { type MeasuredThroughput, requireMeasured, rSquared } from './measured-throughput.ts';
import { type Usl, uslThroughput } from './usl.ts';

export interface UslFit extends Usl {
  /** The share of the scatter that the curve explains. */
  readonly rSquared: number;
}

/**
 * Nonlinear least squares of X itself in all three parameters, which is what the published fits are (the
 * R package usl: SPEC SDM91 and the ray tracer); the parabola through n/X, which spreadsheets fit, is
 * another curve and answers otherwise.
 *
 * With n/X = d + b·n + c·n(n − 1) the law's limits 0 ≤ σ ≤ 1, κ ≥ 0 are d, b, c ≥ 0. Every set of terms
 * that may differ from 0 is fitted for itself, and of the fits without a negative term the best wins: a
 * bound is obeyed by fitting again with it, never by cutting a parameter off. Of equally good fits the
 * one with fewer terms wins. Points far from any such curve (up and down by factors) have several
 * minima, of which this finds one.
 *
 * @throws RangeError when the points stand at fewer than three loads, or a number is not above 0
 */
export function fitUsl(points: readonly MeasuredThroughput[]): UslFit {
  requireMeasured(points, 3);
  const scale = points.reduce((sum, { perSecond }) => sum + perSecond * perSecond, 0);
  let best: TermFit = { terms: [], squares: Infinity };
  for (const free of TERM_SETS) {
    const found = fitTerms(points, free);
    if (found.terms.some((term) => term < 0)) continue;
    // Less than this is rounding: relative to the throughput it is the twelfth digit.
    if (found.squares < best.squares - 1e-24 * scale) best = found;
  }
  const [d = 0, b = 0, c = 0] = best.terms;
  const usl = { sigma: b / (b + d), kappa: c / (b + d), gammaPerSecond: 1 / (b + d) };
  return { ...usl, rSquared: rSquared(points, (n) => uslThroughput(usl, n)) };
}

/** Which of the terms 1, n, n(n − 1) may differ from 0; the last alone would give one client no limit. */
const TERM_SETS: readonly (readonly number[])[] = [[0], [1], [0, 1], [0, 2], [1, 2], [0, 1, 2]];

const TERMS: readonly ((n: number) => number)[] = [() => 1, (n) => n, (n) => n * (n - 1)];

interface TermFit {
  /** d, b and c; those that are not free are 0. */
  readonly terms: readonly number[];
  readonly squares: number;
}

function fitTerms(points: readonly MeasuredThroughput[], free: readonly number[]): TermFit {
  const rows = points.map(({ clients }) => free.map((term) => TERMS[term]?.(clients) ?? 0));
  const fitted = (parameters: readonly number[]) =>
    rows.map((row, i) => (points[i]?.clients ?? 0) / dot(row, parameters));
  const { parameters, squares } = levenbergMarquardt({
    start: startOf(points, rows),
    residuals: (at) => fitted(at).map((x, i) => x - (points[i]?.perSecond ?? 0)),
    jacobian: (at) =>
      fitted(at).map((x, i) => {
        const row = rows[i] ?? [];
        const slope = -x / dot(row, at);
        return row.map((term) => slope * term);
      }),
    allowed: (at) => rows.every((row) => dot(row, at) > 0),
  });
  const terms = [0, 0, 0];
  free.forEach((term, i) => (terms[term] = parameters[i] ?? 0));
  return { terms, squares };
}

/** Every term takes the same part of the n/X that was measured, in the mean over the points. */
function startOf(points: readonly MeasuredThroughput[], rows: readonly number[][]): number[] {
  const [first = []] = rows;
  return first.map((_, term) => {
    const parts = points.flatMap(({ clients, perSecond }, i) => {
      const value = rows[i]?.[term] ?? 0;
      return value > 0 ? [clients / perSecond / value] : [];
    });
    return parts.reduce((sum, part) => sum + part, 0) / parts.length / first.length;
  });
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

/**
 * The figures of a hold, and of the query work that explains it. The law of the work has as many, so that
 * each figure of the hold can be met by turning one of them.
 */
import { type Law, lawMean } from '../../engine/law.ts';
import { exp, log } from '../../engine/math.ts';
import { Z95, Z99 } from '../../engine/percentiles-law.ts';
import { formatDuration } from '../duration.ts';
import { meansThrough, percentilesLaw, type Percentiles } from '../percentiles.ts';

/** Which figures: p50, p95 and p99; p50, p99 and the mean; or the mean alone, of an exponential law. */
export type Shape = 'percentiles' | 'with-mean' | 'mean';

/** In nanoseconds, in the order of the shape's name. */
export type Figures = readonly number[];

/** What is asked of a sample of times. */
interface Sample {
  readonly meanNs: number;
  readonly quantileNs: (p: number) => number;
}

export function shapeOf(written: Percentiles | null): Shape {
  if (written === null) return 'mean';
  return written.mean === undefined ? 'percentiles' : 'with-mean';
}

/** The figures of a law as it is written; without a p95, that of the lognormal. */
export function figuresOf(law: Law, written: Percentiles | null): Figures {
  if (written === null) return [lawMean(law)];
  const { p50, p95, p99, mean } = written;
  if (mean !== undefined) return [p50, p99, mean];
  return [p50, p95 ?? p50 * exp((log(p99 / p50) * Z95) / Z99), p99];
}

export function observedFigures(shape: Shape, { meanNs, quantileNs }: Sample): Figures {
  switch (shape) {
    case 'percentiles':
      return [quantileNs(0.5), quantileNs(0.95), quantileNs(0.99)];
    case 'with-mean':
      return [quantileNs(0.5), quantileNs(0.99), meanNs];
    case 'mean':
      return [meanNs];
  }
}

/** The law that has these figures. */
export function lawOfFigures(shape: Shape, figures: Figures): Law {
  const [first = 0, second = first, third = second] = figures;
  switch (shape) {
    case 'percentiles':
      return percentilesLaw({ p50: first, p95: second, p99: third });
    case 'with-mean':
      return percentilesLaw({ p50: first, p99: second, mean: third });
    case 'mean':
      return { family: 'exponential', mean: first };
  }
}

/** The distribution as a scenario file would write it. */
export function writtenFigures(shape: Shape, figures: Figures): Readonly<Record<string, unknown>> {
  const law = lawOfFigures(shape, figures);
  const text = (ns: number) => formatDuration(digits(ns));
  if (law.family !== 'percentiles') return { exponential: text(lawMean(law)) };
  return { percentiles: { p50: text(law.p50), p95: text(law.p95), p99: text(law.p99) } };
}

/**
 * The nearest figures that a law can have: whole nanoseconds above 0 of five digits (the others are below
 * what is known), percentiles in order, a mean that goes with them.
 */
export function possible(shape: Shape, figures: Figures): Figures {
  const [p50 = 1, second = p50, third = second] = figures.map((ns) => Math.max(1, digits(ns)));
  switch (shape) {
    case 'percentiles':
      return [p50, Math.max(p50, second), Math.max(p50, second, third)];
    case 'with-mean': {
      const p99 = Math.max(p50, second);
      const { least, most } = meansThrough(p50, p99);
      return [p50, p99, Math.min(most, Math.max(least, third))];
    }
    case 'mean':
      return [p50];
  }
}

function digits(ns: number): number {
  return Math.round(Number(ns.toPrecision(5)));
}

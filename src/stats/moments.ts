/** Mean and variance of a sample. The one door to simple-statistics, which throws on empty lists. */
import { mean, sampleVariance } from 'simple-statistics';
import { twelveDigits } from './twelve-digits.ts';

export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Unbiased: the sum of squares is divided by count − 1. */
  readonly variance: number;
}

/** Moments of at least two values, to twelve digits; null for fewer. Equal values have no variance at all. */
export function momentsOf(values: readonly number[]): Moments | null {
  const [first] = values;
  const count = values.length;
  if (first === undefined || count < 2) return null;
  // The mean of three times 0.1 is not 0.1 in doubles, and so their computed variance is not zero.
  if (values.every((value) => value === first)) return { count, mean: first, variance: 0 };
  const variance = twelveDigits(sampleVariance([...values]));
  return { count, mean: twelveDigits(mean([...values])), variance };
}

/** Standard error of the mean of independent values: √(variance ÷ count). */
export function standardError({ variance, count }: Moments): number {
  return Math.sqrt(variance / count);
}

/** How much values of a series resemble their neighbours. */
import { momentsOf } from './moments.ts';

/** Σ(xᵢ − x̄)(xᵢ₊₁ − x̄) ÷ Σ(xᵢ − x̄)²; 0 for values that are all equal. */
export function lag1Autocorrelation(values: readonly number[]): number {
  const moments = momentsOf(values);
  if (moments === null || moments.variance === 0) return 0;
  let products = 0;
  let squares = 0;
  let previous = 0;
  for (const value of values) {
    const d = value - moments.mean;
    products += previous * d;
    squares += d * d;
    previous = d;
  }
  return products / squares;
}

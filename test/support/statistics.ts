// Statistics that tests judge by: a tolerance is always a number of standard errors.

/**
 * How far from the expected value a seeded sample may lie: once in 147,000 tests by chance, if its standard
 * error is known, or comes from some hundred values.
 */
export const STANDARD_ERRORS = 4.5;

/**
 * The bound of |z| whose standard error comes from 30 batches, so that z is a Student variable of 29 degrees
 * of freedom: it is beyond this as seldom as a normal variable is beyond 4.5, 6.795e-6. Above 5.5 it would be
 * 6.3e-6, above 4.5 it is 1.0e-4. To the digits given by two programs, scipy 1.17 and `twoSidedT`.
 */
export const STUDENT_29_ERRORS = 5.4742;

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** Unbiased sample variance. */
export function variance(values: ArrayLike<number>): number {
  const middle = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const d = (values[i] as number) - middle;
    sum += d * d;
  }
  return sum / (values.length - 1);
}

/** Pearson's correlation. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let product = 0;
  for (let i = 0; i < a.length; i++) {
    product += ((a[i] as number) - meanA) * ((b[i] as number) - meanB);
  }
  return product / (a.length - 1) / Math.sqrt(variance(a) * variance(b));
}

/** Largest distance between the sample's distribution and this one (Kolmogorov and Smirnov). Sorts. */
export function kolmogorovSmirnov(sample: Float64Array, cdf: (x: number) => number): number {
  sample.sort();
  const n = sample.length;
  let distance = 0;
  for (let i = 0; i < n; i++) {
    const p = cdf(sample[i] as number);
    distance = Math.max(distance, p - i / n, (i + 1) / n - p);
  }
  return distance;
}

/** The distance that a sample of n exceeds once in 100,000 times: 2·e^(−2·n·d²) = 1e-5. */
export function kolmogorovLimit(n: number): number {
  return Math.sqrt(Math.log(2e5) / (2 * n));
}

/** Φ(x) by the error function's expansion 26.2.17 of Abramowitz and Stegun: 7.5e-8 off at most. */
export function normalCdf(x: number): number {
  if (x < 0) return 1 - normalCdf(-x);
  const t = 1 / (1 + 0.2316419 * x);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  const a = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  return 1 - density * a.reduceRight((sum, factor) => (sum + factor) * t, 0);
}

/** Mean of batches, and its standard error from their scatter. */
export function batchMeans(batches: readonly number[]): { mean: number; standardError: number } {
  return { mean: mean(batches), standardError: Math.sqrt(variance(batches) / batches.length) };
}

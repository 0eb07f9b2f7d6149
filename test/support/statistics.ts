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

/**
 * The statistic of Anderson and Darling, which is sensitive in the tails where the one above is not:
 * n·∫(F_n − F)² ÷ (F·(1 − F)) dF. Of a sorted sample.
 */
export function andersonDarling(sorted: Float64Array, cdf: (x: number) => number): number {
  const n = sorted.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const p = cdf(sorted[i] as number);
    sum += (2 * i + 1) * Math.log(p) + (2 * (n - i) - 1) * Math.log1p(-p);
  }
  return -n - sum / n;
}

/**
 * What that statistic exceeds once in 100,000 times. It is the sum of χ²ⱼ ÷ (j·(j + 1)), each of one
 * degree, so far out P(A² > z) = √3·P(χ² > 2z): the other terms give ∏(1 − 2 ÷ (j·(j + 1)))^(−1/2) = √3.
 */
export const ANDERSON_DARLING_LIMIT = 10.3;

/** Φ(x), also in its tails to 13 digits. */
export function normalCdf(x: number): number {
  return x < 0 ? normalTail(-x) : 1 - normalTail(x);
}

/** P(X > x) for x ≥ 0: ½ − φ(x)·(x + x³/3 + x⁵/(3·5) + …), and far out Laplace's continued fraction. */
function normalTail(x: number): number {
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x > 3) {
    let fraction = x;
    for (let k = 100; k > 0; k--) fraction = x + k / fraction;
    return density / fraction;
  }
  let sum = 0;
  for (let [k, term] = [1, x]; sum + term > sum; k += 2, term *= (x * x) / k) sum += term;
  return 0.5 - density * sum;
}

/**
 * How far a count may lie from the expected one: so many standard errors of a Poisson number, and the
 * term of Cornish and Fisher for its skewness, which matters when few are expected.
 */
export function countTolerance(expected: number): number {
  return STANDARD_ERRORS * Math.sqrt(expected) + (STANDARD_ERRORS * STANDARD_ERRORS - 1) / 6;
}

/** Mean of batches, and its standard error from their scatter. */
export function batchMeans(batches: readonly number[]): { mean: number; standardError: number } {
  return { mean: mean(batches), standardError: Math.sqrt(variance(batches) / batches.length) };
}

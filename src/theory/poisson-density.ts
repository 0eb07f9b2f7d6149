// The Poisson probability of n, also between whole numbers, without overflow at any size.

const HALF_LOG_TWO_PI = 0.9189385332046727;

/** From here on Stirling's series below has all the digits of a double. */
const LARGE_ENOUGH = 16;

/**
 * ln(x^n·e^(−x)/Γ(n+1)) for real n > 0 and x > 0, by Loader's saddle point (2000, "Fast and accurate
 * computation of binomial probabilities"): large terms that would cancel are never formed.
 */
export function logPoissonDensity(n: number, mean: number): number {
  const excess = (mean - n) / n;
  const deviance = n * (excess - Math.log1p(excess));
  return -deviance - stirlingError(n) - 0.5 * Math.log(n) - HALF_LOG_TWO_PI;
}

/** ln Γ(n+1) − (n + ½)·ln n + n − ½·ln 2π: what Stirling's formula leaves. */
function stirlingError(n: number): number {
  let error = 0;
  let x = n;
  for (; x < LARGE_ENOUGH; x++) error += (x + 0.5) * Math.log1p(1 / x) - 1;
  const y = 1 / (x * x);
  const series = 1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - (y * 5) / 5940)));
  return error + series / x;
}

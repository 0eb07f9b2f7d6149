// The mean of a sequence over a Poisson number, for any mean without overflow or underflow.

/** Weights below this share of the largest are left out. */
const NEGLIGIBLE = 1e-20;

/**
 * E[f(N)] for N Poisson with this mean. The weights grow from the likeliest number to both sides, as
 * Fox and Glynn 1988 do, and are divided by their own sum. Steps: about 20·√mean.
 *
 * @param of is asked once for each number that carries weight; values within 0 … 1, say
 */
export function poissonAverage(mean: number, of: (n: number) => number): number {
  const likeliest = Math.floor(mean);
  let weights = 1;
  let sum = of(likeliest);
  let weight = 1;
  for (let n = likeliest; n > 0 && weight > NEGLIGIBLE; n--) {
    weight *= n / mean;
    weights += weight;
    sum += weight * of(n - 1);
  }
  weight = 1;
  for (let n = likeliest + 1; weight > NEGLIGIBLE; n++) {
    weight *= mean / n;
    weights += weight;
    sum += weight * of(n);
  }
  return sum / weights;
}

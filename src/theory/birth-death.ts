// The steady state of a chain that moves by one at a time, safe at any size.

/**
 * The probabilities of the states 0 … `last` of a birth–death chain: p(n) ∝ ratio(1)·…·ratio(n), where
 * ratio(n) is the rate from n − 1 up to n over the rate from n down to n − 1.
 *
 * The products go up and down from the most probable state, where they are 1, so that none overflows
 * and those that underflow do not count. Steps: 2·`last`.
 *
 * @param ratio not negative for 1 ≤ n ≤ `last`; Infinity where the chain leaves n − 1 upwards at once
 */
export function birthDeathProbabilities(last: number, ratio: (n: number) => number): Float64Array {
  const p = new Float64Array(last + 1);
  const mode = mostProbable(last, ratio);
  p[mode] = 1;
  let total = 1;
  for (let n = mode + 1, product = 1; n <= last; n++) {
    product *= ratio(n);
    p[n] = product;
    total += product;
  }
  for (let n = mode, product = 1; n > 0; n--) {
    product /= ratio(n);
    p[n - 1] = product;
    total += product;
  }
  return p.map((weight) => weight / total);
}

function mostProbable(last: number, ratio: (n: number) => number): number {
  let mode = 0;
  let highest = 0;
  for (let n = 1, height = 0; n <= last; n++) {
    const up = ratio(n);
    height += Math.log(up);
    if (up === Infinity) height = highest = 0;
    if (height > highest || up === Infinity) {
      highest = height;
      mode = n;
    }
  }
  return mode;
}

/** The mean of f(n) over the probabilities of n. */
export function meanOver(p: Float64Array, f: (n: number) => number): number {
  return p.reduce((sum, share, n) => sum + share * f(n), 0);
}

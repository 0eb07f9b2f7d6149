/**
 * Compares two pieces of work by CPU time, pair by pair: what disturbs the machine disturbs both, and the
 * median of the ratios does not care about a pair that was unlucky. The interval is the binomial one of
 * the median: no assumption about how the ratios scatter.
 */

/** A median and its interval of at least 95 %. */
export interface MedianRatio {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly pairs: number;
}

/** CPU time of this process, all threads, in ns. */
export function cpuTimeNs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return 1000 * (user + system);
}

export interface Pairs {
  readonly ratio: MedianRatio;
  /** Medians of the two, in ns. */
  readonly firstNs: number;
  readonly secondNs: number;
}

/** CPU time of `first` ÷ that of `second`; each pair begins with the other one. */
export function compareInPairs(first: () => void, second: () => void, pairs: number): Pairs {
  first();
  second();
  const times = Array.from({ length: pairs }, (_, k) => {
    if (k % 2 === 0) {
      const a = cpuTimeNs(first);
      return { a, b: cpuTimeNs(second) };
    }
    const b = cpuTimeNs(second);
    return { a: cpuTimeNs(first), b };
  });
  return {
    ratio: medianWithInterval(times.map(({ a, b }) => a / b)),
    firstNs: medianWithInterval(times.map(({ a }) => a)).median,
    secondNs: medianWithInterval(times.map(({ b }) => b)).median,
  };
}

/**
 * The median lies between the k-th smallest and the k-th largest of n values unless fewer than k fall on
 * one side of it, which has the probability 2·P(Bin(n, ½) < k).
 */
export function medianWithInterval(values: readonly number[]): MedianRatio {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  let k = 0;
  let probability = 1;
  for (let i = 0; i < n; i++) probability /= 2;
  let below = probability;
  while (2 * below <= 0.05) {
    k++;
    probability *= (n - k + 1) / k;
    below += probability;
  }
  const at = (i: number) => sorted[i] ?? NaN;
  const upper = at(n >> 1);
  const median = n % 2 === 1 ? upper : (upper + at((n >> 1) - 1)) / 2;
  const outermost = Math.max(0, k - 1);
  return { median, low: at(outermost), high: at(n - 1 - outermost), pairs: n };
}

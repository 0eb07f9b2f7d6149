/** Several tests at once: how small each p value must be so that all of them together are rarely wrong. */

export interface HolmTest {
  readonly significant: boolean;
  /** The level at which it was tested; of those that are not significant, the level that it missed. */
  readonly level: number;
}

/**
 * Holm's step-down procedure: the smallest of m p values is tested at α/m, the next one at α/(m − 1), and so
 * on until the first that is not below its level; that one and all larger ones are not significant. The
 * chance that anything is called significant where nothing is stays below α, however the tests depend on
 * each other. (S. Holm, A Simple Sequentially Rejective Multiple Test Procedure, 1979.) O(m log m)
 * @param alpha chance of at least one false finding
 */
export function holm(pValues: readonly number[], alpha = 0.05): HolmTest[] {
  const m = pValues.length;
  const ascending = pValues.map((p, i) => ({ p, i })).sort((a, b) => a.p - b.p || a.i - b.i);
  const missedAt = ascending.findIndex(({ p }, k) => p > alpha / (m - k));
  const found = missedAt === -1 ? m : missedAt;
  const tests = new Array<HolmTest>(m);
  ascending.forEach(({ i }, k) => {
    tests[i] = { significant: k < found, level: alpha / (m - Math.min(k, found)) };
  });
  return tests;
}

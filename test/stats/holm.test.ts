import { describe, expect, it } from 'vitest';
import { holm } from '../../src/stats/holm.ts';

const significant = (p: readonly number[], alpha?: number) =>
  holm(p, alpha).map((test) => test.significant);

describe("Holm's procedure", () => {
  // The worked example of Wikipedia's article on the Holm–Bonferroni method: H1 and H4 are rejected.
  it('rejects 0.01 and 0.005 of four, and not 0.03, which Hochberg would not either', () => {
    expect(significant([0.01, 0.04, 0.03, 0.005])).toEqual([true, false, false, true]);
  });

  // Fifteen p values of Benjamini and Hochberg (1995), section 4.1: Bonferroni's procedure and its
  // step-down refinements reject the three smallest at 5 %.
  it('rejects three of the fifteen of Benjamini and Hochberg', () => {
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
      0.6528, 0.759, 1,
    ];
    expect(significant(p).filter(Boolean)).toHaveLength(3);
    expect(significant(p).lastIndexOf(true)).toBe(2);
  });

  it('stops at the first that misses its level, even if later ones are below theirs', () => {
    expect(significant([0.026, 0.027])).toEqual([false, false]);
    expect(significant([0.024, 0.049])).toEqual([true, true]);
  });

  it('tells the level at which each was tested: α/m, α/(m − 1), …, and the one that was missed', () => {
    const levels = holm([0.2, 0.001, 0.3, 0.002], 0.04).map(({ level }) => level);
    expect(levels).toEqual([0.02, 0.01, 0.02, 0.04 / 3]);
  });

  it('does not depend on the order of the p values', () => {
    const p = [0.3, 0.004, 0.012, 0.9, 0.013];
    const backwards = significant([...p].reverse()).reverse();
    expect(significant(p)).toEqual(backwards);
    expect(significant(p)).toEqual([false, true, true, false, true]);
  });

  it('has nothing to say about nothing', () => {
    expect(holm([])).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { findRoot, type Search } from '../../../src/experiment/capacity/root.ts';
import { finished } from '../answer-now.ts';

const search: Search = { guess: 1, spread: 0.05, least: 0.001, most: 1000, precision: 1e-3 };

/** Looks for the root of a height, and counts how often it was asked. */
function rootOf(height: (factor: number) => number, wanted: Partial<Search> = {}) {
  const asked: number[] = [];
  const root = finished(
    findRoot({ ...search, ...wanted }, function* (factor) {
      asked.push(factor);
      yield asked.length;
      return { height: height(factor), factor };
    }),
  );
  return { root, asked };
}

const bounded = (height: number) => Math.min(2, Math.max(-2, height));

describe('the root of one replication', () => {
  it.each([
    ['a line', 1.3, (x: number) => bounded(Math.log(x / 1.3))],
    ['a steep line', 0.97, (x: number) => bounded(40 * Math.log(x / 0.97))],
    ['a wait that explodes', 0.9, (x: number) => (x >= 1 ? 2 : bounded(Math.log(0.1 / (1 - x))))],
    ['a step', 3.1, (x: number) => (x < 3.1 ? -2 : 2)],
    [
      'a curve with a flat part',
      0.02,
      (x: number) => (x < 0.02 ? -1e-6 : bounded(x - 0.02) + 1e-9),
    ],
  ])('of %s lies within the precision', (_, expected, height) => {
    const { root } = rootOf(height);
    expect(root.kind).toBe('found');
    if (root.kind !== 'found') return;
    expect(root.low.factor).toBeLessThanOrEqual(expected);
    expect(root.high.factor).toBeGreaterThanOrEqual(expected);
    expect(Math.log(root.high.factor / root.low.factor)).toBeLessThanOrEqual(1.0001e-3);
    expect(Math.abs(root.factor / expected - 1)).toBeLessThanOrEqual(1.0001e-3);
  });

  it('takes hardly more evaluations than halving at the worst, and fewer on a smooth curve', () => {
    const { asked: step } = rootOf((x) => (x < 1.04 ? -2 : 2), { precision: 1e-5 });
    const { asked: line } = rootOf((x) => 10 * Math.log(x / 1.04), { precision: 1e-5 });
    // Two for the bracket, 13 halvings of log 1.05, one to spare.
    expect(step.length).toBeLessThanOrEqual(16);
    expect(line.length).toBeLessThan(8);
  });

  it('says on which side the curve stays when it never crosses', () => {
    const { root: never } = rootOf(() => -1);
    expect(never.kind).toBe('below');
    expect(never.kind === 'below' && never.last.factor).toBeCloseTo(1000, 8);
    const { root } = rootOf(() => 1);
    expect(root.kind).toBe('above');
    expect(root.kind === 'above' && root.last.factor).toBeCloseTo(0.001, 12);
  });

  it('tries nothing outside the factors that it may', () => {
    const { asked } = rootOf((x) => Math.log(x / 900), { guess: 0.002 });
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(0.001 * (1 - 1e-12));
    expect(Math.max(...asked)).toBeLessThanOrEqual(1000 * (1 + 1e-12));
  });
});

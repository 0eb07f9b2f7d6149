import { describe, expect, it } from 'vitest';
import { knee } from '../../src/theory/knee.ts';

function listed(ys: readonly number[]) {
  return ys.map((y, x) => ({ x, y }));
}

describe('knee', () => {
  // The reference vectors of the Kneedle paper, as the Python package kneed tests them.
  it('finds 0.222 on the curve of figure 2', () => {
    const points = Array.from({ length: 10 }, (_, i) => ({ x: i / 9, y: 5 - 1 / (i / 9 + 0.1) }));
    expect(knee(points, { shape: 'concave' })).toBeCloseTo(0.222, 3);
  });

  it('finds 2 on the concave list and 7 on the convex one', () => {
    const concave = listed([0, 60, 80, 85, 90, 95, 96, 97, 98, 99]);
    const convex = listed([1, 2, 3, 4, 5, 10, 15, 20, 40, 100]);
    expect(knee(concave, { shape: 'concave' })).toBe(2);
    expect(knee(convex, { shape: 'convex' })).toBe(7);
  });

  it('lies within 8 … 16 connections for a published PostgreSQL 18 on 2 CPUs', () => {
    const points = [
      { x: 2, y: 356.81 },
      { x: 4, y: 676.74 },
      { x: 8, y: 1357.28 },
      { x: 16, y: 2204.81 },
      { x: 32, y: 2421.58 },
    ];
    const found = knee(points, { shape: 'concave' });
    expect(found).toBeGreaterThanOrEqual(8);
    expect(found).toBeLessThanOrEqual(16);
  });

  it('finds none on a straight or a flat line', () => {
    expect(knee(listed([1, 2, 3, 4]), { shape: 'concave' })).toBeUndefined();
    expect(knee(listed([5, 5, 5, 5]), { shape: 'convex' })).toBeUndefined();
  });

  it('refuses points that are no curve', () => {
    expect(() => knee(listed([1, 2]), { shape: 'concave' })).toThrow(RangeError);
    const back = [...listed([1, 2, 3]), { x: 2, y: 4 }];
    expect(() => knee(back, { shape: 'concave' })).toThrow('points[3].x is above 2, not 2');
  });
});

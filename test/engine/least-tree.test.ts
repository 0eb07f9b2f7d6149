import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeastTree, NEVER } from '../../src/engine/least-tree.ts';

/** The same by looking at all of them. */
function firstFrom(values: readonly number[], from: number): number {
  const least = Math.min(...values);
  if (least === NEVER) return -1;
  const later = values.findIndex((value, i) => i >= from && value === least);
  return later >= 0 ? later : values.indexOf(least);
}

describe('a tournament for the least number', () => {
  it('finds what looking at all of them finds, whatever changes in between', () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(NEVER));
    const step = fc.record({ place: fc.nat(), value, from: fc.nat() });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.array(step), (places, steps) => {
        const tree = new LeastTree(places);
        const values = Array.from({ length: places }, () => NEVER);
        for (const { place, value, from } of steps) {
          values[place % places] = value;
          tree.set(place % places, value);
          const start = from % (places + 1);
          expect(tree.firstFrom(start)).toBe(firstFrom(values, start));
        }
      }),
    );
  });

  it('finds nobody where all are NEVER', () => {
    expect(new LeastTree(5).firstFrom(2)).toBe(-1);
  });
});

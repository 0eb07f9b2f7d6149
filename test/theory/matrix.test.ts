import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, identity, inverse, matrixOf, plus, times } from '../../src/theory/matrix.ts';
import { fuzzed } from '../support/fuzz.ts';

const entry = fc.double({ min: -1, max: 1, noNaN: true });

describe('the inverse of a matrix', () => {
  it('times the matrix is one', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 36, maxLength: 36 }), (entries) => {
        // Six on the diagonal keep it away from singular.
        const matrix = plus(
          matrixOf(6, 6, (i, j) => entries[6 * i + j] ?? 0),
          identity(6),
          7,
        );
        const difference = plus(times(matrix, inverse(matrix)), identity(6), -1);
        const worst = Math.max(...difference.flat().map(Math.abs));
        expect(worst).toBeLessThan(1e-13);
      }),
      fuzzed(200),
    );
  });

  it('takes its pivots where they are', () => {
    expect(
      inverse([
        [0, 2],
        [4, 0],
      ]),
    ).toEqual([
      [0, 0.25],
      [0.5, 0],
    ]);
  });

  it('is refused to a singular matrix', () => {
    expect(() => inverse([[0]])).toThrow(/singular/);
    expect(at(identity(2), 2, 0)).toBe(0);
  });
});

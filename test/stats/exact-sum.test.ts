import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactSum } from '../../src/stats/exact-sum.ts';
import { fuzzed } from '../support/fuzz.ts';

const CARRY = 2n ** 52n;

function exact(sum: ExactSum): bigint {
  return BigInt(sum.high) * CARRY + BigInt(sum.low);
}

function sumOf(values: readonly number[]): ExactSum {
  const sum = new ExactSum();
  for (const x of values) sum.add(x);
  return sum;
}

function bigSum(values: readonly number[]): bigint {
  return values.reduce((total, x) => total + BigInt(x), 0n);
}

const term = fc.oneof(fc.nat(), fc.integer({ min: 2 ** 51, max: Number.MAX_SAFE_INTEGER }));
const terms = fc.array(term, { maxLength: 200 });

describe('an exact sum', () => {
  it('is the sum of big integers, far beyond 2^53', () => {
    fc.assert(
      fc.property(terms, (values) => {
        expect(exact(sumOf(values))).toBe(bigSum(values));
      }),
      fuzzed(500),
    );
  });

  it('takes products that no double holds', () => {
    const large = fc.oneof(fc.nat(), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));
    const level = fc.oneof(fc.nat({ max: 100 }), fc.integer({ min: 0, max: 2 ** 40 - 1 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(large, level), { maxLength: 20 }), (pairs) => {
        const sum = new ExactSum();
        for (const [a, b] of pairs) sum.addProduct(a, b);
        expect(exact(sum)).toBe(pairs.reduce((all, [a, b]) => all + BigInt(a) * BigInt(b), 0n));
      }),
      fuzzed(500),
    );
  });

  it('loses no unit where a double would: 2^53 and many ones', () => {
    const sum = sumOf([2 ** 52 - 1, 2 ** 52 - 1, 2]);
    for (let i = 0; i < 1001; i++) sum.add(1);
    expect(exact(sum)).toBe(2n ** 53n + 1001n);
  });

  it('adds another sum exactly', () => {
    fc.assert(
      fc.property(terms, terms, (a, b) => {
        const sum = sumOf(a);
        sum.addSum(sumOf(b));
        expect(exact(sum)).toBe(bigSum([...a, ...b]));
        expect(sum.equals(sumOf([...a, ...b]))).toBe(true);
      }),
      fuzzed(300),
    );
  });

  it('equals another if and only if the numbers are equal', () => {
    fc.assert(
      fc.property(terms, terms, (a, b) => {
        expect(sumOf(a).equals(sumOf(a.toReversed()))).toBe(true);
        expect(sumOf(a).equals(sumOf(b))).toBe(bigSum(a) === bigSum(b));
      }),
      fuzzed(300),
    );
  });

  it('has the nearest double as its value', () => {
    fc.assert(
      fc.property(terms, (values) => {
        expect(sumOf(values).value).toBe(Number(bigSum(values)));
      }),
      fuzzed(300),
    );
  });
});

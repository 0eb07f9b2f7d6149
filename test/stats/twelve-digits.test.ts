import fc from 'fast-check';
import { expect, it } from 'vitest';
import { twelveDigits } from '../../src/stats/twelve-digits.ts';
import { fuzzed } from '../support/fuzz.ts';

/** What it must be, by way of text. */
const byText = (x: number) => Number(x.toPrecision(12));

/** Numbers of all sizes, those with few digits, and those beside or on a tie of the thirteenth. */
const number = fc.oneof(
  fc.double(),
  fc.double({ min: -1e4, max: 1e4, noNaN: true }),
  fc.tuple(fc.integer(), fc.nat({ max: 12 })).map(([n, places]) => n / 10 ** places),
  fc
    .tuple(fc.bigInt(10n ** 11n, 10n ** 12n - 1n), fc.integer({ min: -24, max: 12 }))
    .map(([n, power]) => Number(`${String(n)}5e${String(power - 1)}`)),
  fc
    .tuple(fc.bigInt(10n ** 11n, 10n ** 12n - 1n), fc.integer({ min: -4, max: -1 }))
    .map(([n, power]) => Number(`${String(n)}e${String(power)}`) + 0.5 * 10 ** power),
);

it('gives the double that is nearest to the first twelve digits', () => {
  fc.assert(
    fc.property(number, (x) => {
      expect(twelveDigits(x)).toBe(byText(x));
    }),
    fuzzed(20_000),
  );
});

it.each([0, -0, 1, 450, 1e12, 999999999999.5, 0.9999999999995, 0.1 + 0.2, 2 / 3, 5e-324, 1e300])(
  'rounds %d as text does',
  (x) => {
    expect(twelveDigits(x)).toBe(byText(x));
  },
);

it('leaves what is no number as it is', () => {
  expect([NaN, Infinity, -Infinity].map(twelveDigits)).toEqual([NaN, Infinity, -Infinity]);
});

import { describe, expect, it } from 'vitest';
import { exp } from '../../src/engine/math.ts';

/** The platform's own is within one unit in the last place too. */
const UNITS = 2.2;

/** Distance of two numbers in units of the last place. */
const units = (a: number, b: number) => Math.abs(a - b) / (b * 2 ** -52);

/** e^x to 30 digits, from whole numbers alone: (Σ (x/2^20)^n / n!) squared twenty times. */
function exact(x: number): number {
  const one = 1n << 400n;
  const scaled = (BigInt(x * 2 ** 40) * one) >> 60n;
  let term = one;
  let sum = one;
  for (let n = 1n; term !== 0n; n++) {
    term = (term * scaled) / one / n;
    sum += term;
  }
  for (let i = 0; i < 20; i++) sum = (sum * sum) >> 400n;
  return Number((sum * 10n ** 40n) >> 400n) / 1e40;
}

describe('e to the power of x', () => {
  it('is at most one number away from what whole-number arithmetic gives', () => {
    for (let x = -20; x < 40; x += 127 / 1024) {
      expect(units(exp(x), exact(x)), String(x)).toBeLessThan(1.01);
    }
  });

  it('agrees with the platform over the whole range', () => {
    for (let x = -699.9; x < 699.9; x += 0.0137) {
      expect(units(exp(x), Math.exp(x)), String(x)).toBeLessThan(UNITS);
    }
  });

  it('is 1 at 0, and e^-x is its inverse', () => {
    expect(exp(0)).toBe(1);
    expect(exp(-0)).toBe(1);
    for (let x = 0.001; x < 600; x *= 1.01) expect(units(exp(x) * exp(-x), 1)).toBeLessThan(4);
  });

  it('reaches the edges of what numbers can say, and goes beyond', () => {
    expect(units(exp(709.7), Math.exp(709.7))).toBeLessThan(4);
    expect(exp(709.8)).toBe(Infinity);
    expect(exp(1e9)).toBe(Infinity);
    expect(exp(Infinity)).toBe(Infinity);
    expect(exp(-746)).toBe(0);
    expect(exp(-1e300)).toBe(0);
    expect(exp(-Infinity)).toBe(0);
    expect(exp(NaN)).toBeNaN();
  });

  it('never falls where its argument rises by more than its last digits', () => {
    for (let x = -5; x < 25; x += 0.001) expect(exp(x + 0.001)).toBeGreaterThan(exp(x));
  });
});

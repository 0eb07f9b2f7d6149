import { twelveDigits } from '../stats/twelve-digits.ts';

/** A figure of a result, to twelve significant digits. */
export function rounded(x: number): number {
  if (!Number.isFinite(x)) throw new Error(`bug: ${String(x)} among the figures of a result`);
  return twelveDigits(x);
}

export function roundedOrNull(x: number | null): number | null {
  return x === null ? null : rounded(x);
}

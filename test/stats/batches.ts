// Batches for tests of intervals.

import type { Parts } from '../../src/stats/ratio-estimate.ts';

/** Batches of one value each. */
export function ofOneEach(values: readonly number[]): Parts[] {
  return values.map((value) => ({ numerator: value, denominator: 1 }));
}

// Single values of a scenario.

import { describe, expect, it } from 'vitest';
import { parseShare } from '../../src/scenario/scalars.ts';

/** The share that is read, or the code of the refusal. */
function share(value: unknown): number | string {
  const reading = parseShare(value);
  return reading.ok ? reading.value : reading.code;
}

describe('parseShare', () => {
  it('reads a share as a percentage or as a fraction of one', () => {
    expect(['40%', '0.5%', '0%', '100%', '1%'].map(share)).toEqual([0.4, 0.005, 0, 1, 0.01]);
    expect([0.4, 0, '0.25'].map(share)).toEqual([0.4, 0, 0.25]);
  });

  it('refuses a bare 1, which may mean 1% or 100%', () => {
    expect([1, '1', 1.0].map(share)).toEqual(['ambiguous', 'ambiguous', 'ambiguous']);
  });

  it('refuses what is beyond 0% and 100%', () => {
    const values = ['100.1%', -0.1, 1.5, 40];
    expect(values.map(share)).toEqual(values.map(() => 'out-of-range'));
  });

  it('asks whether 40 was meant as 40%', () => {
    const reading = parseShare(40);
    expect(reading.ok ? '' : reading.message).toContain('did you mean 40%?');
  });
});

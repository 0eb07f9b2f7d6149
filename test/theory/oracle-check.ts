// Comparison with the exact cases of queueing theory, each to its own uncertainty.

import { expect } from 'vitest';
import { expectedOf, oracle } from '../laws/oracle.ts';

/** Every value that is given agrees with the case's, within that value's own uncertainty. */
export function expectOracle(id: string, values: Readonly<Record<string, number>>): void {
  const one = oracle(id);
  for (const [name, value] of Object.entries(values)) {
    const { value: expected, calc_tol: tolerance } = expectedOf(one, name);
    expect(Math.abs(value - expected), `${id} ${name} ${value}`).toBeLessThanOrEqual(tolerance);
  }
}

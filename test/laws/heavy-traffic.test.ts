// The simulated system against exact queueing theory: the cases near full load.

import { describe, expect, it } from 'vitest';
import { disagreements, measuredRun, seeds, slowCases } from './stationary.ts';

describe.each(seeds)('near full load, with seed %s', (seed) => {
  it.each(slowCases.map((one) => [one.id, one.model, one] as const))(
    'everything is as %s says (%s)',
    (_id, _model, one) => {
      expect(disagreements(one, measuredRun(one, seed))).toEqual([]);
    },
  );
});

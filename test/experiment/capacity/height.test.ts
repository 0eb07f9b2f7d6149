import { describe, expect, it } from 'vitest';
import { heightOf, isUpperLimit } from '../../../src/experiment/capacity/height.ts';
import type { Condition } from '../../../src/model/control/settings.ts';

const p99: Condition = {
  metric: { kind: 'percentile', of: 'response', p: 0.99 },
  comparison: '<',
  limit: 1,
};
const errors: Condition = { metric: { kind: 'errors' }, comparison: '<=', limit: 0.01 };

describe('the height of a run over its objectives', () => {
  it('is the logarithm of value over limit, of the objective that is worst off', () => {
    expect(heightOf([p99, errors], [0.5, 0.02])).toEqual({ height: Math.log(2), worst: 1 });
    expect(heightOf([p99, errors], [0.5, 0.001])).toEqual({ height: Math.log(0.5), worst: 0 });
  });

  it('is 0 exactly at the limit', () => {
    expect(heightOf([p99], [1])).toEqual({ height: 0, worst: 0 });
  });

  it('stays bounded: nothing observed is far below, too many failed is far above', () => {
    expect(heightOf([p99], [null]).height).toBe(-2);
    expect(heightOf([p99], [Infinity]).height).toBe(2);
    expect(heightOf([p99], [1e-9]).height).toBe(-2);
  });

  it('of a limit of 0 tells met from missed', () => {
    const none = { ...errors, limit: 0 };
    expect(heightOf([none], [0]).height).toBe(-2);
    expect(heightOf([none], [1e-6]).height).toBe(2);
    expect(heightOf([{ ...none, comparison: '<' }], [0]).height).toBe(2);
  });

  it('is of upper limits only: more traffic does not miss a lower one', () => {
    expect(isUpperLimit(p99)).toBe(true);
    expect(isUpperLimit({ ...p99, comparison: '>=' })).toBe(false);
  });
});

// How far an estimate is from what theory says.

import { describe, expect, it } from 'vitest';
import { distanceFrom } from '../../src/stats/ratio-estimate.ts';

describe('the distance of an estimate', () => {
  it('grows with the difference, however skewed the values are', () => {
    const distances = Array.from({ length: 400 }, (_, i) =>
      distanceFrom((i - 200) / 10, { value: 0, standardError: 1, skew: 0.08 }),
    );
    for (const [i, distance] of distances.entries()) {
      if (i > 0) expect(distance).toBeLessThanOrEqual(distances[i - 1] as number);
    }
    expect(distances.at(-1)).toBeLessThan(-10);
    expect(distances[0]).toBeGreaterThan(10);
  });

  it('is Student’s where nothing is skewed, and less negative where little values are usual', () => {
    expect(distanceFrom(3, { value: 1, standardError: 1, skew: 0 })).toBe(-2);
    expect(distanceFrom(3, { value: 1, standardError: 1, skew: 0.02 })).toBeGreaterThan(-2);
  });
});

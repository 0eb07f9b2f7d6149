import { describe, expect, it } from 'vitest';
import {
  constantLaw,
  exponentialLaw,
  hyperexponentialLaw,
  lognormalLaw,
} from '../../src/theory/service-law.ts';
import { relativeDifference } from './queues.ts';

const laws = [
  ['constant', constantLaw({ seconds: 3 }), 0],
  ['exponential', exponentialLaw({ meanSeconds: 3 }), 1],
  ['lognormal', lognormalLaw({ meanSeconds: 3, scv: 2 }), 2],
  [
    'hyperexponential',
    hyperexponentialLaw([
      { weight: 0.75, meanSeconds: 1 },
      { weight: 0.25, meanSeconds: 9 },
    ]),
    11 / 3,
  ],
] as const;

describe('a law of the service', () => {
  it.each(laws)('has its mean and variance: %s', (_, law, scv) => {
    expect(law.meanSeconds).toBeCloseTo(3, 12);
    expect(law.secondMoment).toBeCloseTo(9 * (1 + scv), 10);
  });

  it.each(laws)('has a rest whose mean and square follow from its moments: %s', (_, law) => {
    // ∫ P(R > t) dt = E[S²]/2E[S], and ∫ 2t·P(R > t) dt = E[S³]/3E[S].
    const step = 0.005;
    let mean = 0;
    let square = 0;
    for (let t = step / 2; t < 2000; t += step) {
      const longer = 1 - law.restWithin(t);
      mean += step * longer;
      square += 2 * t * step * longer;
    }
    expect(relativeDifference(mean, law.secondMoment / (2 * law.meanSeconds))).toBeLessThan(1e-4);
    expect(relativeDifference(square, law.thirdMoment / (3 * law.meanSeconds))).toBeLessThan(2e-3);
  });

  it.each(laws)('has no rest at or before 0, and all of it in the end: %s', (_, law) => {
    expect([law.restWithin(-1), law.restWithin(0)]).toEqual([0, 0]);
    expect(law.restWithin(1e6)).toBeCloseTo(1, 12);
  });

  it('refuses what is no law', () => {
    expect(() => constantLaw({ seconds: 0 })).toThrow(/seconds/);
    expect(() => lognormalLaw({ meanSeconds: 1, scv: 0 })).toThrow(/scv/);
    expect(() => hyperexponentialLaw([{ weight: 0.9, meanSeconds: 1 }])).toThrow(/add up to 1/);
    expect(() => hyperexponentialLaw([{ weight: 1, meanSeconds: -1 }])).toThrow(/meanSeconds/);
  });
});

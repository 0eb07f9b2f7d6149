import { describe, expect, it } from 'vitest';
import { RandomStreams } from '../../src/engine/random-streams.ts';
import { exponentialStream } from '../../src/engine/variates.ts';
import { type RatioEstimate, ratioEstimate } from '../../src/stats/ratio-estimate.ts';
import { skewedInterval } from '../../src/stats/skewed-interval.ts';
import { twoSidedT } from '../../src/stats/student-t.ts';
import { STANDARD_ERRORS } from '../support/statistics.ts';
import { ofOneEach } from './batches.ts';

const seeds = (process.env['TIDEMARK_TEST_SEED'] ?? 'one two').split(' ');
const even: RatioEstimate = { value: 10, standardError: 1, skew: 0, batches: 25, lag1: 0 };

describe('an interval from batches', () => {
  it('is Student’s when they are independent and scatter evenly', () => {
    const { low, high, standardError } = skewedInterval(even);
    expect(standardError).toBe(1);
    expect(low).toBeCloseTo(10 - twoSidedT(0.95, 24), 10);
    expect(high).toBeCloseTo(10 + twoSidedT(0.95, 24), 10);
  });

  it('is wider by √((1 + φ)/(1 − φ)) when they hang together by more than 1/√batches', () => {
    // φ is 1/batches more than the autocorrelation observed: 0.56 + 0.04.
    expect(skewedInterval({ ...even, lag1: 0.56 }).standardError).toBeCloseTo(2, 10);
    expect(skewedInterval({ ...even, lag1: 0.17 }).standardError).toBeGreaterThan(1.2);
    expect(skewedInterval({ ...even, lag1: 0.15 }).standardError).toBe(1);
    expect(skewedInterval({ ...even, lag1: -0.9 }).standardError).toBe(1);
    expect(skewedInterval({ ...even, lag1: 1 }).standardError).toBeCloseTo(Math.sqrt(19), 10);
  });

  it('finds how they hang together', () => {
    // Ten times 0 and ten times 1: 18 neighbours are alike and two differ, (18 − 1)/4 over 20/4.
    const halves = Array.from({ length: 20 }, (_, i) => (i < 10 ? 0 : 1));
    expect(ratioEstimate(ofOneEach(halves))).toMatchObject({ batches: 20, lag1: 0.85 });
  });
});

describe.each(seeds)('of means of skewed values, with seed %s,', (seed) => {
  it('is too low about half as often as Student’s', () => {
    const draws = exponentialStream(new RandomStreams(seed), 'values');
    const samples = Array.from({ length: 10_000 }, () =>
      Array.from({ length: 30 }, () => draws.next()),
    );
    const intervals = samples.map((values) => {
      const estimate = ratioEstimate(ofOneEach(values)) as RatioEstimate;
      return { bent: skewedInterval(estimate), straight: skewedInterval({ ...estimate, skew: 0 }) };
    });
    // By 200,000 samples of another program: 3.2 % are too low and 1.6 % too high, of Student's 6.2 and 0.7 %.
    const share = (isOff: (one: (typeof intervals)[number]) => boolean) =>
      intervals.filter(isOff).length / intervals.length;
    const near = (observed: number, expected: number) => {
      const error = Math.sqrt((expected * (1 - expected)) / intervals.length);
      expect(Math.abs(observed - expected)).toBeLessThan(STANDARD_ERRORS * error + 0.001);
    };
    near(
      share(({ bent }) => bent.high < 1),
      0.0318,
    );
    near(
      share(({ bent }) => bent.low > 1),
      0.0162,
    );
    expect(share(({ straight }) => straight.high < 1)).toBeGreaterThan(0.05);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../src/engine/time.ts';
import { RateCurve } from '../../../src/model/traffic/rate-curve.ts';
import type { RatePoint } from '../../../src/model/traffic/settings.ts';
import { fuzzed } from '../../support/fuzz.ts';

/** Corners in order of time, jumps and stretches without traffic among them. */
const points: fc.Arbitrary<RatePoint[]> = fc
  .array(
    fc.record({
      gap: fc.oneof(fc.constant(0), fc.nat({ max: 100 * SECOND })),
      perSecond: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 5000, noNaN: true })),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((corners) => {
    let atNs = 0;
    return corners.map(({ gap, perSecond }) => ({ atNs: (atNs += gap), perSecond }));
  });
const instant = fc.nat({ max: 600 * SECOND });

function curveOf(
  ...corners: readonly (readonly [seconds: number, perSecond: number])[]
): RateCurve {
  return new RateCurve(corners.map(([s, perSecond]) => ({ atNs: s * SECOND, perSecond })));
}

describe('a rate curve', () => {
  it('is constant before its first point and after its last, linear between', () => {
    const curve = curveOf([10, 100], [20, 300]);
    expect([0, 10, 15, 20, 99].map((s) => curve.perSecondAt(s * SECOND))).toEqual([
      100, 100, 200, 300, 300,
    ]);
  });

  it('has at a jump the rate from then on', () => {
    const curve = curveOf([0, 100], [10, 100], [10, 400]);
    expect([10 * SECOND - 1, 10 * SECOND].map((at) => curve.perSecondAt(at))).toEqual([100, 400]);
  });

  it('expects the area under it', () => {
    const curve = curveOf([10, 100], [20, 300], [20, 0], [30, 50]);
    const area = (from: number, to: number) => curve.expected(from * SECOND, to * SECOND);
    expect(area(0, 10)).toBeCloseTo(1000, 6);
    expect(area(10, 20)).toBeCloseTo(2000, 6);
    expect(area(20, 30)).toBeCloseTo(250, 6);
    expect(area(0, 40)).toBeCloseTo(3750, 6);
    expect(area(15, 15)).toBe(0);
  });

  it('adds up whatever the instants at which it is cut', () => {
    fc.assert(
      fc.property(points, instant, instant, instant, (corners, x, y, z) => {
        const curve = new RateCurve(corners);
        const [a, b, c] = [x, y, z].sort((p, q) => p - q) as [number, number, number];
        const whole = curve.expected(a, c);
        const parts = curve.expected(a, b) + curve.expected(b, c);
        expect(Math.abs(parts - whole)).toBeLessThanOrEqual(1e-9 * (1 + whole));
      }),
      fuzzed(500),
    );
  });

  it('advances by an area to the instant at which that area is reached', () => {
    const amount = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(points, instant, amount, (corners, from, area) => {
        const curve = new RateCurve(corners);
        const to = curve.advance(from, area);
        expect(to).toBeGreaterThanOrEqual(from);
        if (to === Infinity) {
          expect(corners.at(-1)?.perSecond).toBe(0);
          expect(curve.expected(from, 1000 * SECOND)).toBeLessThanOrEqual(area * (1 + 1e-9));
          return;
        }
        // An instant is known to 2^-53 of itself, so its area is to that times the rate.
        const resolution = (curve.perSecondAt(to) / SECOND) * to * 2 ** -50;
        const reached = curve.expected(from, to);
        expect(Math.abs(reached - area)).toBeLessThanOrEqual(1e-9 * (1 + area) + resolution);
      }),
      fuzzed(2000),
    );
  });

  it('never ends where the rate is 0: it goes on where traffic begins again', () => {
    const curve = curveOf([0, 10], [10, 10], [10, 0], [20, 0], [20, 10]);
    expect(curve.advance(9 * SECOND, 20)).toBeCloseTo(21 * SECOND, 0);
    expect(curve.advance(12 * SECOND, 10)).toBeCloseTo(21 * SECOND, 0);
  });

  it('advances to infinity when the rate ends at 0 and too little is left', () => {
    const curve = curveOf([0, 10], [10, 0]);
    expect(curve.advance(0, 50.1)).toBe(Infinity);
    expect(curve.advance(0, 49.9)).toBeLessThan(10 * SECOND);
    expect(curve.advance(11 * SECOND, 1e-9)).toBe(Infinity);
  });

  it('loses no digits on a slope that is hardly one', () => {
    const curve = curveOf([0, 1000], [3600, 1000.000001]);
    expect(curve.advance(0, 1000)).toBeCloseTo(SECOND, 0);
  });

  it('starts from 0 along a ramp: half of the area lies in its last 29 %', () => {
    const curve = curveOf([0, 0], [60, 100]);
    expect(curve.advance(0, 1500) / MINUTE).toBeCloseTo(Math.SQRT1_2, 9);
  });

  it('has its next corner after an instant, not at it', () => {
    const curve = curveOf([10, 100], [20, 300], [20, 0]);
    const corners = [0, 10, 19, 20, 21].map((s) => curve.cornerAfter(s * SECOND) / SECOND);
    expect(corners).toEqual([10, 20, 20, Infinity, Infinity]);
  });

  it('is first above 0 where a ramp begins, where it jumps, or at once', () => {
    const curve = curveOf([10, 0], [20, 0], [30, 5], [40, 0], [50, 0], [50, 7], [60, 7], [60, 0]);
    const first = [0, 20, 25, 40, 45, 50, 60].map((s) => curve.firstPositive(s * SECOND) / SECOND);
    expect(first).toEqual([20, 20, 25, 50, 50, 50, Infinity]);
    expect(curveOf([5, 0]).firstPositive(0)).toBe(Infinity);
    expect(curveOf([5, 3]).firstPositive(2)).toBe(2);
  });

  it('refuses points that are out of order, or none', () => {
    expect(() => curveOf([10, 1], [9, 1])).toThrow('bug: rate points out of order');
    expect(() => new RateCurve([])).toThrow('bug: a rate curve without points');
  });
});

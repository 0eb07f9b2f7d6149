import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fluidSurge, overloadFailedShare, type RatePoint } from '../../src/theory/fluid-surge.ts';
import { fuzzed } from '../support/fuzz.ts';
import { expectOracle } from './oracle-check.ts';

/** 100/s, from 10 s to 30 s 300/s, then 100/s again. */
const STEP: readonly RatePoint[] = [
  { atSeconds: 10, ratePerSecond: 100 },
  { atSeconds: 10, ratePerSecond: 300 },
  { atSeconds: 30, ratePerSecond: 300 },
  { atSeconds: 30, ratePerSecond: 100 },
];

describe('fluidSurge', () => {
  it('piles up the excess of a step and drains it in B/(C − λ)', () => {
    const surge = fluidSurge({ rate: STEP, capacityPerSecond: 250 });
    expect(surge).toMatchObject({ peakAtSeconds: 30, peakBacklog: 1000 });
    expect(surge.drainedAtSeconds).toBeCloseTo(30 + 1000 / 150, 12);
    expect(surge.backlogAt(5)).toBe(0);
    expect(surge.backlogAt(20)).toBe(500);
    expect(surge.waitSecondsAt(20)).toBe(2);
    expect(surge.backlogAt(100)).toBe(0);
  });

  it('loses as many as the exact deterministic surge: 875 time out', () => {
    const surge = fluidSurge({ rate: STEP, capacityPerSecond: 250, patienceSeconds: 0.5 });
    expectOracle('det-surge-01', { timeouts: surge.lostBy(60) });
    expect(surge.firstWaitOf(0.5)).toBeCloseTo(12.5, 12);
    expect(surge.peakBacklog).toBe(125);
    expect(surge.drainedAtSeconds).toBeCloseTo(30 + 125 / 150, 12);
  });

  it('reaches the wait T after √(2TC/a) when the excess grows by a', () => {
    const positive = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(positive, positive, positive, (wait, capacityPerSecond, growth) => {
        const after = Math.sqrt((2 * wait * capacityPerSecond) / growth);
        const atSeconds = 2 * after;
        const rate = [
          { atSeconds: 0, ratePerSecond: capacityPerSecond },
          { atSeconds, ratePerSecond: capacityPerSecond + growth * atSeconds },
        ];
        const first = fluidSurge({ rate, capacityPerSecond }).firstWaitOf(wait);
        expect((first ?? NaN) / after).toBeCloseTo(1, 8);
      }),
      fuzzed(100),
    );
  });

  it('peaks where a falling rate comes back to the capacity', () => {
    const rate = [
      { atSeconds: 0, ratePerSecond: 0 },
      { atSeconds: 10, ratePerSecond: 200 },
      { atSeconds: 20, ratePerSecond: 0 },
    ];
    const surge = fluidSurge({ rate, capacityPerSecond: 100 });
    // Above the capacity from 5 s to 15 s: a triangle of 10 s × 100/s.
    expect(surge).toMatchObject({ peakAtSeconds: 15, peakBacklog: 500 });
    // Below it the deficit first grows, to 100/s at 20 s: 250 are drained by then, 250 take 2.5 s.
    expect(surge.drainedAtSeconds).toBeCloseTo(22.5, 12);
    expect(surge.firstWaitOf(6)).toBeUndefined();
    expect(surge.firstWaitOf(2.5)).toBe(10);
  });

  it('never drains an overload that lasts, and has no backlog at the capacity itself', () => {
    const over = fluidSurge({
      rate: [{ atSeconds: 0, ratePerSecond: 2 }],
      capacityPerSecond: 1,
    });
    expect(over).toMatchObject({ peakBacklog: Infinity, drainedAtSeconds: Infinity });
    expect(over.backlogAt(7)).toBe(7);
    const full = fluidSurge({
      rate: [{ atSeconds: 3, ratePerSecond: 1 }],
      capacityPerSecond: 1,
    });
    expect(full).toMatchObject({ peakBacklog: 0, peakAtSeconds: 0, drainedAtSeconds: 0 });
    expect(full.lostBy(1e9)).toBe(0);
  });

  it('loses the share 1 − 1/ρ of a lasting overload', () => {
    const rate = [{ atSeconds: 0, ratePerSecond: 143 }];
    const surge = fluidSurge({ rate, capacityPerSecond: 100, patienceSeconds: 5 });
    const lost = (surge.lostBy(2000) - surge.lostBy(1000)) / (1000 * 143);
    const share = overloadFailedShare({ ratePerSecond: 143, capacityPerSecond: 100 });
    expect(lost).toBeCloseTo(share, 10);
    expect(share).toBeCloseTo(1 - 1 / 1.43, 12);
    expect(overloadFailedShare({ ratePerSecond: 99, capacityPerSecond: 100 })).toBe(0);
  });

  it('keeps the balance: who arrived waits, has left, or was served within the capacity', () => {
    const points = fc.array(
      fc.record({ gap: fc.nat(10), rate: fc.integer({ min: 0, max: 300 }) }),
      { minLength: 1, maxLength: 8 },
    );
    const patience = fc.option(fc.double({ min: 0.05, max: 5, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(points, fc.integer({ min: 50, max: 250 }), patience, (given, capacity, limit) => {
        let atSeconds = 0;
        const rate = given.map(({ gap, rate: ratePerSecond }) => {
          atSeconds += gap;
          return { atSeconds, ratePerSecond };
        });
        const surge = fluidSurge({
          rate,
          capacityPerSecond: capacity,
          ...(limit === undefined ? {} : { patienceSeconds: limit }),
        });
        const step = 0.125;
        let served = 0;
        for (let t = step; t <= atSeconds + 5; t += step) {
          const backlog = surge.backlogAt(t);
          expect(backlog).toBeGreaterThanOrEqual(0);
          expect(backlog).toBeLessThanOrEqual(
            Math.min(surge.peakBacklog, capacity * (limit ?? 1e9)) + 1e-6,
          );
          const now = arrivedBy(rate, t) - backlog - surge.lostBy(t);
          expect(now - served).toBeGreaterThanOrEqual(-1e-6);
          expect(now - served).toBeLessThanOrEqual(capacity * step + 1e-6);
          // While there is a backlog the service does all it can.
          if (backlog > 0 && surge.backlogAt(t - step) > capacity * step) {
            expect(now - served).toBeCloseTo(capacity * step, 6);
          }
          served = now;
        }
      }),
      fuzzed(100),
    );
  });

  it('refuses rates that mean nothing', () => {
    const rate = [
      { atSeconds: 2, ratePerSecond: 1 },
      { atSeconds: 1, ratePerSecond: 1 },
    ];
    expect(() => fluidSurge({ rate, capacityPerSecond: 1 })).toThrow(
      'rate[1].atSeconds is at least 2, not 1',
    );
    expect(() => fluidSurge({ rate: [], capacityPerSecond: 1 })).toThrow(RangeError);
    expect(() => fluidSurge({ rate: STEP, capacityPerSecond: 0 })).toThrow(RangeError);
  });
});

/** ∫₀ᵗ λ by the trapezium of each linear stretch. */
function arrivedBy(rate: readonly RatePoint[], seconds: number): number {
  let sum = 0;
  let from = { atSeconds: 0, ratePerSecond: rate[0]?.ratePerSecond ?? NaN };
  const last = rate.at(-1) ?? from;
  for (const to of [...rate, { ...last, atSeconds: Infinity }]) {
    const width = to.atSeconds - from.atSeconds;
    const covered = Math.min(width, seconds - from.atSeconds);
    if (covered > 0) {
      const slope = width === Infinity ? 0 : (to.ratePerSecond - from.ratePerSecond) / width;
      sum += covered * (from.ratePerSecond + (slope * covered) / 2);
    }
    from = to;
  }
  return sum;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExactSum } from '../../src/stats/exact-sum.ts';
import { LevelMeter } from '../../src/stats/level-meter.ts';
import { fuzzed } from '../support/fuzz.ts';

interface Step {
  readonly i: number;
  readonly change: number;
  readonly after: number;
}

const steps = (longest: number) =>
  fc.array(
    fc.record({
      i: fc.nat({ max: 2 }),
      change: fc.integer({ min: -3, max: 4 }),
      after: fc.nat({ max: longest }),
    }),
    { maxLength: 100 },
  );

/** Feeds a meter, never below 0, and integrates beside it with big integers. */
function feed(
  meter: LevelMeter,
  all: readonly Step[],
  touchAll = false,
): { now: number; areas: bigint[] } {
  const levels = [0, 0, 0];
  const areas = [0n, 0n, 0n];
  let now = 0;
  for (const { i, change, after } of all) {
    now += after;
    levels.forEach((level, k) => (areas[k] = (areas[k] ?? 0n) + BigInt(level) * BigInt(after)));
    const change2 = Math.max(change, -(levels[i] ?? 0));
    levels[i] = (levels[i] ?? 0) + change2;
    meter.add(i, change2, now);
    if (touchAll) for (const k of levels.keys()) meter.add(k, 0, now);
  }
  expect([...meter.level]).toEqual(levels);
  return { now, areas };
}

describe('a level meter', () => {
  it('starts at level 0 with nothing integrated', () => {
    const meter = new LevelMeter(2);
    expect([[...meter.level], meter.integral(1, 100)]).toEqual([[0, 0], 0]);
  });

  it('weights each level with the time that it lasted', () => {
    const meter = new LevelMeter(1);
    const areas = [
      [10, 2],
      [14, 1],
      [20, -3],
      [30, 1],
    ].map(([now = 0, change = 0]) => {
      meter.add(0, change, now);
      return meter.integral(0, now);
    });
    expect([...areas, meter.integral(0, 33)]).toEqual([0, 8, 26, 26, 29]);
  });

  it('agrees with naive integration, level by level and in total', () => {
    fc.assert(
      fc.property(steps(1000), (all) => {
        const meter = new LevelMeter(3);
        const { now, areas } = feed(meter, all);
        expect([0, 1, 2].map((i) => meter.integral(i, now))).toEqual(areas.map(Number));
        expect(meter.totalIntegral(now)).toBe(Number(areas.reduce((a, b) => a + b, 0n)));
      }),
      fuzzed(500),
    );
  });

  it('is the nearest double of the exact integral beyond 2^53, as long as no step is beyond 2^52', () => {
    fc.assert(
      fc.property(steps(2 ** 43), (all) => {
        const meter = new LevelMeter(3);
        const { now, areas } = feed(meter, all, true);
        expect([0, 1, 2].map((i) => meter.integral(i, now))).toEqual(areas.map(Number));
      }),
      fuzzed(500),
    );
  });

  it('has an exact reading, whatever the levels and however long they last', () => {
    fc.assert(
      fc.property(steps(2 ** 45), fc.nat({ max: 1_000_000 }), (all, crowd) => {
        const big = ({ high, low }: ExactSum) => BigInt(high) * 2n ** 52n + BigInt(low);
        const meter = new LevelMeter(3);
        const { now, areas } = feed(meter, all);
        const sum = areas.reduce((a, b) => a + b, 0n);
        expect(big(meter.exactTotal(now))).toBe(sum);
        meter.add(0, crowd, now);
        const later = BigInt((meter.level[0] ?? 0) + (meter.level[1] ?? 0) + (meter.level[2] ?? 0));
        expect(big(meter.exactTotal(now + 2 ** 40))).toBe(sum + later * 2n ** 40n);
      }),
      fuzzed(500),
    );
  });

  it('loses nothing by a million small steps beyond 2^53', () => {
    const meter = new LevelMeter(1);
    meter.add(0, 9, 0);
    let now = 2 ** 51;
    meter.add(0, -8, now);
    for (let k = 0; k < 1_000_000; k++) meter.add(0, k % 2 === 0 ? 1 : -1, (now += 1));
    // 9 · 2^51, then 1, then 2 and 1 in turn.
    const exact = 9n * 2n ** 51n + 1n + 1_500_000n - 2n;
    expect(BigInt(meter.integral(0, now))).toBe(BigInt(Number(exact)));
    expect(meter.integral(0, now + 4) - meter.integral(0, now)).toBe(4);
  });
});

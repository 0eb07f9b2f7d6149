import { describe, expect, it } from 'vitest';
import { judgedMetrics } from '../../../src/experiment/check/regressions.ts';

const tolerances = { usual: 0.05, own: {} };

/** Ten runs with these values of a figure, and what it is judged to be. */
function judged(
  name: string,
  before: readonly number[],
  now: readonly number[],
  given = tolerances,
) {
  const runs = (values: readonly number[]) =>
    values.map((value) => ({ figures: { [name]: value }, objectives: [] }));
  const [metric] = judgedMetrics(runs(before), runs(now), given);
  if (metric === undefined) throw new Error('the figure is not judged');
  return metric;
}

const ten = (value: number, scatter = 0) =>
  Array.from({ length: 10 }, (_, i) => value + (i % 2 === 0 ? scatter : -scatter));

describe('a regression', () => {
  it('is significant and larger than the tolerance', () => {
    const before = ten(100, 1);
    expect(judged('response.p99Ms', before, ten(110, 2))).toMatchObject({
      isRegression: true,
      worseBy: 0.1,
    });
    expect(judged('response.p99Ms', before, ten(104, 1.5)).isRegression).toBe(false);
    // 10 % worse on average, and as often better as worse.
    expect(judged('response.p99Ms', before, ten(110, 60)).isRegression).toBe(false);
  });

  it('needs more runs while it may be on either side of the tolerance, or is large and not sure', () => {
    const before = ten(100);
    expect(judged('response.p99Ms', before, ten(104, 3)).isOpen).toBe(true);
    expect(judged('response.p99Ms', before, ten(100, 3)).isOpen).toBe(false);
    expect(judged('response.p99Ms', before, ten(120, 3)).isOpen).toBe(false);
    expect(judged('response.p99Ms', before, ten(300, 400)).isOpen).toBe(true);
  });

  it('of answers is to have fewer of them; more or faster is better', () => {
    expect(judged('goodput.perSecond', ten(100), ten(90, 1)).isRegression).toBe(true);
    expect(judged('goodput.perSecond', ten(100), ten(110, 1))).toMatchObject({
      isRegression: false,
      isBetter: true,
    });
    expect(judged('response.p99Ms', ten(100), ten(90, 1))).toMatchObject({
      isRegression: false,
      isBetter: true,
    });
  });

  it('is none where the figure is too small to matter: below 1 ms, below 1 % of errors', () => {
    expect(judged('acquireWait.p99Ms', ten(0), ten(0.04, 0.001)).isRegression).toBe(false);
    expect(judged('acquireWait.p99Ms', ten(0), ten(0.1, 0.001)).isRegression).toBe(true);
    expect(judged('errors', ten(0), ten(0.0004, 0.00001)).isRegression).toBe(false);
    expect(judged('errors', ten(0), ten(0.001, 0.00001)).isRegression).toBe(true);
  });

  it('has a tolerance of its own where somebody says so, each service’s too', () => {
    const own = { usual: 0.05, own: { 'response.p99Ms': 0.2 } };
    expect(judged('response.p99Ms', ten(100), ten(110, 1), own).isRegression).toBe(false);
    expect(judged('services.shop.response.p99Ms', ten(100), ten(110, 1), own).isRegression).toBe(
      false,
    );
    expect(judged('services.shop.response.p99Ms', ten(100), ten(125, 1), own).isRegression).toBe(
      true,
    );
    expect(judged('services.shop.errors', ten(0), ten(0.02, 0.001), own).isRegression).toBe(true);
  });

  it('can be seen from the tolerance on where both sides are the same, exactly', () => {
    const same = ten(100, 30);
    expect(judged('response.p99Ms', same, same)).toMatchObject({
      difference: 0,
      detectable: 0.05,
      isOpen: false,
    });
  });

  it('that can be seen is larger where the differences scatter', () => {
    const { detectable } = judged('response.p99Ms', ten(100), ten(100, 20));
    // (t of 97.5 % + t of 80 %) × s/√n = (2.262 + 0.883) × 21.08/√10 = 20.97 of 100.
    expect(detectable).toBeCloseTo(0.2097, 2);
  });

  it('is not looked for in figures that only describe', () => {
    const figures = { 'pool.utilisation': 0.5, 'pool.peakPending': 3 };
    const runs = ten(0).map(() => ({ figures, objectives: [] }));
    expect(judgedMetrics(runs, runs, tolerances)).toEqual([]);
  });
});

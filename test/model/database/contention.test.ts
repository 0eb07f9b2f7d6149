import { describe, expect, it } from 'vitest';
import { slowdownOf } from '../../../src/model/database/contention.ts';
import { databaseSettings } from '../../support/small-system.ts';

describe('the slowdown by contention', () => {
  it('follows the Universal Scalability Law under `usl`', () => {
    const v = slowdownOf(
      databaseSettings({ contention: { kind: 'usl', sigma: 0.02, kappa: 0.00005 } }),
    );
    // The January page: 60 busy connections make a query of 16.1 ms take 38 ms.
    expect([1, 2].map((n) => v(n))).toEqual([1, 1.0201]);
    expect(v(60)).toBeCloseTo(2.357, 12);
    expect(Math.round(16.1 * v(60))).toBe(38);
  });

  it('has its best throughput at √((1 − σ)/κ) connections under `usl`', () => {
    const v = slowdownOf(
      databaseSettings({ contention: { kind: 'usl', sigma: 0.02773, kappa: 1.044e-4 } }),
    );
    // SPEC SDM91 as fitted by Gunther: γ = 90.00, its peak 1884 at 96.52 processors.
    const throughput = (n: number) => (90 * n) / v(n);
    const best = Array.from({ length: 216 }, (_, k) => k + 1).reduce((a, b) =>
      throughput(b) > throughput(a) ? b : a,
    );
    expect(Math.abs(best - 96.52)).toBeLessThanOrEqual(0.52);
    expect(Math.abs(throughput(best) - 1884)).toBeLessThan(1);
  });

  it('shares the cores equally under `cores`', () => {
    const v = slowdownOf(databaseSettings({ cores: 4, contention: { kind: 'cores' } }));
    expect([0, 1, 4, 5, 12].map((n) => v(n))).toEqual([1, 1, 1, 1.25, 3]);
  });

  it('slows nobody down under `none`', () => {
    const v = slowdownOf(databaseSettings({ contention: { kind: 'none' } }));
    expect([0, 1, 1000].map((n) => v(n))).toEqual([1, 1, 1]);
  });

  it('never speeds anything up, also when nobody or one runs', () => {
    for (const kind of ['usl', 'cores'] as const) {
      const contention = kind === 'usl' ? { kind, sigma: 0.5, kappa: 0.1 } : { kind };
      const v = slowdownOf(databaseSettings({ contention }));
      expect([v(0), v(1)]).toEqual([1, 1]);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { PRODUCTS } from './products.ts';
import { runReal } from './real/real-pools.ts';
import { drawWorkload } from './workload.ts';

const seeds = Array.from({ length: 20 }, (_, i) => `workload ${i}`);

describe.each(PRODUCTS)('a workload for %s', (product) => {
  it('is the same for the same seed', () => {
    const [seed = ''] = seeds;
    const [first, second] = [drawWorkload(seed, product, 0.4), drawWorkload(seed, product, 0.4)];
    const attempts = Array.from({ length: 50 }, (_, n) => n);
    expect({ ...first, fails: attempts.map(first.fails) }).toEqual({
      ...second,
      fails: attempts.toReversed().map(second.fails).toReversed(),
    });
  });

  it('consists of whole ticks, which timers can measure', () => {
    for (const seed of seeds) {
      const { requests, end, connect, timeout, idle, lifetime } = drawWorkload(seed, product, 0.4);
      const times = [connect, timeout, lifetime, idle?.timeout, idle?.check, end];
      for (const ticks of [...times, ...requests.flatMap(({ at, hold }) => [at, hold])]) {
        expect(ticks ?? 0).toSatisfy((n: number) => Number.isInteger(n) && n < 2 ** 31);
      }
    }
  });

  it('gives the same trace again, and settles each request', async () => {
    for (const seed of seeds) {
      const workload = drawWorkload(seed, product, 0.4);
      const trace = await runReal(workload);
      expect(await runReal(workload)).toEqual(trace);
      for (const { at } of trace.requests) expect(at).toBeLessThanOrEqual(workload.end);
      expect(trace.opens.length).toBeGreaterThan(trace.closes.length - 1);
    }
  });
});

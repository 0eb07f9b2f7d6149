import { describe, expect, it } from 'vitest';
import { resultOf } from '../../experiment/small-run.ts';

/** The planner's dashboard: 450 requests/s, p50 12 ms, p99 180 ms, eight pods with ten connections each. */
const planner = {
  duration: '10m',
  traffic: { rate: 450 },
  service: { instances: 8, pool: { profile: 'hikaricp', maximumPoolSize: 10 } },
  objectives: ['response p99 < 500ms', 'errors < 0.1%'],
};
const hold = { p50: '12ms', p99: '180ms', measuredAt: '450/s', cpu: '25%' };

describe('a system that was measured while it was well', () => {
  it.each([
    { cores: 4, contention: 'cores', roundTrip: '1ms' },
    { contention: { usl: { sigma: 0.02, kappa: 5e-5 } } },
    { contention: 'none' },
  ])('is well at the rate at which it was measured: %o', (database) => {
    const result = resultOf({ ...planner, requests: { hold }, database });
    expect(result.bottleneck).toMatchObject({ onset: null, station: 'none' });
    expect(result.objectives.map(({ met }) => met)).toEqual([true, true]);
    expect(result.requests).toMatchObject({ failed: 0, abandoned: 0 });
    expect(Math.abs((result.use.p50Ms ?? 0) / 12 - 1)).toBeLessThan(0.03);
    expect(Math.abs((result.use.p99Ms ?? 0) / 180 - 1)).toBeLessThan(0.03);
  });

  it('is not at more than twice that rate, for which its processors are too few', () => {
    // At 450/s they are busy for half of the time.
    const database = { cores: 4, contention: 'cores', roundTrip: '1ms' };
    const result = resultOf({ ...planner, traffic: { rate: 1000 }, requests: { hold }, database });
    expect(result.bottleneck.station).toBe('database-cores');
  });
});

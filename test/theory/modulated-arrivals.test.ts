import { describe, expect, it } from 'vitest';
import { erlangC } from '../../src/theory/erlang-c.ts';
import { type ArrivalPhase, modulatedArrivals } from '../../src/theory/modulated-arrivals.ts';
import { expectOracle, quantiles } from './oracle-figures.ts';
import { relativeDifference } from './queues.ts';

const CALM: ArrivalPhase = { ratePerSecond: 100, meanSojournSeconds: 1 };
const BURST: ArrivalPhase = { ratePerSecond: 350, meanSojournSeconds: 0.2 };
const POOL = { meanServiceSeconds: 0.02, servers: 5 };

describe('MMPP(2)/M/c', () => {
  it('agrees with the oracle', () => {
    expectOracle('mmpp-01', () => {
      const queue = modulatedArrivals({ phases: [CALM, BURST], ...POOL });
      return {
        lambda_mean: queue.meanRatePerSecond,
        rho: queue.utilisation,
        p_wait_arrival: queue.waitProbability,
        p_busy_time: queue.allBusyProbability,
        lq: queue.meanPending,
        wq_mean: queue.meanWaitSeconds,
        ...quantiles('wq', queue.waitQuantileSeconds),
      };
    });
  });

  it.each([1, 7, 40])('with equal rates is M/M/c: %d servers', (servers) => {
    const ratePerSecond = 0.9 * 50 * servers;
    const queue = modulatedArrivals({
      phases: [
        { ratePerSecond, meanSojournSeconds: 3 },
        { ratePerSecond, meanSojournSeconds: 0.01 },
      ],
      meanServiceSeconds: 0.02,
      servers,
    });
    const exact = erlangC({ ratePerSecond, meanServiceSeconds: 0.02, servers });
    expect(relativeDifference(queue.waitProbability, exact.waitProbability)).toBeLessThan(1e-10);
    expect(relativeDifference(queue.allBusyProbability, exact.waitProbability)).toBeLessThan(1e-10);
    expect(relativeDifference(queue.meanWaitSeconds, exact.meanWaitSeconds)).toBeLessThan(1e-10);
    const [p99, known] = [queue.waitQuantileSeconds(0.99), exact.waitQuantileSeconds(0.99)];
    expect(relativeDifference(p99, known)).toBeLessThan(1e-9);
  });

  it('with changes faster than anything else is M/M/c at the mean rate', () => {
    const phases = [
      { ratePerSecond: 0, meanSojournSeconds: 1e-7 },
      { ratePerSecond: 400, meanSojournSeconds: 1e-7 },
    ] as const;
    const queue = modulatedArrivals({ phases, ...POOL });
    const exact = erlangC({ ratePerSecond: 200, ...POOL });
    expect(relativeDifference(queue.meanWaitSeconds, exact.meanWaitSeconds)).toBeLessThan(1e-4);
  });

  it('has the mean wait as the area over its law', () => {
    const queue = modulatedArrivals({ phases: [CALM, BURST], ...POOL });
    const step = 2e-4;
    let area = (step * queue.waitProbability) / 2;
    for (let t = step; t < 2; t += step) area += step * queue.waitLongerThan(t);
    expect(relativeDifference(area, queue.meanWaitSeconds)).toBeLessThan(1e-5);
  });

  it('has no steady state when the mean rate is too high, bursts alone may be', () => {
    const endless = modulatedArrivals({ phases: [CALM, BURST], ...POOL, servers: 2 });
    expect([endless.meanWaitSeconds, endless.waitQuantileSeconds(0.5)]).toEqual([
      Infinity,
      Infinity,
    ]);
    const nothing = { ratePerSecond: 0, meanSojournSeconds: 1 };
    expect(() => modulatedArrivals({ phases: [nothing, nothing], ...POOL })).toThrow(/mean rate/);
    const instant = { ratePerSecond: 1, meanSojournSeconds: 0 };
    expect(() => modulatedArrivals({ phases: [CALM, instant], ...POOL })).toThrow(/Sojourn/);
  });
});

// Several services on one database: their figures add up to those of the run, and an idle neighbour is none.

import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/experiment/run.ts';
import type { RunResult } from '../../src/experiment/result.ts';
import { advise } from '../../src/experiment/advise.ts';
import { finished } from './answer-now.ts';
import { resultOf, scenarioOf } from './small-run.ts';

const shop = {
  traffic: { rate: 150, client: { timeout: '300ms', retry: { attempts: 1, backoff: '100ms' } } },
  requests: { query: { exponential: '8ms', cpu: '50%' } },
  instances: 3,
  pool: { max: 4, initial: 1, acquireTimeout: '200ms', idleTimeout: '1s' },
};
const reports = {
  traffic: { rate: 4 },
  requests: { query: { exponential: '1s', cpu: '90%' } },
  pool: { max: 3, acquireTimeout: '500ms', maxPending: 3 },
};
const idle = {
  traffic: { rate: 0 },
  requests: { hold: '1s' },
  pool: { max: 7 },
};
const database = { cores: 3, contention: 'cores', maxConnections: 30, otherConnections: 5 };

function run(services: Record<string, unknown>, seed = 'x'): RunResult {
  return resultOf({ duration: '1m', seed, services, database });
}

function only({ services }: RunResult, name: string) {
  const found = services.find((service) => service.name === name);
  if (found === undefined) throw new Error(`no service ${name}`);
  return found;
}

describe('the figures of several services', () => {
  it.each(['a', 'b', 'c'])('add up to those of the run (seed %s)', (seed) => {
    const result = run({ shop, reports, idle }, seed);
    const { services } = result;
    const sum = (read: (service: (typeof services)[number]) => number) =>
      services.reduce((all, service) => all + read(service), 0);
    for (const key of ['arrived', 'completed', 'failed', 'abandoned', 'inFlight'] as const) {
      expect(
        sum(({ requests }) => requests[key]),
        key,
      ).toBe(result.requests[key]);
    }
    const reasons = new Set(services.flatMap(({ failures }) => Object.keys(failures)));
    expect(reasons).toEqual(new Set(Object.keys(result.failures)));
    expect(reasons.size).toBeGreaterThan(1);
    for (const reason of reasons) {
      expect(
        sum(({ failures }) => failures[reason] ?? 0),
        reason,
      ).toBe(result.failures[reason]);
    }
    for (const key of ['max', 'timeouts', 'opened', 'closed'] as const) {
      expect(
        sum(({ pool }) => pool[key] ?? 0),
        key,
      ).toBe(result.pool[key]);
    }
    for (const key of ['response', 'acquireWait', 'use'] as const) {
      expect(
        sum((service) => service[key]?.count ?? NaN),
        key,
      ).toBe(result[key].count);
      const time = sum((service) => {
        const { count, meanMs } = service[key] ?? { count: NaN, meanMs: NaN };
        return count === 0 ? 0 : count * (meanMs ?? NaN);
      });
      expect(time / result[key].count, key).toBeCloseTo(result[key].meanMs ?? NaN, 6);
      const longest = Math.max(...services.map((service) => service[key]?.maxMs ?? 0));
      expect(longest, key).toBe(result[key].maxMs);
    }
    // 30, less the three of the superuser and five of others.
    expect(result.database.admits).toBe(22);
    expect(result.database.peakConnections).toBeLessThanOrEqual(22);
  });

  it('are those of the service alone when its neighbour is idle', () => {
    const alone = run({ shop });
    const beside = run({ shop, idle });
    const { use, ...figures } = only(beside, 'shop');
    expect(figures).toEqual(only(alone, 'shop'));
    expect(use).toEqual(alone.use);
    expect(beside.response).toEqual(alone.response);
    expect(beside.database.utilisation).toBe(alone.database.utilisation);
    expect(only(beside, 'idle').requests.arrived).toBe(0);
  });

  it('change when the neighbour works on the same processors', () => {
    const [alone, beside] = [run({ shop }), run({ shop, reports })];
    const mean = (result: RunResult) => only(result, 'shop').response.meanMs ?? NaN;
    expect(mean(beside)).toBeGreaterThan(mean(alone));
  });

  it('are left out where they would only repeat those of the run', () => {
    const { services, database: of } = run({ shop });
    expect(services.map((service) => 'use' in service)).toEqual([false]);
    expect('admits' in of).toBe(false);
  });

  it('know no limit of connections where the database has none', () => {
    const services = { shop, idle };
    expect(resultOf({ duration: '1s', services, database: {} }).database.admits).toBeNull();
  });
});

describe('advice for several services', () => {
  it('goes by the one that fares worst, which a large one would hide', () => {
    const scenario = scenarioOf({
      duration: '5m',
      services: {
        shop: { traffic: { rate: 300 }, requests: { hold: '5ms' }, pool: { max: 10 } },
        // Half as much again as its connections can serve: a third of its requests must fail.
        reports: {
          traffic: { rate: 3, arrivals: 'deterministic' },
          requests: { hold: '1s' },
          pool: { max: 2, acquireTimeout: '2s' },
        },
      },
    });
    const result = finished(simulate(scenario));
    expect(result.requests.failed / result.requests.arrived).toBeLessThan(0.01);
    const advice = finished(advise(scenario, result));
    expect(advice?.unchanged.errors).toBeCloseTo(1 / 3, 2);
    const enough = advice?.trials.find(({ set }) => set['services.reports.pool.max'] === 3);
    expect(enough?.errors).toBe(0);
  });
});

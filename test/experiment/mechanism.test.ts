// When a mechanism is named, and above all when it is not, in small systems whose answer is known.

import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/experiment/result.ts';
import { simulate } from '../../src/experiment/run.ts';
import { formatFault } from '../../src/scenario/fault.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';

function run(scenario: Record<string, unknown>): RunResult {
  const text = JSON.stringify({ duration: '1m', ...scenario });
  const parsed = parseScenario({ file: 'mechanism', text, sets: [] });
  if (!parsed.ok) throw new Error(parsed.faults.map(formatFault).join('\n'));
  const steps = simulate(parsed.scenario);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

function reason(scenario: Record<string, unknown>): string {
  const { mechanism, station } = run(scenario).bottleneck;
  return `${mechanism?.name ?? 'none'} at ${station}`;
}

const hikari = { profile: 'hikaricp', connectionTimeout: 2000 };
const slow = { connect: { latency: '1s' } };

describe('one-at-a-time', () => {
  const cold = { ...hikari, maximumPoolSize: 20, minimumIdle: 1 };

  it('is named when a pool grows more slowly than requests come', () => {
    const traffic = { rate: 100 };
    expect(
      reason({ traffic, requests: { hold: '100ms' }, service: { pool: cold }, database: slow }),
    ).toBe('one-at-a-time at connection-opening');
  });

  it('is not when all connections are open and too few', () => {
    const pool = { ...cold, initial: 'max' };
    const traffic = { rate: 300 };
    expect(
      reason({ traffic, requests: { hold: '100ms' }, service: { pool }, database: slow }),
    ).toBe('none at pool');
  });

  it('is not when the pool grows and is too small, so that most wait after it has grown', () => {
    const pool = { ...cold, connectionTimeout: 10_000 };
    const traffic = { rate: 300 };
    expect(
      reason({
        duration: '3m',
        traffic,
        requests: { hold: '100ms' },
        service: { pool },
        database: slow,
      }),
    ).toBe('none at pool');
  });

  it('is not when as many connections are opened as requests wait', () => {
    const pool = { profile: 'knex', max: 20, acquireConnectionTimeout: 500 };
    const result = reason({
      traffic: { rate: 100 },
      requests: { hold: '100ms' },
      service: { pool },
      database: { connect: { latency: '4s' } },
    });
    expect(result).toBe('nothing-open at connection-opening');
  });

  it('is named for the one instance of several that begins anew', () => {
    const result = run({
      duration: '2m',
      traffic: { rate: 160 },
      requests: { hold: '100ms' },
      service: { instances: 2, pool: cold },
      database: slow,
      timeline: [{ at: '1m', title: 'Deployment', restart: { each: '20s' } }],
      warmup: '50s',
    });
    expect(result.bottleneck.mechanism?.name).toBe('one-at-a-time');
  });
});

describe('opening-broken-off', () => {
  const traffic = { rate: 50 };
  const requests = { hold: '20ms' };

  it('is named of a product that opens in the background, too', () => {
    const pool = { ...hikari, maximumPoolSize: 10, initial: 0 };
    const database = { connect: { latency: '3s' } };
    expect(reason({ traffic, requests, service: { pool }, database })).toBe(
      'opening-broken-off at connection-opening',
    );
  });

  it('is not when attempts fail by themselves', () => {
    const pool = { profile: 'pg-pool', connectionTimeoutMillis: 1000 };
    const database = { connect: { latency: '100ms', failure: '99%' } };
    const { mechanism } = run({ traffic, requests, service: { pool }, database }).bottleneck;
    expect(mechanism?.name).not.toBe('opening-broken-off');
  });
});

describe('expired-together', () => {
  const lifetimes = { ...hikari, maximumPoolSize: 10, maxLifetime: 60_000, initial: 'max' };
  const load = { traffic: { rate: 80 }, requests: { hold: '100ms' }, duration: '100s' };

  it('is named when connections that were open from the start end', () => {
    expect(reason({ ...load, service: { pool: lifetimes }, database: slow })).toBe(
      'expired-together at connection-opening',
    );
  });

  it('is not when a deployment closes them', () => {
    const timeline = [{ at: '40s', title: 'Deployment', restart: { each: '1s' } }];
    const pool = { ...lifetimes, maxLifetime: 600_000, minimumIdle: 1, initial: 1 };
    const { mechanism } = run({
      ...load,
      service: { instances: 2, pool },
      database: slow,
      timeline,
    }).bottleneck;
    expect(mechanism?.name).not.toBe('expired-together');
  });

  it('is not when nobody waits for it', () => {
    const database = { connect: { latency: '1ms' } };
    expect(reason({ ...load, service: { pool: lifetimes }, database })).toBe('none at none');
  });
});

describe('connections-refused', () => {
  it('is named when the pool hides it behind its timeout', () => {
    const pool = { ...hikari, maximumPoolSize: 10, minimumIdle: 1 };
    expect(
      reason({
        traffic: { rate: 200 },
        requests: { hold: '100ms' },
        service: { instances: 4, pool },
        database: { maxConnections: 13, connect: { latency: '10ms' } },
      }),
    ).toBe('connections-refused at connection-slots');
  });

  it('is not when the pools want more than there is and never need it', () => {
    expect(
      reason({
        traffic: { rate: 50 },
        requests: { hold: '10ms' },
        service: { instances: 4, pool: { profile: 'pg-pool', max: 10 } },
        database: { maxConnections: 33, connect: { latency: '1ms' } },
      }),
    ).toBe('none at none');
  });
});

describe('longer-holds', () => {
  const load = {
    duration: '2m',
    traffic: { rate: 50 },
    requests: { query: { exponential: '40ms' } },
    service: { pool: { max: 4, acquireTimeout: '1s' } },
  };
  const set = { 'requests.query.exponential': '120ms' };

  it('is named when the change came before the waiting', () => {
    const timeline = [{ at: '1m', title: 'Another plan', set }];
    expect(reason({ ...load, timeline })).toBe('longer-holds at pool');
  });

  it('is not when the pool had been short before', () => {
    const service = { pool: { max: 1, acquireTimeout: '1s' } };
    const timeline = [{ at: '1m', title: 'Another plan', set }];
    expect(reason({ ...load, service, timeline })).toBe('none at pool');
  });

  it('is not when holds grow because more requests are at work', () => {
    const database = { contention: { usl: { sigma: 0.1, kappa: 0.01 } } };
    const traffic = {
      rate: [
        { at: '1m', rps: 20 },
        { at: '1m', rps: 100 },
      ],
    };
    const { mechanism } = run({ ...load, traffic, database }).bottleneck;
    expect(mechanism).toBeUndefined();
  });
});

// The certificate of ten scenarios, each with another way for the books to go wrong: it holds in all.

import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/experiment/result.ts';
import { simulate } from '../../src/experiment/run.ts';
import { scenarioWith } from '../scenario/reading.ts';

const arrivals = Array.from({ length: 3000 }, (_, i) => `${i * 9},${(i * 7919) % 45}`);
const files = { 'trace.csv': ['at_ms,hold_ms', ...arrivals].join('\n') };

/** Forty seconds each; what is said here comes on top of it, or instead. */
const scenarios: readonly (readonly [what: string, text: string])[] = [
  [
    'a surge that times out, with retries',
    `traffic:
  rate: [{ at: 5s, rps: 100 }, { at: 10s, rps: 600 }, { at: 25s, rps: 600 }, { at: 26s, rps: 100 }]
  client: { timeout: 900ms, retry: { attempts: 2, backoff: 300ms } }
requests: { hold: { lognormal: { mean: 20ms, cv: 1.5 } } }
service: { instances: 2, pool: { max: 5, acquireTimeout: 500ms } }`,
  ],
  [
    'impatient clients whose work is cancelled, last come first served',
    `traffic: { rate: 320, client: { patience: { exponential: 80ms }, cancel: true } }
requests: { hold: { gamma: { mean: 15ms, cv: 2 } } }
service: { pool: { max: 4, order: lifo, handover: 200us } }`,
  ],
  [
    'a cold pool that idles out and is bounded',
    `traffic: { rate: 40, bursts: [{ at: 10s, count: 300 }, { at: 30s, count: 300 }] }
requests: { query: { erlang: { mean: 12ms, stages: 3 } } }
service: { pool: { max: 12, initial: 0, maxPending: 100, idleTimeout: 2s, min: 2 } }
database: { connect: { latency: { exponential: 60ms } }, roundTrip: 1ms }`,
  ],
  [
    'users who come and go, over shared cores',
    `traffic:
  users: [{ at: 0s, users: 10 }, { at: 15s, users: 200 }, { at: 20s, users: 200 }, { at: 21s, users: 5 }]
  think: { exponential: 300ms }
requests: { query: { exponential: 12ms, cpu: 70% } }
service: { instances: 3, balancer: least-connections, pool: { max: 6, acquireTimeout: 1s } }
database: { cores: 2, contention: cores }`,
  ],
  [
    'a recorded trace beside scheduled batches',
    `traffic: { trace: trace.csv, speed: 1.5, rate: 50, arrivals: { batch: { 1: 50%, 9: 50% } } }
requests: { hold: { pareto: { mean: 10ms, shape: 2.2 } } }
service: { pool: { max: 6 } }`,
  ],
  [
    'busy and calm phases over a database with too few connections',
    `traffic: { rate: 300, arrivals: { mmpp: { ratio: 8, calm: 2s, busy: 400ms } } }
requests: { query: { hyperexponential: { mean: 14ms, cv: 3 } } }
service: { instances: 2, pool: { max: 8, initial: 2, acquireTimeout: 400ms, reconnectShare: 10% } }
database: { maxConnections: 12, connect: { latency: 30ms }, contention: { usl: { sigma: 0.05, kappa: 0.002 } } }`,
  ],
  [
    'a full own queue, and restarts',
    `traffic: { rate: 400, arrivals: deterministic, client: { timeout: 2s, cancel: true } }
requests: { hold: { uniform: { low: 5ms, high: 40ms } } }
service: { instances: 3, concurrency: 6, queue: 20, pool: { max: 4, handover: 1ms } }
timeline: [{ at: 12s, title: Restarted, restart: { each: 3s } }]`,
  ],
  [
    'settings that change while requests wait',
    `traffic: { rate: 350, arrivals: { erlang: 4 } }
requests: { hold: { exponential: 20ms } }
service: { instances: 2, pool: { max: 3, acquireTimeout: 2s } }
database: { connect: { latency: 25ms } }
timeline:
  - { at: 10s, title: Larger, set: { service.pool.max: 8, service.pool.order: lifo } }
  - { at: 20s, title: Smaller, set: { service.pool.max: 2, service.pool.maxPending: 30 } }
  - { at: 30s, title: Another, set: { service.instances: 4, service.pool.idleTimeout: 100ms } }`,
  ],
  [
    'two services on one database',
    `services:
  shop: { traffic: { rate: 150 }, requests: { query: 10ms }, pool: { max: 4, acquireTimeout: 1s } }
  back: { traffic: { users: 30, think: 200ms }, requests: { query: 30ms }, pool: { max: 6 } }
database: { contention: { usl: { sigma: 0.1, kappa: 0.005 } } }`,
  ],
  [
    'an overload that nothing bounds',
    `traffic: { rate: 300 }
requests: { hold: { percentiles: { p50: 12ms, p95: 60ms, p99: 150ms } } }
service: { pool: { max: 4 } }`,
  ],
];

function resultOf(text: string, seed: string): RunResult {
  const steps = simulate(scenarioWith(files, `duration: 40s\n${text}`), { seed });
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

describe('the certificate holds for', () => {
  it.each(scenarios)('%s', (_what, text) => {
    for (const seed of ['one', 'two']) {
      const { certificate, requests } = resultOf(text, seed);
      const exact = certificate.checks.filter((check) => check.exact);
      expect(exact.filter((check) => !check.holds)).toEqual([]);
      expect(exact).toHaveLength(33);
      expect(certificate.holds).toBe(true);
      expect(requests.arrived).toBeGreaterThan(1000);
    }
  });
});

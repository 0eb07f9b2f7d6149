// What stands in the logs of a product's users: each failure under the text that it has, and how often.

import { describe, expect, it } from 'vitest';
import { renderRun } from '../../src/report/run-report.ts';
import { resultOf, scenarioOf } from './small-run.ts';

const LINE = 'Error: timeout exceeded when trying to connect';
const OPENING = 'Error: Connection terminated due to connection timeout';

const documentOf = (pool: object, more: object = {}) => ({
  duration: '1m',
  traffic: { rate: 50 },
  requests: { query: { constant: '20ms', cpu: '0%' } },
  service: { pool },
  database: { cores: 64, contention: 'none', roundTrip: '1ms', connect: { latency: '100ms' } },
  ...more,
});

function productOf(pool: object, more: object = {}) {
  const result = resultOf(documentOf(pool, more));
  const product = result.services[0]?.product;
  if (product === undefined) throw new Error('no product');
  return { ...product, result };
}

function timeoutsOf({ metrics }: ReturnType<typeof productOf>) {
  return metrics.find(({ name }) => name === 'timeouts')?.value;
}

describe('pg-pool, of which a timeout has two texts', () => {
  it('all who open for themselves at once are told that their connection was broken off', () => {
    const product = productOf({ profile: 'pg-pool', max: 500, connectionTimeoutMillis: 60 });
    expect(product.errors).toEqual([
      { reason: 'acquire-timeout', count: timeoutsOf(product), text: OPENING },
    ]);
  });

  it('all who wait in the line are told that it took too long', () => {
    const product = productOf(
      { profile: 'pg-pool', max: 1, connectionTimeoutMillis: 150 },
      { requests: { query: { constant: '100ms', cpu: '0%' } } },
    );
    expect(product.errors).toEqual([
      { reason: 'acquire-timeout', count: timeoutsOf(product), text: LINE },
    ]);
  });

  it('with both, each failure is counted once, under one of them', () => {
    const pool = { profile: 'pg-pool', max: 2, connectionTimeoutMillis: 60 };
    const product = productOf(pool);
    expect(product.errors.map(({ text }) => text)).toEqual([LINE, OPENING]);
    const counts = product.errors.map(({ count }) => count);
    expect(Math.min(...counts)).toBeGreaterThan(10);
    expect(counts.reduce((a, b) => a + b)).toBe(timeoutsOf(product));
    expect(product.result.failures['acquire-timeout']).toBe(timeoutsOf(product));
    const report = renderRun({
      result: product.result,
      advice: null,
      scenario: scenarioOf(documentOf(pool)),
      full: true,
    });
    for (const { count, text } of product.errors) {
      const head = `In its users' logs, ${count.toLocaleString('en')} times`;
      expect(report.replaceAll(/\n */g, ' ')).toMatch(new RegExp(`${head} \\([^)]*\\): ${text}`));
    }
  });
});

it('counts attempts, since each of them writes a line', () => {
  const client = { retry: { attempts: 3, backoff: '10ms' } };
  const product = productOf(
    { profile: 'pg-pool', max: 1, connectionTimeoutMillis: 60 },
    { traffic: { rate: 50, client } },
  );
  const count = product.errors.reduce((sum, error) => sum + error.count, 0);
  expect(count).toBe(timeoutsOf(product));
  expect(count).toBeGreaterThan(2 * (product.result.failures['acquire-timeout'] ?? Infinity));
});

it('deadpool: a failed connect is not called one that took too long', () => {
  const pool = { profile: 'deadpool', max_size: 4, 'timeouts.create': '1s' };
  const failing = { connect: { latency: '100ms', failure: '90%' } };
  const failed = productOf(pool, { database: { cores: 64, contention: 'none', ...failing } });
  expect(failed.result.failures['connect-failed']).toBeGreaterThan(0);
  expect(failed.errors).toEqual([]);
  const slow = productOf(pool, {
    database: { cores: 64, contention: 'none', connect: { latency: '2s' } },
  });
  expect(slow.errors).toEqual([
    {
      reason: 'connect-failed',
      count: slow.result.failures['connect-failed'],
      text: 'Timeout occurred while creating a new object',
    },
  ]);
});

describe('mysql2, of which a full pool has two texts', () => {
  const slow = { requests: { query: { constant: '100ms', cpu: '0%' } } };

  it.each([
    [{ waitForConnections: false }, 'Error: No connections available.'],
    [{ queueLimit: 3 }, 'Error: Queue limit reached.'],
  ])('with %o says so', (settings, text) => {
    const { errors } = productOf({ profile: 'mysql2', connectionLimit: 2, ...settings }, slow);
    expect(errors.map((error) => error.text)).toEqual([text]);
  });
});

// Each real pool with its defaults, through the whole program: nothing that a pool may be breaks a run, its
// certificate, its report or its JSON.

import { describe, expect, it } from 'vitest';
import { advise } from '../../src/experiment/advise.ts';
import { acrossOf, figuresOf } from '../../src/experiment/across.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderRun } from '../../src/report/run-report.ts';
import { widthOf } from '../../src/report/text.ts';
import { PROFILES, resolveProfile, type NativeValues } from '../../src/scenario/profiles.ts';
import { resultOf, scenarioOf } from './small-run.ts';

/** What products without a default for it must be told. */
const NEEDED: Readonly<Record<string, NativeValues>> = {
  pgcat: { pool_size: 5 },
  tarn: { min: 0, max: 5 },
};

/** A surge of half a minute that most defaults are too small for. */
const surge = (pool: object, more: object = {}) => ({
  duration: '1m',
  traffic: {
    rate: [
      { at: '5s', rps: 20 },
      { at: '8s', rps: 300 },
      { at: '35s', rps: 300 },
      { at: '38s', rps: 20 },
    ],
  },
  requests: { query: { exponential: '100ms', cpu: '30%' } },
  service: { pool },
  database: {
    cores: 64,
    contention: 'cores',
    roundTrip: '1ms',
    maxConnections: 120,
    connect: { latency: '40ms' },
  },
  objectives: ['pool utilisation < 90%', 'errors < 1%'],
  alerts: [
    { name: 'fleet', when: 'pool utilisation >= 95% over 5s', every: '5s' },
    { name: 'each', when: 'pool utilisation >= 95% over 5s', every: '5s', per: 'instance' },
  ],
  ...more,
});

function drive<T>(steps: Generator<unknown, T>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** Everything that a user may see of a scenario. */
function seen(document: Record<string, unknown>) {
  const scenario = scenarioOf(document);
  const result = resultOf(document);
  const advice = drive(advise(scenario, result));
  const report = (full: boolean) => renderRun({ result, advice, scenario, full }).split('\n');
  return {
    result,
    advice,
    short: report(false),
    full: report(true),
    json: renderJson(result, advice),
  };
}

const NONSENSE = /\b(?:NaN|Infinity|undefined|null)\b|\[object|\{\w+\}/;

describe.each(PROFILES.map((profile) => [profile.id, profile] as const))('%s', (id, profile) => {
  const pool = { profile: id, ...NEEDED[id] };
  const { result, short, full, json } = seen(surge(pool));

  it('keeps its books', () => {
    expect(result.certificate.checks.filter((check) => check.exact && !check.holds)).toEqual([]);
    expect(result.requests.arrived).toBeGreaterThan(9000);
    expect(result.requests.completed).toBeGreaterThan(0);
  });

  it('is named in a report without nonsense, of 60 lines of 80 columns', () => {
    expect(short.length - 1).toBeLessThanOrEqual(60);
    expect(full.filter((line) => widthOf(line) > 80)).toEqual([]);
    expect(full.filter((line) => NONSENSE.test(line))).toEqual([]);
    expect(short.join('\n')).toContain(`Pool: ${profile.product} `);
  });

  it('has numbers in its JSON that can be read again', () => {
    expect(JSON.parse(json)).toMatchObject({ services: [{ product: { profile: id } }] });
    expect(json).not.toMatch(/NaN|Infinity|undefined/);
    const { max } = resolveProfile(profile, NEEDED[id] ?? {});
    expect(result.pool.max).toBe(max === Infinity ? null : max);
    expect(result.pool.utilisation === null).toBe(max === Infinity);
  });
});

describe('a pool without a limit', () => {
  const unlimited = { profile: 'database-sql' };

  it('has no share in use, and no alert or objective is about it', () => {
    const { result } = seen(surge(unlimited));
    expect(new Set(result.series.poolUtilisation)).toEqual(new Set([null]));
    expect(new Set(result.series.poolMax)).toEqual(new Set([null]));
    expect(Math.max(...result.series.poolUsed)).toBeGreaterThan(20);
    expect(result.alerts).toEqual([]);
    expect(result.objectives[0]).toMatchObject({ value: null, met: true });
    const across = acrossOf([figuresOf(result), figuresOf(result)]);
    expect(across['pool.utilisation']).toBeNull();
  });

  it('has one from when a limit is set, and is full then', () => {
    const timeline = [{ at: '20s', title: 'A limit', set: { 'service.pool.max': 10 } }];
    const { result } = seen(surge(unlimited, { timeline }));
    const use = result.series.poolUtilisation;
    const before = use.slice(0, use.length / 3);
    expect(new Set(before)).toEqual(new Set([null]));
    expect(use.at(use.length / 2)).toBeCloseTo(1, 1);
    expect(result.alerts.map(({ name }) => name).sort()).toEqual(['each', 'fleet']);
    expect(result.pool).toMatchObject({ max: null, utilisation: null });
    expect(result.certificate.holds).toBe(true);
  });

  it('is not called unstable for the connections that it may have', () => {
    const steady = { traffic: { rate: 100 }, duration: '3m', alerts: [], objectives: [] };
    const { result } = seen(surge(unlimited, steady));
    expect(result.steady).not.toHaveProperty('unstable');
    const over = { ...steady, traffic: { rate: 100 }, database: { cores: 2, contention: 'cores' } };
    expect(seen(surge(unlimited, { ...over, duration: '20s' })).result.steady).toMatchObject({
      unstable: true,
      offeredLoad: 1.5,
    });
  });
});

describe('advice for a real pool', () => {
  it('tries its own settings, and says so in its own words', () => {
    const { advice, full } = seen(
      surge({ profile: 'hikaricp', maximumPoolSize: 10, connectionTimeout: 1000 }),
    );
    const sets = advice?.trials.map(({ set }) => set);
    expect(sets).toContainEqual({ 'service.pool.connectionTimeout': '400ms' });
    expect(sets).toContainEqual({ 'service.pool.max': 40 });
    const trial = advice?.trials.find(({ set }) => set['service.pool.max'] === 40);
    expect(trial).toMatchObject({ connections: 40 });
    expect(full.join('\n')).toMatch(/^Do: maximumPoolSize \d+/m);
    expect(full.join('\n')).not.toContain('connections per instance');
  });

  it('leaves the timeout alone where the product has none', () => {
    const { advice } = seen(surge({ profile: 'mysql2' }));
    expect(advice?.trials.map(({ kind }) => kind)).not.toContain('timeout');
  });

  it('finds the setting that decides the size where there is none of that name', () => {
    const { advice } = seen(surge({ profile: 'sqlalchemy', max_overflow: 5, pool_timeout: 1 }));
    const sizes = advice?.trials.filter(({ kind }) => kind === 'pool-size') ?? [];
    expect(sizes.find(({ connections }) => connections === 20)?.set).toEqual({
      'service.pool.pool_size': 15,
    });
  });
});

describe("a product's errors", () => {
  const errorsOf = (pool: object, more: object = {}) =>
    resultOf(surge(pool, more)).services[0]?.product?.errors ?? [];

  it('are told with the figures of the run', () => {
    const [error] = errorsOf({ profile: 'hikaricp', connectionTimeout: 1500 });
    expect(error?.reason).toBe('acquire-timeout');
    expect(error?.count).toBeGreaterThan(1000);
    expect(errorsOf({ profile: 'hikaricp', connectionTimeout: 1500 })).toHaveLength(1);
    expect(error?.text).toMatch(
      /^java\.sql\.SQLTransientConnectionException: … - Connection is not available, request timed out after 1500ms \(total=10, active=10, idle=0, waiting=\d{3}\)$/,
    );
  });

  it('are in the form that the product gives its times', () => {
    const text = (pool: object) => errorsOf(pool)[0]?.text;
    expect(text({ profile: 'activerecord', checkout_timeout: 1 })).toContain(
      'within 1.000 seconds (waited 1.000 seconds)',
    );
    expect(text({ profile: 'sqlalchemy', pool_timeout: 2, max_overflow: 2 })).toBe(
      'sqlalchemy.exc.TimeoutError: QueuePool limit of size 5 overflow 2 reached, connection timed out, timeout 2.00',
    );
    expect(text({ profile: 'dbcp2', maxWaitMillis: 1500 })).toContain('maxWaitDuration=PT1.5S');
    expect(text({ profile: 'tomcat-jdbc', maxActive: 10, maxWait: 1900 })).toMatch(
      /Unable to fetch a connection in 1 seconds, .* lastwait:1900\]/,
    );
    expect(text({ profile: 'psycopg_pool', timeout: 1.5 })).toBe(
      "PoolTimeout: couldn't get a connection after 1.50 sec",
    );
    expect(text({ profile: 'prisma', pool_timeout: 1 })).toContain(
      '(Current connection pool timeout: 1, connection limit: 9)',
    );
  });

  it('of a full line name its length, and of a refused connection what the pool says', () => {
    const full = errorsOf({ profile: 'psycopg_pool', max_waiting: 7 });
    expect(full.filter(({ reason }) => reason === 'pool-full').map(({ text }) => text)).toEqual([
      "TooManyRequests: the pool '…' has already 7 requests waiting",
    ]);
    const refused = errorsOf(
      { profile: 'pgxpool', pool_max_conns: 30 },
      {
        database: { maxConnections: 13, connect: { latency: '40ms' } },
      },
    );
    const texts = refused.filter(({ reason }) => reason === 'connect-refused').map((e) => e.text);
    expect(texts).toEqual(['failed to connect to …']);
  });
});

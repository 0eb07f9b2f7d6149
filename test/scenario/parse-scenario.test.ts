import { describe, expect, it } from 'vitest';
import { GENERIC_POLICY } from '../../src/model/pool/policy.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { trafficOf } from '../support/small-system.ts';
import { faultsOf, minimal, scenarioOf, serviceOf, withPassage } from './reading.ts';

describe('parseScenario', () => {
  it('fills in every default', () => {
    const { hash, document, ...scenario } = scenarioOf(minimal);
    expect(scenario).toEqual({
      name: 'x',
      title: 'x',
      startMs: 0,
      utcOffsetMinutes: 0,
      durationNs: 60e9,
      warmupNs: 0,
      seed: '1',
      objectives: [],
      alerts: [],
      timeline: [],
      provenance: [],
      readings: [],
      files: new Map(),
      system: {
        services: [
          {
            name: 'service',
            traffic: trafficOf({ rate: [{ atNs: 0, perSecond: 100 }] }),
            client: {
              timeoutNs: Infinity,
              cancel: false,
              retryAttempts: 0,
              retryBackoffNs: 1e9,
              patience: null,
            },
            requests: [
              {
                name: 'request',
                weight: 1,
                work: { kind: 'query', work: { family: 'constant', value: 5e6 }, cpu: 1 },
              },
            ],
            instances: 1,
            balancer: 'round-robin',
            concurrency: Infinity,
            queue: Infinity,
            pool: {
              profile: 'generic',
              max: 10,
              initial: 10,
              acquireTimeoutNs: Infinity,
              maxPending: Infinity,
              idleTimeoutNs: Infinity,
              min: 0,
              connectTimeoutNs: Infinity,
              handoverNs: 0,
              reconnectShare: 0,
              policy: GENERIC_POLICY,
            },
          },
        ],
        database: {
          cores: 16,
          contention: { kind: 'none' },
          roundTripNs: 0,
          maxConnections: Infinity,
          reservedConnections: 3,
          otherConnections: 0,
          connectLatency: { family: 'constant', value: 0 },
          connectFailure: 0,
          closingNs: 0,
        },
      },
    });
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(document).toEqual({
      duration: '1m',
      traffic: { rate: 100 },
      requests: { query: '5ms' },
      service: {},
    });
  });

  it('reads every key', () => {
    const scenario = scenarioOf(`
format: 1
name: all-keys
title: Every key there is
start: 2024-01-21T13:30:00Z
timezone: "+01:00"
duration: 2h
seed: abc
traffic:
  arrivals: poisson
  rate: [{ at: "14:30", rps: 0 }, { at: 30m, rps: 50.5 }, { at: 30m, rps: 70 }]
  client: { timeout: 10s, patience: { lognormal: { mean: 4s, cv: 1 } }, cancel: true, retry: { attempts: 2, backoff: 0s } }
requests:
  - { name: read, weight: 3, query: { exponential: 4ms, cpu: 25% } }
  - { name: write, weight: 0, hold: { uniform: { low: 1ms, high: 3ms } } }
service:
  instances: 4
  balancer: random
  concurrency: 50
  queue: 0
  pool:
    { profile: generic, max: 7, initial: 0, min: 3, acquireTimeout: 250ms, maxPending: 20, order: lifo,
      idleTimeout: 10m, handover: 50us, reconnectShare: 1.5% }
database:
  cores: 8
  contention: cores
  roundTrip: 500us
  maxConnections: 100
  reservedConnections: 5
  otherConnections: 20
  connect: { latency: { lognormal: { mean: 50ms, cv: 0.5 } } }
objectives: [errors < 1% over run, response p99 < 1s]
alerts:
  - { name: Slow, kind: dashboard, when: response p90 > 1s over 5m, every: 30s, for: 1m }
  - { name: Waiting, when: pool pending > 10, per: instance }
timeline:
  - { at: 10m, title: A note }
  - { at: "15:00", title: A change, set: { service.instances: 5 }, restart: { each: 20s } }
provenance:
  service: assumed
  service.pool.max: { grade: stated, note: from the runbook }
  the load is steady: predicted
readings:
  - { reading: slow, implies: waiting, inReplay: see the plot }
`);
    const [service] = scenario.system.services;
    expect(scenario).toMatchObject({ name: 'all-keys', title: 'Every key there is', seed: 'abc' });
    expect(scenario).toMatchObject({
      startMs: Date.UTC(2024, 0, 21, 13, 30),
      utcOffsetMinutes: 60,
      durationNs: 7200e9,
    });
    expect(service).toEqual({
      name: 'service',
      traffic: trafficOf({
        rate: [
          { atNs: 0, perSecond: 0 },
          { atNs: 1800e9, perSecond: 50.5 },
          { atNs: 1800e9, perSecond: 70 },
        ],
      }),
      client: {
        timeoutNs: 10e9,
        patience: { family: 'lognormal', mean: 4e9, cv: 1 },
        cancel: true,
        retryAttempts: 2,
        retryBackoffNs: 0,
      },
      requests: [
        {
          name: 'read',
          weight: 3,
          work: { kind: 'query', work: { family: 'exponential', mean: 4e6 }, cpu: 0.25 },
        },
        {
          name: 'write',
          weight: 0,
          work: { kind: 'hold', hold: { family: 'uniform', low: 1e6, high: 3e6 } },
        },
      ],
      instances: 4,
      balancer: 'random',
      concurrency: 50,
      queue: 0,
      pool: {
        profile: 'generic',
        max: 7,
        initial: 0,
        acquireTimeoutNs: 250e6,
        maxPending: 20,
        idleTimeoutNs: 600e9,
        min: 3,
        connectTimeoutNs: Infinity,
        handoverNs: 50e3,
        reconnectShare: 0.015,
        policy: { ...GENERIC_POLICY, order: 'lifo' },
      },
    });
    expect(scenario.system.database).toEqual({
      cores: 8,
      contention: { kind: 'cores' },
      roundTripNs: 500_000,
      maxConnections: 100,
      reservedConnections: 5,
      otherConnections: 20,
      connectLatency: { family: 'lognormal', mean: 50e6, cv: 0.5 },
      connectFailure: 0,
      closingNs: 0,
    });
    expect(scenario.objectives).toEqual([
      {
        text: 'errors < 1% over run',
        condition: { metric: { kind: 'errors' }, comparison: '<', limit: 0.01 },
        scope: { kind: 'run' },
      },
      {
        text: 'response p99 < 1s',
        condition: {
          metric: { kind: 'percentile', of: 'response', p: 0.99 },
          comparison: '<',
          limit: 1,
        },
        scope: { kind: 'worst-window', windowNs: 300e9 },
      },
    ]);
    expect(scenario.alerts).toMatchObject([
      { name: 'Slow', kind: 'dashboard', overNs: 300e9, everyNs: 30e9, forNs: 60e9, per: 'fleet' },
      {
        name: 'Waiting',
        kind: 'automated',
        overNs: 60e9,
        everyNs: 15e9,
        forNs: 0,
        per: 'instance',
      },
    ]);
    expect(scenario.timeline).toMatchObject([
      { atNs: 600e9, title: 'A note', set: {}, settings: null, restart: null },
      {
        atNs: 1800e9,
        title: 'A change',
        set: { 'service.instances': 5 },
        settings: { services: [{ instances: 5 }] },
        restart: { service: 0, eachNs: 20e9 },
      },
    ]);
    expect(scenario.provenance).toEqual([
      { path: 'service', grade: 'assumed', note: '' },
      { path: 'service.pool.max', grade: 'stated', note: 'from the runbook' },
      { path: 'the load is steady', grade: 'predicted', note: '' },
    ]);
    expect(scenario.readings).toEqual([
      { reading: 'slow', implies: 'waiting', inReplay: 'see the plot' },
    ]);
  });

  it('reads several services, each with its own traffic and requests', () => {
    const { system, timeline } = scenarioOf(`
duration: 1m
services:
  web: { traffic: { rate: 10 }, requests: { query: 5ms }, pool: { max: 3 } }
  jobs: { traffic: { rate: 1 }, requests: [{ name: job, hold: 1s }], instances: 2 }
database: { contention: { usl: { sigma: 0.02, kappa: 0.00005 } } }
timeline:
  - { at: 10s, title: More, set: { services.web.pool.max: 5, services.jobs.requests.job.hold: 2s } }
  - { at: 20s, title: Again, restart: { service: jobs, each: 1s } }
`);
    expect(system.services.map((s) => [s.name, s.pool.max, s.instances])).toEqual([
      ['web', 3, 1],
      ['jobs', 10, 2],
    ]);
    expect(system.database.contention).toEqual({ kind: 'usl', sigma: 0.02, kappa: 0.00005 });
    expect(timeline[0]?.settings?.services).toMatchObject([
      { name: 'web', pool: { max: 5, initial: 5 } },
      { name: 'jobs', requests: [{ work: { hold: { value: 2e9 } } }] },
    ]);
    expect(timeline[1]?.restart).toEqual({ service: 1, eachNs: 1e9 });
  });

  it('takes none and unlimited for infinite', () => {
    const text = withPassage(
      minimal,
      'service: {}',
      'service: { concurrency: unlimited, queue: unlimited, pool: { acquireTimeout: none } }\ndatabase: { maxConnections: unlimited }',
    );
    const service = serviceOf(text);
    expect([service.concurrency, service.queue, service.pool.acquireTimeoutNs]).toEqual([
      Infinity,
      Infinity,
      Infinity,
    ]);
  });

  it('reads JSON', () => {
    const document = {
      duration: '1m',
      traffic: { rate: 100 },
      requests: { query: '5ms' },
      service: {},
    };
    const { hash } = scenarioOf(JSON.stringify(document));
    expect(hash).toBe(scenarioOf(minimal).hash);
  });

  it('names a scenario after its file', () => {
    for (const [file, name] of [
      ['scenarios/january-2024.yaml', 'january-2024'],
      ['C:\\tests\\small.yml', 'small'],
      ['big.json', 'big'],
    ] as const) {
      const reading = parseScenario({ file, text: minimal, sets: [] });
      expect(reading.ok && reading.scenario.name).toBe(name);
    }
  });

  it('reads seeds as text, and refuses numbers that are not exact', () => {
    expect(scenarioOf(`${minimal}seed: 20240121`).seed).toBe('20240121');
    expect(scenarioOf(`${minimal}seed: "007"`).seed).toBe('007');
    expect(faultsOf(`${minimal}seed: 12345678901234567890`)).toEqual([
      '5:7: seed: 12345678901234567000 is not exact as a number; write it in quotes',
    ]);
    expect(faultsOf(`${minimal}seed: 1.5`)).toHaveLength(1);
  });

  it('puts the start on the clock of the time zone when it has no offset of its own', () => {
    const start = (line: string) => {
      const { startMs, utcOffsetMinutes } = scenarioOf(`${minimal}${line}`);
      return [startMs - Date.UTC(2024, 0, 21), utcOffsetMinutes];
    };
    const hour = 3_600_000;
    expect(start('start: 2024-01-21T13:30\ntimezone: "+02:00"')).toEqual([11.5 * hour, 120]);
    expect(start('start: 2024-01-21T13:30Z\ntimezone: "+02:00"')).toEqual([13.5 * hour, 120]);
    expect(start('start: 2024-01-21T13:30+02:00')).toEqual([11.5 * hour, 120]);
    expect(start('start: 2024-01-21T13:30')).toEqual([13.5 * hour, 0]);
  });

  it('judges an objective on the whole run when that is shorter than the usual window', () => {
    const scope = (duration: string) =>
      scenarioOf(`${minimal}objectives: [errors < 1%]`, `duration=${duration}`).objectives[0]
        ?.scope;
    expect(scope('1m')).toEqual({ kind: 'run' });
    expect(scope('5m')).toEqual({ kind: 'worst-window', windowNs: 300e9 });
  });
});

describe('the hash', () => {
  it('is of what is meant, not of how it is written, and leaves the seed out', () => {
    const { hash } = scenarioOf(minimal);
    expect(scenarioOf(`# a comment\n${minimal}seed: 7\n`).hash).toBe(hash);
    expect(scenarioOf(withPassage(minimal, '1m', '60s')).hash).toBe(hash);
    expect(scenarioOf(minimal, 'service.pool.acquireTimeout=none').hash).toBe(hash);
  });

  it('differs when anything else differs', () => {
    const hashes = [
      scenarioOf(minimal),
      scenarioOf(minimal, 'service.pool.max=11'),
      scenarioOf(minimal, 'service.pool.acquireTimeout=5s'),
      scenarioOf(minimal, 'title=Other'),
      scenarioOf(`${minimal}timeline: [{ at: 1s, title: A, set: { service.pool.max: 11 } }]`),
      scenarioOf(`${minimal}timeline: [{ at: 1s, title: A, set: { service.pool.max: 12 } }]`),
    ].map((scenario) => scenario.hash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

import { describe, expect, it } from 'vitest';
import { GENERIC_POLICY } from '../../src/model/pool/policy.ts';
import { formatFault } from '../../src/scenario/fault.ts';
import { settingsAt } from '../../src/scenario/settings-at.ts';
import { trafficOf } from '../support/small-system.ts';
import { faultsOf, minimal, scenarioOf, withPassage } from './reading.ts';

/** A scenario of ten minutes whose timeline is the lines given. */
function withTimeline(...lines: string[]): string {
  return `duration: 10m
traffic: { rate: [{ at: 0s, rps: 10 }, { at: 1m, rps: 20 }], client: { timeout: 9s } }
requests:
  - { name: page, query: { lognormal: { mean: 16ms, cv: 1.5 }, cpu: 40% } }
service: { instances: 2, pool: { max: 10, acquireTimeout: 5s } }
database: { contention: { usl: { sigma: 0.02, kappa: 0.00005 } }, connect: { latency: 40ms } }
timeline:
${lines.map((line) => `  - ${line}\n`).join('')}`;
}

const setting = (set: string): string => withTimeline(`{ at: 1m, title: A, set: ${set} }`);

describe('a set of the timeline', () => {
  it('becomes complete settings, on top of those before it', () => {
    const { timeline } = scenarioOf(
      withTimeline(
        '{ at: 1m, title: A, set: { service.pool.max: 20 } }',
        '{ at: 2m, title: B }',
        '{ at: 3m, title: C, set: { service.balancer: random } }',
      ),
    );
    expect(timeline.map((entry) => entry.settings?.services[0]?.pool.max)).toEqual([
      20,
      undefined,
      20,
    ]);
    expect(timeline[2]?.settings?.services[0]).toMatchObject({
      balancer: 'random',
      instances: 2,
      pool: { max: 20, initial: 20, acquireTimeoutNs: 5e9 },
    });
  });

  it('changes whatever can change: one path, a whole map, a point of the rate', () => {
    const settings = scenarioOf(
      setting(`{
        service.instances: 3, service.concurrency: 7, service.queue: 5,
        service.pool: { max: 4, initial: 1, maxPending: 6, order: lifo, handover: 2ms },
        service.pool.idleTimeout: 30s, service.pool.min: 2,
        requests.page.query.lognormal: { mean: 10ms, cv: 1 }, requests.page.query.cpu: 50%,
        requests.page.weight: 2,
        traffic.client.timeout: 3s, traffic.client.retry: { attempts: 1, backoff: 2s },
        'traffic.rate[1].rps': 99,
        database.cores: 4, database.contention.usl.kappa: 0, database.roundTrip: 1ms,
        database.maxConnections: 90, database.connect.latency: 80ms }`),
    ).timeline[0]?.settings;
    expect(settings).toEqual({
      services: [
        {
          name: 'service',
          traffic: trafficOf({
            rate: [
              { atNs: 0, perSecond: 10 },
              { atNs: 60e9, perSecond: 99 },
            ],
          }),
          client: {
            timeoutNs: 3e9,
            patience: null,
            cancel: false,
            retryAttempts: 1,
            retryBackoffNs: 2e9,
          },
          requests: [
            {
              name: 'page',
              weight: 2,
              work: { kind: 'query', work: { family: 'lognormal', mean: 10e6, cv: 1 }, cpu: 0.5 },
            },
          ],
          instances: 3,
          balancer: 'round-robin',
          concurrency: 7,
          queue: 5,
          pool: {
            profile: 'generic',
            max: 4,
            initial: 1,
            acquireTimeoutNs: Infinity,
            maxPending: 6,
            idleTimeoutNs: 30e9,
            min: 2,
            connectTimeoutNs: Infinity,
            handoverNs: 2e6,
            reconnectShare: 0,
            policy: { ...GENERIC_POLICY, order: 'lifo' },
          },
        },
      ],
      database: {
        cores: 4,
        contention: { kind: 'usl', sigma: 0.02, kappa: 0 },
        roundTripNs: 1e6,
        maxConnections: 90,
        reservedConnections: 3,
        otherConnections: 0,
        connectLatency: { family: 'constant', value: 80e6 },
        connectFailure: 0,
        closingNs: 0,
      },
    });
  });

  it.each([
    [
      '{ service.pool.maxx: 20 }',
      '8:32: timeline[0].set.service.pool.maxx: unknown key; did you mean max?',
    ],
    [
      '{ service.pol.max: 20 }',
      '8:49: timeline[0].set.service.pol.max: service.pol: unknown key; did you mean pool?',
    ],
    [
      '{ sevice.pool.max: 20 }',
      '8:32: timeline[0].set.sevice.pool.max: sevice is unknown; did you mean service?',
    ],
    [
      '{ service.pool.max: 0 }',
      '8:50: timeline[0].set.service.pool.max: 0 is out of range; a whole number from 1 to 1000000 is needed',
    ],
    [
      '{ service.pool.max: }',
      '8:50: timeline[0].set.service.pool.max: is empty; a whole number from 1 to 1000000 is needed',
    ],
    [
      '{ service.pool: { max: 5, acquireTimeout: 5 } }',
      '8:72: timeline[0].set.service.pool.acquireTimeout: 5: a duration needs a unit; did you mean 5s or 5ms?',
    ],
    [
      '{ service.pool.initial: 11 }',
      '8:54: timeline[0].set.service.pool.initial: 11 is more than max (10); at most that, or max, is needed',
    ],
    [
      '{ service.pool.max.most: 11 }',
      '8:32: timeline[0].set.service.pool.max.most: service.pool.max is 10; nothing in it is named most',
    ],
    [
      '{ service..max: 11 }',
      '8:32: timeline[0].set.service..max: service..max is no path such as service.pool.max',
    ],
    [
      '{ requests.pag.weight: 1 }',
      '8:32: timeline[0].set.requests.pag.weight: requests has no item named pag; did you mean page?',
    ],
    [
      "{ 'traffic.rate[2].rps': 1 }",
      '8:32: timeline[0].set.traffic.rate[2].rps: traffic.rate has 2 items; [2] is not one of them',
    ],
    [
      "{ 'traffic.rate[1].at': 11m, 'traffic.rate[0].at': 12m }",
      '8:54: timeline[0].set.traffic.rate[1].at: 11m comes before the point above it (00:12); points stand in order of time',
    ],
    [
      '{ requests.page.weight: 0 }',
      '8:54: timeline[0].set.requests.page.weight: requests: all weights are 0; at least one must be positive',
    ],
    ['{}', '8:30: timeline[0].set: sets nothing; leave it out'],
    ['[1]', '8:30: timeline[0].set: is no map of paths and values'],
  ])('is refused when it is wrong: %s', (set, fault) => {
    expect(faultsOf(setting(set))).toEqual([fault]);
  });

  it.each([
    [
      '{ requests.page.query: { exponential: 5ms } }',
      "a distribution's family cannot change during a run; its parameters can",
    ],
    [
      '{ requests.page: { name: page, hold: 5ms } }',
      'query cannot become hold: the kind of work cannot change during a run',
    ],
    [
      '{ requests.page.name: site }',
      'the number and names of request classes cannot change during a run',
    ],
    [
      '{ requests: [{ name: page, query: { lognormal: { mean: 1ms, cv: 1 } } }, { name: b, hold: 1s }] }',
      'the number and names of request classes cannot change during a run',
    ],
    ['{ traffic.client.patience: 3s }', 'whether clients lose patience cannot change during a run'],
    ['{ database.contention: cores }', 'the kind of contention cannot change during a run'],
    [
      '{ database.connect.latency: { exponential: 5ms } }',
      "a distribution's family cannot change during a run; its parameters can",
    ],
    [
      '{ traffic.arrivals: deterministic }',
      'the kind of arrivals (but for the phases of mmpp) cannot change during a run',
    ],
    ['{ services.web.pool.max: 5 }', 'there is one service; begin with service'],
    ...[
      'format',
      'name',
      'title',
      'start',
      'timezone',
      'duration',
      'seed',
      'objectives',
      'alerts',
      'timeline',
      'provenance',
      'readings',
    ].map((key) => [
      `{ ${key}: 1 }`,
      `${key} cannot change during a run; allowed: service, traffic, requests, database`,
    ]),
  ])('cannot change what requests under way depend on: %s', (set, message) => {
    const faults = faultsOf(setting(set));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^8:\d+: timeline\[0\]\.set\./);
    expect(faults[0]?.endsWith(`: ${message}`), faults[0]).toBe(true);
  });

  it('cannot change the services', () => {
    const text = `duration: 1m
services: { web: { traffic: { rate: 1 }, requests: { query: 5ms } } }
timeline:
  - { at: 1s, title: A, set: { services.web.pool.max: 5 } }
  - { at: 2s, title: B, set: { services.jobs: { traffic: { rate: 1 }, requests: { query: 5ms } } } }
  - { at: 3s, title: C, set: { service.pool.max: 5 } }
`;
    expect(faultsOf(text)).toEqual([
      '5:47: timeline[1].set.services.jobs: the number and names of services cannot change during a run',
      '6:32: timeline[2].set.service.pool.max: there are several services; begin with services.<name>',
    ]);
  });

  it('is not blamed for what was wrong before it, nor for what another one did', () => {
    const text = withTimeline(
      '{ at: 1m, title: A, set: { service.pool.max: 20 } }',
      '{ at: 2m, title: B, set: { service.pool.max: 0 } }',
      '{ at: 3m, title: C, set: { service.instances: 3 } }',
    );
    expect(faultsOf(text)).toEqual([
      '9:50: timeline[1].set.service.pool.max: 0 is out of range; a whole number from 1 to 1000000 is needed',
    ]);
    expect(faultsOf(withPassage(text, 'acquireTimeout: 5s', 'acquireTimeout: 5'))).toEqual([
      '5:59: service.pool.acquireTimeout: 5: a duration needs a unit; did you mean 5s or 5ms?',
      '9:50: timeline[1].set.service.pool.max: 0 is out of range; a whole number from 1 to 1000000 is needed',
    ]);
  });

  it('may not shrink the pool below the connections that it was told to start with', () => {
    expect(
      scenarioOf(setting('{ service.pool.max: 5 }')).timeline[0]?.settings?.services[0]?.pool,
    ).toMatchObject({ max: 5, initial: 5 });
    const cold = withPassage(setting('{ service.pool.max: 5 }'), 'max: 10', 'initial: 8, max: 10');
    expect(faultsOf(cold)).toEqual([
      '8:50: timeline[0].set.service.pool.max: service.pool.initial: 8 is more than max (5); at most that, or max, is needed',
    ]);
  });
});

describe('--set', () => {
  const base = withTimeline('{ at: 1m, title: A, set: { service.pool.max: 20 } }');

  it('changes the document before anything else is done', () => {
    const scenario = scenarioOf(base, 'service.pool.max=7', 'duration=5m', 'seed=9', 'name=other');
    expect(scenario).toMatchObject({ durationNs: 300e9, seed: '9', name: 'other' });
    expect(scenario.system.services[0]?.pool).toMatchObject({ max: 7, initial: 7 });
    expect(scenario.timeline[0]?.settings?.services[0]?.pool.max).toBe(20);
    expect(scenario.document).toMatchObject({ duration: '5m', service: { pool: { max: 7 } } });
  });

  it('takes values as YAML, maps and lists too', () => {
    const scenario = scenarioOf(
      base,
      'requests.page.query={ exponential: 3ms }',
      'timeline=[]',
      'service.pool.max=8',
      'traffic.rate[0].rps=12.5',
    );
    expect(scenario.timeline).toEqual([]);
    expect(scenario.system.services[0]).toMatchObject({
      pool: { max: 8 },
      traffic: { rate: [{ perSecond: 12.5 }, { perSecond: 20 }] },
      requests: [{ work: { work: { family: 'exponential', mean: 3e6 }, cpu: 1 } }],
    });
  });

  it('reaches the only request class by its name, or without one', () => {
    for (const path of ['requests.query', 'requests.request.query', 'requests[0].query']) {
      expect(scenarioOf(minimal, `${path}=7ms`).system.services[0]?.requests).toMatchObject([
        { name: 'request', work: { work: { value: 7e6 } } },
      ]);
    }
  });

  it.each([
    [
      'service.pool.max=0',
      '--set service.pool.max=0: service.pool.max: 0 is out of range; a whole number from 1 to 1000000 is needed',
    ],
    [
      'service.pool.mx=5',
      '--set service.pool.mx=5: service.pool.mx: unknown key; did you mean max?',
    ],
    [
      'service.pool={ mx: 5 }',
      '--set service.pool={ mx: 5 }: service.pool.mx: unknown key; did you mean max?',
    ],
    [
      'service.pool.acquireTimeout=5',
      '--set service.pool.acquireTimeout=5: service.pool.acquireTimeout: 5: a duration needs a unit; did you mean 5s or 5ms?',
    ],
    [
      'service.pool.max=[1',
      '--set service.pool.max=[1: the value is not valid YAML: Flow sequence must end with a ]',
    ],
    [
      'service.pool.max=',
      '--set service.pool.max=: service.pool.max: is empty; a whole number from 1 to 1000000 is needed',
    ],
    [
      'requests.pagee.weight=1',
      '--set requests.pagee.weight=1: requests has no item named pagee; did you mean page?',
    ],
    [
      'requests.page.weight=0',
      '--set requests.page.weight=0: requests: all weights are 0; at least one must be positive',
    ],
    [
      'services.web.pool.max=1',
      '--set services.web.pool.max=1: there is one service; begin with service',
    ],
    ['sevice.pool.max=1', '--set sevice.pool.max=1: sevice: unknown key; did you mean service?'],
    ['=1', '--set =1: "" is no path such as service.pool.max'],
    ['duration=30s', '8:11: timeline[0].at: 1m is beyond the end of the run (00:00:30) (by --set)'],
  ])('is named by its faults: %s', (set, fault) => {
    expect(faultsOf(base, set)).toEqual([fault]);
  });

  it('is not blamed for the faults of the file', () => {
    const text = withPassage(base, 'max: 10', 'max: 0');
    expect(faultsOf(text, 'service.instances=3', 'service.queue=-1')).toEqual([
      '5:39: service.pool.max: 0 is out of range; a whole number from 1 to 1000000 is needed',
      '--set service.queue=-1: service.queue: -1 is out of range; a whole number from 0 to 1000000000, or unlimited, is needed',
    ]);
    expect(faultsOf(text, 'service.pool.max=3')).toEqual([]);
  });
});

describe('settingsAt', () => {
  const scenario = scenarioOf(
    withTimeline(
      '{ at: 1m, title: A, set: { service.pool.max: 20 } }',
      '{ at: 2m, title: B, set: { service.balancer: random, requests.page.query.lognormal.mean: 9ms } }',
    ),
  );

  function poolAndBalancer(atNs: number, sets: Record<string, unknown> = {}) {
    const reading = settingsAt(scenario, atNs, sets);
    if (!reading.ok) throw new Error(reading.faults.map(formatFault).join('\n'));
    const [service] = reading.settings.services;
    return [service?.pool.max, service?.balancer];
  }

  it('follows the timeline up to and including an instant', () => {
    expect(poolAndBalancer(0)).toEqual([10, 'round-robin']);
    expect(poolAndBalancer(60e9 - 1)).toEqual([10, 'round-robin']);
    expect(poolAndBalancer(60e9)).toEqual([20, 'round-robin']);
    expect(poolAndBalancer(120e9)).toEqual([20, 'random']);
  });

  it('is what the scenario itself says at those instants', () => {
    expect(settingsAt(scenario, 0, {})).toEqual({ ok: true, settings: scenario.system });
    expect(settingsAt(scenario, 120e9, {})).toEqual({
      ok: true,
      settings: scenario.timeline[1]?.settings,
    });
  });

  it('applies further changes on top', () => {
    expect(poolAndBalancer(120e9, { 'service.pool.max': 33 })).toEqual([33, 'random']);
    expect(scenario.system.services[0]?.pool.max).toBe(10);
  });
  it('refuses what a change may not do', () => {
    const reading = settingsAt(scenario, 0, {
      'service.pool.max': 0,
      'service.pool.mx': 1,
      duration: '1h',
    });
    expect(reading.ok ? [] : reading.faults.map(formatFault)).toEqual([
      'set duration=1h: duration: duration cannot change during a run; allowed: service, traffic, requests, database',
      'set service.pool.max=0: service.pool.max: 0 is out of range; a whole number from 1 to 1000000 is needed',
      'set service.pool.mx=1: service.pool.mx: unknown key; did you mean max?',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  boundsQueue,
  disturbanceOf,
  isStationary,
  loadWithRetries,
  unboundedLoad,
  unboundedLoadAtEnd,
} from '../../src/experiment/stability.ts';
import { simulate } from '../../src/experiment/run.ts';
import type { RunResult } from '../../src/experiment/result.ts';
import { scenarioOf, serviceOf } from '../scenario/reading.ts';

const text = `duration: 60s
traffic: { rate: 200 }
requests: { hold: { exponential: 20ms } }
service: { instances: 1, pool: { max: 5, acquireTimeout: none } }
`;

function steadyOf(...sets: string[]): RunResult['steady'] {
  const steps = simulate(scenarioOf(text, ...sets));
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value.steady;
  }
}

const note = `${text}timeline: [ { at: 5s, title: somebody looked } ]\n`;

describe('what changes during a run', () => {
  it.each([
    [null, text],
    [null, note],
    ['timeline', note.replace('looked', 'changed, set: { service.pool.max: 6 }')],
    ['timeline', note.replace('looked', 'restarted, restart: { each: 1s }')],
    ['rate', text.replace('200', '[{ at: 0s, rps: 1 }, { at: 9s, rps: 2 }]')],
    [null, text.replace('200', '[{ at: 0s, rps: 1 }, { at: 90s, rps: 1 }, { at: 90s, rps: 2 }]')],
    ['rate', text.replace('200', '[{ at: 0s, rps: 1 }, { at: 90s, rps: 2 }]')],
    [null, text.replace('200', '[{ at: 70s, rps: 3 }, { at: 90s, rps: 2 }]')],
    ['bursts', text.replace('200', '200, bursts: [{ at: 9s, count: 5 }]')],
    [null, text.replace('200', '200, bursts: [{ at: 90s, count: 5 }]')],
    [null, text.replace('rate: 200', 'users: 10, think: 1s')],
    [
      'users',
      text.replace('rate: 200', 'users: [{ at: 0s, users: 1 }, { at: 9s, users: 9 }], think: 1s'),
    ],
    [null, text.replace('200', '200, arrivals: { mmpp: { ratio: 3, calm: 1s, busy: 1s } }')],
    [null, text.replace('200', '200, arrivals: { batch: 5 }')],
    [null, text.replace('200', '200, arrivals: { erlang: 4 }')],
    [null, text.replace('200', '200, arrivals: deterministic')],
  ])('is %s in %j', (change, scenario) => {
    expect(disturbanceOf(scenarioOf(scenario))).toBe(change);
    expect(isStationary(scenarioOf(scenario))).toBe(change === null);
  });

  it('is the trace, if that is the traffic', () => {
    const scenario = scenarioOf(text);
    const [service] = scenario.system.services;
    if (service === undefined) throw new Error('no service');
    const trace = { atNs: Float64Array.of(1, 2), holdNs: null };
    const services = [{ ...service, traffic: { ...service.traffic, trace } }];
    expect(disturbanceOf({ ...scenario, system: { ...scenario.system, services } })).toBe('trace');
  });
});

describe('a queue', () => {
  it.each([
    [false, []],
    [true, ['service.pool.acquireTimeout=1s']],
    [true, ['service.pool.maxPending=0']],
    [true, ['service.pool.maxPending=1000']],
    [false, ['traffic.client.timeout=1s']],
    [true, ['traffic.client.timeout=1s', 'traffic.client.cancel=true']],
    [false, ['traffic.client.patience={exponential: 1s}']],
    [true, ['traffic.client.patience={exponential: 1s}', 'traffic.client.cancel=true']],
    [false, ['traffic.client.cancel=true']],
    [false, ['service.concurrency=10']],
    [true, ['service.concurrency=10', 'service.queue=5']],
    [false, ['service.queue=5']],
    // The gate lets in 10 at most: 5 work, 5 wait, nobody is ever turned away by the pool.
    [false, ['service.concurrency=10', 'service.pool.maxPending=5']],
    [true, ['service.concurrency=11', 'service.pool.maxPending=5']],
    [false, ['service.concurrency=5', 'service.pool.acquireTimeout=1s']],
    [false, ['traffic.client.timeout=1s', 'traffic.client.retry.attempts=2']],
  ])('is bounded (%s) with %j', (bounded, sets) => {
    expect(boundsQueue(serviceOf(text, ...sets))).toBe(bounded);
  });
});

/** Fewer brackets in the tables below. */
const contention = (kind: string, query: string) =>
  text.replace('hold: { exponential: 20ms }', query) +
  `database: { cores: 4, contention: ${kind} }\n`;
const cores = contention('cores', 'query: { exponential: 20ms }');
const usl = contention('{ usl: { sigma: 0.1, kappa: 0 } }', 'query: { exponential: 20ms }');
const retrograde = contention('{ usl: { sigma: 0, kappa: 0.25 } }', 'query: { exponential: 20ms }');
const even = text
  .replace('200', '250, arrivals: deterministic')
  .replace('{ exponential: 20ms }', '20ms');
const users = text.replace('rate: 200', 'users: 100, think: 100ms');
const slots = `${text}database: { maxConnections: 7 }\n`;
const latency = `${text}database: { connect: { latency: 40ms } }\n`;
const two = `duration: 60s
services:
  a: { traffic: { rate: 300 }, requests: { hold: 20ms }, pool: { max: 5, maxPending: 3 } }
  b: { traffic: { rate: 110 }, requests: { hold: 20ms }, pool: { max: 2 } }
`;

describe('the offered load of an unbounded queue', () => {
  it.each<[number | null, string[], string?]>([
    [null, ['traffic.rate=249']],
    [1, ['traffic.rate=250']],
    [1.2, ['traffic.rate=300']],
    [null, ['traffic.rate=300', 'service.pool.acquireTimeout=1s']],
    [null, ['traffic.rate=300', 'service.pool.maxPending=9']],
    [
      3,
      ['traffic.rate=300', 'service.instances=2', 'service.pool.max=10', 'service.concurrency=1'],
    ],
    [1.2, ['traffic.rate=600', 'service.instances=2', 'service.balancer=least-connections']],
    // 5 connections serve 250/s; 5 waiting places are left by the timeout 5/s at most.
    [null, ['traffic.rate=254', 'service.concurrency=10', 'service.pool.acquireTimeout=1s']],
    [1.024, ['traffic.rate=256', 'service.concurrency=10', 'service.pool.acquireTimeout=1s']],
    // Retries come on top, and are not counted.
    [null, ['traffic.rate=200', 'traffic.client.timeout=1s', 'traffic.client.retry.attempts=3']],
    [1.2, ['traffic.rate=300', 'traffic.client.timeout=1s', 'traffic.client.retry.attempts=3']],
    // A connection that is handed over is not used for another 5 ms.
    [1, ['service.pool.handover=5ms']],
    [null, ['service.pool.handover=5ms', 'service.concurrency=5']],
    // One acquisition in four connects anew, for 40 ms: 30 ms a hold.
    [1.2, ['service.pool.reconnectShare=25%'], latency],
    [1, [], text.replace('200', '250, arrivals: deterministic')],
    [1, [], text.replace('200', '250, arrivals: { batch: 10 }')],
    [1.2, [], text.replace('200', '300, arrivals: { mmpp: { ratio: 3, calm: 1s, busy: 1s } }')],
    // As much as can be served, and nothing by chance: nobody waits longer than anybody before.
    [null, [], even],
    [1, ['service.instances=2', 'traffic.rate=500', 'service.balancer=random'], even],
    // A closed system is never overloaded, alone or beside open traffic that is not.
    [null, [], users],
    [null, ['traffic.rate=240'], users],
    [1.2, ['traffic.rate=300'], users],
    // Unless users leave without a word: each makes an attempt every 200 + 100 ms.
    [100 / 0.3 / 250, ['traffic.client.timeout=200ms'], users],
    [null, ['traffic.client.timeout=400ms'], users],
    [null, ['traffic.client.timeout=200ms', 'traffic.client.cancel=true'], users],
    // With patience for 200 ms and a hold of 20 ms it is at least every 320 ms, which is more than 250/s.
    [100 / 0.32 / 250, ['traffic.client.patience=200ms'], users],
    // Who is refused a connection waits no longer.
    [null, ['traffic.rate=300'], slots],
    [1.2, ['traffic.rate=300', 'database.reservedConnections=2'], slots],
    // The bounded service is not counted, the other one is.
    [1.1, [], two],
    // 5 queries on 4 cores serve 4 ÷ 20 ms.
    [1, [], cores],
    [null, ['traffic.rate=199'], cores],
    // V(5) = 1.4: 28 ms.
    [1.12, [], usl],
    [null, ['traffic.rate=178'], usl],
  ])('is %s with %j', (load, sets, of = text) => {
    const scenario = scenarioOf(of, ...sets);
    const found = unboundedLoad(
      scenario,
      scenario.system.services.map(() => null),
    );
    if (load === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(load, 9);
  });

  it('counts what was observed where a pool may be full or not at the same load', () => {
    // V(n) = 1 + n·(n − 1) ÷ 4: two connections serve 66.7/s, five serve 41.7/s.
    const loadAt = (rate: number, holdMs: number) =>
      unboundedLoad(scenarioOf(retrograde, `traffic.rate=${rate}`), [holdMs * 1e6]);
    expect(loadAt(40, 130)).toBeNull();
    expect(loadAt(50, 25)).toBeNull();
    expect(loadAt(50, 119)).toBeCloseTo(50 / (5 / 0.12), 9);
    expect(loadAt(70, 25)).toBeCloseTo(70 / (5 / 0.12), 9);
  });

  it('counts what was observed where several services slow each other down', () => {
    const shared = scenarioOf(`duration: 60s
services:
  a: { traffic: { rate: 200 }, requests: { query: 20ms }, pool: { max: 5 } }
  b: { traffic: { rate: 1 }, requests: { query: 1s }, pool: { max: 5 } }
database: { cores: 4, contention: cores }
`);
    expect(unboundedLoad(shared, [30e6, 1e9])).toBeCloseTo(1.2, 9);
    expect(unboundedLoad(shared, [20e6, 1e9])).toBeNull();
    // Within what an observed mean may be off.
    expect(unboundedLoad(shared, [25.3e6, 1e9])).toBeNull();
  });
});

describe('the load at the end of a run in which something changes', () => {
  const rates = (...points: string[]) => text.replace('200', `[${points.join(', ')}]`);

  it.each([
    [1.2, text.replace('200', '300, bursts: [{ at: 9s, count: 1 }]')],
    [1.2, rates('{ at: 0s, rps: 1 }', '{ at: 50s, rps: 1 }', '{ at: 50s, rps: 300 }')],
    [1.2, rates('{ at: 0s, rps: 300 }', '{ at: 90s, rps: 320 }')],
    [null, rates('{ at: 0s, rps: 320 }', '{ at: 90s, rps: 200 }')],
    [null, rates('{ at: 9s, rps: 900 }', '{ at: 9s, rps: 200 }')],
    [
      1.5,
      `${text}timeline: [ { at: 5s, title: less, set: { service.pool.max: 2, traffic.rate: 150 } } ]`,
    ],
    [
      null,
      `${text}timeline: [ { at: 5s, title: more, set: { service.pool.acquireTimeout: 1s, traffic.rate: 900 } } ]`,
    ],
    [
      1.2,
      text.replace('200', '300, users: [{ at: 0s, users: 0 }, { at: 9s, users: 2 }], think: 1s'),
    ],
  ])('is %s', (load, changing) => {
    const found = unboundedLoadAtEnd(scenarioOf(changing));
    if (load === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(load, 9);
  });

  it('is said of the run', () => {
    const surge = '[{at: 0s, rps: 1}, {at: 30s, rps: 1}, {at: 30s, rps: 400}]';
    const unstable = { unstable: true, offeredLoad: 1.6, reason: 'unbounded-queue', atEnd: true };
    expect(steadyOf(`traffic.rate=${surge}`)).toEqual(unstable);
  });
});

describe('retries', () => {
  it.each([
    [null, ['traffic.client.retry.attempts=3']],
    [3.2, ['traffic.client.retry.attempts=3', 'traffic.client.timeout=1s']],
    [1.6, ['traffic.client.retry.attempts=1', 'traffic.client.patience=1s']],
    [null, ['traffic.rate=50', 'traffic.client.retry.attempts=3', 'traffic.client.timeout=1s']],
    [
      null,
      [
        'traffic.client.retry.attempts=3',
        'traffic.client.timeout=1s',
        'service.pool.acquireTimeout=1s',
      ],
    ],
  ])('can make a load of 0.8 one of %s with %j', (load, sets) => {
    const found = loadWithRetries(scenarioOf(text, ...sets));
    if (load === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(load, 9);
  });
});

describe('the steady state of a run', () => {
  it('has figures from batches after the warm-up', () => {
    const steady = steadyOf('warmup=6s', 'duration=66s');
    expect(steady).toMatchObject({ fromSeconds: 6, batches: 30, batchSeconds: 2 });
    const { figures } = steady as Extract<RunResult['steady'], { figures: object }>;
    const use = figures['pool.utilisation'];
    expect(use?.low).toBeLessThan(use?.mean ?? NaN);
    expect(use?.mean).toBeCloseTo(0.8, 1);
    // 400 responses a batch: too few for a 99th percentile.
    expect(figures['response.p99Ms']).toBeNull();
  });

  it('is marked where the batches are too short to be worth ten independent requests each', () => {
    const marks = (duration: string) => {
      const steady = steadyOf('warmup=6s', `duration=${duration}`);
      return (steady as Extract<RunResult['steady'], { figures: object }>).figures;
    };
    // A batch of 130 waits is worth two, one of 4,000 fifty.
    expect(marks('26s')['acquireWait.meanMs']).toHaveProperty('dependent', true);
    expect(marks('606s')['acquireWait.meanMs']).not.toHaveProperty('dependent');
  });

  it('begins where MSER-5 says when no warm-up is set', () => {
    const steady = steadyOf('duration=10m');
    expect(steady).toHaveProperty('batches');
    const { batches, fromSeconds } = steady as Extract<RunResult['steady'], { figures: object }>;
    expect(batches).toBeGreaterThanOrEqual(20);
    expect(batches).toBeLessThanOrEqual(40);
    expect(fromSeconds).toBeLessThanOrEqual(310);
  });

  it('leaves out how it began, though no warm-up is set', () => {
    // No connection is open for ten seconds; it takes 40 s more until the 2,000 who wait are served.
    const cold = ['duration=20m', 'service.pool.initial=0', 'database.connect.latency=10s'];
    const steady = steadyOf(...cold);
    expect(steady).toHaveProperty('figures');
    const { fromSeconds, figures } = steady as Extract<RunResult['steady'], { figures: object }>;
    expect(fromSeconds).toBeGreaterThan(40);
    // With them it would be above 200 ms; M/M/5 at a load of 0.8 waits 11 ms.
    expect(figures['acquireWait.meanMs']?.high).toBeLessThan(30);
  });

  it('does not exist when the load is more than the pool can serve and nothing bounds the queue', () => {
    const steady = steadyOf('traffic.rate=300');
    expect(steady).toEqual({ unstable: true, offeredLoad: 1.2, reason: 'unbounded-queue' });
  });

  it('exists under the same load when requests give up', () => {
    const steady = steadyOf('traffic.rate=300', 'service.pool.acquireTimeout=200ms', 'warmup=5s');
    expect(steady).toHaveProperty('figures');
  });

  it('is not guessed from a run that is too short', () => {
    const steady = steadyOf('duration=6s', 'warmup=1s');
    expect(steady).toMatchObject({ undecided: true, reason: 'too-short' });
  });

  it('of users alone is never unstable', () => {
    const steady = steadyOf('traffic={users: 100, think: 100ms}');
    const { figures } = steady as Extract<RunResult['steady'], { figures: object }>;
    expect(figures['pool.utilisation']?.mean).toBeGreaterThan(0.99);
    expect(figures['pool.utilisation']?.high).toBe(1);
  });

  it('says what retries could do', () => {
    const steady = steadyOf('traffic.client={timeout: 1s, retry: {attempts: 3}}', 'warmup=6s');
    expect(steady).toMatchObject({ loadWithRetries: 3.2, batches: 30 });
  });

  it('is null when something changes in the run', () => {
    expect(steadyOf('traffic.rate=[{at: 0s, rps: 1}, {at: 10s, rps: 20}]')).toBeNull();
  });
});

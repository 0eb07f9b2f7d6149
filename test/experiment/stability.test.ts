import { describe, expect, it } from 'vitest';
import { boundsQueue, isStationary, unboundedLoad } from '../../src/experiment/stability.ts';
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

describe('a run', () => {
  it('is stationary when nothing changes but notes', () => {
    expect(isStationary(scenarioOf(text))).toBe(true);
    const note = `${text}timeline: [ { at: 5s, title: somebody looked } ]\n`;
    expect(isStationary(scenarioOf(note))).toBe(true);
    const set = note.replace('looked', 'changed, set: { service.pool.max: 6 }');
    expect(isStationary(scenarioOf(set))).toBe(false);
    const restart = note.replace('looked', 'restarted, restart: { each: 1s }');
    expect(isStationary(scenarioOf(restart))).toBe(false);
    const surge = text.replace('200', '[{ at: 0s, rps: 1 }, { at: 9s, rps: 2 }]');
    expect(isStationary(scenarioOf(surge))).toBe(false);
  });
});

describe('a queue', () => {
  it.each([
    [false, []],
    [true, ['service.pool.acquireTimeout=1s']],
    [false, ['traffic.client.timeout=1s']],
    [true, ['traffic.client.timeout=1s', 'traffic.client.cancel=true']],
    [false, ['service.concurrency=10']],
    [true, ['service.concurrency=10', 'service.queue=5']],
  ])('is bounded (%s) with %j', (bounded, sets) => {
    expect(boundsQueue(serviceOf(text, ...sets))).toBe(bounded);
  });
});

describe('the offered load of an unbounded queue', () => {
  it.each([
    [null, ['traffic.rate=249']],
    [1, ['traffic.rate=250']],
    [1.2, ['traffic.rate=300']],
    [null, ['traffic.rate=300', 'service.pool.acquireTimeout=1s']],
    [
      3,
      ['traffic.rate=300', 'service.instances=2', 'service.pool.max=10', 'service.concurrency=1'],
    ],
  ])('is %s with %j', (load, sets) => {
    const found = unboundedLoad(scenarioOf(text, ...sets), [null]);
    if (load === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(load, 9);
  });

  it('counts what was observed where connections slow each other down', () => {
    const contended = scenarioOf(`${text}database: { contention: cores }\n`);
    expect(unboundedLoad(contended, [30e6])).toBeCloseTo(1.2, 9);
    expect(unboundedLoad(contended, [20e6])).toBeNull();
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

  it('begins where MSER-5 says when no warm-up is set', () => {
    const steady = steadyOf('duration=10m');
    expect(steady).toHaveProperty('batches');
    const { batches, fromSeconds } = steady as Extract<RunResult['steady'], { figures: object }>;
    expect(batches).toBeGreaterThanOrEqual(20);
    expect(batches).toBeLessThanOrEqual(40);
    expect(fromSeconds).toBeLessThanOrEqual(310);
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

  it('is null when something changes in the run', () => {
    expect(steadyOf('traffic.rate=[{at: 0s, rps: 1}, {at: 10s, rps: 20}]')).toBeNull();
  });
});

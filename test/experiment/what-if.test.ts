import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/engine/time.ts';
import { memoryNs, planWhatIf, whatIf } from '../../src/experiment/what-if.ts';
import { resultOf, scenarioOf } from './small-run.ts';

/** Offered 1.5 times what the pool serves from 14:02 on: a third fails. */
const surge = {
  duration: '10m',
  traffic: {
    rate: [
      { at: '0s', rps: 100 },
      { at: '2m', rps: 100 },
      { at: '2m', rps: 300 },
    ],
  },
  requests: { hold: { exponential: '25ms' } },
  service: { instances: 1, pool: { max: 5, acquireTimeout: '2s' } },
};

const use = resultOf({ ...surge, duration: '30s' }).use;

const memoryOf = (...parts: object[]) => {
  const merged = parts.reduce<Record<string, unknown>>((all, part) => ({ ...all, ...part }), surge);
  return memoryNs(scenarioOf(merged).system, use);
};

describe('how long a backlog remembers', () => {
  it('is four times the acquire timeout and the longest ordinary use', () => {
    expect(memoryOf()).toBe(4 * (2 * SECOND + (use.p999Ms as number) * 1e6));
  });

  it.each([
    ['without a timeout', { service: { instances: 1, pool: { max: 5, acquireTimeout: 'none' } } }],
    ['with retries', { traffic: { rate: 9, client: { retry: { attempts: 2, backoff: '1s' } } } }],
    ['with users', { traffic: { users: 9, think: { exponential: '1s' } } }],
    ['with a queue before the pool', { service: { ...surge.service, concurrency: 9 } }],
  ])('is without end %s', (_, part) => {
    expect(memoryOf(part)).toBe(Infinity);
  });
});

describe('a what-if', () => {
  const scenario = scenarioOf(surge);
  const onset = 2 * MINUTE;

  it('begins a minute before the onset, or as late as memory allows', () => {
    const plan = (memory: number) => planWhatIf(scenario, onset, 'seed', memory);
    expect(plan(Infinity)?.fromNs).toBe(onset - MINUTE);
    expect(plan(9 * SECOND)?.fromNs).toBe(onset + 2 * MINUTE - 9 * SECOND);
    expect(plan(9 * SECOND)).toEqual({
      ...plan(Infinity),
      fromNs: onset + 2 * MINUTE - 9 * SECOND,
    });
  });

  it('fails the same share whether it begins early or late', () => {
    const errorsFrom = (memory: number, seed: string) => {
      const plan = planWhatIf(scenario, onset, seed, memory);
      if (plan === null) throw new Error('no plan');
      return whatIf(plan, scenario.system, null).figures.errors as number;
    };
    // A third of 36,000 requests fails. Arrivals scatter by √36,000, and the served by about as much.
    const standardError = Math.sqrt(2 * 36_000) / 36_000;
    for (const memory of [Infinity, memoryOf()])
      expect(Math.abs(errorsFrom(memory, 'seed') - 1 / 3)).toBeLessThan(4.5 * standardError);
  });
});

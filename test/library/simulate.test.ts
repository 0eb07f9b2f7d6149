import { describe, expect, it } from 'vitest';
import { advise, InputError, simulate } from '../../src/index.ts';
import { simulate as simulateInSteps } from '../../src/library/steps.ts';
import { scenarioOf } from '../experiment/small-run.ts';

/** Ten requests a second that take a tenth of a second each, evenly: one connection is always in use. */
const even = scenarioOf({
  duration: '1m',
  traffic: { arrivals: 'deterministic', rate: 10 },
  requests: { query: '100ms' },
  service: { instances: 1, pool: { max: 5, reconnectShare: 0 } },
  database: { contention: 'none' },
});

/** Half as much as comes can be served. */
const surged = scenarioOf({
  duration: '3m',
  traffic: {
    rate: [
      { at: '1m', rps: 20 },
      { at: '1m', rps: 200 },
    ],
  },
  requests: { query: { exponential: '20ms' } },
  service: { instances: 1, pool: { max: 2, acquireTimeout: '1s' } },
  database: { contention: 'none' },
});

function faultsOf(call: () => unknown): string[] {
  try {
    call();
  } catch (error) {
    if (error instanceof InputError)
      return error.faults.map(({ path, code }) => `${path}: ${code}`);
    throw error;
  }
  return [];
}

describe('simulate', () => {
  it('returns the result of the whole run', () => {
    const { requests, pool, certificate } = simulate(even);
    // At 0.0, 0.1 … 60.0 s.
    expect(requests.arrived).toBe(601);
    expect(pool.utilisation).toBeCloseTo(1 / 5, 2);
    expect(certificate.holds).toBe(true);
  });

  it('does the same run as the steps do', () => {
    const steps = simulateInSteps(surged);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    expect(simulate(surged)).toEqual(step.value);
  });

  it('takes another seed, as text or as a number', () => {
    const own = simulate(surged);
    const other = simulate(surged, { seed: 99 });
    expect(other.seed).toBe('99');
    expect(other.requests).not.toEqual(own.requests);
    expect(simulate(surged, { seed: '99' })).toEqual(other);
  });

  it('gives means over replications, of which the result is the first', () => {
    const { across, replications, ...first } = simulate(surged, { replications: 3 });
    expect(replications).toBe(3);
    expect(first.requests).toEqual(simulate(surged).requests);
    const { mean = 0, low = 1, high = 0 } = across?.errors ?? {};
    expect([low < mean, mean < high]).toEqual([true, true]);
  });

  it('refuses all arguments that are wrong at once', () => {
    const wrong = { seed: NaN, replications: 0 };
    expect(faultsOf(() => simulate(even, wrong))).toEqual([
      'seed: wrong-type',
      'replications: out-of-range',
    ]);
  });

  it.each([
    ['a path', 'surge.yaml', 'surge.yaml is no scenario; loadScenario and parseScenario make one'],
    ['a promise', Promise.resolve(even), 'is a promise; await the scenario first'],
    ['a reading', { ok: true, scenario: even }, 'is what parseScenario returns'],
    ['nothing', undefined, 'nothing is no scenario'],
  ])('says of %s what is wanted instead', (_, given, message) => {
    expect(() => simulate(given as never)).toThrow(message);
  });
});

describe('advise', () => {
  it('tries more connections on a pool that was too small, and finds that fewer fail', () => {
    const advice = advise(surged, simulate(surged));
    const larger = advice?.trials.filter(({ connections }) => (connections ?? 0) > 4) ?? [];
    expect(larger.length).toBeGreaterThan(0);
    for (const { errors } of larger) expect(errors).toBeLessThan(advice?.unchanged.errors ?? 0);
  });

  it('has nothing to say of a pool that was never full', () => {
    expect(advise(even, simulate(even))).toBeNull();
  });
});

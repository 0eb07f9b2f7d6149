import { describe, expect, it } from 'vitest';
import { check } from '../../../src/experiment/check/check.ts';
import { parseScenario } from '../../../src/scenario/parse-scenario.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';
import { answerNow } from '../answer-now.ts';

function scenario(max: number, objective = 'errors < 50%', rate = 200): Scenario {
  const text = `name: busy
duration: 1m
seed: 7
traffic: { rate: ${rate} }
requests: { query: { exponential: 40ms } }
service: { instances: 1, pool: { max: ${max} } }
database: { cores: 64, contention: none }
objectives: [ ${objective} ]`;
  const read = parseScenario({ file: 'busy.yaml', text, sets: [] });
  if (!read.ok) throw new Error(read.faults[0]?.message);
  return read.scenario;
}

const plan = { seed: null, tolerances: { usual: 0.05, own: {} }, budget: 10_000_000 };

function checkOne(now: Scenario, before: Scenario | null, more: object = {}) {
  const [one] = answerNow(check({ ...plan, items: [{ scenario: now, before }], ...more }));
  if (one === undefined) throw new Error('nothing was checked');
  return one;
}

describe('a check', () => {
  it('ends with the first round when everything is clear', () => {
    const one = checkOne(scenario(10), null);
    expect(one).toMatchObject({ seed: '7', replications: 10, comparison: null });
    expect(one.objectives[0]?.state).toBe('met');
  });

  it('goes on while an objective is undecided, and stops at the budget', () => {
    // What the first round found is the limit that takes longest.
    const { figures } = checkOne(scenario(10), null);
    const mean = figures['response.meanMs'] ?? 0;
    const close = scenario(10, `response mean < ${mean.toFixed(3)}ms over run`);
    const requests = 60 * 200;
    const one = checkOne(close, null, { budget: 25 * requests });
    expect(one.objectives[0]?.state).toBe('undecided');
    expect(one.replications).toBe(25);
    expect(checkOne(close, null, { budget: 1000 }).replications).toBe(2);
  });

  it('simulates what was not changed once, and its differences are exactly 0', () => {
    const one = checkOne(scenario(10), scenario(10), { seed: 'another' });
    expect(one.comparison?.isUnchanged).toBe(true);
    expect(one.comparison?.metrics.map(({ difference }) => difference)).toEqual(
      one.comparison?.metrics.map(() => 0),
    );
  });

  it('gives both sides the same random numbers: what is only written otherwise differs by 0', () => {
    const one = checkOne(scenario(10, 'errors < 40%'), scenario(10), { seed: 'another' });
    expect(one.comparison?.isUnchanged).toBe(false);
    for (const { difference } of one.comparison?.metrics ?? []) expect(difference).toBe(0);
  });

  it('judges the objectives of today on what it was', () => {
    const one = checkOne(scenario(12, 'response p99 < 600ms over run'), scenario(8, 'errors < 9%'));
    expect(one.objectives[0]?.state).toBe('met');
    expect(one.comparison?.objectives?.[0]).toMatchObject({
      text: 'response p99 < 600ms over run',
      state: 'missed',
    });
  });

  it('says of a scenario the same, whatever else is checked', () => {
    const items = [
      { scenario: scenario(12), before: scenario(10) },
      { scenario: scenario(9), before: scenario(10) },
    ];
    const both = answerNow(check({ ...plan, items }));
    expect(both[1]).toEqual(checkOne(scenario(9), scenario(10)));
  });

  it('finds a pool that was made smaller', () => {
    const worse = checkOne(scenario(9), scenario(10)).comparison?.metrics;
    expect(worse?.filter(({ isRegression }) => isRegression).map(({ name }) => name)).toContain(
      'response.p99Ms',
    );
  });
});

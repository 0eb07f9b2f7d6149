import { describe, expect, it } from 'vitest';
import { judgeObjective } from '../../../src/experiment/check/checked-objective.ts';
import type { Value } from '../../../src/experiment/compare/paired.ts';
import { parseScenario } from '../../../src/scenario/parse-scenario.ts';

function judged(text: string, values: readonly Value[]) {
  const scenario = `duration: 1m
traffic: { rate: 1 }
requests: { query: 1ms }
service: { instances: 1, pool: { max: 1 } }
objectives: [ ${text} ]`;
  const read = parseScenario({ file: 'x.yaml', text: scenario, sets: [] });
  if (!read.ok) throw new Error(read.faults[0]?.message);
  const [objective] = read.scenario.objectives;
  if (objective === undefined) throw new Error('no objective');
  const runs = values.map((value) => ({
    figures: {},
    objectives: [{ text, value, met: value === null || (value !== 'infinite' && value < 1) }],
  }));
  return judgeObjective(objective, 0, runs);
}

describe('an objective over several runs', () => {
  it('is met or missed when the interval of its mean lies on one side of the limit', () => {
    // Mean 0.5, s = 0.1, t(9 degrees) = 2.262: the half-width is 2.262 × 0.1054 / √10 = 0.0754.
    const values = [0.4, 0.6, 0.4, 0.6, 0.4, 0.6, 0.4, 0.6, 0.4, 0.6];
    const met = judged('response p99 < 1s', values);
    expect(met).toMatchObject({ state: 'met', value: 0.5, met: 10 });
    expect(met.low).toBeCloseTo(0.5 - 0.0754, 4);
    expect(met.high).toBeCloseTo(0.5 + 0.0754, 4);
    expect(judged('response p99 < 420ms', values).state).toBe('missed');
    expect(judged('response p99 < 450ms', values).state).toBe('undecided');
    expect(judged('response p99 < 580ms', values).state).toBe('met');
    expect(judged('response p99 > 420ms', values).state).toBe('met');
  });

  it('is not decided by one run', () => {
    expect(judged('response p99 < 1s', [0.5])).toMatchObject({ state: 'undecided', value: 0.5 });
  });

  it('is met where nothing was observed, and by runs that are all alike', () => {
    expect(judged('response p99 < 1s', [null, null])).toMatchObject({ state: 'met', value: null });
    expect(judged('errors < 1%', [0, 0])).toMatchObject({
      state: 'met',
      value: 0,
      low: 0,
      high: 0,
    });
  });

  it('is missed where it is infinite in every run', () => {
    expect(judged('response p99 < 1s', ['infinite', 'infinite'])).toMatchObject({
      state: 'missed',
      value: 'infinite',
    });
  });

  it('goes by the median where it is infinite in some runs', () => {
    const some = (infinite: number): Value[] =>
      Array.from({ length: 20 }, (_, i) => (i < infinite ? 'infinite' : 0.5));
    // Of twenty values the interval is from the 6th to the 15th.
    expect(judged('response p99 < 1s', some(5))).toMatchObject({ state: 'met', value: 0.5 });
    expect(judged('response p99 < 1s', some(6)).state).toBe('undecided');
    expect(judged('response p99 < 1s', some(14)).state).toBe('undecided');
    expect(judged('response p99 < 1s', some(15))).toMatchObject({
      state: 'missed',
      value: 'infinite',
      high: null,
    });
  });
});

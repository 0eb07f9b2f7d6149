import { describe, expect, it } from 'vitest';
import { replicate, type Replications } from '../../src/experiment/replicate.ts';
import { type Progress, simulate } from '../../src/experiment/run.ts';
import type { RunResult } from '../../src/experiment/result.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { scenarioOf } from '../scenario/reading.ts';
import { mean, variance } from '../support/statistics.ts';

const text = `duration: 10s
seed: s
traffic: { rate: 200 }
requests: { hold: { exponential: 20ms } }
service: { instances: 1, pool: { max: 5, acquireTimeout: none } }
`;
const scenario = scenarioOf(text);

function drained<R>(work: Generator<Progress, R>): { result: R; progress: Progress[] } {
  const progress: Progress[] = [];
  for (;;) {
    const step = work.next();
    if (step.done === true) return { result: step.value, progress };
    progress.push(step.value);
  }
}

const replicated = (each: Scenario, replications: Replications): RunResult =>
  drained(replicate(each, replications)).result;
const one = (each: Scenario, replication: number): RunResult =>
  drained(simulate(each, { replication })).result;
const fixed = (count: number): Replications => ({ kind: 'fixed', count });

describe('replications', () => {
  it('are those of the seeds rep-1, rep-2 …, and the result is otherwise that of the first', () => {
    const { replications, across, ...rest } = replicated(scenario, fixed(4));
    const { replications: single, ...first } = one(scenario, 1);
    expect([replications, single]).toEqual([4, 1]);
    expect(rest).toEqual(first);
    const means = [1, 2, 3, 4].map((i) => one(scenario, i).response.meanMs ?? NaN);
    expect(new Set(means).size).toBe(4);
    const interval = across?.['response.meanMs'];
    expect(interval?.mean).toBeCloseTo(mean(means), 9);
    // t(0.975, 3) = 3.182
    const halfWidth = 3.182446 * Math.sqrt(variance(means) / 4);
    expect((interval?.high ?? NaN) - (interval?.mean ?? NaN)).toBeCloseTo(halfWidth, 4);
  });

  it('meet the same requests in every setting', () => {
    const other = scenarioOf(text, 'service.pool.max=6');
    for (const i of [1, 2, 3]) {
      const [a, b] = [one(scenario, i), one(other, i)];
      expect(a.series.arrived).toEqual(b.series.arrived);
      expect(a.response.meanMs).not.toBe(b.response.meanMs);
    }
  });

  it('add nothing to the result of a single one', () => {
    expect(replicated(scenario, fixed(1))).toEqual(one(scenario, 1));
  });

  it('say how far all of them have come', () => {
    const { progress } = drained(replicate(scenario, fixed(3)));
    const numbers = [...new Set(progress.map(({ replication }) => replication?.number))];
    expect(numbers).toEqual([1, 2, 3]);
    const times = progress.map(({ simulatedNs }) => simulatedNs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(progress.at(-1)?.simulatedNs).toBe(progress.at(-1)?.durationNs);
  });

  it('have no interval of what one of them never observed, and never NaN', () => {
    const idle = scenarioOf(text.replace('rate: 200', 'rate: 0.07'));
    const { across } = replicated(idle, fixed(6));
    const counts = [1, 2, 3, 4, 5, 6].map((i) => one(idle, i).response.count);
    expect(Math.min(...counts)).toBe(0);
    expect(Math.max(...counts)).toBeGreaterThan(0);
    expect(across?.['response.meanMs']).toBeNull();
    expect(JSON.stringify(across)).not.toContain('NaN');
  });

  it('have intervals that stay within what a share can be', () => {
    const rare = scenarioOf(
      text
        .replace('acquireTimeout: none', 'acquireTimeout: 40ms')
        .replace('rate: 200', 'rate: 170'),
    );
    const { across } = replicated(rare, fixed(3));
    expect(across?.errors?.mean).toBeGreaterThan(0);
    expect(across?.errors?.low).toBeGreaterThanOrEqual(0);
  });
});

describe('a wanted precision', () => {
  const precise = (precision: number, most: number): Replications => ({
    kind: 'precise',
    precision,
    most,
  });

  it('stops at the end of the second round of ten in a row that has reached it', () => {
    const found = replicated(scenario, precise(0.3, 100));
    expect(found.replications % 10).toBe(0);
    expect(found.replications).toBeGreaterThanOrEqual(20);
    // Ten fewer had reached it too.
    const before = replicated(scenario, precise(0.3, found.replications - 10));
    expect(before.precision).toMatchObject({ reached: true });
    expect(found.precision).toMatchObject({ wanted: 0.3, reached: true });
    for (const [figure, { halfWidth, target }] of Object.entries(found.precision?.figures ?? {})) {
      expect(halfWidth, figure).toBeLessThanOrEqual(target ?? NaN);
    }
    const tighter = replicated(scenario, precise(0.03, 400));
    expect(tighter.replications).toBeGreaterThan(found.replications);
  });

  it('gives up at the most, and says of which figures and how many it would take', () => {
    const { replications, precision } = replicated(scenario, precise(0.005, 15));
    expect(replications).toBe(15);
    expect(precision?.reached).toBe(false);
    const figure = precision?.figures['response.meanMs'];
    expect(figure?.reached).toBe(false);
    const ratio = (figure?.halfWidth ?? NaN) / (figure?.target ?? NaN);
    expect(figure?.neededReplications).toBe(Math.ceil(15 * ratio * ratio));
    // Nobody failed: that is known well enough.
    expect(precision?.figures.errors).toMatchObject({ reached: true, halfWidth: 0 });
  });

  it('is the relative half-width γ/(1 + γ), and for errors at least a tenth of γ as a share', () => {
    const { precision, across } = replicated(scenario, precise(0.02, 10));
    const mean = across?.['response.meanMs']?.mean ?? NaN;
    expect(precision?.figures['response.meanMs']?.target).toBeCloseTo((mean * 0.02) / 1.02, 9);
    expect(precision?.figures.errors?.target).toBeCloseTo(0.002, 12);
  });

  it('leaves out what no replication observed', () => {
    const dead = scenarioOf(
      text
        .replace('acquireTimeout: none', 'acquireTimeout: 1ms')
        .replace('hold: { exponential: 20ms }', 'hold: 20s'),
    );
    const { precision } = replicated(dead, precise(0.1, 10));
    expect(Object.keys(precision?.figures ?? {})).toEqual(['errors']);
  });
});

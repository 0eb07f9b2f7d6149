import { describe, expect, it } from 'vitest';
import { compare, type ComparePlan } from '../../../src/experiment/compare/compare.ts';
import { answerNow } from '../answer-now.ts';
import { scenarioOf } from '../small-run.ts';

const document = {
  name: 'shop',
  duration: '20s',
  traffic: { rate: 50 },
  requests: { query: { exponential: '10ms' } },
  service: { instances: 1, pool: { max: 1 } },
  objectives: ['response p99 < 100ms', 'errors < 1%'],
};
const a = scenarioOf(document);
const plan: ComparePlan = { a, b: a, seed: '7', replications: 3, independent: false };

/** Seeds and replications of the runs that are asked for, as `7#1`. */
function runsOf(asked: Partial<ComparePlan>): string[] {
  const first = compare({ ...plan, ...asked }).next();
  if (first.done === true) throw new Error('nothing was asked for');
  const inputs = first.value.inputs as { seed: string; replication: number; side: string }[];
  return inputs.map(({ seed, replication, side }) => `${side} ${seed}#${String(replication)}`);
}

describe('a comparison', () => {
  it('gives run i of both sides the same random numbers', () => {
    expect(runsOf({})).toEqual(['A 7#1', 'B 7#1', 'A 7#2', 'B 7#2', 'A 7#3', 'B 7#3']);
  });

  it('gives B others if it is to be independent, and A the same as ever', () => {
    const runs = runsOf({ independent: true });
    expect(runs.filter((run) => run.startsWith('A'))).toEqual(['A 7#1', 'A 7#2', 'A 7#3']);
    expect(runs.filter((run) => run.startsWith('B 7#'))).toEqual([]);
  });

  it('compares the objectives that both state, word by word', () => {
    const b = scenarioOf({ ...document, objectives: ['errors < 2%', 'response p99 < 100ms'] });
    const { objectives, metrics } = answerNow(compare({ ...plan, b }));
    expect(objectives.map(({ text }) => text)).toEqual(['response p99 < 100ms']);
    expect(metrics.at(-1)?.name).toBe('response p99 < 100ms');
  });

  it('counts the runs that meet an objective on each side', () => {
    const busy = { ...document, traffic: { rate: 75 } };
    const wide = { ...busy, service: { instances: 1, pool: { max: 5 } } };
    const both = { a: scenarioOf(busy), b: scenarioOf(wide) };
    const { objectives } = answerNow(compare({ ...plan, ...both }));
    expect(objectives).toEqual([
      { text: 'response p99 < 100ms', met: { a: 0, b: 3 } },
      { text: 'errors < 1%', met: { a: 3, b: 3 } },
    ]);
  });

  it('has figures of each service where there are several', () => {
    const { traffic, requests, service } = document;
    const services = {
      web: { traffic, requests, ...service },
      api: { traffic, requests, ...service },
    };
    const both = scenarioOf({ name: 'two', duration: '20s', services });
    const { metrics, unlike } = answerNow(compare({ ...plan, a: both, b: both }));
    const names = metrics.map(({ name }) => name).filter((name) => name.startsWith('services.'));
    expect(names).toEqual([
      'services.web.errors',
      'services.web.response.p99Ms',
      'services.api.errors',
      'services.api.response.p99Ms',
    ]);
    expect(unlike).toEqual([]);
  });

  it('says what makes the two hard to pair: other lengths, other names', () => {
    const longer = scenarioOf({ ...document, duration: '30s' });
    expect(answerNow(compare({ ...plan, b: longer })).unlike).toEqual(['duration']);
    const named = scenarioOf({ ...document, requests: [{ name: 'buy', query: '10ms' }] });
    expect(answerNow(compare({ ...plan, b: named })).unlike).toEqual(['streams']);
  });
});

import { describe, expect, it } from 'vitest';
import { withoutSetsOf } from '../../src/scenario/without-sets.ts';
import { scenarioOf } from '../experiment/small-run.ts';

const scenario = scenarioOf({
  duration: '1m',
  traffic: { rate: 50 },
  requests: { query: { lognormal: { mean: '10ms', cv: 1 } } },
  service: { pool: { max: 5 } },
  timeline: [
    { at: '10s', title: 'Plan', set: { 'requests.query.lognormal.mean': '20ms' } },
    {
      at: '20s',
      title: 'Law',
      set: { 'requests.query': { lognormal: { mean: '5ms', cv: 1 } }, 'service.pool.max': 9 },
    },
    { at: '30s', title: 'Out', restart: { service: 'service', each: '1s' } },
    { at: '40s', title: 'Size', set: { 'service.pool.max': 12 } },
  ],
});

const gone = (...paths: string[]) =>
  withoutSetsOf(scenario, paths).leftOut.map(({ title, paths: own }) => [title, ...own]);

describe('what a timeline sets is left out', () => {
  it('at the path that is varied', () => {
    expect(gone('service.pool.max')).toEqual([
      ['Law', 'service.pool.max'],
      ['Size', 'service.pool.max'],
    ]);
    const { timeline } = withoutSetsOf(scenario, ['service.pool.max']).scenario;
    expect(timeline.map(({ set }) => Object.keys(set))).toEqual([
      ['requests.query.lognormal.mean'],
      ['requests.query'],
      [],
      [],
    ]);
    expect(timeline[2]?.restart).toEqual(scenario.timeline[2]?.restart);
    expect(timeline[0]?.settings?.services[0]?.pool.max).toBe(5);
  });

  it('above it, and inside it', () => {
    const both = [
      ['Plan', 'requests.query.lognormal.mean'],
      ['Law', 'requests.query'],
    ];
    expect(gone('requests.query.lognormal.mean')).toEqual(both);
    expect(gone('requests.query')).toEqual(both);
    expect(gone('requests')).toEqual(both);
    expect(gone('requests.query.lognormal.cv')).toEqual([['Law', 'requests.query']]);
  });

  it('nowhere else', () => {
    expect(gone('service.instances', 'traffic.rate')).toEqual([]);
    expect(withoutSetsOf(scenario, ['traffic.rate']).scenario).toBe(scenario);
  });
});

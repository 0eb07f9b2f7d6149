import { describe, expect, it } from 'vitest';
import { documentChanges } from '../../src/scenario/document-changes.ts';
import { looksLikeScenario } from '../../src/scenario/looks-like-scenario.ts';

describe('what differs between two documents', () => {
  it('is each leaf that was changed, added or taken away', () => {
    const before = { service: { instances: 8, pool: { max: 10, min: 2 } }, duration: '1h' };
    const after = { service: { instances: 8, pool: { max: 20, order: 'lifo' } }, duration: '1h' };
    expect(documentChanges(before, after)).toEqual([
      { path: ['service', 'pool', 'max'], before: 10, after: 20 },
      { path: ['service', 'pool', 'order'], before: undefined, after: 'lifo' },
      { path: ['service', 'pool', 'min'], before: 2, after: undefined },
    ]);
  });

  it('goes into lists of the same length, and takes others as a whole', () => {
    const list = (...rps: number[]) => ({ traffic: { rate: rps.map((n) => ({ rps: n })) } });
    expect(documentChanges(list(1, 2), list(1, 3))).toEqual([
      { path: ['traffic', 'rate', 1, 'rps'], before: 2, after: 3 },
    ]);
    expect(documentChanges(list(1), list(1, 3))).toMatchObject([{ path: ['traffic', 'rate'] }]);
  });

  it('is nothing where only words differ', () => {
    const words = { title: 'a', name: 'b', seed: 1, provenance: { x: { grade: 'stated' } } };
    expect(documentChanges({ duration: '1h', ...words }, { duration: '1h' })).toEqual([]);
  });
});

describe('a file among scenarios', () => {
  it('is one with two keys of a scenario', () => {
    expect(looksLikeScenario('duration: 1h\ntraffic: { rate: 5 }\n')).toBe(true);
    expect(looksLikeScenario('{ "duration": "1h", "service": {} }')).toBe(true);
    expect(looksLikeScenario('spring: { datasource: {} }')).toBe(false);
    expect(looksLikeScenario('scenarios: [ a ]\nbaseline: b.json\n')).toBe(false);
    expect(looksLikeScenario('')).toBe(false);
  });

  it('is one as well when its YAML is broken, so that nobody misses it', () => {
    expect(looksLikeScenario('duration: 1h\ntraffic: [\nservice: x')).toBe(true);
    expect(looksLikeScenario('{{ helm }}\nname: [')).toBe(false);
  });
});

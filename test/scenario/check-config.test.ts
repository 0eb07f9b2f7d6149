import { describe, expect, it } from 'vitest';
import { parseBudget, readCheckConfig } from '../../src/scenario/check-config.ts';
import { formatFault } from '../../src/scenario/fault.ts';

function faultsOf(text: string): string[] {
  const read = readCheckConfig('tidemark.config.yaml', text);
  return read.ok ? [] : read.faults.map(formatFault);
}

describe('the configuration of a project', () => {
  it('says what is checked, against what, how strictly and at what cost', () => {
    const text = `scenarios: [ scenarios, more/surge.yaml ]
baseline: ci/baseline.json
tolerance: 5%
tolerances: { errors: 1%, response p99: 10%, acquire p99: 0.2 }
budget: 20M
undecided: fail
seed: 42
`;
    expect(readCheckConfig('tidemark.config.yaml', text)).toEqual({
      ok: true,
      config: {
        scenarios: ['scenarios', 'more/surge.yaml'],
        baseline: 'ci/baseline.json',
        tolerance: 0.05,
        tolerances: { errors: 0.01, 'response.p99Ms': 0.1, 'acquireWait.p99Ms': 0.2 },
        budget: 20_000_000,
        undecided: 'fail',
        seed: '42',
      },
    });
  });

  it('may be empty, and one scenario needs no list', () => {
    expect(readCheckConfig('x', '')).toEqual({ ok: true, config: { tolerances: {} } });
    expect(readCheckConfig('x', 'scenarios: a.yaml')).toMatchObject({
      config: { scenarios: ['a.yaml'] },
    });
  });

  it('names every mistake with its line, what is allowed and what was probably meant', () => {
    const text = `scenario: x
tolerance: 5
tolerances: { response p98: 5% }
budget: lots
undecided: maybe
`;
    const faults = faultsOf(text);
    expect(faults).toHaveLength(5);
    expect(faults[0]).toBe(
      'tidemark.config.yaml:1:1: scenario: unknown key; did you mean scenarios?',
    );
    expect(faults[1]).toContain('tidemark.config.yaml:2:12: tolerance: 5 is no share');
    expect(faults[2]).toMatch(
      /:3:\d+: tolerances\.response p98: "?response p98"? is not judged; did you mean response p99\?/,
    );
    expect(faults[3]).toContain(
      ':4:9: budget: lots is no budget; a number of requests such as 20M',
    );
    expect(faults[4]).toContain(':5:12: undecided: maybe is unknown');
  });

  it('refuses what is no map, and broken YAML', () => {
    expect(faultsOf('- a')[0]).toContain('a map is needed with the keys scenarios, baseline');
    expect(faultsOf('a: [')[0]).toContain('tidemark.config.yaml:1:');
  });
});

describe('a budget', () => {
  it.each([
    ['20M', 20_000_000],
    ['500k', 500_000],
    ['1.5 M', 1_500_000],
    [2000, 2000],
    ['2000', 2000],
  ])('%s', (text, requests) => {
    expect(parseBudget(text)).toEqual({ ok: true, value: requests });
  });

  it.each(['', '-1', '0', '999', '1e9', 'M', '20MM', '20m', null, true])('is not %s', (value) => {
    expect(parseBudget(value).ok).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { checkedFile, overallVerdict } from '../../../src/experiment/check/answer.ts';
import { check } from '../../../src/experiment/check/check.ts';
import { parseScenario } from '../../../src/scenario/parse-scenario.ts';
import { answerNow } from '../answer-now.ts';

function side(max: number, objective = 'errors < 50%') {
  const text = `name: wide
duration: 1m
traffic: { rate: 5 }
requests: { query: 10ms }
service: { instances: 2, pool: { max: ${max}, initial: 0 } }
database: { cores: 64, contention: none, maxConnections: 100 }
objectives: [ ${objective} ]`;
  const read = parseScenario({ file: 'wide.yaml', text, sets: [] });
  if (!read.ok) throw new Error(read.faults[0]?.message);
  return read;
}

type Side = ReturnType<typeof side>;

function judged(
  now: Side,
  before: Side | null,
  policy: 'undecided' | 'pass' | 'fail' = 'undecided',
) {
  const items = [{ scenario: now.scenario, before: before?.scenario ?? null }];
  const tolerances = { usual: 0.05, own: {} };
  const [one] = answerNow(check({ items, seed: '1', tolerances, budget: 1000 }));
  if (one === undefined) throw new Error('nothing was checked');
  return checkedFile({ file: 'wide.yaml', now, before }, one, policy);
}

describe('the verdict on a scenario', () => {
  // Two pools of sixty are 120 connections where 97 are free; five requests per second never need them.
  it('fails for what a change breaks, though the traffic is served as before', () => {
    const file = judged(side(60), side(10));
    expect(file.checked.objectives[0]?.state).toBe('met');
    expect(file.findings.filter(({ isNew }) => isNew).map(({ rule }) => rule)).toContain(
      'steady-state',
    );
    expect(file.verdict).toBe('fail');
  });

  it('passes what was broken before, and what there is nothing to compare with', () => {
    expect(judged(side(61), side(60)).verdict).toBe('pass');
    expect(judged(side(60), null).verdict).toBe('pass');
  });

  it('is what an undecided objective counts as', () => {
    // The mean of what arrives is the limit, and two runs of 300 requests do not tell on which side it lies.
    const open = side(10, 'arrivals < 5/s over run');
    expect(judged(open, null).checked.objectives[0]?.state).toBe('undecided');
    expect(judged(open, null).verdict).toBe('undecided');
    expect(judged(open, null, 'pass').verdict).toBe('pass');
    expect(judged(open, null, 'fail').verdict).toBe('fail');
  });

  it('of all together fails if one fails, and is undecided if one is', () => {
    const verdicts = (...all: ('pass' | 'fail' | 'undecided')[]) =>
      overallVerdict(all.map((verdict) => ({ verdict })));
    expect(verdicts('pass', 'pass')).toBe('pass');
    expect(verdicts('pass', 'undecided')).toBe('undecided');
    expect(verdicts('undecided', 'fail', 'pass')).toBe('fail');
  });
});

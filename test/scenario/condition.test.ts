import { describe, expect, it } from 'vitest';
import { parseCondition, type WrittenCondition } from '../../src/scenario/condition.ts';

function condition(text: string): WrittenCondition {
  const reading = parseCondition(text);
  if (!reading.ok) throw new Error(reading.message);
  return reading.value;
}

function refusal(value: unknown): string {
  const reading = parseCondition(value);
  return reading.ok ? 'read' : reading.message;
}

describe('parseCondition', () => {
  it.each([
    ['response p50 < 1s', { kind: 'percentile', of: 'response', p: 0.5 }, 1],
    ['response p90 < 500ms', { kind: 'percentile', of: 'response', p: 0.9 }, 0.5],
    ['acquire p95 < 50ms', { kind: 'percentile', of: 'acquire', p: 0.95 }, 0.05],
    ['use p99 < 1m', { kind: 'percentile', of: 'use', p: 0.99 }, 60],
    ['opening p99.9 < 1s', { kind: 'percentile', of: 'opening', p: 0.999 }, 1],
    ['response mean < 20ms', { kind: 'mean', of: 'response' }, 0.02],
    ['errors < 1%', { kind: 'errors' }, 0.01],
    ['errors < 0.01', { kind: 'errors' }, 0.01],
    ['pool utilisation < 95%', { kind: 'pool-utilisation' }, 0.95],
    ['database utilisation < 30%', { kind: 'database-utilisation' }, 0.3],
    ['pool pending < 100', { kind: 'pool-pending' }, 100],
    ['arrivals < 2000/s', { kind: 'arrival-rate' }, 2000],
    ['goodput < 1000.5/s', { kind: 'goodput' }, 1000.5],
  ])('reads %s', (text, metric, limit) => {
    expect(condition(text).condition).toEqual({ metric, comparison: '<', limit });
    expect(condition(text).scope).toBeNull();
  });

  it('reads every comparison, and spaces as they come', () => {
    for (const comparison of ['<', '<=', '>', '>=']) {
      expect(condition(`errors ${comparison} 1%`).condition.comparison).toBe(comparison);
      expect(condition(`  errors${comparison}1%  `).text).toBe(`errors${comparison}1%`);
    }
    expect(condition('response   p99 <  1s').text).toBe('response p99 < 1s');
  });

  it('reads where it is judged', () => {
    expect(condition('errors < 1% over 10m').scope).toEqual({ kind: 'over', ns: 600e9 });
    expect(condition('errors < 1% over run').scope).toEqual({ kind: 'run' });
    expect(condition('errors < 1% during 14:00..17:30').scope).toEqual({
      kind: 'during',
      from: { kind: 'clock', ofDayNs: 14 * 3600e9 },
      to: { kind: 'clock', ofDayNs: 17.5 * 3600e9 },
    });
    expect(condition('errors < 1% during 10s .. 1m').scope).toEqual({
      kind: 'during',
      from: { kind: 'offset', ns: 10e9 },
      to: { kind: 'offset', ns: 60e9 },
    });
  });

  it.each([
    [
      'erors < 1%',
      /^erors is no metric; did you mean errors\? allowed: response\|acquire\|use\|opening p50\|/,
    ],
    ['pool utilization < 1%', /did you mean pool utilisation\?/],
    [
      'response p98 < 1s',
      /^p98 is no figure of response; allowed: p50, p90, p95, p99, p99.9, mean$/,
    ],
    ['response < 1s', /is no metric; allowed: response\|/],
    ['response p99 = 1s', /^= is no comparison; <, <=, > or >= is needed$/],
    ['response p99 1s', /is no condition: <metric>/],
    ['response p99 <', /is no condition/],
    ['response p99 < 1', /^1: a duration needs a unit; did you mean 1s or 1ms\?$/],
    ['response p99 < 5%', /^5% is no duration/],
    ['errors < 5', /^5 is no share such as 40%; did you mean 5%\?$/],
    ['errors < 1', /^1 may mean 1% or 100%; write the percent sign$/],
    ['errors < 101%', /^101% is out of range; a share is from 0% to 100%$/],
    ['errors < 1s', /^1s is no share such as 40%$/],
    ['goodput > 1000', /^1000 is no rate such as 1000\/s; did you mean 1000\/s\?$/],
    ['pool pending < 5s', /^5s is no number of waiting requests such as 100$/],
    [
      'errors < 1% ovr 5m',
      /did you mean over\? allowed: over <duration>, over run, during <from>..<to>$/,
    ],
    ['errors < 1% over 5', /^5: a duration needs a unit/],
    ['errors < 1% over 0s', /^over 0s: a duration above 0 is needed$/],
    ['errors < 1% over rnu', /, or run$/],
    ['errors < 1% during 14:00', /is no stretch of time such as 14:00..17:30$/],
    ['errors < 1% during 14:00..25:00', /^25:00 is no time of day/],
    [17, /^17 is no condition/],
    ['x'.repeat(300), /is no condition/],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toMatch(message);
  });
});

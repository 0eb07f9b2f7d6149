// What each part of January's fix does alone, and how many connections are too many: steady failed
// shares from 17:40 to 18:00 after a change at 17:30, on the backlog of an overload at full rate.
// The overload is entered at 17:20 here, at 13:58 in the nightly run.

import { describe, expect, test } from 'vitest';
import { isNightly } from '../support/nightly.ts';
import { failedPercent, january } from './replay.ts';

const query = { 'requests.page.query.lognormal': { mean: '10ms', cv: 1 } };
const timeout = { 'service.pool.acquireTimeout': '2s' };
const churn = { 'service.pool.reconnectShare': '0.5%' };

/** Failed share from 17:40 to 18:00, in percent, when `set` is changed at 17:30. */
function afterChange(set: Record<string, unknown>, seed = '20240121'): number {
  const timeline = [{ at: '17:30', title: 'change', set }];
  const late = { start: '2024-01-21T17:20:00Z', duration: '40m', traffic: { rate: 1430 } };
  return failedPercent(
    january({ ...(isNightly ? {} : late), seed, timeline, objectives: [], alerts: [] }),
    '17:40',
    '18:00',
  );
}

/** Pool sizes and what the incident page says; from a backlog, so that 60 stays down. */
const sizes = [
  [12, 22.61],
  [15, 13.97],
  [20, 4.51],
  [30, 0],
  [40, 0],
  [60, 2.31],
] as const;

describe('pool size alone is not monotone: too few connections wait, too many contend', () => {
  test('max 10, nothing changed: 29.97 percent fail', () => {
    expect(Math.abs(afterChange({ 'service.balancer': 'round-robin' }) - 29.97)).toBeLessThan(0.6);
  });

  test.each(sizes)('max %d: %d percent fail', (max, percent) => {
    const failed = afterChange({ 'service.pool.max': max });
    expect(Math.abs(failed - percent)).toBeLessThan(0.6);
  });
});

/** The parts of the fix; the allowed deviation is 0.6 points. */
const parts = [
  ['the timeout only moves the wait', timeout, 29.97],
  ['the plans only', query, 7.86],
  ['max and plans together', { 'service.pool.max': 20, ...query }, 0],
  ['all of it', { 'service.pool.max': 20, ...query, ...timeout, ...churn }, 0],
] as const;

test.each(parts)('%s: %o leaves %d percent failed', (_, set, percent) => {
  expect(Math.abs(afterChange(set) - percent)).toBeLessThan(0.6);
});

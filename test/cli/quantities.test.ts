import { expect, it } from 'vitest';
import { formatCount, formatDuration } from '../../src/cli/quantities.ts';

it.each([
  [0, '0'],
  [12_345.6, '12,346'],
  [999_999.9, '1,000,000'],
  [21_700_000, '21.7 million'],
  [777_600_000_000, '777.6 billion'],
  [4e12, '4.0 trillion'],
  [4.2e20, '4e+20'],
])('%d is %s in words', (count, words) => {
  expect(formatCount(count)).toBe(words);
});

it.each([
  [0.2, '0 seconds'],
  [1, '1 second'],
  [59.4, '59 seconds'],
  [60, '1 minute'],
  [5400, '2 hours'],
  [3 * 86_400, '3 days'],
  [366 * 86_400, '1 year'],
  [1e14, '3.2 million years'],
])('%d seconds are %s', (seconds, words) => {
  expect(formatDuration(seconds)).toBe(words);
});

// Large numbers and long times in words, as exact as one needs them while waiting.

const counts: readonly (readonly [number, string])[] = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
];

/** `21.7 million`, `12,345`, and beyond all words `4e+20`. */
export function formatCount(count: number): string {
  if (count >= 1e15) return count.toExponential(0);
  const [unit, word] = counts.find(([size]) => count >= size) ?? [1, ''];
  if (word === '') return Math.round(count).toLocaleString('en');
  return `${(count / unit).toFixed(1)} ${word}`;
}

const times: readonly (readonly [number, string])[] = [
  [365.25 * 86_400, 'year'],
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
];

/** `7 seconds`, `1 minute`, `3 hours`, `2.1 million years`. */
export function formatDuration(seconds: number): string {
  const [unit, word] = times.find(([size]) => Math.round(seconds) >= size) ?? [1, 'second'];
  const count = Math.round(seconds / unit);
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
}

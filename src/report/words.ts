/** Figures as people read them: `5.0 s`, `30.0 %`, `21.7 million`. A space stands before each unit. */

/** What stands in place of a figure that was never observed. */
export const NOTHING = '–';

/** `967`, `12,345`, `21.7 million`, and beyond all words `4.0e+20`. */
export function count(n: number): string {
  if (Math.abs(n) >= 999_950e9) return n.toExponential(1);
  for (const [size, word] of LARGE) {
    // What would be rounded to 1000.0 million is a billion.
    if (Math.abs(n) >= size * 0.99995) return `${(n / size).toFixed(1)} ${word}`;
  }
  return grouped(Math.round(n));
}

const LARGE = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
] as const;

/** Most connections: `60`, or that there is no limit. */
export function limitWords(most: number | null): string {
  return most === null || most === Infinity ? 'no limit' : count(most);
}

/** A count that may be a fraction: one digit after the point below ten. */
export function amount(n: number): string {
  return Math.abs(n) < 9.95 && !Number.isInteger(n) ? n.toFixed(1) : count(n);
}

/** `1 request`, `967 requests`; the plural ends in s unless it is given. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** `967 requests/s`, `3.5 requests/s`. */
export function rate(perSecond: number): string {
  return `${amount(perSecond)} ${perSecond === 1 ? 'request' : 'requests'}/s`;
}

/** A share to a tenth of a percent: `30.0 %`, `0 %`; nothing that is more than zero becomes zero. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1 %';
  if (share < 1 && share >= 0.9995) return '>99.9 %';
  return share === 0 || share === 1 ? `${share * 100} %` : `${digits(share * 100, 1)} %`;
}

/** A share in as few digits as tell it from others: `30 %`, `2.3 %`. */
export function roughPercent(share: number): string {
  const isNearlyAll = share >= 0.995 && share <= 1;
  if (share >= 0.1 && !isNearlyAll) return wholePercent(share);
  return percent(share);
}

/** A share in whole percent: `143 %`, `<1 %`. */
export function wholePercent(share: number): string {
  if (share > 0 && share < 0.005) return '<1 %';
  if (share < 1 && share >= 0.995) return '>99 %';
  return `${count(share * 100)} %`;
}

/** `1.2 times` */
export function times(factor: number): string {
  return `${String(Number(factor.toPrecision(factor < 10 ? 2 : 3)))} times`;
}

/** A latency: `18 ms`, `5.0 s`, `850 µs`, `2.5 min`. */
export function milliseconds(ms: number): string {
  if (ms === 0) return '0 ms';
  if (ms < 0.9995) return `${digits(ms * 1000, ms < 0.00995 ? 1 : 0)} µs`;
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  const s = ms / 1000;
  if (s < 99.95) return `${s.toFixed(1)} s`;
  if (s < 119.5) return `${s.toFixed(0)} s`;
  if (s < 7170) return `${(s / 60).toFixed(1)} min`;
  if (s < 172_800) return `${(s / 3600).toFixed(1)} h`;
  return `${amount(s / 86_400)} days`;
}

/** A length of time in its two largest units, the rest cut off: `2 h 45 min`, `45 s`. */
export function span(seconds: number): string {
  if (seconds < 1) return milliseconds(seconds * 1000);
  if (seconds < 60 && !Number.isInteger(seconds)) return `${seconds.toFixed(1)} s`;
  let rest = Math.floor(seconds);
  const parts: string[] = [];
  for (const [size, unit] of SPANS) {
    const whole = Math.floor(rest / size);
    rest -= whole * size;
    if (whole > 0) parts.push(`${count(whole)} ${unit}`);
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join(' ');
}

const SPANS = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const;

/** The figure in words, or a dash when it was never observed. */
export function orNothing(x: number | null | undefined, words: (x: number) => string): string {
  return x === null || x === undefined ? NOTHING : words(x);
}

/** `5.0 → 5.0 s`: the unit stands once where both have the same; one dash when neither was observed. */
export function fromTo(
  before: number | null | undefined,
  after: number | null | undefined,
  words: (x: number) => string,
): string {
  const [from, to] = [orNothing(before, words), orNothing(after, words)];
  if (from === NOTHING && to === NOTHING) return NOTHING;
  const unit = / \S+$/.exec(to)?.[0] ?? '';
  return `${unit !== '' && from.endsWith(unit) ? from.slice(0, -unit.length) : from} → ${to}`;
}

/** `a`, `a and b`, `a, b and c`; the last pair joined by the given word. */
export function listed(items: readonly string[], and = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1) ?? ''}`;
}

function digits(x: number, places: number): string {
  return Math.abs(x) < 1000 ? x.toFixed(places) : count(x);
}

function grouped(n: number): string {
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** An input of a scenario, made larger or smaller: what one does to see whether an answer leans on it. */
import { formatDuration, parseDuration } from '../scenario/duration.ts';

/** Keys of a distribution that are amounts; the others shape it. */
const AMOUNTS = new Set(['mean', 'p50', 'p95', 'p99', 'low', 'high']);

/** Of the items of a list: points of curves, surges, stages, branches of a distribution. */
const AMOUNTS_OF_ITEMS = new Set(['rps', 'users', 'peak', 'target', 'mean']);

/** Of stairs, which have no other map's keys. */
const AMOUNTS_OF_STAIRS = new Set(['from', 'to', 'step']);

/** An input with one meaning, larger. */
interface Enlarged {
  readonly value: unknown;
  /** By how much: 0.1, or more where the next whole number is further; negative: smaller. */
  readonly by: number;
}

/**
 * The value as in a file, larger by the share `by` (smaller where that is negative): `16.1ms` → `17.71ms`, `5%` → `5.5%`, 10 → 11,
 * `450/s` → `495/s`; of distributions the times (of each branch, in a list), of rate curves, surges, stages and stairs the rates. null when it is none of these, or 0: a whole
 * section of a file has no size.
 */
export function enlarged(value: unknown, by: number): Enlarged | null {
  if (typeof value === 'number') return enlargedNumber(value, by);
  if (typeof value === 'string') return enlargedText(value, by);
  if (Array.isArray(value)) return enlargedItems(value, by, AMOUNTS_OF_ITEMS);
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value);
  const [only] = entries;
  if ('each' in value) return enlargedAmounts(value, by, AMOUNTS_OF_STAIRS);
  if (entries.length > 1 || only === undefined) return enlargedAmounts(value, by, AMOUNTS);
  const inner = enlarged(only[1], by);
  return inner === null ? null : { value: { [only[0]]: inner.value }, by: inner.by };
}

function enlargedNumber(value: number, by: number): Enlarged | null {
  if (value === 0) return null;
  const product = Number((value * (1 + by)).toPrecision(12));
  if (!Number.isInteger(value)) return { value: product, by };
  const next =
    by < 0 ? Math.min(Math.round(product), value - 1) : Math.max(Math.round(product), value + 1);
  if (by < 0 && next < 1) return null;
  return { value: next, by: next / value - 1 };
}

function enlargedText(text: string, by: number): Enlarged | null {
  const [, figure, unit = ''] = /^(\d+(?:\.\d+)?)\s*(%|\/(?:s|min|h))$/.exec(text) ?? [];
  if (figure !== undefined) {
    const amount = Number((Number(figure) * (1 + by)).toPrecision(12));
    return amount === 0 ? null : { value: `${String(amount)}${unit}`, by };
  }
  const duration = parseDuration(text);
  if (!duration.ok || duration.value === 0) return null;
  return { value: formatDuration(Math.round(duration.value * (1 + by))), by };
}

/** A list of points: each of them, or nothing. */
function enlargedItems(items: readonly unknown[], by: number, keys: Set<string>): Enlarged | null {
  const larger = items.map((item) => {
    return typeof item === 'object' && item !== null ? enlargedAmounts(item, by, keys) : null;
  });
  if (larger.some((item) => item === null)) return null;
  return { value: larger.map((item) => item?.value), by };
}

/** A map whose amounts grow; null when it has none. */
function enlargedAmounts(map: object, by: number, keys: Set<string>): Enlarged | null {
  const entries: [string, unknown][] = Object.entries(map);
  if (!entries.some(([key]) => keys.has(key))) return null;
  const larger = (value: unknown) =>
    typeof value === 'number'
      ? Number((value * (1 + by)).toPrecision(12))
      : (enlarged(value, by)?.value ?? value);
  const grown = entries.map(([key, value]) => [key, keys.has(key) ? larger(value) : value]);
  return { value: Object.fromEntries(grown), by };
}

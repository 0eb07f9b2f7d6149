/** Durations as text (`16.1ms`, `1h30m`) and as whole nanoseconds. */
import parse from 'parse-duration';
import {
  DAY,
  HOUR,
  LAST_INSTANT,
  MICROSECOND,
  MILLISECOND,
  MINUTE,
  SECOND,
} from '../engine/time.ts';
import { read, refuse, show, type Reading } from './reading.ts';

/** Units from the longest to the shortest, as messages list them. */
const durationUnits = ['d', 'h', 'm', 's', 'ms', 'us', 'ns'] as const;

/** Every unit at most once, from the longest to the shortest, nothing between. */
export const durationPattern =
  '^(?=\\d)(\\d+(\\.\\d+)?d)?(\\d+(\\.\\d+)?h)?(\\d+(\\.\\d+)?m(?!s))?(\\d+(\\.\\d+)?s)?' +
  '(\\d+(\\.\\d+)?ms)?(\\d+(\\.\\d+)?(us|µs|μs))?(\\d+(\\.\\d+)?ns)?$';

const shape = new RegExp(durationPattern);
const component = /(\d+(?:\.\d+)?)(d|h|ms|m|s|us|µs|μs|ns)/g;

const nanoseconds = new Map<string, number>([
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
  ['ms', MILLISECOND],
  ['us', MICROSECOND],
  ['ns', 1],
]);

/**
 * Whole nanoseconds of a duration such as `45s`, `1h30m` or `16.1ms`; fractions of a nanosecond are
 * rounded. Refuses a missing unit, a sign, anything that is no duration, and more than 104 days.
 */
export function parseDuration(value: unknown): Reading<number> {
  if (typeof value === 'number' && Number.isFinite(value)) return refuseNumber(value);
  if (typeof value !== 'string') {
    return refuse('wrong-type', `${show(value)} is no duration such as 30s or 1h30m`);
  }
  if (value.length > 60 || !shape.test(value)) return refuseText(value);
  let total = 0;
  for (const [part] of value.matchAll(component)) {
    const milliseconds = parse(part.replace(/[µμ]s$/, 'us')) ?? Number.NaN;
    total += Math.round(milliseconds * MILLISECOND);
  }
  if (total > LAST_INSTANT) return refuse('out-of-range', `${value} is longer than 104 days`);
  return read(total);
}

function refuseNumber(value: number): Reading<never> {
  if (value < 0) return refuse('out-of-range', `${value} is negative; a duration is not`);
  return refuse(
    'no-unit',
    `${value}: a duration needs a unit; did you mean ${value}s or ${value}ms?`,
  );
}

/** Spelled-out units, and what the format calls them. */
const spelled: readonly (readonly [RegExp, string])[] = [
  [/(days?)\b/g, 'd'],
  [/(hours?|hrs?)\b/g, 'h'],
  [/(minutes?|mins?)\b/g, 'm'],
  [/(milliseconds?|millis|msecs?)\b/g, 'ms'],
  [/(microseconds?|micros|usecs?)\b/g, 'us'],
  [/(nanoseconds?|nanos)\b/g, 'ns'],
  [/(seconds?|secs?)\b/g, 's'],
];

function refuseText(text: string): Reading<never> {
  const bare = text.trim();
  if (/^-/.test(bare)) {
    return refuse('out-of-range', `${show(text)} is negative; a duration is not`);
  }
  if (/^\d+(\.\d+)?$/.test(bare)) {
    return refuse(
      'no-unit',
      `${bare}: a duration needs a unit; did you mean ${bare}s or ${bare}ms?`,
    );
  }
  const tidy = spelled.reduce(
    (t, [from, to]) => t.replace(from, to),
    bare.toLowerCase().replace(/[\s,]+/g, ''),
  );
  const hint = tidy !== text && shape.test(tidy) ? `; did you mean ${tidy}?` : '';
  return refuse(
    'bad-duration',
    `${show(text)} is no duration such as 30s or 1h30m (units: ${durationUnits.join(', ')})${hint}`,
  );
}

/**
 * The shortest exact text of whole nanoseconds: `16.1ms`, `45s`, `1h30m`, `2.5us`; `none` for Infinity.
 * `parseDuration` reads it back to the same number.
 */
export function formatDuration(ns: number): string {
  if (ns === Infinity) return 'none';
  if (ns === 0) return '0s';
  if (ns < MINUTE) return formatOne(ns);
  let rest = ns;
  let text = '';
  for (const unit of ['d', 'h', 'm']) {
    const size = nanoseconds.get(unit) ?? 1;
    const whole = Math.floor(rest / size);
    if (whole > 0) text += `${whole}${unit}`;
    rest -= whole * size;
  }
  return rest === 0 ? text : text + formatBelowMinute(rest);
}

/** Keeps the order of units: after minutes come seconds, with their fraction. */
function formatBelowMinute(ns: number): string {
  return `${decimal(ns, SECOND)}s`;
}

function formatOne(ns: number): string {
  for (const unit of ['s', 'ms', 'us']) {
    const size = nanoseconds.get(unit) ?? 1;
    if (ns >= size) return `${decimal(ns, size)}${unit}`;
  }
  return `${ns}ns`;
}

/** ns ÷ size as an exact decimal number without an exponent. */
function decimal(ns: number, size: number): string {
  const whole = Math.floor(ns / size);
  const digits = String(size).length - 1;
  const fraction = String(ns - whole * size)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return fraction === '' ? String(whole) : `${whole}.${fraction}`;
}

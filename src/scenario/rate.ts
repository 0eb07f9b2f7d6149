/** A rate of requests as scenario files write it: `450`, `450/s`, `27000/min`. */
import { read, refuse, show, unquoted, type Reading } from './reading.ts';
import { scalar } from './scalars.ts';

/** Most requests per second. */
const MOST = 1e9;

/** Seconds of each unit. */
const UNITS: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600 };

/** What people write for a unit: the unit. */
const NEARLY: Readonly<Record<string, string>> = {
  ...{ sec: 's', second: 's', seconds: 's' },
  ...{ m: 'min', minute: 'min', minutes: 'min', hour: 'h', hours: 'h' },
};

const ratePattern = '^\\d+(\\.\\d+)?/(s|min|h)$';

const needed = `a number from 0 to ${MOST} of requests per second, or a rate such as 450/s or 27000/min, is needed`;

/** Requests per second. A bare number is that; a text has its unit. */
export function parseRate(value: unknown): Reading<number> {
  if (value === null) return refuse('empty', `is empty; ${needed}`);
  if (typeof value === 'number') return within(value, value);
  if (typeof value !== 'string')
    return refuse('wrong-type', `${show(value)} is no rate; ${needed}`);
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*\/\s*([a-z]+)$/i.exec(value.trim()) ?? [];
  const seconds = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
  if (number !== undefined && seconds !== undefined) return within(Number(number) / seconds, value);
  return refuse('wrong-type', `${show(value)} is no rate; ${needed}${meant(value, number, unit)}`);
}

function within(perSecond: number, written: unknown): Reading<number> {
  if (perSecond >= 0 && perSecond <= MOST) return read(perSecond);
  return refuse('out-of-range', `${show(written)} is out of range; ${needed}`);
}

function meant(value: string, number: string | undefined, unit: string): string {
  const bare = unquoted(value);
  if (typeof bare === 'number') return `; write ${bare} without quotes, or ${bare}/s`;
  const requests = /^(\d+(?:\.\d+)?)\s*(?:rps|req\/s|r\/s|tps|qps)$/i.exec(value.trim())?.[1];
  if (requests !== undefined) return `; did you mean ${Number(requests)}/s?`;
  if (number === undefined) return '';
  const near = NEARLY[unit.toLowerCase()];
  return near === undefined ? '' : `; did you mean ${number}/${near}?`;
}

/** Requests per second. */
export const perSecond = scalar<number>(parseRate, {
  anyOf: [
    { type: 'number', minimum: 0, maximum: MOST },
    { type: 'string', pattern: ratePattern, examples: ['450/s', '27000/min'] },
  ],
});

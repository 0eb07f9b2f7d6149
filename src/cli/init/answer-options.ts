// What somebody types as an answer → what options would have said. What cannot be read goes on as it is, so that
// the check of the option says what is wrong with it.

import { rateText, type RawInitOptions } from './options.ts';

/** `450/s, lunch 800/s, flash sale 1800/s`: the first is today's, the others are surges with their names. */
export function ratesOf(answer: string): Partial<RawInitOptions> {
  const [rate = '', ...surge] = partsOf(answer);
  const now = rateText(rate.replace(/^now\s*[:=]?\s*/i, ''));
  return { rate: now, ...(surge.length === 0 ? {} : { surge }) };
}

const NUMBER = String.raw`\d+(?:\.\d+)?`;
const UNIT = '(?:ms|us|µs|ns|d|h|m|s)(?![a-z])';
const TIME = `${NUMBER}(?:\\s*${UNIT}(?:${NUMBER}${UNIT})*)?`;
const NAMED_TIME = new RegExp(String.raw`(?:\b(mean|p50|p99)\b\s*[:=]?\s*)?(${TIME})`, 'gi');

/** `p50 12ms, p99 180ms` in either order, `12ms 180ms`, or the mean alone. */
export function holdsOf(answer: string): Partial<RawInitOptions> {
  const found = [...answer.matchAll(NAMED_TIME)].map(([, name, time = '']) => ({
    name: name?.toLowerCase(),
    time: time.replaceAll(/\s/g, ''),
  }));
  const isRead = /^[\s,;]*(?:and[\s,;]*)*$/i.test(answer.replaceAll(NAMED_TIME, ''));
  const isAllNamed = found.every(({ name }) => name !== undefined);
  const isNoneNamed = found.every(({ name }) => name === undefined);
  if (!isRead || found.length === 0) return { holdMean: answer };
  if (isAllNamed) return namedHolds(found);
  if (!isNoneNamed || found.length > 2) return { holdMean: answer };
  const [first, second] = found.map(({ time }) => time);
  if (first === undefined || second === undefined) return { holdMean: first ?? answer };
  return { holdP50: first, holdP99: second };
}

function namedHolds(
  found: readonly { readonly name: string | undefined; readonly time: string }[],
): Partial<RawInitOptions> {
  const timeOf = (wanted: string): string | undefined =>
    found.find(({ name }) => name === wanted)?.time;
  const [holdMean, holdP50, holdP99] = ['mean', 'p50', 'p99'].map(timeOf);
  return {
    ...(holdMean === undefined ? {} : { holdMean }),
    ...(holdP50 === undefined ? {} : { holdP50 }),
    ...(holdP99 === undefined ? {} : { holdP99 }),
  };
}

const DATABASE =
  /^(\d+)\s*(?:v?cpus?|cores?|processors?)?(?:\s*(?:,|and|\s)\s*(?:max_connections\s*[:=]?\s*)?(\d+)\s*(?:max_)?(?:connections)?)?$/i;

/** `4, 100`, `4 cores, max_connections 100`, or the processors alone. */
export function databaseOf(answer: string): Partial<RawInitOptions> {
  const [, dbCores = answer, dbMax] = DATABASE.exec(answer) ?? [];
  return { dbCores, ...(dbMax === undefined ? {} : { dbMax }) };
}

/** `response p99 < 1s, errors < 1%`. */
export function objectivesOf(answer: string): Partial<RawInitOptions> {
  return { objective: partsOf(answer) };
}

function partsOf(answer: string): string[] {
  return answer
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

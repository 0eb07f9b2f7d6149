/** The single values of a scenario file: how each kind is read, refused, and described to an editor. */
import { z } from 'zod';
import { parseMoment } from './clock.ts';
import { durationPattern, parseDuration } from './duration.ts';
import { didYouMean } from './near-miss.ts';
import { read, refuse, show, showText, unquoted, type Reading } from './reading.ts';

/** What an editor learns of a value: keywords of JSON schema. */
type Keywords = Readonly<Record<string, unknown>>;

/** A schema for one value: `reader` turns it into inner units or refuses it; undefined is a missing one. */
export function scalar<T>(reader: (value: unknown) => Reading<T>, keywords: Keywords) {
  return z
    .unknown()
    .transform((value, context): T => {
      const reading = value === undefined ? refuse('missing', 'is missing') : reader(value);
      if (reading.ok) return reading.value;
      const { code, message } = reading;
      context.issues.push({ code: 'custom', message, params: { code }, input: value });
      return undefined as T;
    })
    .meta({ ...keywords });
}

/** A clock time of the day or an offset from the start. */
export const moment = scalar(parseMoment, {
  type: 'string',
  examples: ['14:30', '14:30:15', '1h30m'],
});

/** A duration in nanoseconds. `zero` allows 0s; `none` is a word that stands for Infinity. */
export function durationOf(options: { zero?: boolean; none?: 'none' } = {}) {
  const words = options.none === undefined ? '' : `, or ${options.none}`;
  const text = { type: 'string', pattern: durationPattern, examples: ['30s', '1h30m'] };
  return scalar<number>(
    (value) => {
      if (options.none !== undefined && value === options.none) return read(Infinity);
      const reading = parseDuration(value);
      if (!reading.ok) {
        const { code, message } = reading;
        const open = code === 'bad-duration' && !message.endsWith('?');
        return refuse(code, open ? message + words : message);
      }
      if (reading.value === 0 && options.zero !== true) {
        return refuse(
          'out-of-range',
          `${show(value)} is too short; a duration above 0 is needed${words}`,
        );
      }
      return reading;
    },
    options.none === undefined ? text : { anyOf: [{ const: options.none }, text] },
  );
}

/** Which numbers are allowed: the ends are included (`above`: the lower one is not). */
interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
  readonly above?: boolean;
  /** A word that may stand instead of a number. */
  readonly word?: string;
}

/** A number in a range; its word, if it has one, is Infinity. */
export function numberOf(range: NumberRange) {
  const { min, max, whole = false, above = false, word } = range;
  const json = {
    type: whole ? 'integer' : 'number',
    ...(above ? { exclusiveMinimum: min } : { minimum: min }),
    maximum: max,
  };
  return scalar<number>(
    (value) => (word !== undefined && value === word ? read(Infinity) : readNumber(value, range)),
    word === undefined ? json : { anyOf: [{ const: word }, json] },
  );
}

/** A number in a range, or its word as it is. */
export function numberOrWord<const W extends string>(range: NumberRange & { readonly word: W }) {
  const { min, max, whole = false, word } = range;
  const json = { type: whole ? 'integer' : 'number', minimum: min, maximum: max };
  return scalar<number | W>((value) => (value === word ? read(word) : readNumber(value, range)), {
    anyOf: [{ const: word }, json],
  });
}

/** Reads a number, or says which ones are allowed. */
function readNumber(value: unknown, range: NumberRange): Reading<number> {
  if (typeof value !== 'number') return refuseNonNumber(value, range);
  const { min, max, whole = false, above = false } = range;
  if (!Number.isFinite(value) || value < min || value > max || (above && value === min)) {
    return refuse('out-of-range', `${show(value)} is out of range; ${wanted(range)}`);
  }
  if (whole && !Number.isInteger(value)) {
    return refuse('not-whole', `${value} is not whole; ${wanted(range)}`);
  }
  return read(value);
}

function wanted({ min, max, whole = false, above = false, word }: NumberRange): string {
  const ends = above ? `above ${min} and up to ${max}` : `from ${min} to ${max}`;
  return `a ${whole ? 'whole ' : ''}number ${ends}${word === undefined ? '' : `, or ${word},`} is needed`;
}

function refuseNonNumber(value: unknown, range: NumberRange): Reading<never> {
  if (value === null) return refuse('empty', `is empty; ${wanted(range)}`);
  const text = typeof value === 'string' ? value.trim() : '';
  const meant = unquoted(value);
  if (meant !== null) {
    const isFine = typeof meant === 'number' && readNumber(meant, range).ok;
    const hint = isFine ? `; write ${meant} without quotes` : '';
    return refuse('wrong-type', `${showText(value, '')}; ${wanted(range)}${hint}`);
  }
  const digits = /^(\d+(?:\.\d+)?)\s*(?:\/s|rps)$/.exec(text)?.[1];
  const near = didYouMean(text, range.word === undefined ? [] : [range.word]);
  const hint = digits === undefined ? near : `; did you mean ${Number(digits)}?`;
  return refuse('wrong-type', `${show(value)} is no number; ${wanted(range)}${hint}`);
}

/** A share as a fraction: `40%`, or a number from 0 to below 1. */
export const share = scalar<number>(parseShare, {
  anyOf: [
    { type: 'string', pattern: '^\\d+(\\.\\d+)?%$', examples: ['40%'] },
    { type: 'number', minimum: 0, exclusiveMaximum: 1 },
  ],
});

/** Reads a share: `40%` or 0.4 is 0.4. A bare 1 could mean either of two things and is refused. */
export function parseShare(value: unknown): Reading<number> {
  const percent = typeof value === 'string' ? /^(\d+(?:\.\d+)?)%$/.exec(value) : null;
  if (percent !== null) {
    const share = Number(percent[1]) / 100;
    if (share <= 1) return read(share);
    return refuse('out-of-range', `${show(value)} is out of range; a share is from 0% to 100%`);
  }
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) {
    return refuse('wrong-type', `${show(value)} is no share such as 40%`);
  }
  if (number === 1)
    return refuse('ambiguous', `${show(value)} may mean 1% or 100%; write the percent sign`);
  if (number < 0)
    return refuse('out-of-range', `${show(value)} is out of range; a share is from 0% to 100%`);
  if (number < 1) return read(number);
  const hint = number <= 100 ? `; did you mean ${number}%?` : '';
  return refuse('out-of-range', `${show(value)} is no share such as 40%${hint}`);
}

/** One word of a list. `later`: words that the format knows and this version does not support. */
export function wordOf<const T extends string>(words: readonly T[], later: readonly string[] = []) {
  const wanted = `allowed: ${words.join(', ')}`;
  return scalar<T>(
    (value) => {
      const word = words.find((w) => w === value);
      if (word !== undefined) return read(word);
      if (typeof value !== 'string')
        return refuse('wrong-type', `${show(value)} is not allowed; ${wanted}`);
      if (later.includes(value)) {
        return refuse('not-supported-yet', `${value} is known, not supported yet; ${wanted}`);
      }
      const near = didYouMean(value, [...words, ...later]);
      const rest = near === '' ? `; ${wanted}` : `${near} (${wanted})`;
      return refuse('unknown-value', `${show(value)} is unknown${rest}`);
    },
    { enum: words },
  );
}

/** A name that paths can hold: letters, digits, `_` and `-`. */
export const nameWord = scalar<string>(
  (value) => {
    if (typeof value === 'string' && /^[A-Za-z][\w-]{0,99}$/.test(value)) return read(value);
    return refuse(
      'bad-name',
      `${show(value)} is no name; letters, digits, _ and - are allowed, beginning with a letter`,
    );
  },
  { type: 'string', pattern: '^[A-Za-z][\\w-]{0,99}$' },
);

/** Free text of one line or more. */
export const freeText = scalar<string>(
  (value) => {
    if (typeof value === 'string' && value.trim() !== '') return read(value);
    if (typeof value === 'number') return read(String(value));
    return refuse('wrong-type', `${show(value)} is no text`);
  },
  { type: 'string' },
);

/** The path of a file that the scenario names; it is looked for beside the scenario. */
export const fileName = scalar<string>(
  (value) => {
    if (typeof value !== 'string' || value.trim() === '')
      return refuse('wrong-type', `${show(value)} is no name of a file`);
    return read(value);
  },
  { type: 'string', examples: ['holds.csv'] },
);

/** `true` or `false`. */
export const yesOrNo = scalar<boolean>(
  (value) => {
    if (typeof value === 'boolean') return read(value);
    const meant = unquoted(value);
    const hint = typeof meant === 'boolean' ? `; write ${meant} without quotes` : '';
    return refuse('wrong-type', `${showText(value, 'is neither true nor false')}${hint}`);
  },
  { type: 'boolean' },
);

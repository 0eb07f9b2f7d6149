/** One setting of a real pool: read in the product's unit, refused in the product's words. */
import { LAST_INSTANT, MILLISECOND, MINUTE, SECOND } from '../engine/time.ts';
import { durationPattern, parseDuration } from './duration.ts';
import { didYouMean } from './near-miss.ts';
import type { NativeValue, ProfileSetting } from './profiles.ts';
import { read, refuse, show, showText, unquoted, type Reading } from './reading.ts';
import { parseShare, scalar } from './scalars.ts';

/**
 * A schema for a setting's value. What comes out is in the product's unit, as a bare number would be
 * written (whole ns for a product that takes durations as text).
 */
export function nativeValue(setting: ProfileSetting, product: string) {
  return scalar<NativeValue>((value) => readNative(value, setting, product), keywordsOf(setting));
}

/** Reads a setting's value, or refuses it in the product's words. */
export const readNative: Reader = (value, setting, product) => {
  const special = setting.special?.find((one) => one.value === value);
  return special === undefined
    ? READERS[setting.unit](value, setting, product)
    : read(special.value);
};

type Reader = (value: unknown, setting: ProfileSetting, product: string) => Reading<NativeValue>;

/** How a value is read that has no special meaning. */
const READERS: Readonly<Record<ProfileSetting['unit'], Reader>> = {
  ms: readTime,
  s: readTime,
  min: readTime,
  duration: readDuration,
  connections: readNumber,
  requests: readNumber,
  count: readNumber,
  share: (value, setting, product) =>
    typeof value === 'string' ? parseShare(value) : readNumber(value, setting, product),
  flag: (value, setting, product) =>
    typeof value === 'boolean' ? read(value) : refuseOther(value, setting, product),
  word: readWord,
};

/** A bare number of each unit, in ns. */
const BARE: Partial<Record<ProfileSetting['unit'], number>> = {
  ms: MILLISECOND,
  s: SECOND,
  min: MINUTE,
};

function readTime(value: unknown, setting: ProfileSetting, product: string): Reading<number> {
  const unitNs = BARE[setting.unit] ?? 1;
  if (typeof value !== 'string') {
    const number = readNumber(value, setting, product);
    if (!number.ok || number.value * unitNs <= LAST_INSTANT) return number;
    const message = `${number.value} ${setting.unit} is longer than 104 days; ${takes(setting, product)}`;
    return refuse('out-of-range', message);
  }
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return refuseOther(value, setting, product);
  const duration = parseDuration(value);
  if (duration.ok) {
    const number = duration.value / unitNs;
    return isWithin(number, setting) ? read(number) : outside(value, setting, product);
  }
  const { code, message } = duration;
  const isOpen = code === 'bad-duration' && !message.endsWith('?');
  return refuse(code, isOpen ? `${message}; ${takes(setting, product)}` : message);
}

function readDuration(
  value: unknown,
  setting: ProfileSetting,
  product: string,
): Reading<NativeValue> {
  if (value === 0) return read(0);
  if (typeof value !== 'number') return parseDuration(value);
  const message = `${show(value)} needs a unit; ${takes(setting, product)}`;
  return refuse('no-unit', message);
}

function readWord(value: unknown, setting: ProfileSetting, product: string): Reading<NativeValue> {
  const { words } = setting;
  if (words === undefined) {
    const isPlain = typeof value === 'string' || typeof value === 'number';
    return isPlain || typeof value === 'boolean'
      ? read(value)
      : refuseOther(value, setting, product);
  }
  const word = words.find((one) => one === value);
  if (word !== undefined) return read(word);
  const near = typeof value === 'string' ? didYouMean(value, words) : '';
  const wanted = near === '' ? `; ${takes(setting, product)}` : near;
  return refuse('unknown-value', `${show(value)} is unknown${wanted}`);
}

function readNumber(value: unknown, setting: ProfileSetting, product: string): Reading<number> {
  if (typeof value !== 'number') return refuseOther(value, setting, product);
  if (!isWithin(value, setting)) return outside(value, setting, product);
  if (isWhole(setting) && Number.isFinite(value) && !Number.isInteger(value)) {
    return refuse('not-whole', `${value} is not whole; ${takes(setting, product)}`);
  }
  return read(value);
}

function isWithin(value: number, setting: ProfileSetting): boolean {
  if (!Number.isFinite(value)) return value === setting.default;
  return value >= (setting.min ?? -Infinity) && value <= mostOf(setting);
}

/** What the product takes at most, or what the simulation does. */
function mostOf({ unit, max }: ProfileSetting): number {
  if (max !== undefined) return max;
  return unit === 'connections' ? 1e6 : unit === 'share' ? 1 : Infinity;
}

function isWhole({ unit }: ProfileSetting): boolean {
  return unit === 'connections' || unit === 'requests';
}

/** Says that a value is out of range, and what the product takes. */
export function outside(value: unknown, setting: ProfileSetting, product: string): Reading<never> {
  const isOurs = setting.max === undefined && typeof value === 'number' && value > mostOf(setting);
  const most = isOurs ? `, and a simulation up to ${mostOf(setting)}` : '';
  return refuse(
    'out-of-range',
    `${show(value)} is out of range; ${takes(setting, product)}${most}`,
  );
}

function refuseOther(value: unknown, setting: ProfileSetting, product: string): Reading<never> {
  const wanted = takes(setting, product);
  if (value === null) return refuse('empty', `is empty; ${wanted}`);
  const meant = unquoted(value);
  const isFine = meant !== null && readNative(meant, setting, product).ok;
  const hint = isFine ? `; write ${meant} without quotes` : '';
  const what = `${showText(value, 'is not allowed')}${isFine && setting.unit in BARE ? ' without a unit' : ''}`;
  return refuse('wrong-type', `${what}; ${wanted}${hint}`);
}

function takes(setting: ProfileSetting, product: string): string {
  return `${product} takes ${allowedWords(setting)}`;
}

/** What a setting may be, in words: `milliseconds from 250 (or text such as 30s), or 0 (for ever)`. */
export function allowedWords(setting: ProfileSetting): string {
  const { special = [], unit, words = [] } = setting;
  if (unit === 'flag') return 'true or false';
  const more = special
    .filter(({ value }) => !words.includes(String(value)))
    .filter((one, i, all) => all.findIndex((other) => other.words === one.words) === i)
    .map((one) => `${String(one.value)} (${one.words})`);
  return [plainWords(setting), ...more].join(', or ');
}

function plainWords(setting: ProfileSetting): string {
  const { unit, words, special = [] } = setting;
  const range = rangeWords(setting);
  if (words !== undefined) {
    const meaning = (word: string) => special.find(({ value }) => value === word)?.words;
    return words
      .map((word) => (meaning(word) === undefined ? word : `${word} (${meaning(word) ?? ''})`))
      .join(', ');
  }
  if (unit === 'word') return 'a word';
  if (unit === 'duration') return `a duration such as 30s${range}`;
  if (unit === 'share') return `a share such as 40%${range}`;
  if (unit in TIMES) return `${TIMES[unit] ?? ''}${range}${OR_TEXT}`;
  return `a ${isWhole(setting) ? 'whole ' : ''}number${range}`;
}

/** What scenarios allow besides, and the products' own files do not. */
export const OR_TEXT = ' (or text such as 30s)';

const TIMES: Partial<Record<ProfileSetting['unit'], string>> = {
  ms: 'milliseconds',
  s: 'seconds',
  min: 'minutes',
};

function rangeWords({ min, max }: ProfileSetting): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` from ${min}`;
  return max === undefined ? '' : ` up to ${max}`;
}

/** What an editor learns of a duration in text. */
export const durationText = {
  type: 'string',
  pattern: durationPattern,
  examples: ['30s', '1h30m'],
};

/** What an editor learns of it. */
function keywordsOf(setting: ProfileSetting): Record<string, unknown> {
  const { unit, words, special = [], min, max } = setting;
  const number = {
    type: isWhole(setting) ? 'integer' : 'number',
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
  };
  if (unit === 'flag') return { type: 'boolean' };
  if (unit === 'word')
    return words === undefined ? {} : { enum: [...words, ...constants(special)] };
  const plain =
    unit === 'duration' ? [durationText] : unit in BARE ? [number, durationText] : [number];
  const all = [...plain, ...constants(special).map((value) => ({ const: value }))];
  return all.length === 1 ? (all[0] ?? {}) : { anyOf: all };
}

function constants(special: NonNullable<ProfileSetting['special']>): NativeValue[] {
  return special.map(({ value }) => value).filter((value) => value !== Infinity);
}

/** Keys and values of a file → the settings of one product's pool, or every fault in them. */
import { MILLISECOND, MINUTE, SECOND } from '../../engine/time.ts';
import { parseDuration } from '../duration.ts';
import type { Fault } from '../fault.ts';
import { allowedWords, OR_TEXT, readNative } from '../native-value.ts';
import { nearMiss } from '../near-miss.ts';
import type { PlainMap } from '../path.ts';
import { poolSchema } from '../pool-schema.ts';
import { foreignWords } from '../product-words.ts';
import { spellingsOf, type NativeValue, type Profile, type ProfileSetting } from '../profiles.ts';
import { read, refuse, show, unquoted, type Reading } from '../reading.ts';
import type { Place } from './configuration.ts';
import type { FoundPool, FoundSetting, LeftOut } from './findings.ts';
import { isSecret, type Variables } from './variables.ts';

/** A key and a value as a file has them. */
export interface Written {
  /** The product's part of the key: `maximum-pool-size`. */
  readonly name: string;
  /** The whole key, for messages: `spring.datasource.hikari.maximum-pool-size`. */
  readonly key: string;
  readonly value: unknown;
  readonly place: Place;
}

/** How a product's settings stand in a kind of file. */
export interface Dialect {
  readonly profile: Profile;
  /**
   * How names compare; `relaxed`: case, dashes, underscores and blanks do not count; `own`: exactly, and the
   * other spellings that the profile has for its users are none in such a file.
   */
  readonly names: 'exact' | 'relaxed' | 'own';
  /** All values are text, as in a .properties file: the number 10 stands there as `10`. */
  readonly textual: boolean;
  /**
   * What a value stands for in such a file, where that is not what it stands for in a scenario: `on`,
   * `PT30S`. Asked after placeholders are filled in; a value that it knows nothing of comes back as it is.
   */
  readonly meant?: (value: unknown, setting: ProfileSetting, name: string) => Reading<unknown>;
  /**
   * Keys of the product that are not about its pool, by why they are left out (`says where the database
   * is`). One that ends in `*` stands for all that begin like it.
   */
  readonly besides: Readonly<Record<string, readonly string[]>>;
}

export interface PoolReading {
  readonly pool: FoundPool;
  readonly leftOut: readonly LeftOut[];
  readonly faults: readonly Fault[];
}

/**
 * The pool that these keys and values set up. Values of keys that are not about the pool are neither looked
 * at nor repeated anywhere: they may be secrets.
 */
export function foundPool(
  dialect: Dialect,
  written: readonly Written[],
  where: { readonly name: string | null; readonly place: Place; readonly variables: Variables },
): PoolReading {
  const settings: FoundSetting[] = [];
  const leftOut: LeftOut[] = [];
  const faults: Fault[] = [];
  const unknownFault = unknownKeys(dialect);
  for (const one of written) {
    const why = reasonToLeaveOut(dialect, one.name);
    const setting = settingOf(dialect, one.name);
    if (setting === undefined) {
      if (why === undefined) faults.push(unknownFault(one));
      else leftOut.push({ ...harmlessKey(dialect, one, listed(dialect, one.name)), why });
      continue;
    }
    const value = valueOf(dialect, setting, one, where.variables);
    if (value.ok) settings.push({ setting, value: value.value, key: one.key, place: one.place });
    else faults.push(faultAt(one, value.code, value.message));
  }
  faults.push(...doubles(dialect.profile, settings));
  if (faults.length === 0) faults.push(...misfits(dialect.profile, settings, where.place));
  const { name, place } = where;
  return { pool: { profile: dialect.profile, name, settings, place }, leftOut, faults };
}

/** A fault at a key of a configuration file. */
export function faultAt(
  { key, place }: { readonly key: string; readonly place: Place },
  code: string,
  message: string,
): Fault {
  return { ...place, path: key, code, message };
}

/** The pool as a scenario writes it. */
export function poolMap({ profile, settings }: FoundPool): PlainMap {
  const values = settings.map(({ setting, value }) => [setting.name, value] as const);
  return { profile: profile.id, ...Object.fromEntries(values) };
}

function settingOf({ profile, names }: Dialect, name: string): ProfileSetting | undefined {
  const isIt = (spelling: string): boolean =>
    names === 'relaxed' ? relaxed(spelling) === relaxed(name) : spelling === name;
  const spellings = ({ name: own, aliases = [] }: ProfileSetting): readonly string[] =>
    names === 'own' ? [own] : [own, ...aliases];
  return profile.settings.find((setting) => spellings(setting).some(isIt));
}

/** A name without what does not count. */
export function relaxed(name: string): string {
  return name.replace(/[-_ ]/g, '').toLowerCase();
}

function reasonToLeaveOut({ besides, names }: Dialect, name: string): string | undefined {
  const plain = (text: string): string => (names === 'relaxed' ? relaxed(text) : text);
  const isIt = (known: string): boolean =>
    known.endsWith('*')
      ? plain(name).startsWith(plain(known.slice(0, -1)))
      : plain(name) === plain(known);
  return Object.entries(besides).find(([, known]) => known.some(isIt))?.[0];
}

/** A name that stands among those to leave out as it is, not by how it begins. */
function listed({ besides, names }: Dialect, name: string): string | undefined {
  const plain = (text: string): string => (names === 'relaxed' ? relaxed(text) : text);
  return Object.values(besides)
    .flat()
    .find((known) => plain(known) === plain(name));
}

/** Faults of names that the product does not know; what one may have been is looked up once for all. */
function unknownKeys(dialect: Dialect): (one: Written) => Fault {
  const { product } = dialect.profile;
  let known: ReturnType<typeof knownWords> | undefined;
  return (one) => {
    known ??= knownWords(dialect);
    const near = nearMiss(one.name, known.words);
    const hint = near === undefined ? '' : `; did you mean ${known.meant[near] ?? near}?`;
    const at = harmlessKey(dialect, one, near);
    return faultAt(at, 'unknown-key', `${product} has no such setting${hint}`);
  };
}

/** Words that a name may be meant for, and what this product calls those of others. */
function knownWords(dialect: Dialect) {
  const { profile, besides } = dialect;
  const own = profile.settings.flatMap((setting) => spellingsOf(profile, setting));
  const others = Object.values(besides)
    .flat()
    .filter((known) => !known.endsWith('*'));
  const meant = { ...foreignWords(profile), ...otherSpellings(dialect) };
  return { words: [...own, ...Object.keys(meant), ...others], meant };
}

/** Spellings that are none in such a file, and the name that is one. */
function otherSpellings({ profile, names }: Dialect): Record<string, string> {
  if (names !== 'own') return {};
  const pairs = profile.settings.flatMap(({ name, aliases = [] }) =>
    aliases.map((alias) => [alias, name] as const),
  );
  return Object.fromEntries(pairs);
}

function valueOf(
  dialect: Dialect,
  setting: ProfileSetting,
  { name, value, place }: Written,
  variables: Variables,
): Reading<NativeValue> {
  const filled = typeof value === 'string' ? variables.resolve(value, place) : read(value);
  if (!filled.ok) return filled;
  const meant = dialect.meant?.(filled.value, setting, name) ?? filled;
  if (!meant.ok) return meant;
  const isText = dialect.textual || filled.value !== value;
  const plain = isText ? fromText(meant.value, setting) : meant.value;
  const checked =
    typeof plain === 'string' && isUnitless(setting, plain)
      ? refuseUnit(plain, setting, dialect)
      : readNative(plain, setting, dialect.profile.product);
  if (checked.ok) return read(plain as NativeValue);
  const words = refusal(checked.message, { plain, written: value }, { setting, dialect });
  return refuse(checked.code, words);
}

/** Why a value is refused, without it where it may be a secret; a file takes no text for a bare number. */
function refusal(
  message: string,
  { plain, written }: { readonly plain: unknown; readonly written: unknown },
  { setting, dialect }: { readonly setting: ProfileSetting; readonly dialect: Dialect },
): string {
  const shown = showHarmless(plain, written);
  const words =
    shown === HIDDEN
      ? `${HIDDEN} is not allowed; ${dialect.profile.product} takes ${allowedWords(setting)}`
      : message;
  return words.replace(OR_TEXT, '');
}

/** A key without its end where that is no word: a colon that is missing makes a value part of its key. */
function harmlessKey(
  { names }: Dialect,
  one: Written,
  near: string | undefined,
): Pick<Written, 'key' | 'place'> {
  const name = names === 'relaxed' ? relaxed(one.name) : one.name;
  const isWord = one.value !== '' && /^[\w.*%-]{1,60}$/.test(name);
  const { key, place } = one;
  if (isWord || (near !== undefined && /^[\w. -]{1,60}$/.test(name))) return { key, place };
  if (!key.endsWith(one.name)) return { key, place };
  return { key: `${one.key.slice(0, one.key.length - one.name.length)}…`, place: one.place };
}

/** What messages say in place of a value that may be a secret. */
const HIDDEN = 'what stands here';

/**
 * A value as messages quote it; not at all if by a slip in the file it may be, or end in, a secret.
 * @param written with the placeholders that the file has in it
 */
export function showHarmless(value: unknown, written: unknown = value): string {
  const isOfSecret = typeof written === 'string' && written.includes('${') && isSecret(written);
  return isHarmless(value) && !isOfSecret ? show(value) : HIDDEN;
}

/** Whether a value is a word or a number, perhaps with a unit; a line too many has blanks or signs in it. */
function isHarmless(value: unknown): boolean {
  return typeof value !== 'string' || /^(?:[\w.%+-]{0,24}|[\d.]+ [a-z]{1,12})$/i.test(value.trim());
}

/** What a text stands for where all values are text. */
function fromText(value: unknown, { unit, words }: ProfileSetting): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  const meant = unquoted(text);
  if (meant === null || unit === 'word' || words !== undefined) return text;
  return meant;
}

/** Nanoseconds of the units that products take as bare numbers only. */
const UNITS: Partial<
  Record<ProfileSetting['unit'], { readonly ns: number; readonly words: string }>
> = {
  ms: { ns: MILLISECOND, words: 'milliseconds' },
  s: { ns: SECOND, words: 'seconds' },
  min: { ns: MINUTE, words: 'minutes' },
};

/** Whether a text stands where only a number can; some words have a meaning of their own. */
function isUnitless({ unit, special = [] }: ProfileSetting, text: string): boolean {
  return UNITS[unit] !== undefined && !special.some(({ value }) => value === text);
}

/** Scenario files may write `30s` for any time; the products' own files may not. */
function refuseUnit(text: string, { unit }: ProfileSetting, { profile }: Dialect): Reading<never> {
  const { ns, words } = UNITS[unit] ?? { ns: 1, words: 'nanoseconds' };
  const duration = parseDuration(text);
  const meant = duration.ok ? `; did you mean ${duration.value / ns}?` : '';
  const message = `${show(text)} is no number; ${profile.product} reads it as ${words}${meant}`;
  return refuse('wrong-type', message);
}

/** One setting under two names, or twice. */
function doubles({ product }: Profile, settings: readonly FoundSetting[]): Fault[] {
  return settings.flatMap((one, i) => {
    const first = settings.findIndex(({ setting }) => setting === one.setting);
    if (first === i) return [];
    const { key, place } = settings[first] as FoundSetting;
    const message = `is the same setting of ${product} as ${key} in line ${place.line}; keep one`;
    return [faultAt(one, 'too-many', message)];
  });
}

/** What does not go together, as the scenario's own check of this pool sees it. */
function misfits(profile: Profile, settings: readonly FoundSetting[], place: Place): Fault[] {
  const map = poolMap({ profile, settings, name: null, place });
  const checked = poolSchema.safeParse(map, { jitless: true });
  if (checked.success) return [];
  return checked.error.issues.map(({ path, message, ...issue }) => {
    const culprit = settings.find(({ setting }) => setting.name === path[0]);
    const code = issue.code === 'custom' ? String(issue.params?.['code'] ?? 'invalid') : 'invalid';
    return faultAt(culprit ?? { key: String(path[0] ?? ''), place }, code, message);
  });
}

/** The pool of a real product as scenario files write it: its own names, units and limits. */
import type { z } from 'zod';
import { keyed, rule, type Report } from './keyed.ts';
import { nativeValue, outside } from './native-value.ts';
import type { PlainMap } from './path.ts';
import { NOT_FROM_HERE } from './pool-source-keys.ts';
import { foreignWords, neutralWords, strangeWords } from './product-words.ts';
import {
  effectiveValues,
  meaning,
  resolveProfile,
  settingFor,
  settingMeant,
  spellingsOf,
  type NativeValue,
  type NativeValues,
  type Profile,
  type ProfileSetting,
} from './profiles.ts';
import { read } from './reading.ts';
import { numberOrWord, scalar } from './scalars.ts';

/** What a file says of a product's pool, when nothing is wrong with it. */
export interface WrittenProduct {
  readonly product: Profile;
  /** By the settings' own names, in the product's units; what is not written is not there. */
  readonly values: NativeValues;
  /** The neutral key `initial`. */
  readonly initial: number | 'max' | undefined;
}

/** `initial`, in every profile. */
export const initialKey = numberOrWord({ whole: true, min: 0, max: 1e6, word: 'max' });

/** The schema of a product's pool, made when a scenario names the product. */
export function productPool(profile: Profile): z.ZodType<WrittenProduct> {
  const known = schemas.get(profile) ?? makeSchema(profile);
  schemas.set(profile, known);
  return known;
}

const schemas = new WeakMap<Profile, z.ZodType<WrittenProduct>>();

function makeSchema(profile: Profile): z.ZodType<WrittenProduct> {
  const map = keyed(shapeOf(profile), {
    hidden: profile.settings.flatMap((setting) => spellingsOf(profile, setting).slice(1)),
    synonyms: foreignWords(profile),
    elsewhere: { ...neutralWords(profile), ...NOT_FROM_HERE },
    strange: strangeWords(profile),
  });
  const checked = rule(map, (written, report) => {
    checkProduct(profile, written, report);
  });
  return checked.transform((written: PlainMap): WrittenProduct => ({
    product: profile,
    values: valuesOf(profile, written),
    initial: written['initial'] as WrittenProduct['initial'],
  }));
}

/** Every spelling of every setting, and what is written the same way for all products. */
export function shapeOf(profile: Profile): Record<string, z.ZodType> {
  const settings = profile.settings.flatMap((setting) => {
    const about = `${profile.product}: ${setting.note}`;
    const schema = nativeValue(setting, profile.product).optional().meta({ description: about });
    return spellingsOf(profile, setting).map((name) => [name, schema] as const);
  });
  return {
    profile: scalar<unknown>(read, { enum: [profile.id, ...(profile.aliases ?? [])] }).meta({
      description: 'Which pool it behaves like',
    }),
    ...Object.fromEntries(settings),
    initial: initialKey.optional().meta({
      description: 'Connections open at the start of the run; max: as many as there may be',
    }),
  };
}

/** Values by the settings' own names; those that could not be read are left out. */
function valuesOf(profile: Profile, written: PlainMap): NativeValues {
  const values: Record<string, NativeValue> = {};
  for (const [key, value] of Object.entries(written)) {
    const setting = settingMeant(profile, key);
    if (setting !== undefined && value !== undefined) values[setting.name] = value as NativeValue;
  }
  return values;
}

function checkProduct(profile: Profile, written: PlainMap, report: Report): void {
  for (const setting of profile.settings) reportDoubles(profile, setting, written, report);
  const values = valuesOf(profile, written);
  const signs = [...signFaults(profile, values), ...clientFaults(profile, values)];
  // A size that is wrong by itself, or could not be read, is not compared with the others.
  const isUnsure =
    signs.length > 0 || sizesIn(profile, written).some((key) => isUnread(written, key));
  const faults = [...signs, ...(isUnsure ? [] : sizeFaults(profile, values, written['initial']))];
  for (const { key, code, message } of faults) {
    report([writtenKey(profile, written, key, code)], code, message);
  }
  const [first] = 'initial' in written ? initialSettings(profile, written) : [];
  if (first !== undefined)
    report([first], 'too-many', `${first} and initial exclude each other; keep one`);
}

/** The keys that are written and count connections. */
function sizesIn(profile: Profile, written: PlainMap): string[] {
  const keys = Object.keys(written);
  return keys.filter((key) => settingMeant(profile, key)?.unit === 'connections');
}

function isUnread(written: PlainMap, key: string): boolean {
  return written[key] === undefined;
}

/** The key to blame: as it is written, or another that is if nobody wrote this one. */
function writtenKey(profile: Profile, written: PlainMap, key: string, code: string): string {
  const setting = settingMeant(profile, key);
  const spellings = setting === undefined ? [key] : spellingsOf(profile, setting);
  const there = spellings.find((name) => name in written);
  if (there !== undefined || code === 'missing') return there ?? key;
  return sizesIn(profile, written)[0] ?? key;
}

/** One setting under two names. */
function reportDoubles(
  profile: Profile,
  setting: ProfileSetting,
  written: PlainMap,
  report: Report,
): void {
  const [first, ...others] = spellingsOf(profile, setting).filter((name) => name in written);
  for (const other of others) {
    const message = `${first ?? ''} and ${other} are the same setting of ${profile.product}; keep one`;
    report([other], 'too-many', message);
  }
}

function initialSettings(profile: Profile, written: PlainMap): string[] {
  return Object.keys(written).filter(
    (key) => key !== 'initial' && settingMeant(profile, key)?.sets === 'initial',
  );
}

interface KeyFault {
  readonly key: string;
  readonly code: string;
  readonly message: string;
}

/** Negative values that the product neither gives a meaning to nor corrects. */
function signFaults(profile: Profile, values: NativeValues): KeyFault[] {
  const effective = effectiveValues(profile, values);
  return profile.settings.flatMap((setting): KeyFault[] => {
    const value = effective[setting.name] ?? null;
    if (setting.sets === null || value === null || !(setting.name in values)) return [];
    const means = meaning(setting, value);
    if (typeof means !== 'number' || means >= 0 || isSpecial(setting, value)) return [];
    const { min = setting.sets === 'max' ? 1 : 0 } = setting;
    const reading = outside(value, { ...setting, min }, profile.product);
    return reading.ok ? [] : [{ key: setting.name, code: reading.code, message: reading.message }];
  });
}

/** A limit of clients that admits none. */
function clientFaults({ asPooler }: Profile, values: NativeValues): KeyFault[] {
  const key = asPooler?.clients ?? null;
  return key === null || values[key] !== 0 ? [] : [outOfRange(key, '0 admits no client')];
}

function isSpecial({ special = [] }: ProfileSetting, value: NativeValue): boolean {
  return special.some((one) => one.value === value);
}

/** What does not go together: connections kept, open at the start, and at most. */
function sizeFaults(profile: Profile, values: NativeValues, initial: unknown): KeyFault[] {
  const setting = settingFor(profile, 'max');
  const effective = effectiveValues(profile, values);
  const { max } = resolveProfile(profile, values);
  const key = setting?.name ?? 'max';
  if (setting !== undefined && max === Infinity && (effective[key] ?? null) === null) {
    return [{ key, code: 'missing', message: `is missing; ${profile.product} has no default` }];
  }
  if (max < 1) return [outOfRange(key, `${max} leaves no connection`)];
  const most = { key, max };
  return [
    ...minFaults(profile, values, most),
    ...startFaults(profile, values, most),
    ...initialFaults(initial, most),
  ];
}

/** The most connections, and what the product calls them. */
interface Most {
  readonly key: string;
  readonly max: number;
}

function minFaults(profile: Profile, values: NativeValues, { key, max }: Most): KeyFault[] {
  const min = settingFor(profile, 'min');
  const floor = min === undefined ? null : (effectiveValues(profile, values)[min.name] ?? null);
  if (min === undefined || typeof floor !== 'number') return [];
  if (Number(meaning(min, floor)) <= max) return [];
  if (!(min.name in values)) {
    const least = `${min.name} (${floor} by default)`;
    return [outOfRange(key, `${max} is less than ${least}; at least that is needed`)];
  }
  return [outOfRange(min.name, `${floor} is more than ${key} (${max}); at most that is needed`)];
}

/** The product's own setting for connections at the start, if it was written and nothing corrects it. */
function startFaults(profile: Profile, values: NativeValues, { key, max }: Most): KeyFault[] {
  const name = settingFor(profile, 'initial')?.name;
  if (name === undefined || !(name in values)) return [];
  const start = effectiveValues(profile, values)[name];
  if (typeof start !== 'number' || start <= max) return [];
  return [outOfRange(name, `${start} is more than ${key} (${max}); at most that is needed`)];
}

function initialFaults(initial: unknown, { key, max }: Most): KeyFault[] {
  if (initial === 'max' && max === Infinity) {
    return [outOfRange('initial', `there is no limit here that max could be; a number is needed`)];
  }
  if (typeof initial !== 'number' || initial <= max) return [];
  const message = `${initial} is more than ${key} (${max}); at most that, or max, is needed`;
  return [outOfRange('initial', message)];
}

function outOfRange(key: string, message: string): KeyFault {
  return { key, code: 'out-of-range', message };
}

/** Words that are no settings of a product, and what its users should write instead. */
import {
  PROFILES,
  settingFor,
  settingMeant,
  type Profile,
  type ProfileSetting,
} from './profiles.ts';

type Target = NonNullable<ProfileSetting['sets']>;

/** Keys of the generic pool and what they set. */
const NEUTRAL: Readonly<Record<string, Target>> = {
  max: 'max',
  acquireTimeout: 'acquireTimeoutNs',
  maxPending: 'maxPending',
  idleTimeout: 'idleTimeoutNs',
  min: 'min',
  order: 'order',
  connectTimeout: 'connectTimeoutNs',
  maxLifetime: 'lifetimeNs',
  maxUses: 'maxUses',
};

/** Keys that only the generic pool has, because a product has no such thing. */
const GENERIC_ONLY: Readonly<Record<string, string>> = {
  handover: 'how fast a connection changes hands is part of the product',
  reconnectShare: 'real pools have lifetimes',
};

/** Sentences about neutral names, by the name. */
export function neutralWords(profile: Profile): Record<string, string> {
  const { product } = profile;
  const words = Object.entries(NEUTRAL).map(([word, target]) => {
    const own = settingFor(profile, target);
    if (own !== undefined) return [word, `unknown key; ${product} calls it ${own.name}`];
    if (word !== 'max') return [word, `unknown key; ${product} has no setting for it`];
    const names = sizeNames(profile);
    if (names === '') return [word, `unknown key; ${product} has no setting for it`];
    return [word, `unknown key; ${product} has no one setting for it, but ${names}`];
  });
  const only = Object.entries(GENERIC_ONLY).map(([word, why]) => [
    word,
    `is for profile: generic only; ${why}`,
  ]);
  const all = Object.fromEntries([...words, ...only]) as Record<string, string>;
  return { ...foreignSentences(profile), ...all };
}

function sizeNames({ settings }: Profile): string {
  const sizes = settings.filter(({ unit }) => unit === 'connections');
  return sizes.map(({ name }) => name).join(', ');
}

/** What this product calls a setting that the generic pool, or another product, calls by the word. */
export function foreignWords(profile: Profile): Record<string, string> {
  const words: Record<string, string> = {};
  for (const [word, target] of Object.entries(NEUTRAL)) {
    const own = settingFor(profile, target);
    if (own !== undefined) words[word] = own.name;
  }
  for (const { word, own } of foreign(profile)) if (own !== undefined) words[word] ??= own;
  return words;
}

/** Sentences about names that only other products have, and no setting here does the same. */
export function strangeWords(profile: Profile): Record<string, string> {
  const { product } = profile;
  const strange = foreign(profile).filter(({ own }) => own === undefined);
  return Object.fromEntries(
    strange.map(({ word, target, products }) => {
      const isSize = target === 'max' && sizeNames(profile) !== '';
      const but = isSize
        ? `has no one setting for it, but ${sizeNames(profile)}`
        : 'has no such one';
      return [word, `unknown key; it is ${owners(products)}, and ${product} ${but}`];
    }),
  );
}

function foreignSentences(profile: Profile): Record<string, string> {
  const known = foreign(profile).filter(({ own }) => own !== undefined);
  return Object.fromEntries(
    known.map(({ word, own = '', products }) => [
      word,
      `unknown key; it is ${owners(products)}, and ${profile.product} calls it ${own}`,
    ]),
  );
}

/** `PgCat's`, `SQLAlchemy QueuePool's or PgCat's`: some of those that a name belongs to. */
function owners(products: readonly string[]): string {
  const some = products.slice(0, 3).map((product) => `${product}'s`);
  const last = some.pop() ?? '';
  return some.length === 0 ? last : `${some.join(', ')} or ${last}`;
}

/** A name that this product does not know. */
interface Foreign {
  readonly word: string;
  /** What it sets at one of those products. */
  readonly target: ProfileSetting['sets'];
  /** What this one calls the same; undefined: nothing. */
  readonly own: string | undefined;
  /** Those that call it so; those for which it is another spelling only come last. */
  readonly products: readonly string[];
}

/** Names that other products have, each once: for what this one has a setting for, if for anything. */
function foreign(profile: Profile): Foreign[] {
  const found = new Map<string, Foreign>();
  for (const { word, target, product } of namesOfOthers(profile)) {
    const before = found.get(word);
    const own = target === null ? undefined : settingFor(profile, target)?.name;
    const products = [...new Set([...(before?.products ?? []), product])];
    const isBetter = before === undefined || (before.own === undefined && own !== undefined);
    found.set(word, isBetter ? { word, target, own, products } : { ...before, products });
  }
  return [...found.values()];
}

/** The settings' own names first, other spellings after them. */
function namesOfOthers(profile: Profile) {
  const others = PROFILES.filter((other) => other !== profile);
  const named = (namesOf: (setting: ProfileSetting) => readonly string[]) =>
    others.flatMap(({ product, settings }) =>
      settings.flatMap((setting) =>
        namesOf(setting).map((word) => ({ word, target: setting.sets, product })),
      ),
    );
  const all = [...named(({ name }) => [name]), ...named(({ aliases = [] }) => aliases)];
  return all.filter(({ word }) => settingMeant(profile, word) === undefined);
}

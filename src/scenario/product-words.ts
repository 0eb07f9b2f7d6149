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
    const sizes = profile.settings.filter(({ unit }) => unit === 'connections');
    if (sizes.length === 0) return [word, `unknown key; ${product} has no setting for it`];
    const names = sizes.map(({ name }) => name).join(', ');
    return [word, `unknown key; ${product} has no one setting for it, but ${names}`];
  });
  const only = Object.entries(GENERIC_ONLY).map(([word, why]) => [
    word,
    `is for profile: generic only; ${why}`,
  ]);
  const all = Object.fromEntries([...words, ...only]) as Record<string, string>;
  return { ...foreignSentences(profile), ...all };
}

/** What this product calls a setting that the generic pool, or another product, calls by the word. */
export function foreignWords(profile: Profile): Record<string, string> {
  const words: Record<string, string> = {};
  for (const [word, target] of Object.entries(NEUTRAL)) {
    const own = settingFor(profile, target);
    if (own !== undefined) words[word] = own.name;
  }
  for (const { word, own } of foreign(profile)) words[word] ??= own;
  return words;
}

function foreignSentences(profile: Profile): Record<string, string> {
  return Object.fromEntries(
    foreign(profile).map(({ word, own, product }) => [
      word,
      `unknown key; it is ${product}'s, and ${profile.product} calls it ${own}`,
    ]),
  );
}

/** Names that other products have for what this one has a setting for, each once. */
function foreign(profile: Profile): { word: string; own: string; product: string }[] {
  const found = new Map<string, { word: string; own: string; product: string }>();
  for (const other of PROFILES) {
    if (other === profile) continue;
    for (const { name, aliases = [], sets } of other.settings) {
      const own = sets === null ? undefined : settingFor(profile, sets);
      if (own === undefined) continue;
      for (const word of [name, ...aliases]) {
        if (found.has(word) || settingMeant(profile, word) !== undefined) continue;
        found.set(word, { word, own: own.name, product: other.product });
      }
    }
  }
  return [...found.values()];
}

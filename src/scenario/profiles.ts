/** The door to the real pools for whoever reads scenarios or reports on them. */
import { findProfile, PROFILES } from '../model/pool/profiles/index.ts';
import type { Profile, ProfileSetting } from '../model/pool/profiles/profile.ts';
import { nearMiss } from './near-miss.ts';

export type {
  ErrorTimes,
  NativeValue,
  NativeValues,
  NeutralMetric,
  Profile,
  ProfileError,
  ProfileSetting,
} from '../model/pool/profiles/profile.ts';
export {
  effectiveValues,
  meaning,
  resolveProfile,
  startUpNotices,
} from '../model/pool/profiles/resolve-profile.ts';
export { startUpExample } from '../model/pool/profiles/start-up-example.ts';
export { findProfile, PROFILES };

/** The profile without a product. */
export const genericProfile = 'generic';

/** Those that can stand between the pools of services and the database. */
export const POOLERS = PROFILES.filter(({ asPooler }) => asPooler !== undefined);

/** The setting that a product's users mean by a word: its name or another spelling of it. */
export function settingNamed(profile: Profile, word: string): ProfileSetting | undefined {
  return (
    profile.settings.find(({ name }) => name === word) ??
    profile.settings.find(({ aliases = [] }) => aliases.includes(word))
  );
}

/** The setting that a product has for something of the simulated pool; the first if there are several. */
export function settingFor(
  profile: Profile,
  target: NonNullable<ProfileSetting['sets']>,
): ProfileSetting | undefined {
  return profile.settings.find(({ sets }) => sets === target);
}

/** The setting meant by a word that is neutral in every profile, `max`, as well as by its own names. */
export function settingMeant(profile: Profile, word: string): ProfileSetting | undefined {
  const own = settingNamed(profile, word);
  return own ?? (word === 'max' ? settingFor(profile, 'max') : undefined);
}

/** Every spelling of a setting in a file, its name first. */
export function spellingsOf(profile: Profile, setting: ProfileSetting): readonly string[] {
  const own = [setting.name, ...(setting.aliases ?? [])];
  return own.includes('max') || settingMeant(profile, 'max') !== setting ? own : [...own, 'max'];
}

/** The profile that somebody meant by a word: its id or other name, what its makers call it, or nearly so. */
export function profileMeant(word: string): string | undefined {
  if (findProfile(word) !== undefined) return word;
  const isIt = ({ product }: Profile) => product.toLowerCase() === word.toLowerCase();
  return PROFILES.find(isIt)?.id ?? nearProfile(word);
}

/**
 * What to say after a name that no profile has: `; did you mean pg-pool?`, `; there are mysql2, vertx-sql`
 * for those with the word in their names, or nothing.
 */
export function profileHint(word: string): string {
  const like = profilesWith(word);
  const near = like.length === 0 ? nearProfile(word) : like[0];
  if (near === undefined) return '';
  return like.length > 1 ? `; there are ${like.join(', ')}` : `; did you mean ${near}?`;
}

/** The profiles with a word in their names; the only one if it is the first part of just one id. */
function profilesWith(word: string): string[] {
  const part = word.toLowerCase();
  if (part.length < 2) return [];
  const first = PROFILES.filter(({ id }) => id.split(/[-_]/)[0] === part);
  const all = first.length === 1 ? first : PROFILES;
  const names = ({ id, aliases = [], product }: Profile) => [id, ...aliases, product];
  const isLike = (name: string) => name.toLowerCase().includes(part);
  return all.filter((profile) => names(profile).some(isLike)).map(({ id }) => id);
}

/** The profile that a mistyped name was probably meant to be, by id or other name. */
function nearProfile(name: string): string | undefined {
  return nearMiss(name, [
    genericProfile,
    ...PROFILES.flatMap(({ id, aliases = [] }) => [id, ...aliases]),
  ]);
}

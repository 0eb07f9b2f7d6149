/** Under which key a setting of a pool stands that may go by several names. */
import { entry, type Path, type PlainMap } from './path.ts';
import {
  findProfile,
  settingMeant,
  spellingsOf,
  type Profile,
  type ProfileSetting,
} from './profiles.ts';

/**
 * The key that `step` means in a pool as it is written: another spelling of it if that is there, or the
 * product's own name for `max`.
 */
export function keyOfPool(pool: PlainMap, step: string): string {
  const written = entry(pool, 'profile');
  const profile = typeof written === 'string' ? findProfile(written) : undefined;
  const known = profile === undefined ? undefined : settingMeant(profile, step);
  const setting = known ?? (profile === undefined ? undefined : spacedOut(profile, step));
  if (profile === undefined || setting === undefined) return step;
  const there = spellingsOf(profile, setting).filter((name) => Object.hasOwn(pool, name));
  if (there.includes(step)) return step;
  return there[0] ?? (known === undefined || step === 'max' ? setting.name : step);
}

/** The setting with spaces in its name that is meant by the same without them: paths have none. */
export function spacedOut(profile: Profile, step: string): ProfileSetting | undefined {
  return profile.settings.find((setting) =>
    spellingsOf(profile, setting).some((name) => name.replaceAll(' ', '') === step),
  );
}

/** The key that the rest of a path means in a pool if it is a name with dots, such as `timeouts.wait`. */
export function dottedKey(pool: PlainMap, steps: Path): string | null {
  const written = entry(pool, 'profile');
  const profile = typeof written === 'string' ? findProfile(written) : undefined;
  const name = steps.join('.');
  if (steps.length < 2 || profile === undefined) return null;
  return settingMeant(profile, name) === undefined ? null : keyOfPool(pool, name);
}

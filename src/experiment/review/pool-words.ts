/** Names of settings and times as the product of a pool writes them. */
import { MILLISECOND, MINUTE, SECOND } from '../../engine/time.ts';
import type { Place } from '../../scenario/import/configuration.ts';
import { formatDuration } from '../../scenario/duration.ts';
import { settingFor, type Profile, type ProfileSetting } from '../../scenario/profiles.ts';
import type { ReviewPool, ReviewService } from './facts.ts';

type Target = NonNullable<ProfileSetting['sets']>;

/** `maximumPoolSize`; `pool_size + max_overflow` where two settings add up. */
export function sizeName(profile: Profile): string {
  const names = sizeSettings(profile).map(({ name }) => name);
  return names.length === 0 ? 'the size of the pool' : names.join(' + ');
}

/** The settings that say how many connections there are at most. */
export function sizeSettings(profile: Profile): readonly ProfileSetting[] {
  const own = settingFor(profile, 'max');
  if (own !== undefined) return [own];
  return profile.settings
    .filter(({ unit, sets }) => unit === 'connections' && sets !== 'min' && sets !== 'initial')
    .slice(0, 2);
}

/** The name of a setting, or null when the product has none. */
export function nameFor(profile: Profile, target: Target): string | null {
  return settingFor(profile, target)?.name ?? null;
}

/** A time as the product's users write it: `connectionTimeout 10000`, `query_wait_timeout 10`. */
export function settingWords(setting: ProfileSetting, ns: number): string {
  const unit = UNITS[setting.unit];
  if (unit !== undefined) return `${setting.name} ${Number((ns / unit).toPrecision(6))}`;
  return `${setting.name} ${formatDuration(ns)}`;
}

const UNITS: Partial<Record<ProfileSetting['unit'], number>> = {
  ms: MILLISECOND,
  s: SECOND,
  min: MINUTE,
};

/** Where a setting stands, or where the pool begins. */
export function placeOfSetting(pool: ReviewPool, name: string | null | undefined): Place {
  return pool.written.get(name ?? '') ?? pool.place;
}

/** Where the size of a pool stands. */
export function placeOfSize(pool: ReviewPool): Place {
  const there = sizeSettings(pool.profile).find(({ name }) => pool.written.has(name));
  return placeOfSetting(pool, there?.name);
}

/** `1 pod`, `10 pods`. */
export function counted(n: number, one: string): string {
  return `${n} ${one}${n === 1 ? '' : 's'}`;
}

/** ` of checkout`, when there are several services. */
export function ofService({ name }: ReviewService): string {
  return name === null ? '' : ` of ${name}`;
}

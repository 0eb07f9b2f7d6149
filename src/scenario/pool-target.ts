/** What a path such as `services.shop.pool.maximumPoolSize` sets, whatever pool it is. */
import { parsePath } from './path.ts';
import { spacedOut } from './pool-key.ts';
import {
  findProfile,
  resolveProfile,
  settingFor,
  settingMeant,
  type NativeValues,
  type Profile,
  type ProfileSetting,
} from './profiles.ts';
import { onlyService } from './system.ts';

interface PoolTarget {
  /** The name of the service whose pool it is. */
  readonly service: string;
  readonly sets: ProfileSetting['sets'];
  /** What the product calls it; null: it is the generic pool's. */
  readonly own: string | null;
}

/** Which profile the pool of a service has; nothing for the generic pool. */
export type ProfileOf = (service: string) => string | undefined;

/** null when the path is not one of a pool's settings. */
export function poolTarget(path: string, profileOf: ProfileOf): PoolTarget | null {
  const found = /^(?:service|services\.(.+?))\.pool\.(.+)$/.exec(path);
  if (found === null) return null;
  const [, service = onlyService, key = ''] = found;
  const profile = findProfile(profileOf(service) ?? '');
  if (profile === undefined) return { service, sets: GENERIC[key] ?? null, own: null };
  const setting = settingMeant(profile, key) ?? spacedOut(profile, key);
  return { service, sets: setting?.sets ?? null, own: setting?.name ?? null };
}

const GENERIC: Readonly<Record<string, ProfileSetting['sets']>> = {
  max: 'max',
  acquireTimeout: 'acquireTimeoutNs',
  reconnectShare: 'reconnectShare',
};

/** A setting's name in a path: the first of its names that one can hold. */
export function pathName({ name, aliases = [] }: ProfileSetting): string | null {
  const names = [name, ...aliases].map((one) => one.replaceAll(' ', ''));
  return names.find((one) => parsePath(one) !== null) ?? null;
}

/** How the size of a pool is set. */
interface SizeSetting {
  /** The last step of the path. */
  readonly key: string;
  /** The size is the value and so many more. */
  readonly more: number;
}

/**
 * `max` where the product has a setting for it; otherwise one that makes the pool as much larger as it is
 * made larger itself, such as SQLAlchemy's pool_size. null: there is none.
 */
export function sizeSetting(profile: Profile, values: NativeValues): SizeSetting | null {
  if (settingFor(profile, 'max') !== undefined) return { key: 'max', more: 0 };
  const { max } = resolveProfile(profile, values);
  for (const setting of profile.settings) {
    const value = values[setting.name] ?? setting.default;
    const key = pathName(setting);
    if (setting.unit !== 'connections' || setting.sets === null) continue;
    if (typeof value !== 'number' || key === null) continue;
    const larger = resolveProfile(profile, { ...values, [setting.name]: value + 1 });
    if (larger.max === max + 1) return { key, more: max - value };
  }
  return null;
}

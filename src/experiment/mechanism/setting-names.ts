/** What a pool's product calls its settings. */
import { findProfile, settingFor } from '../../scenario/profiles.ts';
import type { SettingNames } from './mechanism.ts';

export function settingNames(profileName: string): SettingNames {
  const profile = findProfile(profileName);
  if (profile === undefined) return { max: 'max', min: 'min', acquireTimeout: 'acquireTimeout' };
  const targets = [
    ['max', 'max'],
    ['min', 'min'],
    ['acquireTimeout', 'acquireTimeoutNs'],
    ['connectTimeout', 'connectTimeoutNs'],
    ['lifetime', 'lifetimeNs'],
  ] as const;
  const names = targets.map(([key, target]) => [key, settingFor(profile, target)?.name] as const);
  return Object.fromEntries(names.filter(([, name]) => name !== undefined));
}

/** The same of a pooler in front of the database. */
export function poolerNames(profileName: string): SettingNames {
  const { mode, clients } = findProfile(profileName)?.asPooler ?? { mode: null, clients: null };
  return {
    ...settingNames(profileName),
    ...(mode === null ? {} : { mode }),
    ...(clients === null ? {} : { clients }),
  };
}

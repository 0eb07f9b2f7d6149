/**
 * Small words in which the profiles are written: units in ns, the usual special values, settings that the
 * simulation has no use for, and how rules read native values.
 */
import type { NativeValue, NativeValues, ProfileSetting, ProfileUnit } from './profile.ts';

export { HOUR, MILLISECOND as MS, MINUTE as MIN, SECOND as S } from '../../../engine/time.ts';

type Special = NonNullable<ProfileSetting['special']>[number];

/** This value stands for no limit of time. */
export function forEver(value: NativeValue): Special {
  return { value, means: Infinity, words: 'for ever' };
}

/** This value switches something off that would otherwise happen after a time. */
export function never(value: NativeValue): Special {
  return { value, means: Infinity, words: 'never' };
}

/** This value stands for any number. */
export function unlimited(value: NativeValue): Special {
  return { value, means: Infinity, words: 'any number' };
}

/** A flag of which both positions set something. */
export function flagMeans(
  on: readonly [number | string, string],
  off: readonly [number | string, string],
): readonly Special[] {
  return [
    { value: true, means: on[0], words: on[1] },
    { value: false, means: off[0], words: off[1] },
  ];
}

/** A flag that checks each connection when it is given out. */
export const CHECK_FLAG = flagMeans([-1, 'each time'], [Infinity, 'never']);

/** A setting that the product has and the simulation has no use for. */
export function unused(
  name: string,
  unit: ProfileUnit,
  byDefault: NativeValue | null,
  note: string,
): ProfileSetting {
  return { name, unit, default: byDefault, sets: null, note };
}

/** The value as a number; `fallback` if it is not set or not a number. */
export function numberOf(values: NativeValues, name: string, fallback = NaN): number {
  const value = values[name];
  return typeof value === 'number' ? value : fallback;
}

/** Whether a flag is set, however it was written. */
export function isOn(values: NativeValues, name: string): boolean {
  const value = values[name];
  return value === true || value === 1 || value === 'yes';
}

/** A count of which 0 (or less) stands for any number. */
export function countOf(values: NativeValues, name: string): number {
  const count = numberOf(values, name, 0);
  return count > 0 ? count : Infinity;
}

/** An example of what a start-up rule is about, found by trying: rules are functions, and people want figures. */
import type { NativeValue, NativeValues, Profile, ProfileSetting, StartUpRule } from './profile.ts';
import { effectiveValues } from './resolve-profile.ts';

/** Settings to which a rule applies, and what it then says. */
interface StartUpExample {
  readonly values: NativeValues;
  readonly says: string;
}

/**
 * The first of some usual values to which the rule applies, alone or in pairs, the others at their
 * defaults; null when there is none among them.
 */
export function startUpExample(profile: Profile, rule: StartUpRule): StartUpExample | null {
  const settings = rule.settings.flatMap((name) => profile.settings.filter((s) => s.name === name));
  const defaults = effectiveValues({ ...profile, startUp: [] }, {});
  const alone = settings.flatMap((setting) =>
    candidates(setting, defaults).map((value) => ({ [setting.name]: value })),
  );
  const pairs = alone.flatMap((one) => alone.map((other) => ({ ...one, ...other })));
  for (const values of [...alone, ...pairs]) {
    const all = { ...defaults, ...effectiveValues({ ...profile, startUp: [] }, values) };
    if (rule.applies(all)) return { values, says: rule.says(all) };
  }
  return null;
}

/** Values that are worth trying: twice and half the default, few and many, switched on and off. */
function candidates(
  { name, unit, words = [], min = -Infinity, max = Infinity }: ProfileSetting,
  defaults: NativeValues,
): NativeValue[] {
  if (unit === 'flag') return [true, false];
  if (unit === 'word') return [...words];
  const usual = defaults[name] ?? null;
  const around =
    typeof usual === 'number' && Number.isFinite(usual)
      ? [usual * 2, usual + 5, Math.floor(usual / 2), usual * 100]
      : [];
  const tried =
    unit === 'duration' ? [...around, 1e9, 3600e9] : [...around, 5, 1000, 1, 0, -1, 1e6];
  return [...new Set(tried)].filter((value) => value >= min && value <= max && value !== usual);
}

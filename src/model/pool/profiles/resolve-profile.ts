/**
 * A product's settings as somebody wrote them → what the simulated pool is to do, in the order in which
 * the product does it: defaults, its own corrections at start-up, then units and special values.
 */
import { GENERIC_POLICY, type PoolPolicy } from '../policy.ts';
import type { PoolNumbers, PoolSettings } from '../settings.ts';
import { nanosecondsOf } from './native-time.ts';
import type {
  NativeValue,
  NativeValues,
  Profile,
  ProfileSetting,
  ProfileTarget,
  StartUpRule,
} from './profile.ts';

/**
 * What this profile does with these settings. `written`: values in the product's own names and units;
 * those that are not there or null have the product's default.
 */
export function resolveProfile(profile: Profile, written: NativeValues): PoolSettings {
  const values = effectiveValues(profile, written);
  const targets: Targets = {
    ...profile.fixed,
    ...targetsOf(profile, values),
    ...profile.derive?.(values),
  };
  const policy = { ...GENERIC_POLICY, ...profile.policy, ...pick(targets, isSwitch) } as PoolPolicy;
  const numbers = { ...NUMBERS, ...pick(targets, (key) => !isSwitch(key)) } as PoolNumbers;
  const { max, min } = numbers;
  const initial = 'initial' in targets ? numbers.initial : filled(policy, min);
  return {
    ...numbers,
    min: Math.min(min, max),
    initial: Math.min(initial, max),
    profile: profile.id,
    policy,
  };
}

/** What is set so far: switches and numbers of the simulated pool. */
type Targets = Partial<Record<ProfileTarget, number | string | boolean>>;

/** Of numbers that neither a setting nor the profile sets. */
const NUMBERS: PoolNumbers = {
  max: Infinity,
  initial: 0,
  acquireTimeoutNs: Infinity,
  maxPending: Infinity,
  idleTimeoutNs: Infinity,
  min: 0,
  connectTimeoutNs: Infinity,
  handoverNs: 0,
  reconnectShare: 0,
};

/** A pool that keeps some connections open has them at the start, unless it says otherwise. */
function filled({ fillFirstNs }: PoolPolicy, min: number): number {
  return fillFirstNs < Infinity ? min : 0;
}

function isSwitch(key: string): boolean {
  return Object.hasOwn(GENERIC_POLICY, key);
}

function pick(targets: Targets, wanted: (key: string) => boolean): Targets {
  return Object.fromEntries(Object.entries(targets).filter(([key]) => wanted(key)));
}

/** The values that hold after start-up: defaults filled in, the product's corrections made. */
export function effectiveValues(profile: Profile, written: NativeValues): NativeValues {
  return startUp(profile, written).values;
}

/** Something that the product corrects or warns of when it starts with these settings. */
export interface StartUpNotice {
  /** The settings that it is about, in the product's names. */
  readonly settings: readonly string[];
  /** What a user should know, a sentence with the values in it. */
  readonly says: string;
  /** What the product takes instead; empty when it only warns. */
  readonly takes: NativeValues;
}

/** What the product would correct or warn of, in the order in which it looks. */
export function startUpNotices(profile: Profile, written: NativeValues): readonly StartUpNotice[] {
  return startUp(profile, written).notices;
}

/** Each rule sees what those before it made of the settings. */
function startUp(profile: Profile, written: NativeValues) {
  let values = withDefaults(profile, written);
  const notices: StartUpNotice[] = [];
  for (const rule of profile.startUp) {
    if (!rule.applies(values)) continue;
    const notice = noticeOf(rule, values);
    notices.push(notice);
    values = { ...values, ...notice.takes };
  }
  return { values, notices };
}

function noticeOf(rule: StartUpRule, values: NativeValues): StartUpNotice {
  const { settings } = rule;
  return { settings, says: rule.says(values), takes: rule.takes(values) };
}

/** Every setting with a value or null; durations in text become ns. */
function withDefaults({ settings }: Profile, written: NativeValues): NativeValues {
  return Object.fromEntries(
    settings.map((setting) => {
      const value = valueOf(settings, setting, written);
      const isText = setting.unit === 'duration' && typeof value === 'string';
      return [setting.name, isText ? (nanosecondsOf(value) ?? value) : value];
    }),
  );
}

/** The value of a setting; a default that is another setting's value is followed, as far as there is one. */
function valueOf(
  settings: readonly ProfileSetting[],
  setting: ProfileSetting,
  written: NativeValues,
): NativeValue | null {
  let here: ProfileSetting | undefined = setting;
  for (let step = 0; here !== undefined && step <= settings.length; step++) {
    const value: NativeValue | null = written[here.name] ?? null;
    if (value !== null) return value;
    const byDefault: ProfileSetting['default'] = here.default;
    if (byDefault === null || typeof byDefault !== 'object') return byDefault;
    here = settings.find(({ name }) => name === byDefault.same);
  }
  throw new Error(`bug: the default of ${setting.name} leads nowhere`);
}

/** What the settings set, each by itself. */
function targetsOf({ settings }: Profile, values: NativeValues): Targets {
  const targets: Targets = {};
  for (const setting of settings) {
    const value = values[setting.name] ?? null;
    if (setting.sets !== null && value !== null) targets[setting.sets] = meaning(setting, value);
  }
  return targets;
}

/** A value of the product in terms of the simulated pool: whole ns, a number, a word. */
export function meaning({ special = [], unit }: ProfileSetting, value: NativeValue) {
  const known = special.find((one) => one.value === value || isSameTime(one.value, unit, value));
  if (known !== undefined) return known.means;
  if (typeof value !== 'number') return value;
  const scale = NANOSECONDS[unit];
  return scale === undefined || value === Infinity ? value : Math.round(value * scale);
}

function isSameTime(
  special: NativeValue,
  unit: ProfileSetting['unit'],
  value: NativeValue,
): boolean {
  return unit === 'duration' && typeof special === 'string' && nanosecondsOf(special) === value;
}

const NANOSECONDS: Partial<Record<ProfileSetting['unit'], number>> = {
  ms: 1e6,
  s: 1e9,
  min: 60e9,
  duration: 1,
};

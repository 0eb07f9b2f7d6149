/** What a pool does, in the few words that a table has room for. */
import { formatDuration } from '../scenario/duration.ts';
import {
  resolveProfile,
  type NativeValue,
  type Profile,
  type ProfileSetting,
} from '../scenario/profiles.ts';
import { count } from './words.ts';

/** A pool as it is when nobody sets anything. */
type Pool = ReturnType<typeof resolveProfile>;

/** Most connections unless set: a number, `any number`, or that one has to say. */
export function maxWords(profile: Profile): string {
  const setting = profile.settings.find(({ sets }) => sets === 'max');
  const { max } = resolveProfile(profile, {});
  if (max < Infinity) return count(max);
  return setting?.default === null ? 'not set' : 'no limit';
}

/** How long a request waits unless set. */
export function timeoutWords({ acquireTimeoutNs }: Pool): string {
  return acquireTimeoutNs === Infinity ? 'for ever' : formatDuration(acquireTimeoutNs);
}

/** Who gets the next connection. */
export function turnWords({ policy }: Pool): string {
  return ORDERS[policy.order];
}

const ORDERS = { fifo: 'first', lifo: 'last', random: 'anybody', race: 'a race' } as const;

/** What somebody who has just come may take although others wait. */
export function newcomerWords({ policy }: Pool): string {
  return BARGING[policy.barging];
}

const BARGING = {
  none: 'waits',
  idle: 'may barge',
  slot: 'may open',
  both: 'may both',
} as const;

/** Who opens connections, and how many at once. */
export function openingWords({ policy: { newConnection, openingsAtOnce } }: Pool): string {
  const who = newConnection === 'dedicated' ? 'caller' : 'pool';
  return openingsAtOnce === Infinity ? who : `${who}, ${count(openingsAtOnce)}`;
}

/** A setting's default with its unit. */
export function defaultWords({ default: byDefault, unit }: ProfileSetting): string {
  if (byDefault === null) return 'none';
  if (typeof byDefault === 'object') return `as ${byDefault.same}`;
  return withUnit(byDefault, unit);
}

/** A value as it would be written, and the unit that a bare number has. */
export function withUnit(value: NativeValue, unit: ProfileSetting['unit']): string {
  if (value === Infinity) return 'no limit';
  if (typeof value !== 'number') return value === '' ? 'empty' : String(value);
  if (unit === 'ms' || unit === 's' || unit === 'min') return `${String(value)} ${unit}`;
  return unit === 'duration' && value > 0 ? formatDuration(value) : String(value);
}

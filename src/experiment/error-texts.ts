/** The texts that a product's users see in their logs, with the figures of a run in them. */
import { SECOND } from '../engine/time.ts';
import type { PoolSettings } from '../model/pool/settings.ts';
import type { DenialName } from '../model/request/denial.ts';
import type { ErrorTimes, NativeValues, Profile, ProfileError } from '../scenario/profiles.ts';

/** What stands in place of a figure that a run does not know. */
const UNKNOWN = '…';

/** Connections and requests of one instance when most failed. */
export interface PoolMoment {
  readonly used: number;
  readonly idle: number;
  readonly pending: number;
}

interface ErrorContext {
  readonly profile: Profile;
  /** Its settings by their own names. */
  readonly values: NativeValues;
  /** In force when the pool filled. */
  readonly pool: PoolSettings;
  /** null: nobody knows. */
  readonly moment: PoolMoment | null;
}

/** The error of a product that stands behind a denial: the first that it has a text for. */
const ERRORS: Readonly<Record<DenialName, readonly ProfileError[]>> = {
  'acquire-timeout': ['acquire-timeout'],
  'opening-timeout': ['opening-timeout', 'acquire-timeout'],
  'pool-full': ['pool-full'],
  'connect-failed': ['connect-failed'],
  'connect-timeout': ['connect-timeout', 'connect-failed'],
  'connect-refused': ['connect-failed'],
};

/** The same for one who may not even wait. */
const LINELESS: readonly ProfileError[] = ['nobody-waits', 'pool-full'];

/** What an attempt is told that is denied a connection; null: the product has no text of its own for it. */
export function errorText(denial: DenialName, context: ErrorContext): string | null {
  const isLineless = denial === 'pool-full' && context.pool.maxPending === 0;
  for (const error of isLineless ? LINELESS : ERRORS[denial]) {
    const template = context.profile.errors[error];
    if (template !== undefined) return filled(template, error, context);
  }
  return null;
}

/** Values stand in braces. */
function filled(template: string, error: ProfileError, context: ErrorContext): string {
  const figures = figuresOf(error, context);
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => figures[name] ?? UNKNOWN);
}

function figuresOf(error: ProfileError, context: ErrorContext): Readonly<Record<string, string>> {
  const { profile, pool, moment, values } = context;
  const total = moment === null ? null : moment.used + moment.idle;
  return {
    timeoutMs: number(pool.acquireTimeoutNs / 1e6),
    timeout: timeout(profile.errorTimes, pool.acquireTimeoutNs),
    max: number(pool.max),
    size: number(values['pool_size'] ?? total),
    overflow: number(values['max_overflow']),
    total: number(total),
    active: number(moment?.used),
    idle: number(moment?.idle),
    waiting: number(error === 'pool-full' ? pool.maxPending : moment?.pending),
  };
}

function number(value: unknown): string {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : UNKNOWN;
}

function timeout(form: ErrorTimes | undefined, ns: number): string {
  if (ns === Infinity) return UNKNOWN;
  const seconds = ns / SECOND;
  if (form === undefined) return String(seconds);
  if (form === 'whole-seconds') return String(Math.floor(seconds));
  return form === 'java-duration' ? javaDuration(seconds) : seconds.toFixed(form.places);
}

/** As `java.time.Duration` writes itself: `PT1M30S`. */
function javaDuration(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = Number((seconds % 60).toFixed(9));
  const parts = [hours > 0 && `${hours}H`, minutes > 0 && `${minutes}M`, rest > 0 && `${rest}S`];
  const shown = parts.filter((part) => part !== false);
  return `PT${shown.length === 0 ? '0S' : shown.join('')}`;
}

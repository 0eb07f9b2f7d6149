/** The texts that a product's users see in their logs, with the figures of a run in them. */
import { SECOND } from '../engine/time.ts';
import type { PoolSettings } from '../model/pool/settings.ts';
import type { NativeValues, Profile, ProfileError } from '../scenario/profiles.ts';

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

/** Which errors of a product stand behind a reason of failure; a request sees one of them. */
const ERRORS: Readonly<Record<string, readonly ProfileError[]>> = {
  'acquire-timeout': ['acquire-timeout', 'opening-timeout'],
  'pool-full': ['pool-full'],
  'connect-failed': ['connect-failed', 'connect-timeout'],
  'connect-refused': ['connect-failed'],
};

/** The texts for a reason of failure, each once; none where the product has no error of its own for it. */
export function errorTexts(reason: string, context: ErrorContext): string[] {
  const texts = (ERRORS[reason] ?? []).flatMap((error) => {
    const template = context.profile.errors[error];
    return template === undefined ? [] : [filled(template, error, context)];
  });
  return [...new Set(texts)];
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
    timeout: timeout(profile.id, pool.acquireTimeoutNs),
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

/** Products write seconds, to as many places as this; one writes a duration of Java. */
const PLACES: Readonly<Record<string, number>> = {
  activerecord: 3,
  psycopg_pool: 2,
  sqlalchemy: 2,
};

function timeout(profile: string, ns: number): string {
  if (ns === Infinity) return UNKNOWN;
  const places = PLACES[profile];
  const seconds = ns / SECOND;
  if (profile === 'dbcp2') return javaDuration(seconds);
  return places === undefined ? String(seconds) : seconds.toFixed(places);
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

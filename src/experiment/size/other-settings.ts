/**
 * The settings beside the size: what the objectives ask of them, where the product has them. Each is
 * recommended only for a reason that stands in the scenario.
 */
import { lawMean } from '../../engine/law.ts';
import { MILLISECOND, MINUTE, SECOND } from '../../engine/time.ts';
import type { ServiceSettings } from '../../model/service/settings.ts';
import { formatDuration } from '../../scenario/duration.ts';
import { genericAsProfile } from '../../scenario/generic-profile.ts';
import { pathName } from '../../scenario/pool-target.ts';
import {
  type NativeValue,
  type Profile,
  type ProfileSetting,
  settingFor,
  settingMeant,
} from '../../scenario/profiles.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { isStationary } from '../stability.ts';
import { isUpperLimit } from '../capacity/height.ts';
import type { SizeTarget } from './target.ts';

/** What a setting is for. */
export type SettingKind = 'size' | 'acquire-timeout' | 'waiting' | 'min-idle' | 'lifetime';

/**
 * Why. `size`: by the runs. `late-anyway`: who waits longer misses the objective or has left.
 * `served-in-time`: so many are served within the acquire timeout. `opening-is-slow`: a pool that has
 * shrunk opens connections while the surge waits. `costs-holds`: opening anew costs 1 % of the holds.
 */
export type SettingReason =
  'size' | 'late-anyway' | 'served-in-time' | 'opening-is-slow' | 'costs-holds';

export interface RecommendedSetting {
  readonly kind: SettingKind;
  readonly reason: SettingReason;
  /** As the product writes it, and the value in its unit. */
  readonly name: string;
  readonly value: NativeValue;
  /** For `--set`; null: no path can hold the name. */
  readonly path: string | null;
  /** Connections, requests, or ns; `was`: before, null: no limit. */
  readonly amount: number;
  readonly was: number | null;
}

/** @param servesPerSecond what a full pool of the size serves, all instances */
export function otherSettings(
  scenario: Scenario,
  target: SizeTarget,
  size: number,
  servesPerSecond: number | null,
): RecommendedSetting[] {
  const service = scenario.system.services[target.service] as ServiceSettings;
  const profile = profileOf(target);
  const of = (
    kind: SettingKind,
    reason: SettingReason,
    field: NonNullable<ProfileSetting['sets']>,
    amounts: { readonly amount: number; readonly was: number } | null,
  ): RecommendedSetting[] => {
    const setting = settingFor(profile, field);
    if (setting === undefined || amounts === null) return [];
    const value = nativeValueOf(setting, amounts.amount);
    if (value === null) return [];
    const step = pathName(setting);
    return [
      {
        kind,
        reason,
        name: writtenName(setting),
        value,
        path: step === null ? null : `${target.poolPath}.${step}`,
        amount: amounts.amount,
        was: amounts.was === Infinity ? null : amounts.was,
      },
    ];
  };
  const timeout = of(
    'acquire-timeout',
    'late-anyway',
    'acquireTimeoutNs',
    timeoutFor(scenario, service),
  );
  const timeoutNs = timeout[0]?.amount ?? service.pool.acquireTimeoutNs;
  return [
    ...timeout,
    ...of(
      'waiting',
      'served-in-time',
      'maxPending',
      waitingFor(service, timeoutNs, servesPerSecond),
    ),
    ...of('min-idle', 'opening-is-slow', 'min', minIdleFor(scenario, service, size)),
    ...of('lifetime', 'costs-holds', 'lifetimeNs', lifetimeFor(scenario, service)),
  ];
}

/** The size itself as a setting of the product. */
export function sizeAsSetting(target: SizeTarget, size: number): RecommendedSetting {
  const setting = settingMeant(profileOf(target), target.key);
  return {
    kind: 'size',
    reason: 'size',
    name: setting === undefined ? target.key : writtenName(setting),
    value: size - target.more,
    path: `${target.poolPath}.${target.key}`,
    amount: size,
    was: target.pool.max === Infinity ? null : target.pool.max,
  };
}

export function profileOf({ product }: SizeTarget): Profile {
  return product?.product ?? genericAsProfile;
}

/** As it stands in the product's files: in kebab case where that is a spelling of it. */
function writtenName({ name, aliases = [] }: ProfileSetting): string {
  return aliases.find((alias) => /^[a-z]+(?:-[a-z]+)+$/.test(alias)) ?? name;
}

/** An amount in the unit of the product; null when it does not take it. */
function nativeValueOf({ unit, min, max }: ProfileSetting, amount: number): NativeValue | null {
  if (unit === 'duration') return formatDuration(amount);
  const size = { ms: MILLISECOND, s: SECOND, min: MINUTE }[unit as 'ms' | 's' | 'min'] as
    number | undefined;
  const value = size === undefined ? amount : Math.ceil(amount / size);
  return value < (min ?? 0) || value > (max ?? Infinity) ? null : value;
}

/** Whoever waits longer than the response objective allows, or than the client stays, waits for nothing. */
function timeoutFor({ objectives }: Scenario, { pool, client }: ServiceSettings) {
  const limits = objectives.flatMap(({ condition }) => {
    const { metric, limit } = condition;
    const isResponse = metric.kind === 'percentile' && metric.of === 'response';
    return isResponse && isUpperLimit(condition) ? [limit * SECOND] : [];
  });
  const amount = Math.min(client.timeoutNs, ...limits);
  const was = pool.acquireTimeoutNs;
  return amount < Infinity && amount < was ? { amount: Math.round(amount), was } : null;
}

/** More in line than are served within the timeout time out in any case: refused at once they know it. */
function waitingFor(
  { pool, instances }: ServiceSettings,
  timeoutNs: number,
  servesPerSecond: number | null,
) {
  if (servesPerSecond === null || timeoutNs === Infinity) return null;
  const amount = Math.ceil((servesPerSecond / instances) * (timeoutNs / SECOND));
  return amount >= 1 && amount < pool.maxPending ? { amount, was: pool.maxPending } : null;
}

/** A pool that may shrink opens connections while the surge comes; one of a fixed size has them. */
function minIdleFor(scenario: Scenario, { pool }: ServiceSettings, size: number) {
  const opens = lawMean(scenario.system.database.connectLatency) > 0;
  const shrinks = pool.idleTimeoutNs < Infinity || pool.initial < pool.max;
  if (isStationary(scenario) || !opens || !shrinks || pool.min >= size) return null;
  return pool.min === pool.max ? null : { amount: size, was: pool.min };
}

/** Opening a connection may take this share of its life. */
const OPENING_SHARE = 0.01;

function lifetimeFor({ system }: Scenario, { pool }: ServiceSettings) {
  const was = pool.policy.lifetimeNs;
  const least = lawMean(system.database.connectLatency) / OPENING_SHARE;
  if (was >= least) return null;
  return { amount: Math.ceil(least / MINUTE) * MINUTE, was };
}

/** As `--set` takes them; those whose names no path can hold are left out. */
export function setsOf(settings: readonly RecommendedSetting[]): Record<string, NativeValue> {
  return Object.fromEntries(
    settings.flatMap(({ path, value }) => (path === null ? [] : [[path, value]])),
  );
}

/**
 * How long a connection can lie idle, against what drops idle ones on the way: a balancer, a firewall, the
 * server. Who is given a dropped connection waits for it in vain.
 */
import { MILLISECOND, MINUTE, SECOND } from '../../../engine/time.ts';
import { formatDuration } from '../../../scenario/duration.ts';
import { settingFor, type ProfileSetting } from '../../../scenario/profiles.ts';
import { eachPool } from '../each-pool.ts';
import type { ReviewPool } from '../facts.ts';
import type { Finding, Rule } from '../finding.ts';
import { placeOfSetting, settingWords } from '../pool-words.ts';

export const idleConnections: Rule = {
  name: 'idle-connections',
  asks: 'whether connections lie idle for too long',
  judge: (facts) =>
    eachPool(facts, (pool) => {
      const limit = facts.idleLimitNs;
      const finding = limit === undefined ? never(pool) : beyondLimit(pool, limit.value);
      const needs = limit === undefined ? ['--idle-limit'] : [];
      return { findings: finding === null ? [] : [finding], needs };
    }),
};

function beyondLimit(pool: ReviewPool, limitNs: number): Finding | null {
  const idleNs = longestIdleNs(pool);
  if (idleNs < limitNs || isKeptAlive(pool, limitNs)) return null;
  const setting = recycling(pool);
  // A check before use finds it out, at the expense of whoever waits for the check.
  const isChecked = pool.settings.policy.checkAfterIdleNs < limitNs;
  const how = idleNs === Infinity ? 'for ever' : `for up to ${formatDuration(idleNs)}`;
  const then = isChecked
    ? 'whoever is given one waits until its check fails'
    : 'whoever is given one runs into an error or waits in vain';
  return {
    weight: isChecked ? 'note' : 'hurts',
    place: placeOfSetting(pool, setting?.name),
    says: `A connection can lie idle ${how}, and after ${formatDuration(limitNs)} it is dropped on the way: ${then}.`,
    mend:
      setting === undefined
        ? 'Switch TCP keepalive on, at less than that limit.'
        : `Keep it below that: ${settingWords(setting, limitNs)} is too long already.`,
    figures: {
      idleLimitMs: limitNs / MILLISECOND,
      ...(idleNs === Infinity ? {} : { longestIdleMs: idleNs / MILLISECOND }),
    },
  };
}

function never(pool: ReviewPool): Finding | null {
  if (longestIdleNs(pool) < Infinity) return null;
  const setting = recycling(pool);
  return {
    weight: 'note',
    place: placeOfSetting(pool, setting?.name),
    says: `Connections are never closed, however old or idle: one that a firewall, a balancer or a failover has dropped stays in the pool until somebody is given it.`,
    mend:
      setting === undefined
        ? 'Switch TCP keepalive on, or have connections checked before use.'
        : `Set ${setting.name}, to less than whatever is on the way allows.`,
    figures: {},
  };
}

/** Infinity: a connection can stay unused for as long as the process runs. */
function longestIdleNs({ settings }: ReviewPool): number {
  const { idleTimeoutNs, min, policy } = settings;
  const isKept = min > 0 && policy.idleFloor !== 'none';
  return isKept ? policy.lifetimeNs : Math.min(idleTimeoutNs, policy.lifetimeNs);
}

/** The setting that limits it best: the lifetime, else the idle timeout. */
function recycling({ profile }: ReviewPool): ProfileSetting | undefined {
  return settingFor(profile, 'lifetimeNs') ?? settingFor(profile, 'idleTimeoutNs');
}

const UNITS: Partial<Record<ProfileSetting['unit'], number>> = {
  ms: MILLISECOND,
  s: SECOND,
  min: MINUTE,
};

/** Whether the product pings idle connections often enough. */
function isKeptAlive({ profile, values }: ReviewPool, limitNs: number): boolean {
  return profile.settings.some(({ name, unit }) => {
    const every = values[name];
    const isIt = /^(?:tcp.?)?keep.?alive(?:time|interval)?$/i.test(name);
    return isIt && typeof every === 'number' && every > 0 && every * (UNITS[unit] ?? 1) < limitNs;
  });
}

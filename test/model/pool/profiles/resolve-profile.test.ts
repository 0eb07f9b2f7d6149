import { describe, expect, it } from 'vitest';
import { GENERIC_POLICY, type PoolPolicy } from '../../../../src/model/pool/policy.ts';
import { findProfile, PROFILES } from '../../../../src/model/pool/profiles/index.ts';
import type { NativeValues, Profile } from '../../../../src/model/pool/profiles/profile.ts';
import {
  effectiveValues,
  resolveProfile,
  startUpNotices,
} from '../../../../src/model/pool/profiles/resolve-profile.ts';
import { startUpExample } from '../../../../src/model/pool/profiles/start-up-example.ts';

function profileOf(id: string): Profile {
  const profile = findProfile(id);
  if (profile === undefined) throw new Error(`no profile ${id}`);
  return profile;
}

const hikaricp = profileOf('hikaricp');

/** A product of few settings, for what no real one shows alone. */
const small: Profile = {
  ...hikaricp,
  id: 'small',
  settings: [
    { name: 'size', unit: 'connections', default: { same: 'limit' }, sets: 'max', note: '' },
    { name: 'limit', unit: 'connections', default: 6, sets: null, note: '' },
    { name: 'keep', unit: 'connections', default: 9, sets: 'min', note: '' },
    { name: 'wait', unit: 'min', default: 2, sets: 'acquireTimeoutNs', note: '' },
    {
      name: 'idle',
      unit: 'duration',
      default: '1m30s',
      special: [{ value: '0s', means: Infinity, words: 'never' }],
      sets: 'idleTimeoutNs',
      note: '',
    },
    { name: 'cold', unit: 'flag', default: false, sets: null, note: '' },
  ],
  policy: { order: 'lifo' },
  fixed: { handoverNs: 5 },
  startUp: [],
  derive: ({ cold, idle }) => ({
    ...(cold === true ? { initial: 0 } : {}),
    ...(idle === 0 ? { idleCheck: 'interval' } : {}),
  }),
};

describe('the settings of a product', () => {
  it('are its defaults where nothing is written', () => {
    expect(resolveProfile(hikaricp, {})).toMatchObject({
      profile: 'hikaricp',
      max: 10,
      min: 10,
      acquireTimeoutNs: 30e9,
      maxPending: Infinity,
      handoverNs: 0,
      reconnectShare: 0,
      policy: { newConnection: 'pooled', openingsAtOnce: 1, lifetimeNs: 1800e9 },
    });
  });

  it('follow a default that is the value of another setting', () => {
    expect(resolveProfile(small, {}).max).toBe(6);
    expect(resolveProfile(small, { limit: 4 }).max).toBe(4);
    expect(resolveProfile(small, { limit: 4, size: 3 }).max).toBe(3);
  });

  it('become nanoseconds from the unit of the product', () => {
    expect(resolveProfile(small, { wait: 0.5 }).acquireTimeoutNs).toBe(30e9);
    expect(resolveProfile(small, {}).idleTimeoutNs).toBe(90e9);
    expect(resolveProfile(small, { idle: 250 }).idleTimeoutNs).toBe(250);
  });

  it('mean what the product says of special values, in text and as a number', () => {
    expect(resolveProfile(small, { idle: '0s' }).idleTimeoutNs).toBe(Infinity);
    expect(resolveProfile(small, { idle: 0 }).idleTimeoutNs).toBe(Infinity);
    expect(resolveProfile(hikaricp, { maxLifetime: 0 }).policy.lifetimeNs).toBe(Infinity);
  });

  it('set what follows from several of them, times in nanoseconds', () => {
    expect(resolveProfile(small, { idle: '0s' }).policy.idleCheck).toBe('interval');
    expect(resolveProfile(profileOf('sqlalchemy'), { pool_size: 3, max_overflow: 4 }).max).toBe(7);
    const knex = resolveProfile(profileOf('knex'), { acquireTimeoutMillis: 2500 });
    expect(knex.acquireTimeoutNs).toBe(2500e6);
  });

  it('keep min and initial within max', () => {
    expect(resolveProfile(small, {})).toMatchObject({ max: 6, min: 6 });
  });

  it('are laid over the generic policy', () => {
    expect(resolveProfile(small, {}).policy).toEqual({ ...GENERIC_POLICY, order: 'lifo' });
    expect(resolveProfile(small, {}).handoverNs).toBe(5);
  });

  it('open at the start what the pool keeps open, if it fills itself and says nothing else', () => {
    const filling = { ...small, policy: { fillFirstNs: 0 } };
    expect(resolveProfile(small, {}).initial).toBe(0);
    expect(resolveProfile(filling, {}).initial).toBe(6);
    expect(resolveProfile(filling, { cold: true }).initial).toBe(0);
  });
});

/** What HikariCP's configuration check does: pools.md, section 1. */
describe('HikariCP at start-up', () => {
  const made = (written: NativeValues) => {
    const effective = effectiveValues(hikaricp, written);
    const changed = Object.keys(written).filter((name) => effective[name] !== written[name]);
    return Object.fromEntries(changed.map((name) => [name, effective[name]]));
  };

  it.each<[string, NativeValues, NativeValues]>([
    ['a lifetime below 30 s becomes the default', { maxLifetime: 29_999 }, { maxLifetime: 1.8e6 }],
    ['a lifetime of 30 s stays', { maxLifetime: 30_000 }, {}],
    ['no lifetime stays none', { maxLifetime: 0 }, {}],
    ['keepalive below 30 s is off', { keepaliveTime: 29_999 }, { keepaliveTime: 0 }],
    ['keepalive from 30 s stays', { keepaliveTime: 30_000 }, {}],
    [
      'keepalive as long as the lifetime is off',
      { keepaliveTime: 60_000, maxLifetime: 60_000 },
      { keepaliveTime: 0 },
    ],
    [
      'a leak threshold below 2 s is off',
      { leakDetectionThreshold: 1999 },
      { leakDetectionThreshold: 0 },
    ],
    [
      'a leak threshold beyond the lifetime is off',
      { leakDetectionThreshold: 60_001, maxLifetime: 60_000 },
      { leakDetectionThreshold: 0 },
    ],
    ['more idle than there may be become as many', { minimumIdle: 11 }, { minimumIdle: 10 }],
    ['fewer idle than none become as many', { minimumIdle: -1 }, { minimumIdle: 10 }],
    [
      'an idle timeout within a second of the lifetime is off',
      { minimumIdle: 2, idleTimeout: 59_001, maxLifetime: 60_000 },
      { idleTimeout: 0 },
    ],
    [
      'an idle timeout a second below the lifetime stays',
      { minimumIdle: 2, idleTimeout: 59_000, maxLifetime: 60_000 },
      {},
    ],
    [
      'an idle timeout below 10 s becomes the default',
      { minimumIdle: 2, idleTimeout: 9999 },
      { idleTimeout: 600_000 },
    ],
  ])('%s', (_, written, corrected) => {
    expect(made(written)).toEqual(corrected);
    expect(startUpNotices(hikaricp, written)).toHaveLength(Object.keys(corrected).length);
  });

  it('warns that an idle timeout has no effect on a pool of fixed size, and leaves it', () => {
    const written = { idleTimeout: 60_000 };
    const [notice, ...others] = startUpNotices(hikaricp, written);
    expect(others).toEqual([]);
    expect(notice?.takes).toEqual({});
    expect(notice?.settings).toContain('idleTimeout');
    expect(notice?.says).toMatch(/60000 ms has no effect.*fixed size/);
    expect(effectiveValues(hikaricp, written)['idleTimeout']).toBe(60_000);
  });

  it('looks at what it has corrected before', () => {
    const written = { minimumIdle: 50, idleTimeout: 5000 };
    const [first, second] = startUpNotices(hikaricp, written).map(({ settings }) => settings[0]);
    expect([first, second]).toEqual(['minimumIdle', 'idleTimeout']);
    expect(effectiveValues(hikaricp, written)).toMatchObject({
      minimumIdle: 10,
      idleTimeout: 5000,
    });
  });

  it('says nothing about its own defaults', () => {
    expect(startUpNotices(hikaricp, {})).toEqual([]);
  });
});

describe.each(PROFILES.map((profile) => [profile.id, profile] as const))('%s', (_, profile) => {
  it('has one setting for each name', () => {
    const names = profile.settings.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    const ours = ['profile', 'initial', 'from', 'handover', 'reconnectShare'];
    expect(names.filter((name) => ours.includes(name))).toEqual([]);
  });

  it('is a sound pool by default', () => {
    const { policy, profile: id, ...numbers } = resolveProfile(profile, {});
    expect(id).toBe(profile.id);
    for (const [key, value] of Object.entries(numbers)) {
      expect(value, key).toBeGreaterThanOrEqual(key === 'max' ? 1 : 0);
    }
    expect(Object.keys(policy).sort()).toEqual(Object.keys(GENERIC_POLICY).sort());
    for (const [key, value] of Object.entries(policy)) {
      expect(typeof value, key).toBe(typeof GENERIC_POLICY[key as keyof PoolPolicy]);
      expect(value, key).not.toBeNaN();
    }
  });

  it('has a start-up rule only for what can be written', () => {
    const unseen = profile.startUp.filter((rule) => startUpExample(profile, rule) === null);
    expect(unseen.map(({ settings }) => settings)).toEqual([]);
    expect(startUpNotices(profile, {}).map(({ says }) => says)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { findProfile, PROFILES } from '../../../src/model/pool/profiles/index.ts';
import type {
  NativeValues,
  Profile,
  ProfileError,
  ProfileSetting,
} from '../../../src/model/pool/profiles/profile.ts';
import {
  effectiveValues,
  resolveProfile,
  startUpNotices,
} from '../../../src/model/pool/profiles/resolve-profile.ts';
import { GENERIC_POLICY } from '../../../src/model/pool/policy.ts';

const MS = 1e6;
const S = 1e9;

/** Products that have no default limit and do not start without one. */
const WITHOUT_LIMIT = ['tarn', 'pgcat'];

function profileOf(name: string): Profile {
  const profile = findProfile(name);
  if (profile === undefined) throw new Error(`no profile ${name}`);
  return profile;
}

function resolved(name: string, written: NativeValues = {}) {
  return resolveProfile(profileOf(name), written);
}

const each = PROFILES.map((profile) => [profile.id, profile] as const);

/** Every name by which a setting can be written. */
function spellings({ settings }: Profile): string[] {
  return settings.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
}

function specialValues({ special = [] }: ProfileSetting): unknown[] {
  return special.map(({ value }) => value);
}

describe('the profiles', () => {
  it('are thirty products', () => {
    expect(PROFILES.map(({ id }) => id).toSorted()).toEqual(
      (
        'activerecord asyncpg bb8 c3p0 database-sql dbcp2 deadpool django-no-pool generic-pool hikaricp ' +
        'knex mysql2 npgsql odyssey pg-pool pgbouncer pgcat pgxpool prisma prisma-adapter-pg psycopg_pool ' +
        'r2d2 r2dbc-pool rds-proxy sequelize sqlalchemy sqlclient tarn tomcat-jdbc vertx-sql'
      ).split(' '),
    );
  });

  it('have names that are unique', () => {
    const names = PROFILES.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
    expect(names).toEqual([...new Set(names)]);
    expect(names).not.toContain('generic');
  });

  it.each([
    ['go-database-sql', 'database-sql'],
    ['sqlalchemy-queuepool', 'sqlalchemy'],
    ['sequelize-pool', 'sequelize'],
    ['prisma-classic', 'prisma'],
  ])('are found as %s, too', (alias, id) => {
    expect(findProfile(alias)?.id).toBe(id);
  });

  it('are not found by a name that nobody has', () => {
    expect(findProfile('hikaricpp')).toBeUndefined();
  });
});

describe.each(each)('the profile %s', (_id, profile) => {
  const { settings } = profile;

  it('has settings whose spellings are unique', () => {
    const names = spellings(profile);
    expect(names).toEqual([...new Set(names)]);
  });

  it('has defaults within its own limits', () => {
    const faults = settings.filter((setting) => {
      const { default: value, min = -Infinity, max = Infinity } = setting;
      if (typeof value !== 'number' || specialValues(setting).includes(value)) return false;
      return value < min || value > max;
    });
    expect(faults).toEqual([]);
  });

  it('has defaults among its own words', () => {
    const faults = settings.filter(
      ({ words, default: value }) =>
        words !== undefined && (typeof value !== 'string' || !words.includes(value)),
    );
    expect(faults).toEqual([]);
  });

  it('has defaults that follow settings that exist', () => {
    const followed = settings.flatMap(({ default: value }) =>
      typeof value === 'object' && value !== null ? [value.same] : [],
    );
    const names = settings.map(({ name }) => name);
    expect(followed.filter((name) => !names.includes(name))).toEqual([]);
  });

  it('says what both positions of a flag mean if it sets something', () => {
    const faults = settings.filter(
      (setting) =>
        setting.unit === 'flag' &&
        setting.sets !== null &&
        ![true, false].every((value) => specialValues(setting).includes(value)),
    );
    expect(faults).toEqual([]);
  });

  it('has start-up rules about its own settings, which its defaults do not break', () => {
    const names = settings.map(({ name }) => name);
    for (const rule of profile.startUp) {
      expect(names).toEqual(expect.arrayContaining([...rule.settings]));
      const values = effectiveValues(profile, {});
      expect(Object.keys(rule.takes(values)).filter((name) => !names.includes(name))).toEqual([]);
      expect(rule.says(values)).toMatch(/^\S.*\.$/);
    }
    expect(startUpNotices(profile, {})).toEqual([]);
  });

  it('resolves its defaults to whole numbers and known switches', () => {
    const { policy, ...numbers } = resolveProfile(profile, {});
    const all = { ...numbers, ...policy };
    expect(Object.entries(all).filter(([, value]) => Number.isNaN(value))).toEqual([]);
    expect(Object.keys(policy).toSorted()).toEqual(Object.keys(GENERIC_POLICY).toSorted());
    for (const [key, value] of Object.entries(policy))
      expect(typeof value, key).toBe(typeof GENERIC_POLICY[key as keyof typeof GENERIC_POLICY]);
    expect(numbers.min).toBeLessThanOrEqual(numbers.max);
    expect(numbers.initial).toBeLessThanOrEqual(numbers.max);
  });

  it('uses only placeholders that a report can fill in', () => {
    const known = 'timeoutMs timeout pool total active idle waiting max overflow size'.split(' ');
    const used = Object.values(profile.errors).flatMap((text) =>
      [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
    );
    expect(used.filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });

  it('explains itself', () => {
    const { semantics, traps, leftOut, undocumented } = profile;
    expect(semantics.length).toBeGreaterThanOrEqual(4);
    expect(traps.length).toBeGreaterThan(0);
    const texts = [...traps, ...semantics, ...leftOut, ...undocumented.map((u) => u.assumed)];
    expect(texts.filter((text) => !/[.!`]$/.test(text))).toEqual([]);
    expect(settings.filter(({ note }) => !note.endsWith('.'))).toEqual([]);
  });
});

/* Typed from the survey of pools (docs/POOLS.md). */
describe('a product with its defaults', () => {
  it.each<[string, number]>([
    ['database-sql', Infinity],
    ['django-no-pool', Infinity],
    ['odyssey', Infinity],
    ['generic-pool', 1],
    ['vertx-sql', 4],
    ['psycopg_pool', 4],
    ['activerecord', 5],
    ['sequelize', 5],
    ['dbcp2', 8],
    ['hikaricp', 10],
    ['pg-pool', 10],
    ['prisma-adapter-pg', 10],
    ['knex', 10],
    ['mysql2', 10],
    ['asyncpg', 10],
    ['r2d2', 10],
    ['bb8', 10],
    ['r2dbc-pool', 10],
    ['sqlalchemy', 15],
    ['c3p0', 15],
    ['pgbouncer', 20],
    ['npgsql', 100],
    ['sqlclient', 100],
    ['tomcat-jdbc', 100],
    /* Of four CPUs. */
    ['pgxpool', 4],
    ['deadpool', 8],
    ['prisma', 9],
    /* All of a server that admits 100. */
    ['rds-proxy', 100],
  ])('%s has at most %d connections', (name, max) => {
    expect(resolved(name).max).toBe(max);
  });

  it.each(WITHOUT_LIMIT)('%s has no limit, and its users must write one', (name) => {
    const limit = profileOf(name).settings.find(({ sets }) => sets === 'max');
    expect(limit?.default).toBeNull();
  });

  const waiting: readonly (readonly [string, number])[] = [
    ['pg-pool', Infinity],
    ['mysql2', Infinity],
    ['generic-pool', Infinity],
    ['dbcp2', Infinity],
    ['c3p0', Infinity],
    ['asyncpg', Infinity],
    ['r2dbc-pool', Infinity],
    ['deadpool', Infinity],
    ['odyssey', Infinity],
    ['database-sql', Infinity],
    ['pgxpool', Infinity],
    ['prisma-adapter-pg', Infinity],
    ['django-no-pool', Infinity],
    ['hikaricp', 30 * S],
    ['tomcat-jdbc', 30 * S],
    ['sqlalchemy', 30 * S],
    ['psycopg_pool', 30 * S],
    ['r2d2', 30 * S],
    ['bb8', 30 * S],
    ['vertx-sql', 30 * S],
    ['tarn', 30 * S],
    ['knex', 60 * S],
    ['sequelize', 60 * S],
    ['npgsql', 15 * S],
    ['sqlclient', 15 * S],
    ['prisma', 10 * S],
    ['activerecord', 5 * S],
    ['pgbouncer', 120 * S],
    ['rds-proxy', 120 * S],
    ['pgcat', 1 * S],
  ];

  it.each(waiting)('%s lets a caller wait for %d ns', (name, timeoutNs) => {
    expect(resolved(name).acquireTimeoutNs).toBe(timeoutNs);
  });

  it('is in that table, whatever the product', () => {
    expect(waiting.map(([name]) => name).toSorted()).toEqual(
      PROFILES.map(({ id }) => id).toSorted(),
    );
  });

  it.each<[string, number]>([
    ['hikaricp', 1],
    ['tomcat-jdbc', 10],
    ['asyncpg', 10],
    ['psycopg_pool', 4],
    ['r2dbc-pool', 10],
    ['c3p0', 3],
    ['r2d2', 10],
    ['bb8', 0],
    ['sqlalchemy', 0],
    ['pg-pool', 0],
    ['knex', 0],
    ['sequelize', 0],
    ['pgbouncer', 0],
    ['dbcp2', 0],
  ])('%s starts with %d open connections', (name, initial) => {
    expect(resolved(name).initial).toBe(initial);
  });

  /* Times between two attempts after one has failed, and who is told. */
  it.each<[string, Partial<ReturnType<typeof resolved>['policy']>]>([
    ['hikaricp', { failureTo: 'nobody', retry: 'again', retryFirstNs: 10 * MS, retryCapNs: 5 * S }],
    ['tarn', { failureTo: 'nobody', retry: 'event', retryFirstNs: 200 * MS }],
    ['knex', { failureTo: 'head', retry: 'event', retryFirstNs: 200 * MS }],
    ['generic-pool', { failureTo: 'nobody', retry: 'event', retryFirstNs: 0 }],
    ['sequelize', { failureTo: 'head', retry: 'event', retryFirstNs: 0 }],
    ['pg-pool', { failureTo: 'requester', retry: 'event', retryFirstNs: 0 }],
    ['pgbouncer', { failureTo: 'nobody', block: 'quiet', blockFirstNs: 15 * S }],
    ['sqlclient', { failureTo: 'everybody', block: 'blocking', blockCapNs: 60 * S }],
    ['c3p0', { failureTo: 'everybody', failureAfter: 30, retry: 'again', retryFirstNs: S }],
    ['r2d2', { failureTo: 'nobody', retry: 'again', retryFirstNs: 200 * MS, retryCapNs: 15 * S }],
    ['r2dbc-pool', { failureTo: 'requester', failureAfter: 2, retry: 'again' }],
    ['pgcat', { block: 'ban', blockFirstNs: 60 * S }],
  ])('%s meets a failed connect in its own way', (name, policy) => {
    expect(resolved(name).policy).toMatchObject(policy);
  });

  it.each<[string, ProfileError, string]>([
    [
      'hikaricp',
      'acquire-timeout',
      '{pool} - Connection is not available, request timed out after {timeoutMs}ms (total={total}, active={active}, idle={idle}, waiting={waiting})',
    ],
    ['pg-pool', 'acquire-timeout', 'timeout exceeded when trying to connect'],
    ['pg-pool', 'opening-timeout', 'Connection terminated due to connection timeout'],
    ['database-sql', 'acquire-timeout', 'context deadline exceeded'],
    ['pgbouncer', 'acquire-timeout', 'query_wait_timeout'],
    ['pgbouncer', 'pool-full', 'no more connections allowed (max_client_conn)'],
    [
      'sqlalchemy',
      'acquire-timeout',
      'QueuePool limit of size {size} overflow {overflow} reached, connection timed out, timeout {timeout}',
    ],
    ['generic-pool', 'acquire-timeout', 'ResourceRequest timed out'],
    ['generic-pool', 'pool-full', 'max waitingClients count exceeded'],
    ['sequelize', 'acquire-timeout', 'SequelizeConnectionAcquireTimeoutError: Operation timeout'],
    ['tarn', 'acquire-timeout', 'TimeoutError: operation timed out for an unknown reason'],
    [
      'knex',
      'acquire-timeout',
      'KnexTimeoutError: Knex: Timeout acquiring a connection. The pool is probably full. Are you missing a .transacting(trx) call?',
    ],
    ['mysql2', 'pool-full', 'Queue limit reached.'],
    ['mysql2', 'nobody-waits', 'No connections available.'],
    ['psycopg_pool', 'acquire-timeout', "couldn't get a connection after {timeout} sec"],
    ['psycopg_pool', 'pool-full', "the pool '{pool}' has already {waiting} requests waiting"],
    [
      'npgsql',
      'acquire-timeout',
      "The connection pool has been exhausted, either raise 'Max Pool Size' (currently {max}) or 'Timeout' (currently {timeout} seconds) in your connection string.",
    ],
    [
      'sqlclient',
      'acquire-timeout',
      'Timeout expired.  The timeout period elapsed prior to obtaining a connection from the pool.  This may have occurred because all pooled connections were in use and max pool size was reached.',
    ],
    [
      'activerecord',
      'acquire-timeout',
      'could not obtain a connection from the pool within {timeout} seconds (waited {timeout} seconds); all pooled connections were in use',
    ],
    [
      'prisma',
      'acquire-timeout',
      'P2024: Timed out fetching a new connection from the connection pool.',
    ],
    ['r2dbc-pool', 'acquire-timeout', 'Connection acquisition timed out after {timeoutMs}ms'],
    ['c3p0', 'acquire-timeout', 'An attempt by a client to checkout a Connection has timed out.'],
    ['deadpool', 'connect-timeout', 'Timeout occurred while creating a new object'],
  ])('%s says on %s what its users search for', (name, error, text) => {
    expect(profileOf(name).errors[error]).toContain(text);
  });

  it('has no error of a timeout that cannot happen', () => {
    expect(profileOf('mysql2').errors['acquire-timeout']).toBeUndefined();
  });
});

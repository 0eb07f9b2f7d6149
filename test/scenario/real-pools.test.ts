import { describe, expect, it } from 'vitest';
import { locate } from '../../src/scenario/document-path.ts';
import { resolveProfile, settingMeant, PROFILES } from '../../src/scenario/profiles.ts';
import { formatFault } from '../../src/scenario/fault.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { settingsAt } from '../../src/scenario/settings-at.ts';
import { faultsOf, minimal, said, scenarioOf, serviceOf, withPassage } from './reading.ts';

/** The smallest scenario with this pool; what follows stands from line 5 on. */
const withPool = (pool: string, more = ''): string =>
  withPassage(minimal, 'service: {}', `service: { pool: { ${pool} } }`) + more;

const poolOf = (pool: string, ...sets: string[]) => serviceOf(withPool(pool), ...sets).pool;

/** Warnings of a text without faults. */
function warningsOf(text: string): readonly string[] {
  const reading = parseScenario({ file: 'x.yaml', text, sets: [] });
  if (!reading.ok) throw new Error(reading.faults.map(formatFault).join('\n'));
  return reading.warnings;
}

describe('the settings of a real pool', () => {
  it('have the defaults of the product', () => {
    const written = 'profile: hikaricp';
    const hikaricp = PROFILES.find(({ id }) => id === 'hikaricp');
    expect(hikaricp && resolveProfile(hikaricp, {})).toEqual(poolOf(written));
    expect(poolOf(written)).toMatchObject({ profile: 'hikaricp', max: 10, acquireTimeoutNs: 30e9 });
  });

  it('are in the unit of the product, or have their own', () => {
    expect(poolOf('profile: hikaricp, connectionTimeout: 2500').acquireTimeoutNs).toBe(2500e6);
    expect(poolOf('profile: hikaricp, connectionTimeout: 2.5s').acquireTimeoutNs).toBe(2500e6);
    expect(poolOf('profile: pgbouncer, query_wait_timeout: 20').acquireTimeoutNs).toBe(20e9);
    expect(poolOf('profile: pgbouncer, query_wait_timeout: 250ms').acquireTimeoutNs).toBe(250e6);
    expect(poolOf('profile: database-sql, SetConnMaxIdleTime: 1m').idleTimeoutNs).toBe(60e9);
  });

  it('go by any of the names that the product knows', () => {
    expect(poolOf('profile: hikaricp, maximum-pool-size: 7')).toEqual(
      poolOf('profile: hikaricp, maximumPoolSize: 7'),
    );
    expect(poolOf('profile: hikari, max: 7')).toEqual(
      poolOf('profile: hikaricp, maximumPoolSize: 7'),
    );
  });

  it('may be special values, switches and words', () => {
    expect(poolOf('profile: pg-pool, connectionTimeoutMillis: 0').acquireTimeoutNs).toBe(Infinity);
    expect(poolOf('profile: sqlalchemy, pool_use_lifo: true').policy.idleOrder).toBe('lifo');
    expect(poolOf('profile: pgbouncer, pool_mode: transaction').policy.stickiness).toBe(
      'transaction',
    );
    expect(poolOf('profile: pgbouncer').policy.stickiness).toBe('session');
  });

  it('leave it to the scenario how many connections are open at the start', () => {
    expect(poolOf('profile: pg-pool').initial).toBe(0);
    expect(poolOf('profile: pg-pool, initial: 4').initial).toBe(4);
    expect(poolOf('profile: pg-pool, initial: max, max: 7').initial).toBe(7);
  });

  it.each(PROFILES.map((profile) => [profile.id, profile] as const))(
    'take max in place of their own name for it: %s',
    (id, profile) => {
      const has = settingMeant(profile, 'max') !== undefined;
      const faults = faultsOf(withPool(`profile: ${id}, max: 12`));
      const none = /max: .* has no (one setting for it, but \w+|setting for it$)/;
      expect(faults).toEqual(has ? [] : [expect.stringMatching(none)]);
      if (has) expect(poolOf(`profile: ${id}, max: 12`).max).toBe(12);
    },
  );
});

describe('what is wrong with the settings of a real pool', () => {
  it.each(
    [
      [
        withPool('profile: hikaricpp, whatever: 1'),
        '4:29: service.pool.profile: hikaricpp is unknown; did you mean hikaricp? (`tidemark profiles` lists all)',
      ],
      [
        withPool('profile: 7'),
        '4:29: service.pool.profile: 7 is no name of a pool; `tidemark profiles` lists all',
      ],
      [
        withPool('profile: null, maximumPoolSize: 5'),
        '4:29: service.pool.profile: is empty; `tidemark profiles` lists all',
      ],
      [
        withPool('profile: django-no-pool, max: 5'),
        '4:45: service.pool.max: unknown key; Django without a pool has no setting for it',
      ],
      [
        withPassage(minimal, 'service: {}', 'service: { pool: HikariCP }'),
        '4:18: service.pool: HikariCP stands where a map is needed; write pool: { profile: hikaricp, … }',
      ],
      [
        withPassage(minimal, 'service: {}', 'service: { pool: node-postgres }'),
        '4:18: service.pool: node-postgres stands where a map is needed; write pool: { profile: node-postgres, … }',
      ],
      [
        withPassage(minimal, 'service: {}', 'service: { pool: 5 }'),
        '4:18: service.pool: 5 stands where a map is needed; the size of a pool is pool.max',
      ],
      [
        withPool('profile: pgbouncer-transaction'),
        '4:29: service.pool.profile: pgbouncer-transaction is no profile of its own; write profile: pgbouncer, pool_mode: transaction',
      ],
      [
        withPool('profile: hikaricp, maximumPolSize: 5'),
        '4:39: service.pool.maximumPolSize: unknown key; did you mean maximumPoolSize?',
      ],
      [
        withPool('profile: pg-pool, acquireTimeout: 5s, order: fifo'),
        '4:38: service.pool.acquireTimeout: unknown key; pg-pool calls it connectionTimeoutMillis',
        '4:58: service.pool.order: unknown key; pg-pool has no setting for it',
      ],
      [
        withPool('profile: pg-pool, maximumPoolSize: 5'),
        "4:38: service.pool.maximumPoolSize: unknown key; it is HikariCP's, and pg-pool calls it max",
      ],
      [
        withPool('profile: hikaricp, handover: 1ms, reconnectShare: 5%'),
        '4:39: service.pool.handover: is for profile: generic only; how fast a connection changes hands is part of the product',
        '4:54: service.pool.reconnectShare: is for profile: generic only; real pools have lifetimes',
      ],
      [
        withPool('profile: hikaricp, connectionTimeout: 100'),
        '4:58: service.pool.connectionTimeout: 100 is out of range; HikariCP takes milliseconds from 250 (or text such as 30s), or 0 (some 24 days)',
      ],
      [
        withPool('profile: hikaricp, connectionTimeout: 100ms'),
        '4:58: service.pool.connectionTimeout: 100ms is out of range; HikariCP takes milliseconds from 250 (or text such as 30s), or 0 (some 24 days)',
      ],
      [
        withPool('profile: hikaricp, connectionTimeout: "30000", maximumPoolSize: 2.5'),
        '4:58: service.pool.connectionTimeout: "30000" is text without a unit; HikariCP takes milliseconds from 250 (or text such as 30s), or 0 (some 24 days); write 30000 without quotes',
        '4:84: service.pool.maximumPoolSize: 2.5 is not whole; HikariCP takes a whole number from 1',
      ],
      [
        withPool('profile: hikaricp, maximumPoolSize: "0", allowPoolSuspension: "false"'),
        '4:56: service.pool.maximumPoolSize: "0" is text; HikariCP takes a whole number from 1',
        '4:82: service.pool.allowPoolSuspension: "false" is text; HikariCP takes true or false; write false without quotes',
      ],
      [
        withPool('profile: database-sql, SetConnMaxLifetime: 30'),
        '4:63: service.pool.SetConnMaxLifetime: 30 needs a unit; database/sql takes a duration such as 30s, or 0 (for ever)',
      ],
      [
        withPool('profile: pgbouncer, pool_mode: transactoin'),
        '4:51: service.pool.pool_mode: transactoin is unknown; did you mean transaction?',
      ],
      [
        withPool('profile: sqlalchemy, pool_use_lifo: maybe'),
        '4:56: service.pool.pool_use_lifo: maybe is not allowed; SQLAlchemy QueuePool takes true or false',
      ],
      [
        withPool('profile: hikaricp, maximumPoolSize: 5, max: 6'),
        '4:64: service.pool.max: maximumPoolSize and max are the same setting of HikariCP; keep one',
      ],
      [
        withPool('profile: hikaricp, initial: 11'),
        '4:48: service.pool.initial: 11 is more than maximumPoolSize (10); at most that, or max, is needed',
      ],
      [
        withPool('profile: database-sql, initial: max'),
        '4:52: service.pool.initial: there is no limit here that max could be; a number is needed',
      ],
      [
        withPool('profile: asyncpg, min_size: 50, max_size: 2'),
        '4:48: service.pool.min_size: 50 is more than max_size (2); at most that is needed',
      ],
      [withPool('profile: tarn'), '4:12: service.pool.max: is missing; tarn has no default'],
      [
        withPool('profile: tarn, min: 5, max: 3'),
        '4:40: service.pool.min: 5 is more than max (3); at most that is needed',
      ],
      [
        withPool('profile: pg-pool, max: -5'),
        '4:43: service.pool.max: -5 is out of range; pg-pool takes a whole number from 1',
      ],
      [
        withPool('profile: pg-pool, min: 3, poolSize: 0'),
        '4:56: service.pool.poolSize: 0 leaves no connection',
      ],
      [
        withPool('profile: tarn, max: 0, min: 20'),
        '4:40: service.pool.max: 0 is out of range; tarn takes a whole number from 1',
      ],
      [
        withPool('profile: knex, max: 1'),
        '4:40: service.pool.max: 1 is less than min (2 by default); at least that is needed',
      ],
      [
        withPool('profile: psycopg_pool, min_size: 0'),
        '4:53: service.pool.min_size: 0 leaves no connection',
      ],
      [
        withPool('profile: hikaricp, maximumPoolSize: 1e9, minimumIdle: 20'),
        '4:56: service.pool.maximumPoolSize: 1000000000 is out of range; HikariCP takes a whole number from 1, and a simulation up to 1000000',
      ],
      [
        withPool('profile: hikaricp, from: x.yml'),
        '4:39: service.pool.from: a file is read for a pool as the run begins; write the settings themselves here',
      ],
    ].map(said),
  )('%s', (_, { text, faults }) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it('lists what is allowed without other spellings', () => {
    const [fault] = faultsOf(withPool('profile: pg-pool, qqq: 1'));
    expect(fault).toMatch(/unknown key; allowed: profile, max, min, .*, initial$/);
    expect(fault).not.toContain('poolSize');
  });

  it.each([
    ['pgbouncer', 'max_client_conn: 0', '0 admits no client'],
    ['hikaricp', 'max_overflow: 5', "it is SQLAlchemy QueuePool's, and HikariCP has no such one"],
    [
      'hikaricp',
      'pool_use_lifo: true',
      "it is SQLAlchemy QueuePool's, and HikariCP has no such one",
    ],
    [
      'hikaricp',
      'pool_size: 5',
      "it is SQLAlchemy QueuePool's, PgCat's or Odyssey's, and HikariCP calls it maximumPoolSize",
    ],
    ['pg-pool', 'SetMaxIdleConns: 4', "it is database/sql's, and pg-pool has no such one"],
    [
      'sqlalchemy',
      'SetMaxOpenConns: 4',
      "it is database/sql's, and SQLAlchemy QueuePool has no one setting for it, but pool_size, max_overflow",
    ],
    ['pg-pool', 'max_overfow: 4', /unknown key; allowed: profile, max, /],
  ])('are those of another product: %s, %s', (id, setting, message) => {
    const [fault, ...more] = faultsOf(withPool(`profile: ${id}, ${setting}`));
    expect(more).toEqual([]);
    if (typeof message === 'string') expect(fault?.endsWith(message), fault).toBe(true);
    else expect(fault).toMatch(message);
  });

  it('is the same beside several services', () => {
    const text = `duration: 1m
services:
  web: { traffic: { rate: 5 }, requests: { query: 5ms }, pool: { profile: hikari, max: 0 } }
`;
    expect(faultsOf(text)).toEqual([
      '3:88: services.web.pool.max: 0 is out of range; HikariCP takes a whole number from 1',
    ]);
  });
});

describe('what a product would say when it starts', () => {
  it('is a warning at the setting', () => {
    expect(warningsOf(withPool('profile: hikaricp, maxLifetime: 5s'))).toEqual([
      'x.yaml:4:52: service.pool.maxLifetime: maxLifetime 5000 ms is below 30000 ms; HikariCP takes 1800000 ms',
    ]);
    expect(poolOf('profile: hikaricp, maxLifetime: 5s').policy.lifetimeNs).toBe(1800e9);
  });

  it('comes with what changes nothing in the simulation', () => {
    expect(warningsOf(withPool('profile: hikaricp, leak-detection-threshold: 3000'))).toEqual([
      'x.yaml:4:65: service.pool.leak-detection-threshold: changes nothing in the simulation. Only writes a warning to the log',
    ]);
    expect(warningsOf(withPool('profile: sqlalchemy, max_overflow: 3'))).toEqual([]);
  });

  it('is nothing for a plain configuration', () => {
    for (const { id } of PROFILES) {
      if (faultsOf(withPool(`profile: ${id}, max: 12`)).length > 0) continue;
      const text = withPool(`profile: ${id}, max: 12`);
      // The Tomcat pool keeps up to a hundred idle whatever maxActive is, and warns of that itself.
      const own = id === 'tomcat-jdbc' ? [expect.stringContaining('maxIdle 100 is above')] : [];
      expect(warningsOf(text), id).toEqual(own);
    }
  });
});

describe('changes of a real pool', () => {
  it('set a setting once, by whatever name', () => {
    const text = withPool('profile: hikaricp');
    const sets = ['service.pool.max=5', 'service.pool.maximumPoolSize=6'];
    expect(faultsOf(text, ...sets)).toEqual([
      '--set service.pool.maximumPoolSize=6: sets the same as --set service.pool.max=5; keep one',
    ]);
    const timeline = `timeline:
  - { at: 10s, title: A, set: { service.pool.max: 5, service.pool.maximumPoolSize: 6 } }
`;
    expect(faultsOf(text + timeline)).toEqual([
      expect.stringMatching(
        /set\.service\.pool\.maximumPoolSize: sets the same as service\.pool\.max; keep one$/,
      ),
    ]);
  });

  it('by --set reach each setting of each pool, those with spaces in their names without them', () => {
    const out = PROFILES.flatMap((profile) => {
      const document = { service: { pool: { profile: profile.id } } };
      const leadsTo = (setting: (typeof profile.settings)[number], name: string): boolean => {
        const place = locate(document, `service.pool.${name}`);
        return place.ok && settingMeant(profile, String(place.value.at(-1))) === setting;
      };
      return profile.settings
        .filter((setting) => {
          const names = [setting.name, ...(setting.aliases ?? [])];
          return !names.some((name) => leadsTo(setting, name.replaceAll(' ', '')));
        })
        .map(({ name }) => `${profile.id}: ${name}`);
    });
    expect(out).toEqual([]);
    const pool = poolOf('profile: sqlclient', 'service.pool.LoadBalanceTimeout=30');
    expect(pool.policy.lifetimeNs).toBe(30e9);
    const set = poolOf(
      'profile: sqlclient, Load Balance Timeout: 20',
      'service.pool.LoadBalanceTimeout=30',
    );
    expect(set).toEqual(pool);
  });

  it('by --set name its size max, whatever the file calls it', () => {
    const set = 'service.pool.max=20';
    expect(poolOf('profile: hikaricp', set).max).toBe(20);
    expect(poolOf('profile: hikaricp, maximumPoolSize: 5', set).max).toBe(20);
    expect(poolOf('profile: hikaricp, maximum-pool-size: 5', set).max).toBe(20);
    expect(poolOf('profile: hikaricp, max: 5', 'service.pool.maximumPoolSize=20').max).toBe(20);
    expect(poolOf('profile: npgsql', set).max).toBe(20);
    expect(poolOf('profile: pg-pool', set).max).toBe(20);
  });

  it('find names that hold a dot', () => {
    const set = 'service.pool.housekeeping.periodMs=5s';
    expect(poolOf('profile: hikaricp', set).policy.idleCheckNs).toBe(5e9);
    const long = 'service.pool.com.zaxxer.hikari.housekeeping.periodMs=5s';
    expect(poolOf('profile: hikaricp, housekeeping.periodMs: 1s', long).policy.idleCheckNs).toBe(
      5e9,
    );
  });

  it('are refused where they stand', () => {
    const text = withPool('profile: hikaricp, maximum-pool-size: 5');
    expect(faultsOf(text, 'service.pool.max=x')).toEqual([
      '--set service.pool.max=x: service.pool.maximum-pool-size: x is not allowed; HikariCP takes a whole number from 1',
    ]);
    expect(faultsOf(text, 'service.pool.acquireTimeout=1s')).toEqual([
      '--set service.pool.acquireTimeout=1s: service.pool.acquireTimeout: unknown key; HikariCP calls it connectionTimeout',
    ]);
  });

  it('in the timeline change its numbers', () => {
    const more =
      'timeline: [ { at: 10s, title: T, set: { service.pool.max: 20, service.pool.connectionTimeout: 2s } } ]\n';
    const [entry] = scenarioOf(withPool('profile: hikaricp, maximumPoolSize: 5', more)).timeline;
    expect(entry?.settings?.services[0]?.pool).toMatchObject({
      max: 20,
      min: 20,
      acquireTimeoutNs: 2e9,
    });
  });

  it('are found by what-if experiments', () => {
    const scenario = scenarioOf(withPool('profile: pgbouncer, default_pool_size: 5'));
    const reading = settingsAt(scenario, 0, { 'service.pool.max': 9 });
    expect(reading.ok && reading.settings.services[0]?.pool.max).toBe(9);
  });

  it('cannot make it another product, or work in another way', () => {
    const set = (change: string) => `timeline: [ { at: 10s, title: T, set: { ${change} } } ]\n`;
    expect(
      faultsOf(
        withPool('profile: hikaricp, maximumPoolSize: 5', set('service.pool.profile: pg-pool')),
      ),
    ).toEqual([
      '5:41: timeline[0].set.service.pool.profile: the profile of a pool cannot change during a run (it is hikaricp); compare two scenarios instead',
    ]);
    expect(faultsOf(withPool('', set('service.pool.profile: pg-pool')))).toEqual([
      '5:41: timeline[0].set.service.pool.profile: the profile of a pool cannot change during a run (it is generic); compare two scenarios instead',
    ]);
    expect(faultsOf(withPool('profile: hikari', set('service.pool.profile: hikaricp')))).toEqual(
      [],
    );
    expect(faultsOf(withPool('profile: hikari', set('service.pool: { max: 5 }')))).toEqual([
      '5:41: timeline[0].set.service.pool.profile: the profile of a pool cannot change during a run (it is hikaricp); compare two scenarios instead',
    ]);
    expect(
      faultsOf(withPool('profile: sqlalchemy', set('service.pool.pool_use_lifo: true'))),
    ).toEqual([
      '5:69: timeline[0].set.service.pool.pool_use_lifo: what pool_use_lifo decides (idleOrder: fifo) cannot change during a run; it is how the pool works, not a number',
    ]);
  });

  it('are known to provenance by either name', () => {
    const more =
      'provenance: { service.pool.max: assumed, service.pool.maximumPoolSize: stated }\n';
    expect(faultsOf(withPool('profile: hikaricp, maximumPoolSize: 5', more))).toEqual([]);
  });
});

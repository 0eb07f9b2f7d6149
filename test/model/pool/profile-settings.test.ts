import { describe, expect, it } from 'vitest';
import { findProfile } from '../../../src/model/pool/profiles/index.ts';
import type { NativeValues, Profile } from '../../../src/model/pool/profiles/profile.ts';
import {
  effectiveValues,
  resolveProfile,
  startUpNotices,
} from '../../../src/model/pool/profiles/resolve-profile.ts';

const MS = 1e6;
const S = 1e9;

function profileOf(name: string): Profile {
  const profile = findProfile(name);
  if (profile === undefined) throw new Error(`no profile ${name}`);
  return profile;
}

function resolved(name: string, written: NativeValues = {}) {
  return resolveProfile(profileOf(name), written);
}

describe('a written setting', () => {
  it('of SQLAlchemy adds up to the limit, unless one of both is unlimited', () => {
    const all = (written: NativeValues) => {
      const { max, policy } = resolved('sqlalchemy', written);
      return [max, policy.maxIdle];
    };
    expect(all({ pool_size: 20, max_overflow: 0 })).toEqual([20, 20]);
    expect(all({ pool_size: 0 })).toEqual([Infinity, Infinity]);
    expect(all({ max_overflow: -1 })).toEqual([Infinity, 5]);
  });

  it('of PgBouncer decides how long a client keeps its connection, and whether a reset follows', () => {
    const ways = ['session', 'transaction', 'statement'].map((pool_mode) => {
      const { stickiness, resetRoundTrips } = resolved('pgbouncer', { pool_mode }).policy;
      return [stickiness, resetRoundTrips];
    });
    expect(ways).toEqual([
      ['session', 1],
      ['transaction', 0],
      ['statement', 0],
    ]);
  });

  it('of PgBouncer caps one pool by the limits of several', () => {
    const { max, maxPending, policy } = resolved('pgbouncer', {
      max_db_connections: 12,
      default_pool_size: 10,
      reserve_pool_size: 5,
      max_client_conn: 50,
    });
    expect([max, policy.reserve, maxPending]).toEqual([10, 2, 50]);
  });

  it('of knex yields to a smaller one that covers the same wait', () => {
    const wait = (written: NativeValues) => resolved('knex', written).acquireTimeoutNs / MS;
    expect(wait({ acquireConnectionTimeout: 5000 })).toBe(5000);
    expect(wait({ acquireTimeoutMillis: 7000 })).toBe(7000);
    expect(wait({ acquireConnectionTimeout: 9000, acquireTimeoutMillis: 7000 })).toBe(7000);
  });

  it('of the RDS Proxy is a share of what the server admits', () => {
    const { max, policy } = resolved('rds-proxy', {
      max_connections: 400,
      MaxConnectionsPercent: 50,
      MaxIdleConnectionsPercent: 25,
    });
    expect([max, policy.maxIdle]).toEqual([200, 50]);
  });

  it('of r2d2 about its size is that of its idle connections, too', () => {
    const { min, initial } = resolved('r2d2', { max_size: 4 });
    expect([min, initial]).toEqual([4, 4]);
    expect(resolved('r2d2', { max_size: 4, min_idle: 1 }).initial).toBe(1);
  });

  it('of generic-pool about idleness holds only while its evictor runs', () => {
    const idle = (written: NativeValues) => {
      const { idleTimeoutNs, policy } = resolved('generic-pool', written);
      return [idleTimeoutNs, policy.idleFloor];
    };
    expect(idle({ idleTimeoutMillis: 9000 })).toEqual([Infinity, 'none']);
    expect(idle({ evictionRunIntervalMillis: 1000 })).toEqual([30 * S, 'none']);
    expect(idle({ evictionRunIntervalMillis: 1000, softIdleTimeoutMillis: 5000 })).toEqual([
      5 * S,
      'idle',
    ]);
  });

  it('of mysql2 can forbid waiting, and closes idle connections only below the limit', () => {
    expect(resolved('mysql2').maxPending).toBe(Infinity);
    expect(resolved('mysql2', { queueLimit: 3 }).maxPending).toBe(3);
    expect(resolved('mysql2', { queueLimit: 3, waitForConnections: false }).maxPending).toBe(0);
    expect(resolved('mysql2').idleTimeoutNs).toBe(Infinity);
    const closing = resolved('mysql2', { maxIdle: 2 });
    expect([closing.idleTimeoutNs, closing.policy.maxIdle]).toEqual([60 * S, 2]);
    expect(resolved('mysql2', { connectionLimit: 0 }).max).toBe(Infinity);
  });

  it('of pg-pool limits each attempt to connect as well as the wait', () => {
    const limits = (written: NativeValues) => {
      const { acquireTimeoutNs, connectTimeoutNs } = resolved('pg-pool', written);
      return [acquireTimeoutNs, connectTimeoutNs];
    };
    expect(limits({})).toEqual([Infinity, Infinity]);
    expect(limits({ connectionTimeoutMillis: 2000 })).toEqual([2 * S, 2 * S]);
  });

  it('of HikariCP decides what stands at the start, and what the driver is told', () => {
    const initial = (written: NativeValues) => resolved('hikaricp', written).initial;
    expect(initial({ initializationFailTimeout: -1 })).toBe(0);
    const filled = 'com.zaxxer.hikari.blockUntilFilled';
    expect(initial({ [filled]: true })).toBe(1);
    expect(initial({ [filled]: true, initializationFailTimeout: 5000, minimumIdle: 6 })).toBe(6);
    expect(resolved('hikaricp', { connectionTimeout: 250 }).connectTimeoutNs).toBe(1 * S);
    expect(resolved('hikaricp', { connectionTimeout: 0 }).connectTimeoutNs).toBe(Infinity);
  });

  it('of newer HikariCP spreads lifetimes by a divisor', () => {
    const factor = 'com.zaxxer.hikari.lifeTimeVarianceFactor';
    expect(resolved('hikaricp').policy.lifetimeJitter).toBe(0.025);
    expect(resolved('hikaricp', { [factor]: 4 }).policy.lifetimeJitter).toBe(0.25);
  });

  it('of the Tomcat pool lets newcomers barge, and checks what was not checked lately', () => {
    const { release, barging } = resolved('tomcat-jdbc', { fairQueue: false }).policy;
    expect([release, barging]).toEqual(['wake-one', 'idle']);
    const check = resolved('tomcat-jdbc', { testOnBorrow: true }).policy.checkAfterIdleNs;
    expect(check).toBe(3 * S);
  });

  it.each([0, -1])(
    'of the Tomcat pool about idleness does not hold when nobody looks: %d',
    (ms) => {
      const off = resolved('tomcat-jdbc', { timeBetweenEvictionRunsMillis: ms });
      expect(off.idleTimeoutNs).toBe(Infinity);
      const on = resolved('tomcat-jdbc', { timeBetweenEvictionRunsMillis: 2000 });
      expect([on.idleTimeoutNs, on.policy.idleCheckNs]).toEqual([60 * S, 2 * S]);
    },
  );

  it('of DBCP 2 about idleness and minIdle holds only while its evictor runs', () => {
    const off = resolved('dbcp2', { minIdle: 2 });
    expect([off.idleTimeoutNs, off.min, off.policy.fillEveryNs]).toEqual([Infinity, 0, Infinity]);
    const on = resolved('dbcp2', { minIdle: 2, timeBetweenEvictionRunsMillis: 5000 });
    expect([on.idleTimeoutNs, on.min, on.policy.fillEveryNs]).toEqual([1800 * S, 2, 5 * S]);
  });

  it('of Go and pgx is a duration in text', () => {
    expect(resolved('database-sql', { SetConnMaxLifetime: '5m' }).policy.lifetimeNs).toBe(300 * S);
    expect(resolved('database-sql', { SetConnMaxLifetime: '0s' }).policy.lifetimeNs).toBe(Infinity);
    const { policy } = resolved('pgxpool', {
      pool_max_conn_lifetime: '45m',
      pool_max_conn_lifetime_jitter: '15m',
    });
    expect([policy.lifetimeNs, policy.lifetimeJitter]).toEqual([3600 * S, 0.25]);
  });

  it('of Django keeps connections when an age is given', () => {
    const age = (written: NativeValues) => {
      const { maxIdle, lifetimeNs } = resolved('django-no-pool', written).policy;
      return [maxIdle, lifetimeNs];
    };
    expect(age({})).toEqual([0, 0]);
    expect(age({ CONN_MAX_AGE: 60 })).toEqual([Infinity, 60 * S]);
    expect(age({ CONN_MAX_AGE: 'None' })).toEqual([Infinity, Infinity]);
  });

  it.each<[string, NativeValues, keyof ReturnType<typeof resolved>, number]>([
    ['pg-pool', { connectionTimeoutMillis: 0 }, 'acquireTimeoutNs', Infinity],
    ['hikaricp', { connectionTimeout: 0 }, 'acquireTimeoutNs', (2 ** 31 - 1) * MS],
    ['hikaricp', { idleTimeout: 0 }, 'idleTimeoutNs', Infinity],
    ['dbcp2', { maxWaitMillis: -1 }, 'acquireTimeoutNs', Infinity],
    ['c3p0', { checkoutTimeout: 0 }, 'acquireTimeoutNs', Infinity],
    ['pgbouncer', { query_wait_timeout: 0 }, 'acquireTimeoutNs', Infinity],
    ['prisma', { pool_timeout: 0 }, 'acquireTimeoutNs', Infinity],
    ['odyssey', { pool_size: 0 }, 'max', Infinity],
    ['vertx-sql', { maxWaitQueueSize: -1 }, 'maxPending', Infinity],
    ['activerecord', { max_connections: -1 }, 'max', Infinity],
    ['tomcat-jdbc', { maxWait: -1 }, 'acquireTimeoutNs', Infinity],
  ])('of %s with the special value %o means something else', (name, written, key, value) => {
    expect(resolved(name, written)[key]).toBe(value);
  });
});

describe('the start', () => {
  it.each<[string, NativeValues, NativeValues]>([
    ['hikaricp', { maxLifetime: 20_000 }, { maxLifetime: 1_800_000 }],
    ['hikaricp', { keepaliveTime: 10_000 }, { keepaliveTime: 0 }],
    ['hikaricp', { leakDetectionThreshold: 1999 }, { leakDetectionThreshold: 0 }],
    ['hikaricp', { minimumIdle: 11 }, { minimumIdle: 10 }],
    ['hikaricp', { minimumIdle: 2, idleTimeout: 1_799_500 }, { idleTimeout: 0 }],
    ['hikaricp', { minimumIdle: 2, idleTimeout: 9999 }, { idleTimeout: 600_000 }],
    ['tomcat-jdbc', { maxActive: 4 }, { minIdle: 4, initialSize: 4 }],
    ['database-sql', { SetMaxOpenConns: 5, SetMaxIdleConns: 9 }, { SetMaxIdleConns: 5 }],
  ])('of %s with %o takes something else', (name, written, taken) => {
    expect(effectiveValues(profileOf(name), written)).toMatchObject(taken);
    expect(startUpNotices(profileOf(name), written).length).toBeGreaterThan(0);
  });

  it.each<[string, NativeValues, string]>([
    ['hikaricp', { idleTimeout: 60_000 }, 'idleTimeout 60000 ms has no effect'],
    ['mysql2', { waitForConnections: false, queueLimit: 2 }, 'queueLimit 2 has no effect'],
    [
      'prisma-adapter-pg',
      { connection_limit: 5 },
      'connection_limit 5 is ignored from Prisma 7 on',
    ],
    ['prisma-adapter-pg', { pool_timeout: 10 }, 'pool_timeout 10 is ignored from Prisma 7 on'],
  ])('of %s with %o only warns', (name, written, says) => {
    const notices = startUpNotices(profileOf(name), written);
    expect(notices.map((notice) => notice.takes)).toEqual([{}]);
    expect(notices[0]?.says).toContain(says);
  });
});

describe('what a product makes of sizes that do not go together, at its start', () => {
  it.each([
    ['c3p0', { minPoolSize: 10 }, { max: 15, min: 10, initial: 10 }],
    ['c3p0', { initialPoolSize: 50 }, { max: 15, min: 3, initial: 15 }],
    ['c3p0', { minPoolSize: 30, initialPoolSize: 50 }, { max: 15, min: 15, initial: 15 }],
    ['dbcp2', { initialSize: 20 }, { max: 8, initial: 8 }],
    ['dbcp2', { initialSize: 20, maxTotal: -1 }, { max: Infinity, initial: 20 }],
    ['generic-pool', { max: 0, min: 5 }, { max: 1, min: 1 }],
    ['generic-pool', { max: 2, min: 5 }, { max: 2, min: 2 }],
    ['tomcat-jdbc', { maxActive: 0 }, { max: 100 }],
  ])('%s with %o', (name, written, numbers) => {
    expect(resolved(name, written)).toMatchObject(numbers);
  });

  it('is said in c3p0’s own words, and of the Tomcat pool’s maxIdle nothing without need', () => {
    const said = (name: string, values: NativeValues) =>
      startUpNotices(profileOf(name), values).map(({ says }) => says);
    expect(said('c3p0', { minPoolSize: 30, initialPoolSize: 50 })).toEqual([
      'Bad pool size config, min 30 > max 15. Using 15 as min.',
      'Bad pool size config, start 50 > max 15. Using 15 as start.',
    ]);
    expect(said('tomcat-jdbc', { maxActive: 200 })).toEqual([]);
    expect(said('asyncpg', { max_size: 5 })[0]).toContain('min_size is greater than max_size');
  });
});

// A pooler in front of the database, one request at a time: who has a server connection when, who waits for
// it, and what becomes of the connection to the pooler. Times in ms; PgBouncer's own are multiples of 1/3 s.

import { describe, expect, it } from 'vitest';
import type { Step } from '../../../src/model/database/settings.ts';
import { findProfile } from '../../../src/model/pool/profiles/index.ts';
import type { NativeValues, Profile } from '../../../src/model/pool/profiles/profile.ts';
import { resolveProfile } from '../../../src/model/pool/profiles/resolve-profile.ts';
import type { Change } from '../../../src/model/settings.ts';
import { faultsOf } from '../../support/invariants.ts';
import {
  databaseSettings,
  lines,
  requesting,
  serviceSettings,
  type ServiceWishes,
  systemOf,
  trafficOf,
} from '../../support/small-system.ts';

const MS = 1_000_000;
const constant = (ms: number) => ({ family: 'constant', value: ms * MS }) as const;
const query = (ms: number): Step & { kind: 'query' } => ({
  kind: 'query',
  work: constant(ms),
  cpu: 0,
});
const app = (ms: number): Step => ({ kind: 'app', time: constant(ms) });

interface Case extends ServiceWishes {
  /** When requests arrive. */
  readonly at: readonly number[];
  readonly steps?: readonly Step[];
  /** Of PgBouncer, in its own names and units. */
  readonly pgbouncer?: NativeValues;
  /** To open a server connection, and one to the pooler. */
  readonly connect?: number;
  readonly clientConnect?: number;
  readonly roundTrip?: number;
  readonly server?: number;
  readonly changes?: readonly Change[];
  readonly profile?: string;
}

/** Each request queries for 100 ms unless it has steps; connections to PgBouncer are open at the start. */
function run({ at, steps, pgbouncer = {}, changes = [], ...own }: Case) {
  const { connect = 10, clientConnect = 5, roundTrip = 0, server = Infinity } = own;
  const product = resolveProfile(findProfile(own.profile ?? 'pgbouncer') as Profile, {
    pool_mode: 'transaction',
    ...pgbouncer,
  });
  const log: Parameters<typeof lines>[0][number][] = [];
  const settings = {
    services: [
      serviceSettings({
        requests: [requesting(steps === undefined ? query(100) : { kind: 'steps', steps })],
        ...own,
        traffic: trafficOf({ bursts: at.map((t) => ({ atNs: t * MS, count: 1 })) }),
        pool: { max: 4, ...own.pool },
      }),
    ],
    database: databaseSettings({
      connectLatency: constant(connect),
      roundTripNs: roundTrip * MS,
      maxConnections: server,
      pooler: {
        pool: { ...product, maxPending: Infinity },
        clientLimit: product.maxPending,
        clientLatency: constant(clientConnect),
      },
    }),
  };
  const system = systemOf(settings, { log, logsConnections: true, changes });
  for (let t = 1; t <= 40; t++) {
    system.runUntil(t * 5000 * MS);
    expect(faultsOf(system)).toEqual([]);
  }
  const { pooler } = system;
  if (pooler === null) throw new Error('no pooler');
  const [service] = system.services;
  const text = lines(log).map((line) => {
    const [ns = '', ...rest] = line.split(' ');
    return [Math.round(Number(ns) / 1e4) / 100, ...rest].join(' ');
  });
  return { log: text, pooler, service, database: system.database, ended: ends(text) };
}

/** `complete 1 200`: what became of each request, and when. */
function ends(log: readonly string[]): string[] {
  return log
    .filter((line) => /^\S+ (complete|fail) /.test(line))
    .map((line) => {
      const [at, what, who = '', ...reason] = line.split(' ');
      return [what, who.replace(/@.*/, ''), at, ...reason].join(' ');
    });
}

describe('a client of PgBouncer', () => {
  it('has its server connection opened, and waits for that', () => {
    const { ended, pooler, service } = run({ at: [0] });
    expect(ended).toEqual(['complete 1 110']);
    expect([pooler.wait.count, pooler.wait.total.value]).toEqual([1, 10 * MS]);
    const ledger = service?.meters.ledger.map(({ value }) => value / MS);
    // The opening is its own; nobody else was before it.
    expect(ledger).toEqual([0, 0, 0, 10, 100, 0, 0, 0, 0]);
  });

  it('waits in a line when all are taken, and logins follow each other', () => {
    const { ended, service, pooler } = run({ at: [0, 0, 0], pgbouncer: { default_pool_size: 2 } });
    expect(ended).toEqual(['complete 1 110', 'complete 2 120', 'complete 3 210']);
    const queued = service?.meters.ledger.at(-1)?.value ?? NaN;
    // The second waits for the first login, the third for the first request.
    expect(queued).toBe((10 + 110) * MS);
    expect([pooler.pool.peakPending, pooler.pool.opened]).toEqual([3, 2]);
  });

  it('gives it back when its transaction ends, work in the service included', () => {
    const steps: Step[] = [{ kind: 'transaction', steps: [query(10), app(50), query(20)] }];
    const { ended } = run({ at: [0, 0], steps, pgbouncer: { default_pool_size: 1 } });
    expect(ended).toEqual(['complete 1 90', 'complete 2 170']);
  });

  it('in statement mode gives it back after each query', () => {
    const steps: Step[] = [{ kind: 'transaction', steps: [query(10), app(50), query(20)] }];
    const pgbouncer = { default_pool_size: 1, pool_mode: 'statement' };
    const { ended } = run({ at: [0, 0], steps, pgbouncer });
    expect(ended).toEqual(['complete 1 90', 'complete 2 110']);
  });

  it('needs none as long as its transaction has not asked for anything', () => {
    const steps: Step[] = [{ kind: 'transaction', steps: [app(200), query(10)] }];
    const { ended } = run({ at: [0, 100], steps, pgbouncer: { default_pool_size: 1 } });
    expect(ended).toEqual(['complete 1 220', 'complete 2 310']);
  });

  it('uses two of them for a transaction inside another', () => {
    const inner: Step = { kind: 'transaction', steps: [query(20)] };
    const steps: Step[] = [{ kind: 'transaction', steps: [query(10), inner, query(5)] }];
    const { ended, pooler } = run({ at: [0], steps });
    expect(ended).toEqual(['complete 1 55']);
    expect(pooler.pool.opened).toBe(2);
  });
});

describe('session mode', () => {
  const pgbouncer = { pool_mode: 'session', default_pool_size: 1, server_reset_query: '' };

  it('keeps the server connection for the next request of the same client', () => {
    const { ended, pooler } = run({ at: [0, 500], pgbouncer, pool: { max: 1 } });
    expect(ended).toEqual(['complete 1 110', 'complete 2 600']);
    expect(pooler.wait.count).toBe(1);
  });

  it('leaves another client without one, until it loses its connection', () => {
    const { ended, pooler, log } = run({ at: [0, 50], pgbouncer });
    // 120 s after 50, at the next look three times a second.
    expect(ended).toEqual(['complete 1 110', 'fail 2 120333.21 pooler-timeout']);
    expect(pooler.pool.timeouts).toBe(1);
    expect(log.filter((line) => line.includes('close'))).toEqual(['120333.21 close 0@0']);
  });

  it('gives it to the next client when its own connection closes', () => {
    const wishes = { pool: { max: 2, idleTimeoutNs: 300 * MS } };
    const { ended } = run({ at: [0, 50], pgbouncer, ...wishes });
    expect(ended).toEqual(['complete 1 110', 'complete 2 510']);
  });

  it('counts as contention only what a request uses', () => {
    const { database, pooler } = run({ at: [0, 500], pgbouncer, pool: { max: 1 } });
    expect([pooler.pool.owned.level[0], database.held]).toEqual([1, 0]);
  });
});

describe('a client that PgBouncer does not serve', () => {
  it('loses its connection after query_wait_timeout, so that its pool opens another', () => {
    const pgbouncer = { default_pool_size: 1, query_wait_timeout: 1 };
    const steps = [query(3000)];
    const { ended, log } = run({ at: [0, 100, 3200], steps, pgbouncer, pool: { max: 2 } });
    expect(ended.slice(0, 2)).toEqual(['fail 2 1333.33 pooler-timeout', 'complete 1 3010']);
    expect(log.filter((line) => /close|connect /.test(line))).toEqual(['1333.33 close 0@0']);
  });

  it('keeps it where the pooler only says so', () => {
    const pgbouncer = { pool_size: 1, connect_timeout: 1000, pool_mode: 'transaction' };
    const wishes = { at: [0, 100], steps: [query(3000)], pgbouncer, profile: 'pgcat' };
    const { ended, log } = run(wishes);
    expect(ended[0]).toMatch(/^fail 2 .* pooler-timeout$/);
    expect(log.filter((line) => line.includes('close'))).toEqual([]);
  });

  it('is not let in beyond max_client_conn', () => {
    const pool = { max: 4, initial: 0 };
    const { ended, pooler } = run({ at: [0, 0, 0], pgbouncer: { max_client_conn: 2 }, pool });
    expect(ended).toEqual(['fail 3 0 connect-refused', 'complete 1 115', 'complete 2 125']);
    expect([pooler.slots.peak, pooler.slots.refused]).toEqual([2, 1]);
  });

  it('is told at once while logins fail, and there is no server connection', () => {
    const { ended, pooler } = run({ at: [0, 1000, 20_000], server: 0, roundTrip: 2 });
    // The first waits for query_wait_timeout; the others are told within a round trip.
    expect(ended.slice(0, 1)).toEqual(['fail 2 1002 pooler-failed']);
    expect(ended.at(-1)).toBe('fail 1 120333.21 pooler-timeout');
    expect(pooler.pool.opened).toBe(0);
  });
});

describe('connections to the database', () => {
  it('are those of the pooler, however many clients there are', () => {
    const { database, pooler } = run({
      at: [0, 0, 0, 0],
      pgbouncer: { default_pool_size: 2 },
      pool: { max: 50 },
    });
    expect([database.slots.peak, pooler.slots.peak]).toEqual([2, 50]);
  });

  it('are lost in an outage; clients without a transaction stay', () => {
    const changes: Change[] = [
      { kind: 'outage', atNs: 50 * MS, lastsNs: 100 * MS, noticed: 'at-once' },
    ];
    const { ended, log, pooler } = run({ at: [0, 20_000], changes });
    expect(ended).toEqual(['fail 1 50 connection-lost', 'complete 2 20110']);
    expect(log.filter((line) => line.includes('close'))).toEqual(['50 close 0@0']);
    expect([pooler.pool.opened, pooler.pool.closed]).toEqual([2, 1]);
  });

  it('are found dead by the next who uses them, if nobody has noticed', () => {
    const changes: Change[] = [{ kind: 'outage', atNs: 500 * MS, lastsNs: 0, noticed: 'in-use' }];
    const profile = 'pgcat';
    const pgbouncer = { pool_size: 1 };
    const { ended } = run({ at: [0, 1000, 2000], changes, profile, pgbouncer, roundTrip: 2 });
    expect(ended[1]).toBe('fail 2 1002 connection-lost');
    expect(ended[2]).toMatch(/^complete 3 /);
  });

  it('end with the instance whose request was in the middle of a transaction', () => {
    const steps: Step[] = [{ kind: 'transaction', steps: [query(10), app(10_000)] }];
    const changes: Change[] = [{ kind: 'restart', atNs: 100 * MS, service: 0, eachNs: 100 * MS }];
    const { ended, pooler } = run({ at: [0], steps, changes });
    expect(ended).toEqual(['fail 1 200 instance-lost']);
    expect([pooler.pool.opened, pooler.pool.closed]).toEqual([1, 1]);
  });

  it('go on for a query whose instance is gone, and are closed after it', () => {
    const changes: Change[] = [{ kind: 'restart', atNs: 10 * MS, service: 0, eachNs: 10 * MS }];
    const { ended, pooler, database } = run({ at: [0], steps: [query(5000)], changes });
    expect(ended).toEqual(['fail 1 20 instance-lost']);
    expect([pooler.pool.closed, database.slots.open]).toEqual([1, 0]);
  });
});

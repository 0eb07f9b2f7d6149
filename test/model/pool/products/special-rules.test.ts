// One rule of each product that sets it apart from the others, and all of them under a surge. A connection
// takes 100 ms.

import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../../../src/model/pool/profiles/index.ts';
import {
  each,
  profileOf,
  runAsPooler,
  runProduct,
  served,
  settingsOf,
  together,
} from './product-run.ts';

describe.each(PROFILES.map(({ id }) => id))('%s under a surge', (id) => {
  it.each([
    ['while everything works', {}],
    ['while all connections die in its midst', { dropAt: 700 }],
    ['while no connection can be opened', { fails: 'all' as const, end: 300_000 }],
  ])('keeps its books, and loses nobody %s', (_, trouble) => {
    const calm = each(20, 0, 100, 200, 300);
    const surge = Array.from({ length: 300 }, (__, k) => ({ at: 500 + k, hold: 20 }));
    const { waits } = runProduct(id, {
      requests: [...calm, ...surge],
      // Whatever the product waits for by default, here everybody's wait ends before the run does.
      pool: { max: 5, acquireTimeoutNs: 2e9 },
      connect: 30,
      roundTrip: 1,
      end: 20_000,
      ...trouble,
    });
    expect(waits.filter((wait) => wait === 'waiting')).toEqual([]);
  });
});

describe('clients who leave after 25 ms, a round trip being 10', () => {
  it.each(PROFILES.map(({ id }) => id))(
    '%s: leave its books in order, and its room to others',
    (id) => {
      const impatient = Array.from({ length: 200 }, (_, k) => ({ at: 7 * k, hold: 20 }));
      // Long after them somebody comes, needs 1 ms, and is served in time once a connection is open.
      const late = each(1, ...Array.from({ length: 40 }, (_, k) => 10_000 + 100 * k));
      const { waits } = runProduct(id, {
        requests: [...impatient, ...late],
        pool: { max: 3 },
        connect: 20,
        roundTrip: 10,
        patience: 25,
        end: 20_000,
      });
      expect(waits.at(-1)).toMatch(/^served/);
    },
  );
});

describe('a restart', () => {
  it.each(PROFILES.map(({ id }) => id))('%s: leaves the books in order, and loses nobody', (id) => {
    const requests = Array.from({ length: 200 }, (_, k) => ({ at: 10 * k, hold: 35 }));
    for (const restartAt of [75, 505, 1111]) {
      const { waits } = runProduct(id, {
        requests,
        pool: { max: 3, acquireTimeoutNs: 1e9 },
        roundTrip: 1,
        restartAt,
        end: 20_000,
      });
      expect(waits.filter((wait) => wait === 'waiting')).toEqual([]);
    }
  });

  it('hikaricp: the pause that was under way does not free a place of the new process', () => {
    const settings = { maximumPoolSize: 4, minimumIdle: 0, initializationFailTimeout: -1 };
    const requests = [...each(1, 0), ...together(4, 200, 5000)];
    // Open at 100, a pause until 130; the restart ends it, and one connection after another is opened.
    const { opens } = runProduct('hikaricp', { requests, settings, restartAt: 110, end: 4000 });
    expect(opens).toEqual([0, 200, 330, 460, 590]);
  });

  it('bb8: nor does a repetition that was to come begin in it', () => {
    const { opens } = runProduct('bb8', {
      requests: each(10, 0, 2000),
      fails: [0, 1],
      restartAt: 350,
      end: 4000,
    });
    expect(opens.slice(0, 2)).toEqual([0, 300]);
    expect(opens.filter((at) => at > 350 && at < 2000)).toEqual([]);
  });
});

describe('npgsql', () => {
  it('Timeout covers the opening too, and breaks it off', () => {
    const { waits, open } = runProduct('npgsql', {
      requests: each(10, 0),
      connect: 1500,
      settings: { Timeout: 1 },
      end: 5000,
    });
    expect([waits, open]).toEqual([['acquire-timeout 1000'], 0]);
  });
});

describe('sqlclient', () => {
  it('blocks for 5 s after a failure, then twice as long, up to a minute', () => {
    const requests = each(10, 0, 200, 5200, 15_000, 15_400, 35_600, 75_800, 135_800, 135_950);
    const { opens, waits } = runProduct('sqlclient', { requests, fails: 'all', end: 140_000 });
    // Blocked until 5100, 15 300, 35 500, 75 700, 135 900 (60 s, not 80).
    expect(opens).toEqual([0, 5200, 15_400, 35_600, 75_800, 135_950]);
    const [tried, blocked] = ['connect-failed 100', 'connect-failed 0'];
    expect(waits).toEqual([tried, blocked, tried, blocked, tried, tried, tried, blocked, tried]);
  });

  it('tells the failure to all who wait', () => {
    const { opens, waits } = runProduct('sqlclient', { requests: together(3, 0, 10), fails: [0] });
    expect(opens).toEqual([0]);
    expect(waits).toEqual(Array.from({ length: 3 }, () => 'connect-failed 100'));
  });
});

describe('activerecord', () => {
  it('checkout_timeout covers the line and not the connect', () => {
    const { waits } = runProduct('activerecord', {
      requests: together(2, 0, 10),
      connect: 3000,
      settings: { max_connections: 1, checkout_timeout: 1 },
    });
    expect(waits).toEqual(['served 3000', 'acquire-timeout 1000']);
  });
});

describe('prisma', () => {
  it('pool_timeout covers the connect and breaks it off', () => {
    const { waits, open } = runProduct('prisma', {
      requests: each(10, 0),
      connect: 1500,
      settings: { pool_timeout: 1 },
      end: 5000,
    });
    expect([waits, open]).toEqual([['acquire-timeout 1000'], 0]);
  });

  it('with the adapter waits for ever, whatever pool_timeout says', () => {
    const { waits } = runProduct('prisma-adapter-pg', {
      requests: [{ at: 0, hold: 90_000 }, ...each(10, 10)],
      settings: { max: 1, pool_timeout: 1 },
    });
    expect(waits).toEqual(served(100, 90_090));
  });
});

describe('asyncpg', () => {
  it('resets a connection before it is free', () => {
    const { waits } = runProduct('asyncpg', {
      requests: each(100, 0, 10),
      settings: { min_size: 0, max_size: 1 },
      roundTrip: 5,
    });
    expect(waits).toEqual(served(100, 195));
  });
});

describe('c3p0', () => {
  const settings = { initialPoolSize: 0, minPoolSize: 0 };

  it('opens three for one who waits', () => {
    expect(runProduct('c3p0', { requests: each(10, 0), settings }).opens).toEqual([0, 0, 0]);
  });

  it('tells nobody of a failure before an attempt has failed 30 times, and then everybody', () => {
    const requests = [...together(2, 0, 10), ...each(10, 20_000)];
    const { opens, waits } = runProduct('c3p0', { requests, settings, fails: 'all', end: 32_050 });
    // Each attempt takes 100 ms and a second follows: the last begins at 29 · 1100.
    const failedAt = 29 * 1100 + 100;
    expect(opens.filter((at) => at === 29 * 1100)).toHaveLength(3);
    expect(opens.filter((at) => at < 29 * 1100)).toHaveLength(3 * 29);
    expect(waits).toEqual(
      [failedAt, failedAt, failedAt - 20_000].map((t) => `connect-failed ${t}`),
    );
  });
});

describe('r2d2 and bb8', () => {
  it.each([
    ['r2d2', { max_size: 1, min_idle: 0 }],
    ['bb8', { max_size: 1 }],
  ])('%s tries again after 200 ms, then 400 ms, and tells nobody', (id, settings) => {
    const { opens, waits } = runProduct(id, { requests: each(10, 0), settings, fails: [0, 1] });
    expect(opens).toEqual([0, 300, 800]);
    expect(waits).toEqual(served(900));
  });

  it('bb8: the pauses of one attempt do not lengthen those of another', () => {
    const { opens } = runProduct('bb8', { requests: together(2, 0, 10), fails: [0, 1, 2, 3] });
    expect(opens).toEqual([0, 0, 300, 300, 800, 800]);
  });
});

describe('deadpool', () => {
  it('has a time limit for the wait and another for the connect', () => {
    const slow = { requests: together(2, 0, 10), connect: 3000 };
    const wait = runProduct('deadpool', {
      ...slow,
      settings: { max_size: 1, 'timeouts.wait': 1 },
    });
    expect(wait.waits).toEqual(['served 3000', 'acquire-timeout 1000']);
    const create = runProduct('deadpool', { ...slow, settings: { 'timeouts.create': 1 } });
    expect(create.waits).toEqual(['connect-failed 1000', 'connect-failed 1000']);
    expect([wait.denials, create.denials]).toEqual([
      { 'acquire-timeout': 1 },
      { 'connect-timeout': 2 },
    ]);
  });
});

describe('dbcp2', () => {
  it('checks every connection that it gives out', () => {
    const { waits } = runProduct('dbcp2', { requests: each(10, 0, 200), roundTrip: 5 });
    expect(waits[1]).toBe('served 5');
  });

  it('keeps minIdle idle, those in use not counted, when its evictor runs', () => {
    const { opens } = runProduct('dbcp2', {
      requests: together(2, 1500, 5000),
      settings: { minIdle: 2, timeBetweenEvictionRunsMillis: 1000 },
      end: 5000,
    });
    expect(opens).toEqual([1000, 1000, 2000, 2000]);
  });

  // In the product it would watch the attempt under way; of one who waits for a return this is true.
  it('does not wake who waits when an attempt fails, and does not look again at his timeout', () => {
    const { opens, waits } = runProduct('dbcp2', {
      requests: [{ at: 0, hold: 9000 }, ...each(10, 0, 10)],
      settings: { maxTotal: 2, maxWaitMillis: 1000 },
      fails: [1],
    });
    expect(opens).toEqual([0, 0]);
    expect(waits).toEqual(['served 100', 'connect-failed 100', 'acquire-timeout 1000']);
  });
});

describe('tomcat-jdbc', () => {
  it('connects anew in the place of a connection that is too old, and others stay', () => {
    const { opens, closes } = runProduct('tomcat-jdbc', {
      requests: [...together(2, 0, 10), ...each(10, 2000)],
      settings: { initialSize: 0, minIdle: 0, maxAge: 1000 },
      end: 3000,
    });
    expect([opens, closes]).toEqual([[0, 0, 2000], [2000]]);
  });
});

describe('pgxpool', () => {
  it('goes on opening when the context of its caller has ended', () => {
    const { waits, opens } = runProduct('pgxpool', {
      requests: each(10, 0, 200),
      settings: { 'context.WithTimeout': '60ms' },
    });
    expect(opens).toEqual([0]);
    expect(waits).toEqual(['acquire-timeout 60', 'served 0']);
  });
});

describe('psycopg_pool', () => {
  it('tries again after about one second, then two, whether anybody waits or not', () => {
    const { opens } = runProduct('psycopg_pool', {
      requests: each(10, 0),
      settings: { max_size: 1, timeout: 1.5 },
      pool: { initial: 0, min: 0 },
      policy: { retryJitter: 0 },
      fails: [0, 1],
    });
    expect(opens).toEqual([0, 1100, 3200]);
  });
});

describe('pgcat', () => {
  it('bans a server whose pool was exhausted for a minute', () => {
    const { waits } = runProduct('pgcat', {
      requests: [{ at: 0, hold: 5000 }, ...each(10, 10, 2000, 61_000, 61_020)],
      settings: { pool_size: 1 },
      pool: { initial: 0, min: 0 },
    });
    const banned = 'connect-failed 0';
    expect(waits).toEqual(['served 100', 'acquire-timeout 1000', banned, banned, 'served 0']);
  });
});

describe('odyssey', () => {
  it('opens as many at once as server_max_routing; others wait their turn, and keep their own', () => {
    const scenario = { requests: together(3, 0, 1000) };
    const settings = { pool_size: 3, pool_discard: false };
    const one = runProduct('odyssey', { ...scenario, settings });
    expect([one.opens, one.waits]).toEqual([[0, 100, 200], served(100, 200, 300)]);
    const two = runProduct('odyssey', {
      ...scenario,
      settings: { ...settings, server_max_routing: 2 },
    });
    expect([two.opens, two.waits]).toEqual([[0, 0, 100], served(100, 100, 200)]);
  });

  it('gives a server connection that comes free to who has waited longest, not to who comes then', () => {
    const { waits, served: order } = runProduct('odyssey', {
      requests: [{ at: 0, hold: 100 }, ...each(100, 10, 20, 200)],
      settings: { pool_size: 1, pool_discard: false },
    });
    expect(order).toEqual([0, 1, 2, 3]);
    expect(waits).toEqual(served(100, 190, 280, 200));
  });

  it('as a pooler disconnects who has waited pool_timeout, and the next has to connect again', () => {
    const settings = { pool_size: 1, pool_timeout: 1000 };
    const requests = [{ at: 0, hold: 5000 }, ...each(10, 100, 1200, 6000)];
    const { waits, opens, closes } = runAsPooler('odyssey', { requests, settings });
    const failed = 'pooler-timeout';
    expect(waits).toEqual(['served 0', `${failed} 1000`, `${failed} 1005`, 'served 0']);
    // The third opens a connection for the closed one, and loses it in the same way.
    expect([closes, opens]).toEqual([[1100, 2205], [1200]]);
  });
});

describe('rds-proxy', () => {
  it('says what is assumed, since its makers document little', () => {
    const axes = profileOf('rds-proxy').undocumented.map(({ axis }) => axis);
    expect(axes).toEqual(expect.arrayContaining(['order', 'barging', 'growth', 'failureTo']));
    expect(settingsOf('rds-proxy', {}).acquireTimeoutNs).toBe(120e9);
  });

  // What a timeout does to the client's connection is documented nowhere; it is assumed to stay.
  it.each([
    ['by default, 120 s', {}, 'pooler-timeout 120000', 'served 0'],
    ['as set', { ConnectionBorrowTimeout: 1 }, 'pooler-timeout 1000', 'pooler-timeout 1000'],
  ])(
    'as a pooler fails who has waited the borrow timeout (%s), and keeps him',
    (_, own, ...last) => {
      const settings = { max_connections: 1, ...own };
      const requests = [{ at: 0, hold: 200_000 }, ...each(10, 100, 130_000)];
      const end = 260_000;
      const { waits, opens, closes, ...run } = runAsPooler('rds-proxy', {
        requests,
        settings,
        end,
      });
      // The third has the connection of the second; by 200 100 there is a server connection for it.
      expect(waits).toEqual(['served 0', ...last]);
      expect([opens, closes, run.serverOpened]).toEqual([[], [], 1]);
    },
  );
});

describe('vertx-sql', () => {
  it('turns away when maxWaitQueueSize wait', () => {
    const settings = { maxSize: 1, maxWaitQueueSize: 1 };
    const { waits } = runProduct('vertx-sql', { requests: together(3, 0, 10), settings });
    expect(waits).toEqual([...served(100, 110), 'pool-full 0']);
  });
});

describe('r2dbc-pool', () => {
  it('repeats a failed attempt once, at once, for the same caller', () => {
    const settings = { initialSize: 0 };
    const once = runProduct('r2dbc-pool', { requests: each(10, 0), settings, fails: [0] });
    expect([once.opens, once.waits]).toEqual([[0, 100], served(200)]);
    const twice = runProduct('r2dbc-pool', { requests: each(10, 0), settings, fails: [0, 1] });
    expect([twice.opens, twice.waits]).toEqual([[0, 100], ['connect-failed 200']]);
  });
});

describe('django-no-pool', () => {
  it('opens a connection for each request and closes it after', () => {
    const { opens, closes } = runProduct('django-no-pool', { requests: each(10, 0, 500) });
    expect([opens, closes]).toEqual([
      [0, 500],
      [110, 610],
    ]);
  });

  it('keeps it with CONN_MAX_AGE', () => {
    const settings = { CONN_MAX_AGE: 60 };
    expect(runProduct('django-no-pool', { requests: each(10, 0, 500), settings }).opens).toEqual([
      0,
    ]);
  });
});

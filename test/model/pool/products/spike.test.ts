// The spike that HikariCP's makers published: 50 requests at once, 5 connections idle, 150 ms to connect,
// queries of 2 ms. Where whoever waits gets what comes back, five connections serve all in 50 / 5 · 2 = 20 ms,
// long before another is open; where each opens its own, 45 wait for their connect.

import { describe, expect, it } from 'vitest';
import { runProduct, together, type Scenario } from './product-run.ts';

const AT = 1000;

function spike(id: string, settings: Scenario['settings'] = {}) {
  const { opens, waits, open } = runProduct(id, {
    requests: together(50, AT, 2),
    connect: 150,
    settings,
    // Five stand, and nothing has opened or closed any by the time of the spike.
    pool: { max: 50, min: 5, initial: 5 },
    end: 2000,
  });
  const times = waits.map((wait) => Number(wait.replace('served ', '')) + 2);
  return { opened: opens.filter((at) => at >= AT).length, takes: Math.max(...times), open };
}

describe('50 requests at once at 5 idle connections', () => {
  it.each([
    ['hikaricp', { minimumIdle: 5, maximumPoolSize: 50 }],
    ['psycopg_pool', {}],
    ['pgbouncer', { pool_mode: 'transaction' }],
  ])('%s: are over after 20 ms, and one connection was opened', (id, settings) => {
    expect(spike(id, settings)).toEqual({ opened: 1, takes: 20, open: 6 });
  });

  // Each of the 45 who find nothing idle opens one at once and keeps to it: 150 + 2 ms.
  it.each([
    ['mysql2', 50],
    ['pg-pool', 50],
    ['dbcp2', 8],
    ['tomcat-jdbc', 50],
    ['npgsql', 50],
    ['pgxpool', 50],
    ['vertx-sql', 50],
    ['prisma', 50],
    ['deadpool', 50],
    ['activerecord', 50],
    ['asyncpg', 50],
    ['r2dbc-pool', 50],
    // These keep less: two idle connections, and five; the rest is closed when it comes back.
    ['database-sql', 2],
    ['sqlalchemy', 5],
  ])('%s: 45 wait for a connection of their own', (id, kept) => {
    const { opened, takes, open } = spike(id);
    expect([opened, takes]).toEqual([id === 'database-sql' ? 48 : 45, 152]);
    expect(open).toBe(kept);
  });

  it.each(['generic-pool', 'tarn', 'bb8'])(
    '%s: are over after 20 ms as well, but 45 connections were opened for nobody',
    (id) => {
      const settings = id === 'tarn' ? { min: 5, max: 50 } : {};
      expect(spike(id, settings)).toEqual({ opened: 45, takes: 20, open: 50 });
    },
  );
});

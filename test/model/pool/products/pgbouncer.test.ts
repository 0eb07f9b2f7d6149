// PgBouncer step by step (1.25.2): one login at a time, the quiet period after one that failed, the reserve,
// and timeouts that its maintenance notices three times a second. A login takes 100 ms.

import { describe, expect, it } from 'vitest';
import { each, profileOf, runProduct, served, settingsOf, together } from './product-run.ts';

const run = (scenario: Parameters<typeof runProduct>[1]) =>
  runProduct('pgbouncer', {
    ...scenario,
    settings: { pool_mode: 'transaction', default_pool_size: 1, ...scenario.settings },
  });

describe('PgBouncer, acquire', () => {
  it('step 1: refuses clients above max_client_conn, those with a server connection included', () => {
    const requests = [...together(4, 0, 10), ...each(10, 105, 111)];
    const { waits } = run({ requests, settings: { max_client_conn: 3 } });
    const admitted = served(100, 110, 120);
    expect(waits).toEqual([...admitted, 'pool-full 0', 'pool-full 0', 'served 19']);
  });

  // The first connection lives until 1100, the second, which came back last, until 1200.
  it.each([
    ['last', false, [1100, 1200]],
    ['first, with server_round_robin', true, [1150, 1200]],
  ])('step 2: takes the idle server connection that came back %s', (_, roundRobin, closes) => {
    const requests = [
      { at: 0, hold: 150 },
      { at: 0, hold: 300 },
      { at: 1000, hold: 150 },
    ];
    const settings = {
      default_pool_size: 2,
      server_lifetime: 1,
      server_round_robin: roundRobin,
    };
    const outcome = run({ requests, settings });
    expect(outcome.opens).toEqual([0, 100]);
    expect(outcome.closes).toEqual(closes);
  });

  it('step 3: cuts off who comes while no server connection is open and the last login failed', () => {
    const requests = each(10, 0, 200, 15_050);
    const { opens, waits } = run({ requests, fails: [0] });
    expect(opens).toEqual([0, 15_000]);
    expect(waits).toEqual(['served 15100', 'connect-failed 0', 'connect-failed 0']);
  });

  it('step 3: with another server connection newcomers join the line', () => {
    const requests = [{ at: 0, hold: 1000 }, ...each(10, 10, 300)];
    const { opens, waits } = run({
      requests,
      settings: { default_pool_size: 2 },
      fails: [1],
    });
    expect(opens).toEqual([0, 100]);
    expect(waits).toEqual(served(100, 1090, 810));
  });

  it('step 4: a used server connection is checked for who is first, if there is a query for it', () => {
    const settings = { server_check_query: 'select 1', server_check_delay: 0.5 };
    const { waits } = run({ requests: each(10, 0, 400, 1000), settings, roundTrip: 5 });
    expect(waits).toEqual(served(100, 0, 5));
  });

  it('step 4: counts on a server connection that is being reset, once for each who waits', () => {
    const settings = { pool_mode: 'session', default_pool_size: 2 };
    const first = { at: 0, hold: 100 };
    const one = run({ requests: [first, { at: 220, hold: 10 }], settings, roundTrip: 50 });
    expect(one).toMatchObject({ opens: [0], waits: served(100, 30) });
    const late = [220, 221].map((at) => ({ at, hold: 500 }));
    const two = run({ requests: [first, ...late], settings, roundTrip: 50 });
    expect(two).toMatchObject({ opens: [0, 221], waits: served(100, 30, 100) });
  });

  it('step 5: logs in once at a time, up to the pool size', () => {
    const { opens, waits } = run({
      requests: together(4, 0, 1000),
      settings: { default_pool_size: 3 },
    });
    expect(opens).toEqual([0, 100, 200]);
    expect(waits).toEqual(served(100, 200, 300, 1100));
  });

  it('step 5: opens nothing within server_login_retry of the beginning of a login that failed', () => {
    const settings = { default_pool_size: 2, server_login_retry: 2 };
    const requests = together(2, 0, 10);
    const { opens, waits } = run({ requests, settings, fails: [0] });
    expect(opens).toEqual([0, 2000, 2100]);
    expect(waits).toEqual(served(2100, 2110));
  });

  it('step 5: a login that hung for longer than that is followed by the next at once', () => {
    const settings = { server_connect_timeout: 3, server_login_retry: 2 };
    const requests = each(10, 0);
    const { opens } = run({ requests, settings, connect: 5000, end: 8000 });
    expect(opens).toEqual([0, 3000, 6000]);
  });

  it('step 5: the reserve is used when the first has waited reserve_pool_timeout, and stays', () => {
    const settings = { reserve_pool_size: 1, reserve_pool_timeout: 1 };
    const requests = [{ at: 0, hold: 5000 }, ...each(100, 200, 300)];
    const { opens, waits, open } = run({ requests, settings, end: 10_000 });
    expect(opens).toEqual([0, 1200]);
    expect(waits).toEqual(served(100, 1100, 1100));
    expect(open).toBe(2);
  });

  it('step 6: a login serves the first in the line, whoever made it begin', () => {
    const requests = [{ at: 0, hold: 30 }, ...each(20, 150, 155, 160)];
    const { opens, waits } = run({ requests, settings: { default_pool_size: 2 } });
    expect(opens).toEqual([0, 155]);
    expect(waits).toEqual(served(100, 0, 15, 30));
  });

  it('step 7: requests to cancel are left out, and said to be', () => {
    expect(profileOf('pgbouncer').leftOut.join()).toContain('Requests to cancel');
  });
});

describe('PgBouncer, release', () => {
  it.each([
    ['session', 195],
    ['transaction', 190],
    ['statement', 190],
  ])('%s mode: the next waits %d ms for the connection', (mode, wait) => {
    const requests = each(100, 0, 10);
    const { waits } = run({ requests, settings: { pool_mode: mode }, roundTrip: 5 });
    expect(waits).toEqual(served(100, wait));
  });

  it.each([
    ['session', 'session', 1],
    ['transaction', 'transaction', 0],
    ['statement', 'statement', 0],
  ])('%s mode: a client keeps its connection as the mode says', (mode, sticks, resets) => {
    const { policy } = settingsOf('pgbouncer', { settings: { pool_mode: mode } });
    expect([policy.stickiness, policy.resetRoundTrips]).toEqual([sticks, resets]);
  });

  it('closes a connection that is too old, and logs in anew for who waits', () => {
    const requests = each(200, 0, 10);
    const { opens, closes, waits } = run({ requests, settings: { server_lifetime: 0.15 } });
    expect(opens).toEqual([0, 300]);
    expect(closes).toEqual([300, 600]);
    expect(waits).toEqual(served(100, 390));
  });
});

describe('PgBouncer, timeouts', () => {
  it('query_wait_timeout is noticed at the next third of a second and closes the client', () => {
    const requests = [{ at: 0, hold: 5000 }, ...each(10, 200)];
    const settings = { query_wait_timeout: 1 };
    // Maintenance runs at multiples of 333.333 ms: 1200 becomes 1333.332.
    expect(run({ requests, settings }).waits).toEqual(['served 100', 'acquire-timeout 1133.332']);
    expect(settingsOf('pgbouncer', {}).policy.timeoutEffect).toBe('closes-client');
  });
});

// SQLAlchemy's QueuePool step by step: overflow, a timeout that covers the line alone, room of which nobody
// is told. A connection takes 100 ms.

import { describe, expect, it } from 'vitest';
import { each, runProduct, served, together } from './product-run.ts';

const run = (scenario: Parameters<typeof runProduct>[1]) =>
  runProduct('sqlalchemy', {
    ...scenario,
    settings: { pool_size: 1, max_overflow: 1, ...scenario.settings },
  });

describe('SQLAlchemy, acquire', () => {
  it('step 1: waits only when pool_size and max_overflow are used up', () => {
    const { opens, waits } = run({ requests: together(3, 0, 50) });
    expect(opens).toEqual([0, 0]);
    expect(waits).toEqual(served(100, 100, 150));
  });

  it('step 2: for a connection that is put back, up to pool_timeout', () => {
    const requests = [...together(2, 0, 1000), ...each(10, 200, 1000)];
    const { waits } = run({ requests, settings: { pool_timeout: 0.3 } });
    expect(waits).toEqual(['served 100', 'served 100', 'acquire-timeout 300', 'served 100']);
  });

  it('step 3: whose time is over and who finds room opens a connection instead of failing', () => {
    const requests = [{ at: 0, hold: 9000 }, ...each(10, 0, 10)];
    const { opens, waits } = run({ requests, settings: { pool_timeout: 1 }, fails: [1] });
    expect(opens).toEqual([0, 0, 1010]);
    expect(waits).toEqual(['served 100', 'connect-failed 100', 'served 1100']);
  });

  it('step 3: but a newcomer has taken the room, and he fails', () => {
    const requests = [{ at: 0, hold: 9000 }, ...each(10, 0, 10), { at: 500, hold: 9000 }];
    const { opens, waits } = run({ requests, settings: { pool_timeout: 1 }, fails: [1] });
    expect(opens).toEqual([0, 0, 500]);
    const lost = ['connect-failed 100', 'acquire-timeout 1000'];
    expect(waits).toEqual(['served 100', ...lost, 'served 100']);
  });

  it('step 4: opening is not covered by pool_timeout, and the connection is its own', () => {
    const requests = [{ at: 0, hold: 30 }, ...each(20, 150, 155)];
    const { opens, waits } = run({ requests, settings: { pool_timeout: 0.05 } });
    expect(opens).toEqual([0, 155]);
    expect(waits).toEqual(served(100, 0, 100));
  });

  it('step 5: a failure is told to who opened, and the next tries without a pause', () => {
    const { opens, waits } = run({ requests: each(10, 0, 101), fails: [0] });
    expect(opens).toEqual([0, 101]);
    expect(waits).toEqual(['connect-failed 100', 'served 100']);
  });

  it('step 6: one too old is connected anew in its place when it is given out, others stay', () => {
    const requests = [...together(2, 0, 10), ...each(10, 2000)];
    const { opens, closes, waits } = run({
      requests,
      settings: { pool_size: 2, pool_recycle: 1 },
    });
    expect([opens, closes]).toEqual([[0, 0, 2000], [2000]]);
    expect(waits).toEqual(served(100, 100, 100));
  });

  it('step 6: a ping costs its round trip, and one that fails leads to a new connection', () => {
    const requests = each(10, 0, 400, 1000);
    const { opens, waits } = run({
      requests,
      settings: { pool_pre_ping: true },
      roundTrip: 5,
      dropAt: 500,
    });
    expect(opens).toEqual([0, 1005]);
    expect(waits).toEqual(served(100, 5, 105));
  });

  it('step 6: a failed ping makes all older ones invalid, which need no ping then', () => {
    const requests = [...together(3, 0, 10), ...each(10, 500, 510, 1000)];
    const settings = { pool_size: 3, pool_pre_ping: true, pool_reset_on_return: 'none' };
    const { opens, closes, waits } = run({ requests, settings, roundTrip: 5, dropAt: 300 });
    // The first finds out at 505; the second, at 510, opens another at once; the third is as old as they were.
    expect(opens).toEqual([0, 0, 0, 505, 510, 1000]);
    expect(closes).toEqual([505, 510, 1000]);
    expect(waits).toEqual(served(100, 100, 100, 105, 100, 100));
  });

  it('step 7: a newcomer overtakes who was woken, and that one is last in the line then', () => {
    const requests = [
      { at: 0, hold: 100 },
      { at: 10, hold: 10 },
      { at: 20, hold: 10 },
      { at: 205, hold: 20 },
    ];
    // Free at 200, taken at 205; the first waiter comes at 210 for nothing. Free at 225: the second.
    const { waits } = run({ requests, settings: { max_overflow: 0 }, pool: { handoverNs: 10e6 } });
    expect(waits).toEqual(served(100, 245, 215, 0));
  });

  it('step 7: with the time that is left to him', () => {
    const requests = [
      { at: 0, hold: 100 },
      { at: 10, hold: 10 },
      { at: 205, hold: 200 },
    ];
    const { waits } = run({
      requests,
      settings: { max_overflow: 0, pool_timeout: 0.25 },
      pool: { handoverNs: 10e6 },
    });
    expect(waits).toEqual(['served 100', 'acquire-timeout 250', 'served 0']);
  });
});

describe('SQLAlchemy, release', () => {
  it('rolls back first, a round trip before others can have the connection', () => {
    const requests = each(100, 0, 10);
    const { waits } = run({ requests, settings: { max_overflow: 0 }, roundTrip: 5 });
    expect(waits).toEqual(served(100, 195));
  });

  it('needs none without pool_reset_on_return', () => {
    const settings = { max_overflow: 0, pool_reset_on_return: 'none' };
    const { waits } = run({ requests: each(100, 0, 10), settings, roundTrip: 5 });
    expect(waits).toEqual(served(100, 190));
  });

  it('closes the overflow', () => {
    const requests = [10, 20, 30].map((hold) => ({ at: 0, hold }));
    expect(run({ requests, settings: { max_overflow: 2 } }).closes).toEqual([120, 130]);
  });

  it('gives out the idle connection that came back first', () => {
    const requests = [
      { at: 0, hold: 10 },
      { at: 50, hold: 10 },
      { at: 1120, hold: 10 },
    ];
    const settings = { pool_size: 2, max_overflow: 0, pool_recycle: 1 };
    // The first is too old at 1100, the second at 1150.
    expect(run({ requests, settings }).opens).toEqual([0, 50, 1120]);
    const lifo = { ...settings, pool_use_lifo: true };
    expect(run({ requests, settings: lifo }).opens).toEqual([0, 50]);
  });
});

describe('SQLAlchemy, creation', () => {
  it('opens nothing at the start, and up to fifteen at once by default', () => {
    const { opens } = runProduct('sqlalchemy', { requests: together(20, 500, 10) });
    expect(opens).toEqual(Array.from({ length: 15 }, () => 500));
  });
});

// HikariCP step by step (6.0.x): who gets which connection, what its one opening thread does, and what a
// timeout covers. A connection takes 100 ms; expected instants follow from that and the 30 ms of pause.

import { describe, expect, it } from 'vitest';
import { each, runProduct, served, together } from './product-run.ts';

const run = (scenario: Parameters<typeof runProduct>[1]) =>
  runProduct('hikaricp', {
    ...scenario,
    settings: { maximumPoolSize: 2, minimumIdle: 0, ...scenario.settings },
  });

describe('HikariCP, acquire', () => {
  it('step 1: nobody suspends the pool, and the lock for it holds nobody up', () => {
    const requests = each(500, 0, 10, 20, 700, 705, 2100);
    const runs = [false, true].map((allowPoolSuspension) =>
      run({ requests, roundTrip: 5, settings: { allowPoolSuspension } }),
    );
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[0]?.opens).toEqual([10]);
    expect(runs[0]?.waits).toEqual(served(0, 100, 480, 0, 295, 5));
  });

  // Threads are no part of the model. What a thread had last, it would take first: as if `lifo`. Which of
  // several free ones is taken decides nothing, as long as they are equal.
  it('step 2: whichever free connection is taken, everybody waits as long', () => {
    const requests = Array.from({ length: 300 }, (_, k) => ({ at: 9 * k, hold: (k * k * 7) % 61 }));
    const settings = { maximumPoolSize: 4 };
    const runs = (['scan', 'lifo', 'fifo'] as const).map((idleOrder) =>
      run({ requests, settings, policy: { idleOrder } }),
    );
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
    const waits = (runs[0]?.waits ?? []).map((wait) => Number(wait.replace('served ', '')));
    expect(waits.filter((wait) => wait === 0).length).toBeGreaterThan(100);
    expect(waits.filter((wait) => wait > 0).length).toBeGreaterThan(20);
  });

  it('step 2: not equal is only one that is due for its check, which costs who takes it a round trip', () => {
    // At 710 the first has been idle for 610 ms, the second for 10.
    const requests = [
      { at: 0, hold: 100 },
      { at: 10, hold: 590 },
      { at: 710, hold: 10 },
    ];
    const waitBy = (idleOrder: 'scan' | 'lifo') =>
      run({ requests, roundTrip: 5, connect: 80, policy: { idleOrder } }).waits[2];
    expect([waitBy('scan'), waitBy('lifo')]).toEqual(['served 5', 'served 0']);
  });

  // A is there at the start and ends at 30 000; B, opened from 20 on, ends at 30 120. The request at 29 900
  // keeps its connection until 30 100, so that A closes then if it was A, and at 30 000 if it was not.
  it.each([
    ['B', 300, 400],
    ['A', 500, 200],
  ])('step 3: takes the one opened first, though %s came back last', (_, holdA, holdB) => {
    const requests = [
      { at: 10, hold: holdA },
      { at: 20, hold: holdB },
      { at: 29_900, hold: 200 },
    ];
    const settings = { maxLifetime: 30_000 };
    const { closes, opens } = run({ requests, settings, policy: { lifetimeJitter: 0 } });
    expect(opens).toEqual([20]);
    expect(closes).toEqual([30_100, 30_120]);
  });

  it('step 3: who overtakes asks for one more connection on behalf of those overtaken', () => {
    // The second waits from 50 on; he is told at 85 and comes at 135. One connection comes back at 85, one is
    // open at 90, and both are taken before him; that another is needed shows at 130, not before.
    const requests = [
      { at: 0, hold: 85 },
      { at: 50, hold: 10 },
      { at: 125, hold: 1000 },
      { at: 130, hold: 1000 },
    ];
    const settings = { maximumPoolSize: 3 };
    const pool = { handoverNs: 50e6 };
    const { opens, waits } = run({ requests, connect: 40, settings, pool });
    expect(opens).toEqual([50, 130]);
    expect(waits).toEqual(served(0, 170, 0, 0));
  });

  it('step 4: without a free one the pool is asked for another, and the line is first come, first served', () => {
    const requests = [{ at: 0, hold: 5000 }, ...each(5000, 10, 20, 30)];
    const { opens, waits } = run({ requests, settings: { maximumPoolSize: 4 } });
    expect(opens).toEqual([10, 140, 270]);
    expect(waits).toEqual(served(0, 100, 220, 340));
  });

  it('step 5: between release and hand-off a newcomer takes it, and the waiter waits on', () => {
    const requests = [
      { at: 0, hold: 100 },
      { at: 50, hold: 10 },
      { at: 105, hold: 30 },
    ];
    const settings = { maximumPoolSize: 1 };
    expect(run({ requests, settings, pool: { handoverNs: 10e6 } }).waits).toEqual(served(0, 95, 0));
    expect(run({ requests, settings }).waits).toEqual(served(0, 50, 5));
  });

  it('step 5: with the time that is left to him', () => {
    const requests = [
      { at: 0, hold: 290 },
      { at: 50, hold: 10 },
      { at: 295, hold: 300 },
    ];
    const settings = { maximumPoolSize: 1, connectionTimeout: 260 };
    const { waits } = run({ requests, settings, pool: { handoverNs: 10e6 } });
    expect(waits).toEqual(['served 0', 'acquire-timeout 260', 'served 0']);
  });

  it('step 6: fails when connectionTimeout is over', () => {
    const requests = [{ at: 0, hold: 1000 }, ...each(10, 10)];
    const settings = { maximumPoolSize: 1, connectionTimeout: 250 };
    expect(run({ requests, settings }).waits).toEqual(['served 0', 'acquire-timeout 250']);
  });

  it('step 7: checks what was idle for more than 500 ms, in the wait of the caller', () => {
    const requests = each(0, 500, 1001);
    expect(run({ requests, roundTrip: 5 }).waits).toEqual(served(0, 5));
  });

  it('step 7: closes a dead one and begins again with the time that is left', () => {
    const requests = each(10, 600);
    const { opens, closes, waits } = run({ requests, roundTrip: 5, dropAt: 300 });
    expect([opens, closes, waits]).toEqual([[605], [605], served(105)]);
  });

  it('step 7: gives out a dead one that was idle for less', () => {
    const requests = each(10, 400);
    expect(run({ requests, roundTrip: 5, dropAt: 300 }).waits).toEqual(served(0));
  });

  it('step 8: the leak timer only warns: a connection stays with who has it, and others wait', () => {
    const requests = [{ at: 0, hold: 25_000 }, ...each(10, 10)];
    const settings = { maximumPoolSize: 1, leakDetectionThreshold: 2000 };
    const { opens, closes, waits } = run({ requests, settings, end: 40_000 });
    expect([opens, closes, waits]).toEqual([[], [], served(0, 24_990)]);
  });
});

describe('HikariCP, release', () => {
  it('closes a connection that is too old instead of passing it on, and replaces it', () => {
    const requests = each(100, 29_990, 30_000);
    const settings = { maximumPoolSize: 1, minimumIdle: 1, maxLifetime: 30_000 };
    const { opens, closes, waits } = run({
      requests,
      settings,
      policy: { lifetimeJitter: 0 },
      end: 40_000,
    });
    expect([opens, closes]).toEqual([[30_090], [30_090]]);
    expect(waits).toEqual(served(0, 190));
  });
});

describe('HikariCP, creation', () => {
  it('opens nothing any more when the line is gone by its turn', () => {
    const requests = [
      { at: 0, hold: 5000 },
      { at: 10, hold: 10 },
      { at: 20, hold: 10 },
    ];
    const { opens, waits } = run({ requests, settings: { maximumPoolSize: 5 } });
    expect(opens).toEqual([10]);
    expect(waits).toEqual(served(0, 100, 100));
  });

  it('has one connection at the start and fills up to minimumIdle from 100 ms on, one by one', () => {
    const settings = { maximumPoolSize: 3, minimumIdle: 3 };
    expect(run({ requests: each(0, 90_000), settings }).opens).toEqual([100, 230]);
  });

  it('fills up idle connections, not all: those in use do not count', () => {
    const settings = { maximumPoolSize: 5, minimumIdle: 2 };
    const requests = together(2, 1000, 50_000);
    expect(run({ requests, settings, end: 50_000 }).opens).toEqual([100, 30_100, 30_230]);
  });

  it('repeats a failed attempt after 10, 20, 40 ms, before anything else is opened', () => {
    const settings = { initializationFailTimeout: -1 };
    const { opens, waits } = run({
      requests: together(2, 0, 5000),
      settings,
      fails: [0, 1, 2],
      end: 3000,
    });
    expect(opens).toEqual([0, 110, 230, 370, 500]);
    expect(waits).toEqual(served(470, 600));
  });

  it('gives up repeating when nobody waits, and begins anew with 10 ms', () => {
    const settings = { initializationFailTimeout: -1, connectionTimeout: 250 };
    const { opens, waits } = run({ requests: each(10, 0, 1000), settings, fails: 'all' });
    expect(opens).toEqual([0, 110, 230, 1000, 1110, 1230]);
    expect(waits).toEqual(['acquire-timeout 250', 'acquire-timeout 250']);
  });

  it('gives a new connection to whoever is first, not to who made it open it', () => {
    const requests = [
      { at: 0, hold: 60 },
      { at: 10, hold: 500 },
      { at: 20, hold: 500 },
    ];
    expect(run({ requests }).waits).toEqual(served(0, 50, 90));
  });

  it('closes what is idle beyond minimumIdle at the housekeeping', () => {
    const settings = { maximumPoolSize: 3, minimumIdle: 1, idleTimeout: 10_000 };
    const { opens, closes } = run({ requests: together(3, 0, 500), settings, end: 60_000 });
    expect(opens).toEqual([0, 130]);
    expect(closes).toEqual([30_000, 30_000]);
  });
});

describe('HikariCP, timeouts', () => {
  it('connectionTimeout covers the opening by others, of which the caller never learns why it failed', () => {
    const settings = { initializationFailTimeout: -1, connectionTimeout: 250 };
    const { waits } = run({ requests: each(10, 0), settings, connect: 400 });
    expect(waits).toEqual(['acquire-timeout 250']);
  });
});

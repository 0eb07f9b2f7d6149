// generic-pool and sequelize-pool step by step. The differential test holds both against the packages; here
// each step of the reference has a case of its own. A connection takes 100 ms.

import { describe, expect, it } from 'vitest';
import { each, runProduct, served, together } from './product-run.ts';

describe('generic-pool, acquire', () => {
  const run = (scenario: Parameters<typeof runProduct>[1]) =>
    runProduct('generic-pool', { ...scenario, settings: { max: 3, ...scenario.settings } });

  // A pool drains when its process ends, which takes no requests from 500 on and is replaced at 510.
  it('step 1: a pool that drains turns newcomers away, and serves those who wait already', () => {
    const requests = [
      { at: 0, hold: 403 },
      { at: 400, hold: 2 },
      { at: 506, hold: 2 },
      { at: 520, hold: 2 },
    ];
    const { opens, waits } = run({ requests, settings: { max: 1 }, restartAt: 500 });
    expect(opens).toEqual([0, 520]);
    expect(waits).toEqual(['served 100', 'served 103', 'instance-lost 0', 'served 100']);
  });

  it('step 1: autostart off only means that the application starts the pool, which it has here', () => {
    const settings = { max: 2, min: 2 };
    const requests = each(10, 0, 5, 300);
    const [on, off] = [true, false].map((autostart) =>
      run({ requests, settings: { ...settings, autostart } }),
    );
    expect(off).toEqual(on);
    expect([on?.opens, on?.waits]).toEqual([[0, 0], served(100, 95, 0)]);
  });

  it('step 2: refuses above maxWaitingClients, but only without room and idle connections', () => {
    const settings = { max: 1, maxWaitingClients: 1 };
    const { waits } = run({ requests: together(3, 0, 10), settings });
    expect(waits).toEqual(['served 100', 'pool-full 0', 'pool-full 0']);
  });

  it('step 2: while there is room, more than that may wait', () => {
    const settings = { max: 3, maxWaitingClients: 1 };
    const { waits } = run({ requests: together(4, 0, 10), settings });
    expect(waits).toEqual([...served(100, 100, 100), 'pool-full 0']);
  });

  it('step 3: everybody joins the line, where the timeout starts; what is opened for it stays', () => {
    const settings = { acquireTimeoutMillis: 60 };
    const { waits, open } = run({ requests: each(10, 0), settings, end: 1000 });
    expect([waits, open]).toEqual([['acquire-timeout 60'], 1]);
  });

  it('step 4: opens what is missing at once, and not more', () => {
    const requests = [...together(2, 0, 10), ...each(10, 105)];
    const { opens, waits } = run({ requests });
    expect(opens).toEqual([0, 0, 105]);
    expect(waits).toEqual(served(100, 100, 5));
  });

  it('step 4: what is being opened for one who has given up counts for the next', () => {
    const settings = { acquireTimeoutMillis: 60 };
    const { opens, waits } = run({ requests: each(10, 0, 70), settings });
    expect([opens, waits]).toEqual([[0], ['acquire-timeout 60', 'served 30']]);
  });

  it('step 4: and so does what is being checked', () => {
    const settings = { acquireTimeoutMillis: 150, testOnBorrow: true };
    // Two checks of 200 ms, from 100 and from 500 on, last longer than their waiters do; at 660 there is
    // another one for the second.
    const requests = each(10, 0, 500, 660);
    const { opens, waits } = run({ requests, settings, roundTrip: 200 });
    expect(opens).toEqual([0]);
    expect(waits).toEqual(['acquire-timeout 150', 'acquire-timeout 150', 'served 40']);
  });

  it.each([
    ['first', true, [1200, 1350]],
    ['last, without fifo', false, [1150, 1350]],
  ])('step 5: the head gets the idle one that came back %s', (_, fifo, closes) => {
    const requests = [
      { at: 0, hold: 10 },
      { at: 0, hold: 50 },
      { at: 300, hold: 10 },
    ];
    // They come back at 110 and 150, and one of them again at 310. Looks come each 50 ms and close what has
    // been idle for longer than a second.
    const settings = { evictionRunIntervalMillis: 50, idleTimeoutMillis: 1000, fifo };
    expect(run({ requests, settings }).closes).toEqual(closes);
  });

  it('step 6: a failed check is followed by another connection', () => {
    const requests = each(10, 0, 500);
    const settings = { testOnBorrow: true };
    const { opens, waits } = run({ requests, settings, roundTrip: 20, dropAt: 300 });
    expect(opens).toEqual([0, 520]);
    expect(waits).toEqual(served(120, 140));
  });

  it('step 7: a new connection goes to the head of the line', () => {
    const requests = [{ at: 0, hold: 30 }, ...each(20, 150, 155, 160)];
    expect(run({ requests }).waits).toEqual(served(100, 0, 15, 30));
  });

  it('release: goes to who waits', () => {
    const { waits } = run({ requests: each(50, 0, 10), settings: { max: 1 } });
    expect(waits).toEqual(served(100, 140));
  });

  it('creation: tries again each millisecond at a server that is full and says so at once', () => {
    const requests = together(2, 0, 10);
    const { opens, waits } = run({ requests, server: 1, end: 1000 });
    expect(opens.slice(0, 4)).toEqual([0, 0, 1, 2]);
    expect(waits).toEqual(served(100, 110));
  });

  it('creation: a failure is hidden, and the next attempt follows without a pause', () => {
    const { opens, waits } = run({ requests: together(2, 0, 10), fails: [0, 1] });
    expect(opens).toEqual([0, 0, 100, 100]);
    expect(waits).toEqual(served(200, 200));
  });
});

describe('sequelize-pool', () => {
  const run = (scenario: Parameters<typeof runProduct>[1]) => runProduct('sequelize', scenario);

  it('acquire: an event that finds a waiter and nothing idle opens one more, needed or not', () => {
    const settings = { acquire: 60 };
    // At 70 two wait, for the first has given up at 60, and two are being opened.
    const { opens, waits } = run({ requests: each(10, 0, 30, 70), settings });
    expect(opens).toEqual([0, 30, 70]);
    expect(waits).toEqual(['acquire-timeout 60', 'acquire-timeout 60', 'served 30']);
    const careful = runProduct('tarn', {
      requests: each(10, 0, 30, 70),
      settings: { min: 0, max: 5, acquireTimeoutMillis: 65 },
    });
    expect(careful.opens).toEqual([0, 30]);
  });

  it('acquire: opens beside others, and what is open goes to the head of the line', () => {
    const requests = [{ at: 0, hold: 30 }, ...each(20, 150, 155, 160)];
    const { opens, waits } = run({ requests });
    expect(opens.slice(0, 3)).toEqual([0, 155, 160]);
    expect(waits).toEqual(served(100, 0, 15, 30));
  });

  it('acquire: first come, first served', () => {
    const requests = each(50, 0, 10, 20, 30);
    expect(run({ requests, settings: { max: 1 } }).waits).toEqual(served(100, 140, 180, 220));
  });

  it('acquire: the idle connection that came back last is given out', () => {
    const requests = [
      { at: 0, hold: 100 },
      { at: 0, hold: 300 },
      { at: 1500, hold: 100 },
    ];
    // Back at 200 and 400, and the younger again at 1600. Looks come each second from 200 on.
    const { closes } = run({ requests, settings: { idle: 2000 } });
    expect(closes).toEqual([2200, 4200]);
  });

  it('release: goes to who waits', () => {
    const { waits } = run({ requests: each(50, 0, 10), settings: { max: 1 } });
    expect(waits).toEqual(served(100, 140));
  });

  it('creation: a failure is told to the head of the line, and the next attempt begins at once', () => {
    const settings = { max: 1 };
    const { opens, waits } = run({ requests: together(2, 0, 10), settings, fails: [0] });
    expect(opens).toEqual([0, 100]);
    expect(waits).toEqual(['connect-failed 100', 'served 200']);
  });

  it('timeouts: acquire covers line and opening, and what is opened stays', () => {
    const { waits, open } = run({ requests: each(10, 0), settings: { acquire: 60 }, end: 1000 });
    expect([waits, open]).toEqual([['acquire-timeout 60'], 1]);
  });
});

// Go's database/sql step by step: dedicated connections, a line without turns, and one goroutine that opens
// connections for those who wait. A connection takes 100 ms.

import { describe, expect, it } from 'vitest';
import { each, runProduct, served, together } from './product-run.ts';

const run = (scenario: Parameters<typeof runProduct>[1]) => runProduct('database-sql', scenario);

describe('database/sql, acquire', () => {
  // A pool is closed with its process, which takes no requests from 500 on and is replaced at 510.
  it('step 1: a pool that is being closed gives nobody a connection, though one is idle', () => {
    const { opens, waits } = run({ requests: each(10, 0, 505, 520), restartAt: 500 });
    expect(opens).toEqual([0, 520]);
    expect(waits).toEqual(['served 100', 'instance-lost 0', 'served 100']);
  });

  it('step 1: a context without any time left fails at once, and leaves nothing open', () => {
    const settings = { 'context.WithTimeout': '0s' };
    const { waits, open } = run({ requests: each(10, 0, 200), settings });
    expect(waits).toEqual(['acquire-timeout 0', 'acquire-timeout 0']);
    expect(open).toBe(0);
  });

  it('step 2: takes the idle connection that came back last', () => {
    const requests = [
      { at: 0, hold: 100 },
      { at: 50, hold: 250 },
      { at: 1000, hold: 120 },
    ];
    // They end at 1100 and 1150; the second is in use until 1120.
    const settings = { SetMaxOpenConns: 2, SetConnMaxLifetime: '1s' };
    expect(run({ requests, settings }).closes).toEqual([1100, 1150]);
  });

  it('step 2: one that is too old is closed, and its caller opens another', () => {
    const settings = { SetConnMaxLifetime: '1s' };
    const { opens, closes, waits } = run({ requests: each(10, 0, 2000), settings });
    expect([opens, closes]).toEqual([
      [0, 2000],
      [1100, 3100],
    ]);
    expect(waits).toEqual(served(100, 100));
  });

  it('step 3: at the limit it waits', () => {
    const settings = { SetMaxOpenConns: 1 };
    expect(run({ requests: each(50, 0, 10), settings }).waits).toEqual(served(100, 140));
  });

  it('step 4: below the limit each opens its own, and keeps to it though others come free', () => {
    const requests = [{ at: 0, hold: 30 }, ...each(20, 150, 155, 160)];
    const { opens, waits } = run({ requests, settings: { SetMaxOpenConns: 3 } });
    expect(opens).toEqual([0, 155, 160]);
    expect(waits).toEqual(served(100, 0, 100, 100));
  });

  it('step 4: by default there is no limit and no line', () => {
    const { opens, waits } = run({ requests: together(50, 0, 10) });
    expect(opens).toEqual(Array.from({ length: 50 }, () => 0));
    expect(waits).toEqual(Array.from({ length: 50 }, () => 'served 100'));
  });

  it('step 5: one too old is not delivered; another is opened for who waits', () => {
    const settings = { SetMaxOpenConns: 1, SetConnMaxLifetime: '150ms' };
    const { opens, waits } = run({ requests: each(200, 0, 10), settings });
    expect(opens).toEqual([0, 300]);
    expect(waits).toEqual(served(100, 390));
  });

  it('step 6: who gets bad connections opens another at once, without a round trip lost', () => {
    const requests = [
      { at: 0, hold: 10 },
      { at: 5, hold: 10 },
      { at: 200, hold: 10 },
    ];
    const settings = { SetMaxOpenConns: 2 };
    const { opens, closes, waits } = run({ requests, settings, dropAt: 150, roundTrip: 5 });
    expect([opens, closes]).toEqual([
      [0, 5, 200],
      [200, 200],
    ]);
    expect(waits).toEqual(served(100, 100, 100));
  });

  it('step 6: after two bad ones it opens a new one, whatever else is idle', () => {
    const settings = { SetMaxOpenConns: 5, SetMaxIdleConns: 5 };
    const requests = [...together(4, 0, 10), ...each(10, 500, 505)];
    const { opens, closes, waits } = run({ requests, settings, dropAt: 300 });
    expect(opens).toEqual([0, 0, 0, 0, 500, 505]);
    expect(closes).toEqual([500, 500, 505, 505]);
    expect(waits).toEqual(served(100, 100, 100, 100, 100, 100));
  });

  it('step 6: after one bad one, a good one that is idle will do', () => {
    // Opened before and after all died: the bad one came back last.
    const requests = [
      { at: 0, hold: 300 },
      { at: 200, hold: 10 },
      { at: 1000, hold: 10 },
    ];
    const { opens, closes, waits } = run({ requests, dropAt: 150 });
    expect(opens).toEqual([0, 200]);
    expect([closes, waits]).toEqual([[1000], served(100, 100, 0)]);
  });

  it('step 7: who leaves with the context leaves the line', () => {
    const settings = { SetMaxOpenConns: 1, 'context.WithTimeout': '150ms' };
    const { waits } = run({ requests: each(200, 0, 10, 160), settings });
    expect(waits).toEqual(['served 100', 'acquire-timeout 150', 'served 140']);
  });

  it('step 7: a connection that comes at the instant at which the context ends is lost to nobody', () => {
    const settings = { SetMaxOpenConns: 1, 'context.WithTimeout': '190ms' };
    const { opens, waits } = run({ requests: each(100, 0, 10, 300), settings, end: 1000 });
    expect(opens).toEqual([0]);
    expect([waits[0], waits[2]]).toEqual(served(100, 0));
  });
});

describe('database/sql, release', () => {
  it('gives the connection to one of those who wait, drawn at random', () => {
    const requests = together(31, 0, 10);
    const { served: order } = run({ requests, settings: { SetMaxOpenConns: 1 } });
    const [first, ...others] = order;
    expect(first).toBe(0);
    expect(others.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
    // Of 30 in a random order some five in a row ascend at most; here no quarter of them stands in order.
    const inPlace = others.filter((n, place) => n === place + 1);
    expect(inPlace.length).toBeLessThan(8);
    expect(others.slice(0, 10).some((n) => n > 20)).toBe(true);
  });

  it('keeps two idle connections by default, so that three callers at once open one each time', () => {
    const burst = (at: number) => [10, 20, 30].map((hold) => ({ at, hold }));
    const { opens, closes } = run({ requests: [...burst(0), ...burst(1000)] });
    expect(opens).toEqual([0, 0, 0, 1000]);
    // The second time two are there at once, which come back at 1010 and 1020; the third comes at 1130.
    expect(closes).toEqual([130, 1130]);
  });

  it('keeps none with SetMaxIdleConns -1', () => {
    expect(run({ requests: each(10, 0), settings: { SetMaxIdleConns: -1 } }).closes).toEqual([110]);
  });

  it('takes SetMaxIdleConns no higher than SetMaxOpenConns', () => {
    const settings = { SetMaxOpenConns: 1, SetMaxIdleConns: 5 };
    expect(run({ requests: together(2, 0, 10), settings }).open).toBe(1);
  });
});

describe('database/sql, creation', () => {
  it('tells a failure to who opens, without a pause for others', () => {
    const { opens, waits } = run({ requests: each(10, 0, 100), fails: [0] });
    expect(opens).toEqual([0, 100]);
    expect(waits).toEqual(['connect-failed 100', 'served 100']);
  });

  it('opens for those who wait one after another when room comes free', () => {
    const requests = [...together(3, 0, 10), ...each(5000, 10, 20, 30)];
    const { opens, waits } = run({
      requests,
      settings: { SetMaxOpenConns: 3 },
      fails: [0, 1, 2],
      end: 4000,
    });
    expect(opens).toEqual([0, 0, 0, 100, 200, 300]);
    expect(waits.slice(0, 3)).toEqual(Array.from({ length: 3 }, () => 'connect-failed 100'));
    const instants = waits.slice(3).map((wait, n) => Number(wait.slice(7)) + 10 * (n + 1));
    expect(instants.toSorted((a, b) => a - b)).toEqual([200, 300, 400]);
  });

  it('gives the error of such an attempt to one of those who wait', () => {
    const requests = [{ at: 0, hold: 10 }, ...each(10, 10)];
    const { opens, waits } = run({ requests, settings: { SetMaxOpenConns: 1 }, fails: [0, 1] });
    expect(opens).toEqual([0, 100]);
    expect(waits).toEqual(['connect-failed 100', 'connect-failed 190']);
  });
});

describe('database/sql, timeouts', () => {
  it('a context that ends while its caller connects breaks that off', () => {
    const settings = { SetMaxOpenConns: 1, 'context.WithTimeout': '60ms' };
    const { opens, waits, open } = run({ requests: each(10, 0, 80), settings });
    expect(opens).toEqual([0, 80]);
    expect(waits).toEqual(['acquire-timeout 60', 'acquire-timeout 60']);
    expect(open).toBe(0);
  });

  it('the room of an attempt that was broken off is opened anew at once for who waits', () => {
    const settings = { SetMaxOpenConns: 1, 'context.WithTimeout': '60ms' };
    const { opens, waits, open } = run({ requests: each(10, 0, 10), settings, end: 1000 });
    expect(opens).toEqual([0, 60]);
    expect(waits).toEqual(['acquire-timeout 60', 'acquire-timeout 60']);
    // The second is opened in the background, and stays though nobody waits for it any more.
    expect(open).toBe(1);
  });

  it('there is none by default', () => {
    const settings = { SetMaxOpenConns: 1 };
    const requests = [{ at: 0, hold: 99_000 }, ...each(1, 10)];
    expect(run({ requests, settings }).waits).toEqual(served(100, 99_090));
  });
});

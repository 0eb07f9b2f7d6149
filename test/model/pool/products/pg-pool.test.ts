// pg-pool step by step. The differential test holds it against the package itself; here each step of the
// reference has a case of its own. A connection takes 100 ms.

import { describe, expect, it } from 'vitest';
import { each, runProduct, served, together } from './product-run.ts';

const run = (scenario: Parameters<typeof runProduct>[1]) => runProduct('pg-pool', scenario);

describe('pg-pool, acquire', () => {
  // A pool ends with its process, which takes no requests from 500 on and is replaced at 510.
  it('step 1: a pool that is ending gives nobody a connection, though one is idle', () => {
    const { opens, waits } = run({ requests: each(10, 0, 505, 520), restartAt: 500 });
    expect(opens).toEqual([0, 520]);
    expect(waits).toEqual(['served 100', 'instance-lost 0', 'served 100']);
  });

  it('step 2: joins the line when the pool is full', () => {
    const { opens, waits } = run({ requests: together(3, 0, 40), settings: { max: 2 } });
    expect([opens, waits]).toEqual([[0, 0], served(100, 100, 140)]);
  });

  it('step 3: opens at once, beside others, when it is not full and nothing is idle', () => {
    expect(run({ requests: each(500, 0, 10, 20) }).waits).toEqual(served(100, 100, 100));
  });

  it('step 4: the idle connection that came back last is given out', () => {
    const requests = [
      { at: 0, hold: 10 },
      { at: 50, hold: 10 },
      { at: 1000, hold: 120 },
    ];
    // They end at 1100 and 1150; the younger is in use until 1120.
    const { closes } = run({ requests, settings: { maxLifetimeSeconds: 1 } });
    expect(closes).toEqual([1100, 1150]);
  });

  it('step 5: who opens keeps to its own connection though another comes free', () => {
    const requests = [{ at: 0, hold: 30 }, ...each(20, 150, 155, 160)];
    const { opens, waits } = run({ requests });
    expect(opens).toEqual([0, 155, 160]);
    expect(waits).toEqual(served(100, 0, 100, 100));
  });

  it('step 6: the timeout of who opens breaks the attempt off, and the next begins', () => {
    const settings = { max: 1, connectionTimeoutMillis: 60 };
    const { opens, waits, denials } = run({ requests: each(10, 0, 10), settings });
    expect(opens).toEqual([0, 60]);
    expect(waits).toEqual(['acquire-timeout 60', 'acquire-timeout 60']);
    // The second opened as well when its time was over, but not from the first, and is told something else.
    expect(denials).toEqual({ 'opening-timeout': 1, 'acquire-timeout': 1 });
  });

  it('step 6: the attempt for one who had waited goes on after his timeout', () => {
    const settings = { max: 1, connectionTimeoutMillis: 150, maxUses: 1 };
    const { opens, waits, closes } = run({ requests: each(30, 0, 10), settings });
    // Opened at 130 for him who gives up at 160, it is there at 230, and then it has been used.
    expect(opens).toEqual([0, 130]);
    expect(waits).toEqual(['served 100', 'acquire-timeout 150']);
    expect(closes).toEqual([130, 230]);
  });

  it('step 7: while a connection closes its room is there for a newcomer, before those who wait', () => {
    const requests = each(10, 0, 5, 120);
    const settings = { max: 1, maxUses: 1 };
    // Closing from 110 to 140; he who comes at 120 opens, and the line is looked at when that one is closed.
    const { opens, waits } = run({ requests, settings, closing: 30 });
    expect(opens).toEqual([0, 120, 260]);
    expect(waits).toEqual(served(100, 355, 100));
  });
});

describe('pg-pool, the rest', () => {
  it('release: goes to the head of the line, or is closed after maxUses', () => {
    const settings = { max: 1, maxUses: 2 };
    const { opens, waits, closes } = run({ requests: each(10, 0, 1, 2), settings });
    expect(waits).toEqual(served(100, 109, 218));
    expect([opens, closes[0]]).toEqual([[0, 120], 120]);
  });

  it('creation: a failure is told to its requester alone, and the next begins without a pause', () => {
    const { opens, waits } = run({ requests: each(10, 0, 10), settings: { max: 1 }, fails: [0] });
    expect(opens).toEqual([0, 100]);
    expect(waits).toEqual(['connect-failed 100', 'served 190']);
  });

  it('timeouts: none by default', () => {
    const requests = [{ at: 0, hold: 90_000 }, ...each(1, 10)];
    expect(run({ requests, settings: { max: 1 } }).waits).toEqual(served(100, 90_090));
  });
});

// mysql2 step by step. The differential test holds it against the package; here each step of the reference
// has a case of its own. A connection takes 100 ms.

import { describe, expect, it } from 'vitest';
import { each, runProduct, served, together } from './product-run.ts';

const run = (scenario: Parameters<typeof runProduct>[1]) =>
  runProduct('mysql2', { ...scenario, settings: { connectionLimit: 2, ...scenario.settings } });

describe('mysql2, acquire', () => {
  // A pool is closed with its process, which takes no requests from 500 on and is replaced at 510.
  it('step 1: a pool that is being closed gives nobody a connection, though one is idle', () => {
    const { opens, waits } = run({ requests: each(10, 0, 505, 520), restartAt: 500 });
    expect(opens).toEqual([0, 520]);
    expect(waits).toEqual(['served 100', 'instance-lost 0', 'served 100']);
  });

  it('step 2: takes an idle connection', () => {
    const { opens, waits } = run({ requests: each(10, 0, 200) });
    expect([opens, waits]).toEqual([[0], served(100, 0)]);
  });

  it('step 2: the one that came back last', () => {
    const requests = [
      { at: 0, hold: 100 },
      { at: 0, hold: 1000 },
      { at: 2150, hold: 10 },
    ];
    // Back at 200 and 1100, and the second again at 2160. Looks come each second, and close what has been
    // idle for more than two. Had the first been taken, the second would go at 4000.
    const settings = { maxIdle: 1, connectionLimit: 3, idleTimeout: 2000 };
    const { closes } = run({ requests, settings, policy: { maxIdle: 2 } });
    expect(closes).toEqual([3000, 5000]);
  });

  it('step 3: below the limit it opens its own, and keeps to it', () => {
    const requests = [{ at: 0, hold: 30 }, ...each(20, 150, 155)];
    const { opens, waits } = run({ requests });
    expect([opens, waits]).toEqual([[0, 155], served(100, 0, 100)]);
  });

  it('step 3: beside others that open', () => {
    const { opens, waits } = run({ requests: each(10, 0, 40) });
    expect([opens, waits]).toEqual([[0, 40], served(100, 100)]);
  });

  it('step 3: a failed attempt leaves its room to a newcomer, if he is first', () => {
    const settings = { connectionLimit: 1 };
    const requests = each(10, 0, 100);
    const { opens, waits } = run({ requests, settings, fails: [0] });
    expect(opens).toEqual([0, 100]);
    expect(waits).toEqual(['connect-failed 100', 'served 100']);
  });

  it('step 4: without waitForConnections it fails at the limit', () => {
    const { waits } = run({
      requests: together(3, 0, 10),
      settings: { waitForConnections: false },
    });
    expect(waits).toEqual([...served(100, 100), 'pool-full 0']);
  });

  it('step 5: it fails when queueLimit wait already', () => {
    const { waits } = run({ requests: together(4, 0, 10), settings: { queueLimit: 1 } });
    expect(waits).toEqual([...served(100, 100, 110), 'pool-full 0']);
  });

  it('step 6: it joins the line', () => {
    const { waits } = run({ requests: together(5, 0, 10) });
    expect(waits).toEqual(served(100, 100, 110, 110, 120));
  });
});

describe('mysql2, the rest', () => {
  it('release: goes to the first in the line', () => {
    expect(run({ requests: each(50, 0, 0, 10, 20) }).served).toEqual([0, 1, 2, 3]);
  });

  it('creation: a failure is told to its requester, and the next in the line begins at once', () => {
    const settings = { connectionLimit: 1 };
    const { opens, waits } = run({ requests: each(10, 0, 10), settings, fails: [0] });
    expect(opens).toEqual([0, 100]);
    expect(waits).toEqual(['connect-failed 100', 'served 190']);
  });

  it('timeouts: connectTimeout bounds the attempt, and nothing bounds the wait', () => {
    const settings = { connectTimeout: 60, connectionLimit: 1 };
    const { waits } = run({ requests: each(10, 0, 10), settings });
    expect(waits).toEqual(['connect-failed 60', 'connect-failed 110']);
    const long = [{ at: 0, hold: 90_000 }, ...each(1, 10)];
    expect(run({ requests: long, settings: { connectionLimit: 1 } }).waits[1]).toBe('served 90090');
  });
});

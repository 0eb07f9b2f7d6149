// tarn and knex step by step. The differential test holds both against the package; here each step of the
// reference has a case of its own. A connection takes 100 ms.

import { describe, expect, it } from 'vitest';
import { each, runProduct, served, together } from './product-run.ts';

describe.each(['tarn', 'knex'])('%s, acquire', (id) => {
  const run = (scenario: Parameters<typeof runProduct>[1]) =>
    runProduct(id, { ...scenario, settings: { min: 0, max: 3, ...scenario.settings } });

  it('step 1: the timeout starts in the line and covers the opening', () => {
    const settings = { acquireTimeoutMillis: 60 };
    const { waits, open } = run({ requests: each(10, 0), settings, end: 1000 });
    expect([waits, open]).toEqual([['acquire-timeout 60'], 1]);
  });

  it('step 2: the connection that came back last goes to who has waited longest', () => {
    const requests = [
      { at: 0, hold: 30 },
      { at: 0, hold: 70 },
      { at: 200, hold: 10 },
    ];
    const settings = { idleTimeoutMillis: 1000, reapIntervalMillis: 50 };
    // Looks come each 50 ms from the first grant, at 100. The one back at 130 goes at 1150, and not that of
    // 170 at 1200: it was taken at 200, came back at 210 and goes at 1250.
    expect(run({ requests, settings }).closes).toEqual([1150, 1250]);
  });

  it('step 3: each event that finds nothing free begins one more, up to max', () => {
    const { opens } = run({ requests: together(5, 0, 10) });
    expect(opens).toEqual([0, 0, 0]);
  });

  it('step 3: none if as many are being opened as wait, though nobody waits for one of them', () => {
    const settings = { acquireTimeoutMillis: 60 };
    const { opens, waits } = run({ requests: each(10, 0, 70), settings });
    expect([opens, waits]).toEqual([[0], ['acquire-timeout 60', 'served 30']]);
  });

  it('step 4: a new connection goes to the head of the line, whoever made the pool open it', () => {
    const requests = [{ at: 0, hold: 30 }, ...each(20, 150, 155, 160)];
    const { opens, waits } = run({ requests });
    expect(opens).toEqual([0, 155, 160]);
    expect(waits).toEqual(served(100, 0, 15, 30));
  });

  it('step 5: after a failed check the connection is closed, and its waiter is at the head again', () => {
    const requests = [...each(10, 0), ...each(10, 500, 505)];
    const settings = { max: 1 };
    const { closes, waits } = run({
      requests,
      settings,
      roundTrip: 20,
      dropAt: 300,
      policy: { checkRoundTrips: 1 },
    });
    expect(closes[0]).toBe(520);
    expect(waits).toEqual(served(120, 140, 165));
  });

  it('release: goes to who waits', () => {
    expect(run({ requests: each(50, 0, 10), settings: { max: 1 } }).waits).toEqual(
      served(100, 140),
    );
  });
});

describe('tarn, creation', () => {
  const requests = together(2, 0, 10);

  it('step 3: an event begins one, however many are missing', () => {
    // Both fail at 100 and would be tried again at 300. Who comes at 150 makes the pool open one, not three.
    const { opens } = runProduct('tarn', {
      requests: [...requests, ...each(10, 150)],
      settings: { min: 0, max: 3 },
      fails: [0, 1],
      end: 1000,
    });
    expect(opens.slice(0, 3)).toEqual([0, 0, 150]);
    expect(opens.filter((at) => at < 300)).toHaveLength(3);
  });

  it('a failure is told to nobody, and the next attempt follows after 200 ms', () => {
    const settings = { min: 0, max: 1, acquireTimeoutMillis: 350 };
    const { opens, waits } = runProduct('tarn', { requests, settings, fails: [0, 1] });
    expect(opens).toEqual([0, 300]);
    expect(waits).toEqual(['acquire-timeout 350', 'acquire-timeout 350']);
  });

  it('knex tells it to the first in the line', () => {
    const { opens, waits } = runProduct('knex', { requests, settings: { max: 1 }, fails: [0] });
    expect(opens).toEqual([0, 300]);
    expect(waits).toEqual(['connect-failed 100', 'served 400']);
  });
});

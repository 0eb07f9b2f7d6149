// How fast each product's pool grows: a burst into a cold pool, a connection taking a constant C. When the
// k-th connection serves somebody is a formula of C and k.

import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../../../src/model/pool/profiles/index.ts';
import { runProduct, together } from './product-run.ts';

const C = 100;
const BURST = 10;

type Formula = (k: number) => number;

/** All at once: each for itself, or the pool as many as wait. */
const atOnce: Formula = () => C;
const inTurn: Formula = (k) => k * C;
const inThrees: Formula = (k) => Math.ceil(k / 3) * C;

const OTHERS: Readonly<Record<string, Formula>> = {
  // One thread, and 30 ms between one connection and the next.
  hikaricp: (k) => k * C + (k - 1) * 30,
  pgbouncer: inTurn,
  psycopg_pool: inTurn,
  sqlclient: inTurn,
  c3p0: inThrees,
  r2d2: inThrees,
  // One worker by default.
  odyssey: inTurn,
};

/** Instants at which the burst is served, the first first: a race has winners in any order. */
function ramp(id: string, settings = {}): number[] {
  const { waits } = runProduct(id, {
    requests: together(BURST, 0, 50_000),
    connect: C,
    settings,
    pool: { max: BURST, initial: 0, min: 0 },
    policy: { fillFirstNs: Infinity, fillEveryNs: Infinity, fillOnClose: false },
    end: 40_000,
  });
  return waits.map((wait) => Number(wait.replace('served ', ''))).toSorted((a, b) => a - b);
}

function expected(formula: Formula): number[] {
  return Array.from({ length: BURST }, (_, n) => formula(n + 1));
}

describe('a burst into a cold pool', () => {
  it.each(PROFILES.map(({ id }) => id))(
    '%s: connections serve at the instants of its formula',
    (id) => {
      expect(ramp(id)).toEqual(expected(OTHERS[id] ?? atOnce));
    },
  );

  it.each([2, 4])('odyssey: as many at once as there are workers, here %d', (workers) => {
    const formula: Formula = (k) => Math.ceil(k / workers) * C;
    expect(ramp('odyssey', { server_max_routing: workers })).toEqual(expected(formula));
  });

  it('c3p0: as many at once as there are helper threads', () => {
    const formula: Formula = (k) => Math.ceil(k / 5) * C;
    expect(ramp('c3p0', { numHelperThreads: 5 })).toEqual(expected(formula));
  });

  it('hikaricp: with C of a second the tenth connection is there after 10.3 s', () => {
    expect(10 * 1000 + 9 * 30).toBe(10_270);
    const { waits } = runProduct('hikaricp', {
      requests: together(10, 0, 50_000),
      connect: 1000,
      settings: { maximumPoolSize: 10, minimumIdle: 0, initializationFailTimeout: -1 },
      end: 40_000,
    });
    expect(waits[9]).toBe('served 10270');
  });
});

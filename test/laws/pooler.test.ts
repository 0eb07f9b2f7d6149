// A pooler in front of the database is a queue of its own: with pools so large that nobody waits in them, its
// clients wait as in an M/M/c queue, and the pools see that wait as a part of their holds.

import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/engine/time.ts';
import { findProfile } from '../../src/model/pool/profiles/index.ts';
import type { Profile } from '../../src/model/pool/profiles/profile.ts';
import { resolveProfile } from '../../src/model/pool/profiles/resolve-profile.ts';
import { erlangCProbability } from '../../src/theory/erlang-c.ts';
import { requesting, steady, systemSettings } from '../support/small-system.ts';
import { STANDARD_ERRORS } from '../support/statistics.ts';
import { type Figure, type Measured, SteadyState } from './steady-state.ts';

const seeds = (process.env['TIDEMARK_TEST_SEED'] ?? 'one two').split(' ');
const SERVERS = 5;
/** Each transaction takes 10 ms on average. */
const MEAN_NS = SECOND / 100;

/** Of clients, ms: by Little's law, time that they wait over transactions. */
const waitAtPooler: Figure = (from, to) =>
  ((to.pooler?.waiting ?? NaN) - (from.pooler?.waiting ?? NaN)) /
  (to.completed - from.completed) /
  1e6;

const serversBusy: Figure = (from, to) =>
  ((to.pooler?.owned ?? NaN) - (from.pooler?.owned ?? NaN)) /
  ((to.pooler?.configured ?? NaN) - (from.pooler?.configured ?? NaN));

const holdMs: Figure = (from, to) =>
  ((to.holds[0]?.total ?? NaN) - (from.holds[0]?.total ?? NaN)) /
  ((to.holds[0]?.count ?? NaN) - (from.holds[0]?.count ?? NaN)) /
  1e6;

function expectWithin({ value, standardError }: Measured, expected: number): void {
  expect(Math.abs(value - expected)).toBeLessThan(STANDARD_ERRORS * standardError);
}

describe.each(seeds)('clients of PgBouncer in transaction mode, with seed %s', (seed) => {
  it.each([0.5, 0.8])('wait as in M/M/c at a load of %f', (rho) => {
    const pool = resolveProfile(findProfile('pgbouncer') as Profile, {
      pool_mode: 'transaction',
      default_pool_size: SERVERS,
      server_lifetime: 1e6,
    });
    const settings = systemSettings(
      [
        {
          traffic: steady((rho * SERVERS * SECOND) / MEAN_NS),
          requests: [
            requesting({ kind: 'query', work: { family: 'exponential', mean: MEAN_NS }, cpu: 0 }),
          ],
          pool: { max: 1000 },
        },
      ],
      {
        pooler: {
          pool: { ...pool, initial: SERVERS, maxPending: Infinity },
          clientLimit: Infinity,
          clientLatency: { family: 'constant', value: 0 },
        },
      },
    );
    const run = new SteadyState(settings, { seed, batchSeconds: 40 });
    const waits = erlangCProbability({ load: rho * SERVERS, servers: SERVERS });
    const wait = (waits * 10) / (SERVERS * (1 - rho));
    expectWithin(run.measure(waitAtPooler), wait);
    expectWithin(run.measure(serversBusy), rho);
    expectWithin(run.measure(holdMs), wait + 10);
  });
});

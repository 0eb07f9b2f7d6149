// Any system with any pooler in front of its database: the books agree at any instant, whatever restarts,
// outages, settings that change, clients that leave and requests that hold several connections.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MILLISECOND } from '../../../src/engine/time.ts';
import { findProfile } from '../../../src/model/pool/profiles/index.ts';
import type { Profile } from '../../../src/model/pool/profiles/profile.ts';
import { resolveProfile } from '../../../src/model/pool/profiles/resolve-profile.ts';
import type { PoolerSettings } from '../../../src/model/pooler/settings.ts';
import type { RequestClassSettings } from '../../../src/model/service/settings.ts';
import type { Change, SystemSettings } from '../../../src/model/settings.ts';
import { fuzzed } from '../../support/fuzz.ts';
import { faultsOf, leftoversOf } from '../../support/invariants.ts';
import { randomSystems, type RandomSystem } from '../../support/random-systems.ts';
import { systemOf } from '../../support/small-system.ts';

const often = <T>(usual: T, other: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 2 }, { arbitrary: other, weight: 1 });

const numbers = fc.record({
  max: fc.integer({ min: 1, max: 6 }),
  acquireTimeoutNs: often(Infinity, fc.integer({ min: 0, max: 40 * MILLISECOND })),
  clientLimit: often(Infinity, fc.integer({ min: 0, max: 8 })),
  clientMs: fc.integer({ min: 0, max: 10 }),
});

const pooler = fc.record({
  profile: fc.constantFrom('pgbouncer', 'pgcat', 'odyssey', 'rds-proxy'),
  stickiness: fc.constantFrom('transaction', 'session', 'statement'),
  reset: fc.constantFrom(0, 1),
  lifetimeNs: often(Infinity, fc.integer({ min: MILLISECOND, max: 200 * MILLISECOND })),
  /** Of the system, and of each change. */
  numbers: fc.array(numbers, { minLength: 5, maxLength: 5 }),
  noticed: fc.constantFrom('at-once', 'in-use', 'by-check'),
  failure: fc.constantFrom(0, 0, 0.3),
  /** Some products try again at once when they are refused: not a million times a millisecond. */
  connectMs: fc.integer({ min: 1, max: 20 }),
});
type RandomPooler = typeof pooler extends fc.Arbitrary<infer T> ? T : never;

function poolerOf(p: RandomPooler, n: number): PoolerSettings {
  const { max, acquireTimeoutNs, clientLimit, clientMs } = p.numbers[n] as (typeof p.numbers)[0];
  const pool = resolveProfile(findProfile(p.profile) as Profile, {});
  const { stickiness, lifetimeNs, reset: resetRoundTrips } = p;
  return {
    pool: {
      ...pool,
      max,
      min: 0,
      acquireTimeoutNs,
      maxPending: Infinity,
      policy: { ...pool.policy, stickiness, lifetimeNs, resetRoundTrips },
    },
    clientLimit,
    clientLatency: { family: 'constant', value: clientMs * MILLISECOND },
  };
}

function inFront({ settings, changes }: RandomSystem, p: RandomPooler, nests: boolean) {
  const all = (system: SystemSettings, n: number): SystemSettings => ({
    services: system.services.map((s) => (nests ? { ...s, requests: [nested] } : s)),
    database: {
      ...system.database,
      pooler: poolerOf(p, n),
      connectFailure: p.failure,
      connectLatency: constant(p.connectMs),
      roundTripNs: MILLISECOND * Math.ceil(system.database.roundTripNs / MILLISECOND),
    },
  });
  return {
    settings: all(settings, 0),
    changes: changes.map((change, n): Change => {
      if (change.kind === 'set') return { ...change, settings: all(change.settings, n + 1) };
      return change.kind === 'outage' ? { ...change, noticed: p.noticed } : change;
    }),
  };
}

const constant = (ms: number) => ({ family: 'constant', value: ms * MILLISECOND }) as const;
const query = { kind: 'query', work: constant(3), cpu: 0.5 } as const;

/** Queries, work in between, and a transaction inside another one. */
const nested: RequestClassSettings = {
  name: 'nested',
  weight: 1,
  work: {
    kind: 'steps',
    steps: [
      query,
      { kind: 'app', time: constant(2) },
      {
        kind: 'transaction',
        steps: [
          { kind: 'app', time: constant(1) },
          query,
          { kind: 'transaction', steps: [query, { kind: 'app', time: constant(4) }] },
        ],
      },
    ],
  },
};

describe('a pooler in front of a random database', () => {
  it('keeps its books, and those of the pools before it', () => {
    const looks = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 });
    fc.assert(
      fc.property(randomSystems(150), pooler, fc.boolean(), looks, (random, p, nests, at) => {
        const { settings, changes } = inFront(random, p, nests);
        const system = systemOf(settings, { seed: random.seed, changes });
        for (const share of [...at.toSorted((a, b) => a - b), 1, 3]) {
          system.runUntil(Math.round(share * random.trafficEndsNs));
          expect(faultsOf(system)).toEqual([]);
        }
        const left = system.services
          .map((s) => s.countHeads())
          .flatMap((h) => [h.working, h.orphans]);
        if (system.inFlight === 0 && left.every((n) => n === 0))
          expect(leftoversOf(system)).toEqual([]);
      }),
      { ...fuzzed(300), endOnFailure: true },
    );
  });
});

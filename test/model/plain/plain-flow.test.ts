// The plain flow against the general one: whatever the plain settings, the changes and the restarts, both
// leave the same books, to the last digit and at any instant. Times are a few nanoseconds, so that events
// often meet at one instant.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Law } from '../../../src/engine/law.ts';
import { SECOND } from '../../../src/engine/time.ts';
import type { BalancerPolicy, RequestClassSettings } from '../../../src/model/service/settings.ts';
import type { Change, SystemSettings } from '../../../src/model/settings.ts';
import { SimulationLimit } from '../../../src/model/simulation-limit.ts';
import { fuzzed } from '../../support/fuzz.ts';
import { booksOf } from '../../support/books.ts';
import { faultsOf, leftoversOf } from '../../support/invariants.ts';
import {
  databaseSettings,
  holding,
  requesting,
  serviceSettings,
  type ServiceWishes,
  systemOf,
  trafficOf,
} from '../../support/small-system.ts';

const END = 20_000;
const duration = fc.integer({ min: 0, max: 200 });

const law = fc.oneof(
  duration.map((value): Law => ({ family: 'constant', value })),
  duration.map((mean): Law => ({ family: 'exponential', mean: mean + 1 })),
  duration.map((mean): Law => ({ family: 'lognormal', mean: mean + 1, cv: 1.5 })),
  duration.map((d): Law => ({
    family: 'percentiles',
    p50: d + 1,
    p95: 2 * d + 2,
    p99: 5 * d + 5,
    mean: d + 1,
  })),
);

const requestClass: fc.Arbitrary<RequestClassSettings> = fc.record({
  name: fc.constant('page'),
  weight: fc.integer({ min: 1, max: 3 }),
  work: fc.oneof(
    fc.record({ kind: fc.constant('hold' as const), hold: law }),
    fc.record({ kind: fc.constant('query' as const), work: law, cpu: fc.constantFrom(0, 0.4, 1) }),
  ),
});
const lone: fc.Arbitrary<RequestClassSettings> = fc.record({
  name: fc.constant('page'),
  weight: fc.constant(1),
  work: fc.record({ kind: fc.constant('hold' as const), hold: law }),
});

/** What a `set` may change. */
const variable = fc.record({
  instances: fc.integer({ min: 1, max: 4 }),
  balancer: fc.constantFrom<BalancerPolicy[]>('round-robin', 'random', 'least-connections'),
  max: fc.integer({ min: 1, max: 6 }),
  initial: fc.integer({ min: 0, max: 6 }),
  acquireTimeoutNs: fc.oneof(fc.integer({ min: 0, max: 800 }), fc.constant(Infinity)),
  maxPending: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constant(Infinity)),
  reconnectShare: fc.constantFrom(0, 0.05, 0.5, 1),
  roundTripNs: fc.constantFrom(0, 0, 1, 30),
  perSecond: fc.integer({ min: 0, max: 60_000_000 }),
});
type Variable = typeof variable extends fc.Arbitrary<infer T> ? T : never;

const plan = fc.record({
  seed: fc.nat({ max: 1_000_000 }),
  requests: fc.oneof(
    fc.array(lone, { minLength: 1, maxLength: 2 }),
    fc.array(requestClass, { minLength: 1, maxLength: 3 }),
  ),
  /** How soon the plain flow looks whether it may take over. */
  plainAfter: fc.integer({ min: 1, max: 100 }),
  isReconnecting: fc.boolean(),
  isShared: fc.boolean(),
  connectNs: fc.integer({ min: 0, max: 300 }),
  first: variable,
  changes: fc.array(
    fc.record({
      atNs: fc.integer({ min: 0, max: END }),
      to: fc.option(variable),
      eachNs: fc.integer({ min: 1, max: 900 }),
    }),
    { maxLength: 4 },
  ),
  looks: fc.array(fc.integer({ min: 0, max: END }), { maxLength: 5 }),
});
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

function settingsOf(p: Plan, v: Variable): SystemSettings {
  const requests = p.requests.map((r, i) => ({ ...r, name: `class-${String(i)}` }));
  return {
    services: [
      serviceSettings({
        traffic: trafficOf({
          rate: [
            { atNs: 0, perSecond: v.perSecond / 2 },
            { atNs: END / 2, perSecond: v.perSecond },
            { atNs: END, perSecond: v.perSecond },
            { atNs: END, perSecond: 0 },
          ],
        }),
        requests,
        instances: v.instances,
        balancer: v.balancer,
        pool: {
          max: v.max,
          initial: Math.min(v.initial, v.max),
          acquireTimeoutNs: v.acquireTimeoutNs,
          maxPending: v.maxPending,
          reconnectShare: p.isReconnecting ? v.reconnectShare : 0,
        },
      }),
    ],
    database: databaseSettings({
      contention: p.isShared ? { kind: 'usl', sigma: 0.05, kappa: 0.002 } : { kind: 'none' },
      roundTripNs: v.roundTripNs,
      connectLatency: { family: 'constant', value: p.connectNs },
    }),
  };
}

function changesOf(p: Plan): Change[] {
  return p.changes
    .toSorted((a, b) => a.atNs - b.atNs)
    .map(({ atNs, to, eachNs }) =>
      to === null
        ? { kind: 'restart', atNs, service: 0, eachNs }
        : { kind: 'set', atNs, settings: settingsOf(p, to) },
    );
}

describe('the plain flow', () => {
  it('leaves the same books as the general one, at any instant', () => {
    fc.assert(
      fc.property(plan, (p) => {
        const wiring = { seed: `${p.seed}`, changes: changesOf(p) };
        const { plainAfter } = p;
        const plain = systemOf(settingsOf(p, p.first), { ...wiring, plainAfter });
        const general = systemOf(settingsOf(p, p.first), { ...wiring, plainAfter: Infinity });
        for (const at of [...p.looks.toSorted((a, b) => a - b), END, SECOND]) {
          plain.runUntil(at);
          general.runUntil(at);
          expect(booksOf(plain)).toEqual(booksOf(general));
          // To be asked who is under way takes the plain flow out of charge: at some instants only.
          if (at % 2 === 0) expect(faultsOf(plain)).toEqual([]);
        }
        if (p.first.acquireTimeoutNs < Infinity) expect(leftoversOf(plain)).toEqual([]);
      }),
      fuzzed(300),
    );
  });

  it('shares its memory with the flows of other systems, whenever they take turns', () => {
    fc.assert(
      fc.property(plan, plan, (first, second) => {
        const pairs = [first, second].map((p) => {
          const wiring = { seed: `${p.seed}`, changes: changesOf(p) };
          const plain = systemOf(settingsOf(p, p.first), { ...wiring, plainAfter: p.plainAfter });
          const general = systemOf(settingsOf(p, p.first), { ...wiring, plainAfter: Infinity });
          return { plain, general };
        });
        const looks = [...first.looks, ...second.looks].toSorted((a, b) => a - b);
        for (const at of [...looks, END, SECOND]) {
          for (const { plain } of pairs) plain.runUntil(at);
          for (const { plain, general } of pairs) {
            general.runUntil(at);
            expect(booksOf(plain)).toEqual(booksOf(general));
          }
        }
      }),
      fuzzed(100),
    );
  });

  it.each<readonly [what: string, settings: SystemSettings, untilNs: number]>([
    [
      'a million wait',
      flood(100_000_000, { requests: [holding(1000)], pool: { max: 1 } }),
      11_000_000,
    ],
    [
      'a million have a connection',
      flood(100_000_000, { requests: [holding(20_000_000)], pool: { max: 1_100_000 } }),
      11_000_000,
    ],
    [
      'five thousand instances take turns',
      flood(100_000_000, { requests: [holding(1000)], instances: 5000, pool: { max: 1 } }),
      100_000,
    ],
  ])('leaves to the general one what it has no room for: %s', (_, settings, untilNs) => {
    const mostInFlight = 2_000_000;
    const plain = systemOf(settings, { plainAfter: 1, mostInFlight });
    const general = systemOf(settings, { plainAfter: Infinity, mostInFlight });
    for (const system of [plain, general]) system.runUntil(untilNs);
    expect(booksOf(plain)).toEqual(booksOf(general));
    expect(faultsOf(plain)).toEqual([]);
  });

  it('hands back whoever has the slot of a request that a restart left to the database', () => {
    const reconnecting: SystemSettings = {
      services: [
        serviceSettings({
          traffic: trafficOf({ rate: [{ atNs: 0, perSecond: 24_000_000 }] }),
          requests: [holding(10)],
          pool: { max: 2, acquireTimeoutNs: 0, reconnectShare: 1 },
        }),
      ],
      database: databaseSettings({ connectLatency: { family: 'constant', value: 60 } }),
    };
    const changes: Change[] = [{ kind: 'restart', atNs: 5000, service: 0, eachNs: 1 }];
    for (let at = 5500; at < 6500; at += 10) {
      const plain = systemOf(reconnecting, { changes, plainAfter: 1 });
      plain.runUntil(at);
      expect(faultsOf(plain)).toEqual([]);
    }
  });

  it('loses no nanosecond where all have waited for long', () => {
    const hours = 20;
    const slow: SystemSettings = {
      services: [
        serviceSettings({
          traffic: trafficOf({ rate: [{ atNs: 0, perSecond: 1 }] }),
          requests: [holding(20 * SECOND)],
          instances: 2,
          pool: { max: 5, acquireTimeoutNs: hours * 3600 * SECOND },
        }),
      ],
      database: databaseSettings(),
    };
    const plain = systemOf(slow, { plainAfter: 1 });
    const general = systemOf(slow, { plainAfter: Infinity });
    for (const at of [hours / 2, hours, 2 * hours].map((h) => h * 3600 * SECOND + 1)) {
      plain.runUntil(at);
      general.runUntil(at);
      expect(booksOf(plain)).toEqual(booksOf(general));
    }
    expect(plain.plain?.events).toBeGreaterThan(100_000);
  });

  it('loses no nanosecond of waits that last longer than 2^52 of them', () => {
    const day = 86_400 * SECOND;
    const endless: SystemSettings = {
      services: [
        serviceSettings({
          traffic: trafficOf({ rate: [{ atNs: 0, perSecond: 1 / 600 }] }),
          requests: [holding(day)],
        }),
      ],
      database: databaseSettings(),
    };
    const plain = systemOf(endless, { plainAfter: 1 });
    const general = systemOf(endless, { plainAfter: Infinity });
    for (const system of [plain, general]) system.runUntil(100 * day);
    expect(booksOf(plain)).toEqual(booksOf(general));
    expect(faultsOf(plain)).toEqual([]);
    expect(faultsOf(general)).toEqual([]);
  });

  it('lets those who began to wait after a shorter timeout was set give up first', () => {
    const overloaded = (acquireTimeoutNs: number): SystemSettings => ({
      services: [
        serviceSettings({
          traffic: trafficOf({ rate: [{ atNs: 0, perSecond: 20_000_000 }] }),
          requests: [holding(100)],
          pool: { max: 1, acquireTimeoutNs },
        }),
      ],
      database: databaseSettings(),
    });
    const changes: Change[] = [{ kind: 'set', atNs: 10_000, settings: overloaded(50) }];
    const plain = systemOf(overloaded(5000), { changes, plainAfter: 1 });
    const general = systemOf(overloaded(5000), { changes, plainAfter: Infinity });
    for (const at of [9000, 10_100, 10_200, 14_000, 16_000, 20_000]) {
      plain.runUntil(at);
      general.runUntil(at);
      expect(booksOf(plain)).toEqual(booksOf(general));
    }
    expect(plain.plain?.events).toBeGreaterThan(200);
  });

  it('says the same as the general one when too many are in flight', () => {
    const query = requesting({ kind: 'query', work: { family: 'constant', value: 1000 }, cpu: 0 });
    const waiting = crowded({ requests: [holding(1000)], pool: { max: 5 } });
    const sharing = crowded({ requests: [query], pool: { max: 90 } });
    for (const settings of [waiting, sharing]) {
      const [plain, general] = [1, Infinity].map((plainAfter) => {
        const system = systemOf(settings, { plainAfter, mostInFlight: 100 });
        return failureOf(() => system.runUntil(SECOND));
      });
      expect(plain).toEqual(general);
      expect(plain?.code).toBe('too-many-in-flight');
    }
  });

  it('waits for connections that are opened though a lower limit leaves no room for them', () => {
    const pool = (max: number): SystemSettings => ({
      services: [
        serviceSettings({
          traffic: trafficOf({ rate: [{ atNs: 0, perSecond: 50_000_000 }] }),
          requests: [holding(100)],
          pool: { max, initial: 2, acquireTimeoutNs: 500 },
        }),
      ],
      database: databaseSettings({ connectLatency: { family: 'constant', value: 2000 } }),
    });
    const changes: Change[] = [{ kind: 'set', atNs: 1000, settings: pool(2) }];
    const plain = systemOf(pool(5), { changes, plainAfter: 1 });
    const general = systemOf(pool(5), { changes, plainAfter: Infinity });
    for (const system of [plain, general]) system.runUntil(1900);
    expect(plain.plain?.events).toBe(0);
    for (const system of [plain, general]) system.runUntil(10_000);
    expect(plain.plain?.events).toBeGreaterThan(100);
    expect(booksOf(plain)).toEqual(booksOf(general));
  });

  it('takes over in a fleet that grows later', () => {
    const fleet = (instances: number): SystemSettings => ({
      services: [
        serviceSettings({
          traffic: trafficOf({ rate: [{ atNs: 0, perSecond: 20_000_000 }] }),
          requests: [holding(50)],
          instances,
        }),
      ],
      database: databaseSettings(),
    });
    const changes: Change[] = [{ kind: 'set', atNs: 15_000, settings: fleet(3) }];
    const plain = systemOf(fleet(2), { changes, plainAfter: 10 });
    plain.runUntil(14_000);
    expect(plain.plain?.events).toBeGreaterThan(200);
  });
});

/** So many a second, from the beginning, for a service whose connections are open. */
function flood(perSecond: number, wishes: ServiceWishes): SystemSettings {
  const traffic = trafficOf({ rate: [{ atNs: 0, perSecond }] });
  const max = wishes.pool?.max ?? 1;
  return {
    services: [serviceSettings({ traffic, ...wishes, pool: { ...wishes.pool, initial: max } })],
    database: databaseSettings(),
  };
}

/** More arrives than is served, and nothing bounds how many wait. */
function crowded(wishes: ServiceWishes): SystemSettings {
  const traffic = trafficOf({ rate: [{ atNs: 0, perSecond: 95_000_000 }] });
  return {
    services: [serviceSettings({ traffic, ...wishes })],
    database: databaseSettings({ contention: { kind: 'usl', sigma: 0.05, kappa: 0.002 } }),
  };
}

function failureOf(run: () => unknown): SimulationLimit | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof SimulationLimit) return error;
    throw error;
  }
}

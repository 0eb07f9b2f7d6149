// The way of a request through a service, and what each stage of it costs, to the nanosecond.

import { describe, expect, it } from 'vitest';
import type { Law } from '../../../src/engine/law.ts';
import { SECOND } from '../../../src/engine/time.ts';
import type { DatabaseSettings, WorkSettings } from '../../../src/model/database/settings.ts';
import type { LoggedEvent } from '../../../src/model/event-log.ts';
import type { Change, SystemSettings } from '../../../src/model/settings.ts';
import type { System } from '../../../src/model/system.ts';
import { STAGES } from '../../../src/model/request/stage.ts';
import { faultsOf } from '../../support/invariants.ts';
import { firstArrivals } from '../../support/known-arrivals.ts';
import {
  type ServiceWishes,
  holding,
  requesting,
  steady,
  systemOf,
  systemSettings,
} from '../../support/small-system.ts';
import { STANDARD_ERRORS } from '../../support/statistics.ts';

const { at } = firstArrivals(3);
const [a1 = NaN, a2 = NaN, a3 = NaN] = at;

function query(ns: number, cpu = 1): WorkSettings {
  return { kind: 'query', work: { family: 'constant', value: ns }, cpu };
}

/** Totals of the ledger's stages that are not 0, and the sum of all response times. */
function ledgerOf(system: System): Record<string, number> {
  const { meters } = system.services[0] ?? {};
  const stages = STAGES.map((stage, i) => [stage, meters?.ledger[i]?.value ?? NaN] as const);
  return {
    ...Object.fromEntries(stages.filter(([, value]) => value !== 0)),
    response: meters?.response.total.value ?? NaN,
  };
}

function run(
  count: number,
  wishes: ServiceWishes,
  database: Partial<DatabaseSettings> = {},
  changes: readonly Change[] = [],
): System {
  const settings = systemSettings([{ traffic: firstArrivals(count).traffic, ...wishes }], database);
  const system = systemOf(settings, { changes });
  system.runUntil(1_000_000);
  expect(faultsOf(system)).toEqual([]);
  return system;
}

describe('the ledger of a request', () => {
  it('of a hold is all work', () => {
    expect(ledgerOf(run(1, { requests: [holding(70)] }))).toEqual({
      databaseWork: 70,
      response: 70,
    });
  });

  it('leaves a measured hold as long as it was measured under `usl`', () => {
    const system = run(
      2,
      { pool: { max: 2 }, requests: [holding(1000)] },
      { contention: { kind: 'usl', sigma: 0.5, kappa: 0.1 } },
    );
    expect(ledgerOf(system)).toEqual({ databaseWork: 2000, response: 2000 });
  });

  it('of a query is a round trip and its work', () => {
    const system = run(1, { requests: [requesting(query(70))] }, { roundTripNs: 20 });
    expect(ledgerOf(system)).toEqual({ network: 20, databaseWork: 70, response: 90 });
  });

  it('tells waiting for a connection from the instance’s own queue', () => {
    const system = run(3, { concurrency: 2, requests: [holding(1000)] });
    // 2 waits for the connection of 1; 3 waits for a place until 1 is done, then for 2’s connection.
    expect(ledgerOf(system)).toEqual({
      queue: a1 + 1000 - a3,
      acquireQueue: a1 + 1000 - a2 + 1000,
      databaseWork: 3000,
      response: a1 + 1000 + (a1 + 2000) + (a1 + 3000) - a1 - a2 - a3,
    });
  });

  it('tells opening a connection from waiting for one', () => {
    const system = run(2, { pool: { initial: 0 }, requests: [holding(1000)] });
    expect(ledgerOf(system)).toEqual({
      opening: 5,
      acquireQueue: a1 + 1005 - a2,
      databaseWork: 2000,
      response: 1005 + (a1 + 2005) - a2,
    });
  });

  it('has a re-established connection as opening, inside the hold', () => {
    const system = run(1, { pool: { reconnectShare: 1 }, requests: [holding(70)] });
    expect(ledgerOf(system)).toEqual({ opening: 5, databaseWork: 70, response: 75 });
    const { meters, pool } = system.services[0] ?? {};
    expect([meters?.use.max, meters?.acquireWait.max, meters?.opening.max]).toEqual([75, 0, 5]);
    expect([pool?.opened, pool?.closed]).toEqual([2, 1]);
  });

  it('has what others slow it down by as contention: two on one core', () => {
    const work = 1000;
    const gap = a2 - a1;
    const system = run(
      2,
      { pool: { max: 2 }, requests: [requesting(query(work))] },
      { cores: 1, contention: { kind: 'cores' } },
    );
    // Alone for `gap`, then at half speed until 1 is done; 2 has `gap` left to do alone.
    expect(ledgerOf(system)).toEqual({
      databaseWork: 2 * work,
      contention: 2 * (work - gap),
      response: gap + 2 * (work - gap) + 2 * (work - gap) + gap,
    });
    expect(system.database.cpuTime(1_000_000)).toBe(2 * work);
  });

  it('shares only the CPU part on cores: the rest is a delay that nobody disturbs', () => {
    const system = run(
      2,
      { pool: { max: 2 }, requests: [requesting(query(1000, 0.4))] },
      { cores: 1, contention: { kind: 'cores' } },
    );
    const overlap = 400 - (a2 - a1);
    expect(ledgerOf(system)['contention']).toBe(2 * overlap);
    expect(system.database.cpuTime(1_000_000)).toBe(800);
  });

  it('counts held connections under `usl`: a hold of another service slows a query down', () => {
    const one = firstArrivals(1, { name: 'a' });
    const other = firstArrivals(1, { name: 'b' });
    const first = Math.min(one.at[0] ?? NaN, other.at[0] ?? NaN);
    const settings = systemSettings(
      [
        { name: 'a', traffic: one.traffic, requests: [requesting(query(1000, 0))] },
        { name: 'b', traffic: other.traffic, requests: [holding(100_000)] },
      ],
      { contention: { kind: 'usl', sigma: 0.5, kappa: 0 } },
    );
    const system = systemOf(settings);
    system.runUntil(1_000_000);
    const overlapFrom = other.at[0] ?? NaN;
    const alone = Math.max(0, overlapFrom - (one.at[0] ?? NaN));
    expect(first).toBeGreaterThan(0);
    expect(ledgerOf(system)['contention']).toBe(Math.ceil((1000 - alone) * 1.5) - (1000 - alone));
  });
});

describe('a changed setting', () => {
  const settings = (wishes: ServiceWishes, database: Partial<DatabaseSettings> = {}) =>
    systemSettings([{ traffic: firstArrivals(3).traffic, ...wishes }], database);
  const set = (atNs: number, to: SystemSettings): Change => ({ kind: 'set', atNs, settings: to });

  it('of the query speeds up those who wait, not the one that runs', () => {
    const before = { requests: [requesting(query(1000))] };
    const after = { requests: [requesting(query(100))] };
    const system = run(3, before, {}, [set(a3 + 1, settings(after))]);
    expect(ledgerOf(system)['databaseWork']).toBe(1200);
  });

  it('of the acquire timeout holds for new waiters only', () => {
    const wishes = { requests: [holding(100_000)], pool: { acquireTimeoutNs: 5000 } };
    const log: LoggedEvent[] = [];
    const shorter = settings({ ...wishes, pool: { acquireTimeoutNs: 300 } });
    systemOf(settings(wishes), { log, changes: [set(a2 + 1, shorter)] }).runUntil(20_000);
    const failures = log.filter((event) => event.name === 'fail');
    expect(failures.map(({ atNs, request }) => [atNs, request])).toEqual([
      [a3 + 300, 3],
      [a2 + 5000, 2],
    ]);
  });

  it('of max lets those who wait open connections at that instant', () => {
    const wishes = { requests: [holding(1000)] };
    const log: LoggedEvent[] = [];
    const larger = settings({ ...wishes, pool: { max: 3 } });
    systemOf(settings(wishes), { log, changes: [set(a3 + 10, larger)] }).runUntil(a3 + 15);
    expect(log.slice(-4).map(({ atNs, name, request }) => [atNs, name, request])).toEqual([
      [a3 + 10, 'open', 2],
      [a3 + 10, 'open', 3],
      [a3 + 15, 'acquire', 2],
      [a3 + 15, 'acquire', 3],
    ]);
  });

  it('of the concurrency lets those in the queue in', () => {
    const wishes = { concurrency: 1, pool: { max: 3 }, requests: [holding(1000)] };
    const wider = settings({ ...wishes, concurrency: 3 });
    const system = run(3, wishes, {}, [set(a3 + 10, wider)]);
    expect(ledgerOf(system)['queue']).toBe(a3 + 10 - a2 + 10);
  });

  it('of the cores changes the speed of what runs', () => {
    const wishes = { pool: { max: 2 }, requests: [requesting(query(1000))] };
    const one = { cores: 1, contention: { kind: 'cores' } } as const;
    const system = run(2, wishes, one, [set(a2 + 100, settings(wishes, { ...one, cores: 2 }))]);
    // From a2 on for 100 ns at half speed, both.
    expect(ledgerOf(system)['contention']).toBe(100);
  });
});

describe('chance', () => {
  const exponential: Law = { family: 'exponential', mean: 10_000 };
  const mixed: ServiceWishes = {
    traffic: steady(1e7),
    requests: [
      { ...requesting({ kind: 'hold', hold: exponential }, 'a'), weight: 3 },
      { ...requesting({ kind: 'hold', hold: exponential }, 'b'), weight: 1 },
    ],
    pool: { max: 1000, reconnectShare: 0.25 },
  };

  function events(wishes: ServiceWishes, names: readonly string[]): string[] {
    const log: LoggedEvent[] = [];
    systemOf(systemSettings([wishes]), { log }).runUntil(50_000);
    return log
      .filter((event) => names.includes(event.name))
      .map(({ atNs, name, request }) => `${atNs} ${name} ${request}`);
  }

  it('shows two settings the same requests: arrivals, demands, reconnects', () => {
    // Nobody waits in either, so that the requests' ends show what was drawn for them.
    const seen = ['arrival', 'reconnect', 'complete'];
    const one = events(mixed, seen);
    const three = events({ ...mixed, balancer: 'random', instances: 3 }, seen);
    expect(one.length).toBeGreaterThan(800);
    expect(three).toEqual(one);
  });

  it('gives the same numbers to the same seed and others to another', () => {
    const response = (seed: string) => {
      const system = systemOf(systemSettings([mixed]), { seed });
      system.runUntil(100_000);
      return system.services[0]?.meters.response.total.value;
    };
    expect(response('x')).toBe(response('x'));
    expect(response('x')).not.toBe(response('y'));
  });

  it('gives each class its share, and the connections that are established anew theirs', () => {
    const { requests = [], ...rest } = mixed;
    const [a, b] = requests;
    if (a === undefined || b === undefined) throw new Error('two classes');
    const system = systemOf(
      systemSettings([
        {
          ...rest,
          traffic: steady(SECOND / 10),
          requests: [
            { ...a, work: holding(1).work },
            { ...b, work: holding(3).work },
          ],
        },
      ]),
    );
    system.runUntil(200_000);
    const { meters } = system.services[0] ?? {};
    const n = meters?.opening.count ?? NaN;
    const completed = meters?.response.count ?? NaN;
    const spread = (p: number) => STANDARD_ERRORS * Math.sqrt(p * (1 - p) * completed);
    expect(Math.abs(n - 0.25 * completed)).toBeLessThan(spread(0.25) + 10);
    const longOnes = ((meters?.ledger[4]?.value ?? NaN) - completed) / 2;
    expect(Math.abs(longOnes - 0.25 * completed)).toBeLessThan(spread(0.25));
  });
});

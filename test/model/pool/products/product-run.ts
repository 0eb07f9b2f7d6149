// A product's pool in a small system of its own, with a few requests that a test writes down. All times are
// in ms; a connection takes 100 ms to open unless a test says otherwise.

import { expect } from 'vitest';
import { RandomStreams } from '../../../../src/engine/random-streams.ts';
import type { LoggedEvent } from '../../../../src/model/event-log.ts';
import type { PoolPolicy } from '../../../../src/model/pool/policy.ts';
import { findProfile } from '../../../../src/model/pool/profiles/index.ts';
import type { NativeValues, Profile } from '../../../../src/model/pool/profiles/profile.ts';
import { resolveProfile } from '../../../../src/model/pool/profiles/resolve-profile.ts';
import { DENIALS } from '../../../../src/model/request/denial.ts';
import type { Change } from '../../../../src/model/settings.ts';
import type { PoolSettings } from '../../../../src/model/pool/settings.ts';
import { Draw } from '../../../differential/draw.ts';
import { drawFailures } from '../../../differential/workload.ts';
import { faultsOf } from '../../../support/invariants.ts';
import {
  databaseSettings,
  holding,
  serviceSettings,
  systemOf,
  trafficOf,
} from '../../../support/small-system.ts';

const MS = 1e6;

export interface Asked {
  readonly at: number;
  readonly hold: number;
}

export interface Scenario {
  readonly requests: readonly Asked[];
  /** In the product's names and units. */
  readonly settings?: NativeValues;
  /** What no setting of the product sets. */
  readonly pool?: Partial<PoolSettings>;
  readonly policy?: Partial<PoolPolicy>;
  readonly connect?: number;
  readonly roundTrip?: number;
  /** Attempts to connect that fail, of the first eight; or all of them. */
  readonly fails?: readonly number[] | 'all';
  /** When all connections die, unnoticed. */
  readonly dropAt?: number;
  /** When the only instance restarts; for 10 ms it takes no requests. */
  readonly restartAt?: number;
  /** Those who ask leave after so long, and what they asked for is broken off. */
  readonly patience?: number;
  /** How long a connection takes to close. */
  readonly closing?: number;
  /** Connections that the server admits. */
  readonly server?: number;
  readonly end?: number;
}

export interface ProductRun {
  /** Of each request: `served 100`, `acquire-timeout 120`, the number being its wait; or `waiting`. */
  readonly waits: readonly string[];
  /** The requests in the order in which they were served, the first to arrive being 0. */
  readonly served: readonly number[];
  readonly opens: readonly number[];
  readonly closes: readonly number[];
  /** Connections that are open at the end. */
  readonly open: number;
  /** What those were told who got none, and how many of them. */
  readonly denials: Readonly<Record<string, number>>;
}

export function profileOf(id: string): Profile {
  const profile = findProfile(id);
  if (profile === undefined) throw new Error(`no profile ${id}`);
  return profile;
}

export function settingsOf(id: string, { settings = {}, pool, policy }: Partial<Scenario>) {
  const own = resolveProfile(profileOf(id), settings);
  return { ...own, ...pool, policy: { ...own.policy, ...policy } };
}

/** Runs it, holding the books together at each tenth of the way. */
export function runProduct(id: string, scenario: Scenario): ProductRun {
  const { requests, connect = 100, roundTrip = 0, fails = [], end = 100_000 } = scenario;
  const { server = Infinity, closing = 0 } = scenario;
  const log: LoggedEvent[] = [];
  const { seed, share } = failing(fails);
  const traffic = trafficOf({
    trace: {
      atNs: Float64Array.from(requests, ({ at }) => at * MS),
      holdNs: Float64Array.from(requests, ({ hold }) => hold * MS),
    },
  });
  const pool = settingsOf(id, scenario);
  const client = { timeoutNs: (scenario.patience ?? Infinity) * MS, cancel: true };
  const system = systemOf(
    {
      services: [serviceSettings({ traffic, requests: [holding(1)], pool, client })],
      database: databaseSettings({
        connectLatency: { family: 'constant', value: connect * MS },
        connectFailure: share,
        roundTripNs: roundTrip * MS,
        maxConnections: server,
        closingNs: closing * MS,
      }),
    },
    { seed, log, logsConnections: true, changes: changesOf(scenario) },
  );
  for (let k = 1; k <= 10; k++) {
    system.runUntil((k * end * MS) / 10);
    expect(faultsOf(system)).toEqual([]);
  }
  const told = system.services.flatMap(({ meters }) => [...meters.denials]);
  const denials = DENIALS.map(({ name }, n) => [name, told[n] ?? 0] as const);
  const run = {
    ...runOf(log, requests),
    open: system.database.slots.open,
    denials: Object.fromEntries(denials.filter(([, count]) => count > 0)),
  };
  if (share === LIKELY) expect(run.opens.length).toBeLessThanOrEqual(FIRST.length);
  return run;
}

interface PoolerRun extends Pick<ProductRun, 'waits' | 'opens' | 'closes'> {
  /** Server connections that the pooler opened. */
  readonly serverOpened: number;
}

/**
 * The product in front of the database: a service has two connections to it, open from the start, and a new
 * one takes 5 ms. Waits are those for a connection of the service's pool until a request fails: `pooler-timeout
 * 1000`; `opens` and `closes` are of that pool.
 */
export function runAsPooler(id: string, scenario: Scenario): PoolerRun {
  const { requests, connect = 100, end = 300_000 } = scenario;
  const log: LoggedEvent[] = [];
  const traffic = trafficOf({
    trace: {
      atNs: Float64Array.from(requests, ({ at }) => at * MS),
      holdNs: Float64Array.from(requests, ({ hold }) => hold * MS),
    },
  });
  const system = systemOf(
    {
      services: [serviceSettings({ traffic, requests: [holding(1)], pool: { max: 2 } })],
      database: databaseSettings({
        connectLatency: { family: 'constant', value: connect * MS },
        pooler: {
          pool: settingsOf(id, scenario),
          clientLimit: Infinity,
          clientLatency: { family: 'constant', value: 5 * MS },
        },
      }),
    },
    { log, logsConnections: true },
  );
  system.runUntil(end * MS);
  expect(faultsOf(system)).toEqual([]);
  const { waits, opens, closes } = runOf(log, requests);
  return { waits, opens, closes, serverOpened: system.pooler?.pool.opened ?? 0 };
}

function changesOf({ dropAt, restartAt }: Scenario): Change[] {
  const changes: Change[] = [];
  if (dropAt !== undefined)
    changes.push({ kind: 'outage', atNs: dropAt * MS, lastsNs: 0, noticed: 'by-check' });
  if (restartAt !== undefined)
    changes.push({ kind: 'restart', atNs: restartAt * MS, service: 0, eachNs: 10 * MS });
  return changes;
}

/** So many requests at the same instant. */
export function together(n: number, at: number, hold: number): Asked[] {
  return Array.from({ length: n }, () => ({ at, hold }));
}

/** One request at each of these instants. */
export function each(hold: number, ...instants: readonly number[]): Asked[] {
  return instants.map((at) => ({ at, hold }));
}

export const served = (...waits: readonly number[]) => waits.map((wait) => `served ${wait}`);

/** Attempts that are looked at, and how likely each fails: some hundred seeds find any order of them. */
const FIRST = [0, 1, 2, 3, 4, 5, 6, 7];
const LIKELY = 0.5;

/** A seed by which just these attempts fail. */
function failing(fails: NonNullable<Scenario['fails']>): { seed: string; share: number } {
  if (fails === 'all') return { seed: 'product', share: 1 };
  if (fails.length === 0) return { seed: 'product', share: 0 };
  for (let k = 0; ; k++) {
    const seed = `product-${String(k)}`;
    const drawn = drawFailures(new Draw(new RandomStreams(seed)), LIKELY);
    if (FIRST.every((n) => drawn.fails(n) === fails.includes(n))) return { seed, share: LIKELY };
  }
}

function runOf(
  log: readonly LoggedEvent[],
  requests: readonly Asked[],
): Omit<ProductRun, 'open' | 'denials'> {
  const ends = new Map<number, string>();
  const order: number[] = [];
  for (const { name, request, atNs, detail } of log) {
    const n = request - 1;
    const wait = msOf(atNs - (requests[n]?.at ?? NaN) * MS);
    if (name === 'acquire') order.push(n);
    if (name === 'acquire') ends.set(n, `served ${wait}`);
    if (name === 'fail') ends.set(n, `${detail} ${wait}`);
  }
  const instantsOf = (wanted: string) =>
    log.filter(({ name }) => name === wanted).map(({ atNs }) => msOf(atNs));
  return {
    waits: requests.map((_, n) => ends.get(n) ?? 'waiting'),
    served: order,
    opens: instantsOf('connect'),
    closes: instantsOf('close'),
  };
}

/** To the microsecond. */
function msOf(ns: number): number {
  return Math.round(ns / 1000) / 1000;
}

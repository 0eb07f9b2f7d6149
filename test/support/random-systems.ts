// Random systems for fast-check: any settings that a scenario could resolve to, with changes and
// restarts in the middle, small enough to be simulated in a few milliseconds.

import fc from 'fast-check';
import { GENERIC_POLICY } from '../../src/model/pool/policy.ts';
import type { Law } from '../../src/engine/law.ts';
import { MILLISECOND, SECOND } from '../../src/engine/time.ts';
import type { ContentionSettings, DatabaseSettings } from '../../src/model/database/settings.ts';
import type { RequestClassSettings, ServiceSettings } from '../../src/model/service/settings.ts';
import type { Change, SystemSettings } from '../../src/model/settings.ts';
import type { TrafficSettings } from '../../src/model/traffic/settings.ts';
import { trafficFor, trafficPlan, type TrafficPlan } from './random-traffic.ts';

export interface RandomSystem {
  readonly seed: string;
  readonly settings: SystemSettings;
  readonly changes: readonly Change[];
  /** When the traffic ends. */
  readonly trafficEndsNs: number;
}

const ms = (most: number) => fc.integer({ min: 0, max: most }).map((n) => n * MILLISECOND);
const often = <T>(usual: T, other: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 2 }, { arbitrary: other, weight: 1 });

const family = fc.constantFrom<Law['family'][]>(
  ...(['constant', 'exponential', 'lognormal', 'uniform', 'erlang', 'gamma', 'pareto'] as const),
  ...(['hyperexponential', 'empirical', 'percentiles'] as const),
);

/** Different means have different shapes too, so that a change of settings changes both. */
function lawOf(kind: Law['family'], ns: number): Law {
  const mean = Math.max(ns, 1);
  const spread = 1 + (Math.round(ns / MILLISECOND) % 3);
  switch (kind) {
    case 'erlang':
      return { family: 'erlang', mean, stages: spread };
    case 'gamma':
      return { family: 'gamma', mean, cv: spread / 2 };
    case 'pareto':
      return { family: 'pareto', mean, shape: 1.5 + spread };
    case 'hyperexponential':
      return {
        family: 'hyperexponential',
        branches: [
          { probability: 0.9, mean: mean / 2 },
          { probability: 0.1, mean: 5 * mean },
        ],
      };
    case 'empirical':
      return { family: 'empirical', values: Float64Array.of(0, mean, spread * mean) };
    case 'percentiles':
      return { family: 'percentiles', p50: mean, p95: 2 * mean, p99: 5 * mean, mean };
    case 'constant':
    case 'exponential':
    case 'lognormal':
    case 'uniform':
      return plainLaw(kind, ns);
  }
}

function plainLaw(kind: 'constant' | 'exponential' | 'lognormal' | 'uniform', mean: number): Law {
  switch (kind) {
    case 'constant':
      return { family: 'constant', value: mean };
    case 'exponential':
      return { family: 'exponential', mean };
    case 'lognormal':
      return { family: 'lognormal', mean: Math.max(mean, 1), cv: 1.5 };
    case 'uniform':
      return { family: 'uniform', low: 0, high: 2 * mean };
  }
}

const law = (most: number) => fc.tuple(family, ms(most)).map(([kind, mean]) => lawOf(kind, mean));

const requestClass: fc.Arbitrary<RequestClassSettings> = fc.record({
  name: fc.constant('page'),
  weight: fc.integer({ min: 1, max: 4 }),
  work: fc.oneof(
    fc.record({
      kind: fc.constant('query' as const),
      work: law(15),
      cpu: fc.constantFrom(0, 0.4, 1),
    }),
    fc.record({ kind: fc.constant('hold' as const), hold: law(40) }),
  ),
});

/** What a `set` may change, and a service may begin with. */
const variable = fc.record({
  instances: fc.integer({ min: 1, max: 3 }),
  balancer: fc.constantFrom('round-robin', 'random', 'least-connections'),
  concurrency: often(Infinity, fc.integer({ min: 1, max: 8 })),
  queue: often(Infinity, fc.integer({ min: 0, max: 10 })),
  max: fc.integer({ min: 1, max: 6 }),
  initial: fc.integer({ min: 0, max: 6 }),
  acquireTimeoutNs: often(Infinity, ms(60)),
  maxPending: often(Infinity, fc.integer({ min: 0, max: 10 })),
  order: fc.constantFrom('fifo', 'lifo'),
  idleTimeoutNs: often(
    Infinity,
    ms(60).map((t) => t + 1),
  ),
  min: fc.integer({ min: 0, max: 6 }),
  handoverNs: often(0, fc.constantFrom(1, MILLISECOND, 5 * MILLISECOND)),
  patienceNs: ms(60),
  reconnectShare: fc.constantFrom(0, 0, 0.3, 1),
  timeoutNs: often(
    Infinity,
    ms(80).map((t) => t + 1),
  ),
  cancel: fc.boolean(),
  retryAttempts: fc.integer({ min: 0, max: 2 }),
  retryBackoffNs: ms(10),
  users: often(0, fc.integer({ min: 0, max: 12 })),
});
type Variable = typeof variable extends fc.Arbitrary<infer T> ? T : never;

function serviceOf(
  name: string,
  requests: readonly RequestClassSettings[],
  traffic: TrafficSettings,
  patienceFamily: Law['family'] | null,
  v: Variable,
): ServiceSettings {
  return {
    name,
    traffic,
    client: {
      timeoutNs: v.timeoutNs,
      patience: patienceFamily && lawOf(patienceFamily, v.patienceNs),
      cancel: v.cancel,
      retryAttempts: v.retryAttempts,
      retryBackoffNs: v.retryBackoffNs,
    },
    requests,
    instances: v.instances,
    balancer: v.balancer,
    concurrency: v.concurrency,
    queue: v.queue,
    pool: {
      profile: 'generic',
      max: v.max,
      initial: Math.min(v.initial, v.max),
      acquireTimeoutNs: v.acquireTimeoutNs,
      maxPending: v.maxPending,
      idleTimeoutNs: v.idleTimeoutNs,
      min: Math.min(v.min, v.max),
      connectTimeoutNs: Infinity,
      handoverNs: v.handoverNs,
      reconnectShare: v.reconnectShare,
      policy: { ...GENERIC_POLICY, order: v.order },
    },
  };
}

const contention: fc.Arbitrary<ContentionSettings> = fc.constantFrom(
  { kind: 'none' },
  { kind: 'cores' },
  { kind: 'usl', sigma: 0.1, kappa: 0.01 },
  { kind: 'usl', sigma: 0, kappa: 0 },
);

const databaseVariable = fc.record({
  cores: fc.integer({ min: 1, max: 4 }),
  roundTripNs: fc.constantFrom(0, 1, MILLISECOND),
  maxConnections: often(Infinity, fc.integer({ min: 0, max: 10 })),
  reservedConnections: fc.constantFrom(0, 1),
  connectMeanNs: ms(20),
});
type DatabaseVariable = typeof databaseVariable extends fc.Arbitrary<infer T> ? T : never;

function databaseOf(
  kind: ContentionSettings,
  connectFamily: Law['family'],
  v: DatabaseVariable,
): DatabaseSettings {
  return {
    cores: v.cores,
    contention: kind,
    roundTripNs: v.roundTripNs,
    maxConnections: v.maxConnections,
    reservedConnections: v.reservedConnections,
    otherConnections: 0,
    connectLatency: lawOf(connectFamily, v.connectMeanNs),
    connectFailure: 0,
    closingNs: 0,
  };
}

/** Of a change: its place in the run, and what it is. `null`: an outage, or a restart. */
const changePlan = fc.record({
  share: fc.integer({ min: 0, max: 100 }),
  outageNs: often(null, ms(200)),
  set: fc.option(fc.tuple(fc.array(variable, { minLength: 2, maxLength: 2 }), databaseVariable)),
  restarted: fc.nat({ max: 1 }),
  eachNs: ms(50).map((t) => t + 1),
});

const plan = fc.record({
  seed: fc.nat({ max: 1_000_000 }),
  traffics: fc.array(trafficPlan, { minLength: 2, maxLength: 2 }),
  rates: fc.array(fc.integer({ min: 50, max: 2000 }), { minLength: 1, maxLength: 2 }),
  requests: fc.array(fc.array(requestClass, { minLength: 1, maxLength: 3 }), {
    minLength: 2,
    maxLength: 2,
  }),
  variables: fc.array(variable, { minLength: 2, maxLength: 2 }),
  contention,
  connectFamily: family,
  patienceFamily: fc.option(family),
  database: databaseVariable,
  changes: fc.array(changePlan, { maxLength: 4 }),
});

/** Systems that see about this many requests. */
export function randomSystems(requests: number): fc.Arbitrary<RandomSystem> {
  return plan.map((p) => {
    const endNs = Math.round((requests * SECOND) / p.rates.reduce((a, b) => a + b, 0));
    const kind = p.connectFamily;
    const settingsOf = (variables: readonly Variable[], database: DatabaseVariable) => ({
      services: p.rates.map((perSecond, i) => {
        const v = variables[i] as Variable;
        const { users } = v;
        const traffic = trafficFor(p.traffics[i] as TrafficPlan, { perSecond, users, endNs });
        return serviceOf(`s${i}`, named(p.requests[i]), traffic, p.patienceFamily, v);
      }),
      database: databaseOf(p.contention, kind, database),
    });
    const changes = p.changes
      .map((c): Change => {
        const atNs = Math.round((endNs * c.share) / 100);
        if (c.set !== null) return { kind: 'set', atNs, settings: settingsOf(...c.set) };
        if (c.outageNs !== null)
          return { kind: 'outage', atNs, lastsNs: c.outageNs, isSilent: false };
        const service = c.restarted % p.rates.length;
        return { kind: 'restart', atNs, service, eachNs: c.eachNs };
      })
      .sort((a, b) => a.atNs - b.atNs);
    const settings = settingsOf(p.variables, p.database);
    return { seed: String(p.seed), settings, changes, trafficEndsNs: endNs };
  });
}

function named(classes: readonly RequestClassSettings[] | undefined): RequestClassSettings[] {
  return (classes ?? []).map((c, i) => ({ ...c, name: `c${i}` }));
}

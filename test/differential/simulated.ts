// The simulator's half: the same workload on the product's profile, a tick being a microsecond.

import type { LoggedEvent } from '../../src/model/event-log.ts';
import { findProfile } from '../../src/model/pool/profiles/index.ts';
import type { PoolPolicy } from '../../src/model/pool/policy.ts';
import type { Profile } from '../../src/model/pool/profiles/profile.ts';
import { resolveProfile } from '../../src/model/pool/profiles/resolve-profile.ts';
import type { PoolSettings } from '../../src/model/pool/settings.ts';
import type { Change } from '../../src/model/settings.ts';
import {
  databaseSettings,
  holding,
  serviceSettings,
  systemOf,
  trafficOf,
} from '../support/small-system.ts';
import { FEATURES, type Product } from './products.ts';
import type { Failure, RequestTrace, Trace } from './trace.ts';
import type { Workload } from './workload.ts';

const TICK = 1000;

/** @param seed that of the workload: connects fail by the same draws */
export function runSimulated(
  workload: Workload,
  seed: string,
  profileOf = workload.product,
): Trace {
  const { connect, closeTakes, validation, requests } = workload;
  const log: LoggedEvent[] = [];
  const settings = {
    services: [
      serviceSettings({
        traffic: trafficOf({
          trace: {
            atNs: Float64Array.from(requests, ({ at }) => at * TICK),
            holdNs: Float64Array.from(requests, ({ hold }) => hold * TICK),
          },
        }),
        requests: [holding(1)],
        pool: poolOf(workload, profileOf),
      }),
    ],
    database: databaseSettings({
      connectLatency: { family: 'constant', value: connect * TICK },
      connectFailure: workload.failureProbability,
      closingNs: closeTakes * TICK,
      roundTripNs: (validation?.takes ?? 0) * TICK,
    }),
  };
  const changes: Change[] =
    validation === null
      ? []
      : [{ kind: 'outage', atNs: validation.diesAt * TICK, lastsNs: 0, noticed: 'by-check' }];
  const system = systemOf(settings, { seed, log, changes, logsConnections: true });
  system.runUntil(workload.end * TICK - 1);
  return traceOf(log, workload);
}

/** The product's own policy and defaults, with the workload's numbers. */
function poolOf(workload: Workload, product: Product): PoolSettings {
  const { max, min, timeout, idle, maxWaiting } = workload;
  const profile = findProfile(product === 'sequelize-pool' ? 'sequelize' : product) as Profile;
  const own = resolveProfile(profile, { max, min });
  return {
    ...own,
    max,
    min,
    acquireTimeoutNs: ticks(timeout),
    connectTimeoutNs: ticks(product === 'pg-pool' ? timeout : null),
    maxPending: maxWaiting ?? Infinity,
    idleTimeoutNs: ticks(idle?.timeout),
    policy: policyOf(workload, product, own.policy),
  };
}

function policyOf(workload: Workload, product: Product, own: PoolPolicy): PoolPolicy {
  const { idle, lifetime, maxUses, validation, retryAfter } = workload;
  return {
    ...own,
    lifetimeNs: ticks(lifetime),
    maxUses: maxUses ?? Infinity,
    retryFirstNs: own.retryFirstNs === 0 ? 0 : ticks(retryAfter),
    idleCheckNs: ticks(FEATURES[product].idleCheck ?? idle?.check),
    maxIdle: product === 'mysql2' ? (idle?.maxIdle ?? Infinity) : Infinity,
    idleCheckCovers: Infinity,
    checkAfterIdleNs: validation === null ? Infinity : -1,
    checkRoundTrips: 1,
  };
}

/** As a time of the simulator; without one: for ever. */
function ticks(value: number | null | undefined): number {
  return value === null || value === undefined ? Infinity : value * TICK;
}

const OUTCOMES: Readonly<Record<string, Failure>> = {
  'acquire-timeout': 'timeout',
  'connect-failed': 'connect-failed',
  'pool-full': 'full',
};

function traceOf(log: readonly LoggedEvent[], { requests, end }: Workload): Trace {
  const ends = new Map<number, RequestTrace>();
  for (const { name, request, atNs, detail } of log) {
    if (name === 'acquire') ends.set(request, { outcome: 'served', at: atNs / TICK });
    if (name === 'fail')
      ends.set(request, { outcome: OUTCOMES[detail] as Failure, at: atNs / TICK });
  }
  const instantsOf = (wanted: string) =>
    log.filter(({ name }) => name === wanted).map(({ atNs }) => atNs / TICK);
  return {
    requests: requests.map((_, i) => ends.get(i + 1) ?? { outcome: 'waiting', at: end }),
    opens: instantsOf('connect'),
    closes: instantsOf('close'),
  };
}

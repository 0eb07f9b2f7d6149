// Builds settings of small systems: one of everything, quiet and instant, unless a test says otherwise.

import type { AlertSettings } from '../../src/model/control/settings.ts';
import type { DatabaseSettings, WorkSettings } from '../../src/model/database/settings.ts';
import type { LoggedEvent } from '../../src/model/event-log.ts';
import { GENERIC_POLICY, type PoolPolicy } from '../../src/model/pool/policy.ts';
import type { PoolSettings } from '../../src/model/pool/settings.ts';
import type { RequestClassSettings, ServiceSettings } from '../../src/model/service/settings.ts';
import type { Change, SystemSettings } from '../../src/model/settings.ts';
import { System } from '../../src/model/system.ts';
import type { TrafficSettings } from '../../src/model/traffic/settings.ts';

/** What a test says about a service; the rest is plain. */
export interface ServiceWishes extends Omit<Partial<ServiceSettings>, 'client' | 'pool'> {
  readonly client?: Partial<ServiceSettings['client']>;
  readonly pool?: Partial<PoolSettings> & Partial<Pick<PoolPolicy, 'order'>>;
}

export function serviceSettings(wishes: ServiceWishes = {}): ServiceSettings {
  const { client, pool: { order = 'fifo', ...pool } = {}, ...own } = wishes;
  const max = pool.max ?? 1;
  return {
    name: 'service',
    traffic: steady(0),
    requests: [holding(10)],
    instances: 1,
    balancer: 'round-robin',
    concurrency: Infinity,
    queue: Infinity,
    ...own,
    client: {
      timeoutNs: Infinity,
      patience: null,
      cancel: false,
      retryAttempts: 0,
      retryBackoffNs: 0,
      ...client,
    },
    pool: {
      profile: 'generic',
      max,
      initial: max,
      acquireTimeoutNs: Infinity,
      maxPending: Infinity,
      idleTimeoutNs: Infinity,
      min: 0,
      connectTimeoutNs: Infinity,
      handoverNs: 0,
      reconnectShare: 0,
      policy: { ...GENERIC_POLICY, order },
      ...pool,
    },
  };
}

export function databaseSettings(wishes: Partial<DatabaseSettings> = {}): DatabaseSettings {
  return {
    cores: 4,
    contention: { kind: 'none' },
    roundTripNs: 0,
    maxConnections: Infinity,
    reservedConnections: 0,
    otherConnections: 0,
    connectLatency: { family: 'constant', value: 5 },
    connectFailure: 0,
    closingNs: 0,
    ...wishes,
  };
}

export function systemSettings(
  services: readonly ServiceWishes[],
  database: Partial<DatabaseSettings> = {},
): SystemSettings {
  return { services: services.map(serviceSettings), database: databaseSettings(database) };
}

/** A constant rate, requests per second. */
export function steady(perSecond: number): TrafficSettings {
  return trafficOf({ rate: [{ atNs: 0, perSecond }] });
}

/** Traffic that consists of just this; open arrivals are Poisson. */
export function trafficOf(wishes: Partial<TrafficSettings>): TrafficSettings {
  return {
    arrivals: { kind: 'poisson' },
    rate: [{ atNs: 0, perSecond: 0 }],
    bursts: [],
    users: null,
    trace: null,
    ...wishes,
  };
}

/** One class that keeps its connection for a constant time. */
export function holding(ns: number, name = 'page'): RequestClassSettings {
  return { name, weight: 1, work: { kind: 'hold', hold: { family: 'constant', value: ns } } };
}

/** One class of this work. */
export function requesting(work: WorkSettings, name = 'page'): RequestClassSettings {
  return { name, weight: 1, work };
}

interface Wiring {
  readonly changes?: readonly Change[];
  readonly alerts?: readonly AlertSettings[];
  readonly seed?: string;
  readonly mostInFlight?: number;
  readonly log?: LoggedEvent[];
  /** Whether connections that are opened and closed are logged, too. */
  readonly logsConnections?: boolean;
  readonly plainAfter?: number;
  readonly generalPool?: boolean;
}

export function systemOf(settings: SystemSettings, wiring: Wiring = {}): System {
  const { log, logsConnections = false } = wiring;
  return new System({
    settings,
    changes: wiring.changes ?? [],
    alerts: wiring.alerts ?? [],
    seed: wiring.seed ?? 'small',
    mostInFlight: wiring.mostInFlight ?? 1_000_000,
    ...(wiring.plainAfter === undefined ? {} : { plainAfter: wiring.plainAfter }),
    generalPool: wiring.generalPool ?? false,
    log:
      log === undefined
        ? null
        : (event) => {
            if (event.request > 0 || logsConnections) log.push(event);
          },
  });
}

/** One line an event, `at name request@instance detail`: what a test compares. */
export function lines(log: readonly LoggedEvent[]): string[] {
  return log.map((event) => {
    const { atNs, name, request, instance, detail } = event;
    return `${atNs} ${name} ${request}@${instance}${detail === '' ? '' : ` ${detail}`}`;
  });
}

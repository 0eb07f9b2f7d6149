// Exact values of queueing theory, with their source and their own uncertainty, and the systems that
// they speak of.

import { readFileSync } from 'node:fs';
import type { Law } from '../../src/engine/law.ts';
import { MILLISECOND, SECOND } from '../../src/engine/time.ts';
import type { ClientSettings } from '../../src/model/client/settings.ts';
import type { DatabaseSettings, WorkSettings } from '../../src/model/database/settings.ts';
import type { SystemSettings } from '../../src/model/settings.ts';
import type { Arrivals, TrafficSettings } from '../../src/model/traffic/settings.ts';
import { requesting, steady, systemSettings } from '../support/small-system.ts';

export interface Expected {
  readonly value: number;
  /** Absolute uncertainty of the value itself. */
  readonly calc_tol: number;
}

interface LawParams {
  readonly dist: string;
  readonly mean_ms?: number;
  readonly mean_ms_alone?: number;
  readonly scv?: number;
  readonly p1?: number;
  readonly mean1_ms?: number;
  readonly mean2_ms?: number;
}

interface ArrivalParams {
  readonly process: string;
  readonly rate_per_s?: number;
  readonly count?: number;
  readonly segments?: readonly { readonly until_s: number; readonly rate_per_s: number }[];
  readonly rates_per_s?: readonly [calm: number, busy: number];
  readonly mean_sojourn_s?: readonly [calm: number, busy: number];
  readonly batch_rate_per_s?: number;
  readonly batch_size_probabilities?: Readonly<Record<string, number>>;
}

export interface OracleCase {
  readonly id: string;
  readonly model: string;
  readonly source: string;
  readonly params: {
    /** None: closed users. */
    readonly arrival?: ArrivalParams;
    readonly clients?: number;
    readonly think?: { readonly mean_ms: number };
    readonly service: LawParams;
    readonly patience?: { readonly mean_ms: number };
    readonly connect?: { readonly mean_ms: number };
    readonly database?: {
      readonly cores?: number;
      readonly sigma?: number;
      readonly kappa?: number;
    };
    readonly pool?: {
      readonly max: number;
      readonly acquire_timeout_ms?: number | null;
      readonly queue_limit?: number | null;
      readonly prewarmed?: boolean;
    };
  };
  readonly expected: Readonly<Record<string, Expected>>;
}

const file = new URL('oracle.json', import.meta.url);
export const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
  cases: readonly OracleCase[];
};

export function oracle(id: string): OracleCase {
  const found = cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no case ${id} in oracle.json`);
  return found;
}

export function expectedOf({ id, expected }: OracleCase, name: string): Expected {
  const found = expected[name];
  if (found === undefined) throw new Error(`${id} says nothing about ${name}`);
  return found;
}

/** Where the pool has no limit, nobody ever waits for one of so many connections. */
const PLENTY = 10_000;

/**
 * The case as one service of one instance. A service time is a hold, or CPU work when the case has a
 * database.
 */
export function systemOfCase({ params }: OracleCase): SystemSettings {
  const { pool, connect } = params;
  const max = pool?.max ?? PLENTY;
  const timeoutMs = pool?.acquire_timeout_ms ?? Infinity;
  const service = {
    traffic: trafficOf(params),
    requests: [requesting(workOf(params))],
    pool: {
      max,
      initial: pool?.prewarmed === false ? 0 : max,
      acquireTimeoutNs: timeoutMs * MILLISECOND,
      maxPending: pool?.queue_limit ?? Infinity,
    },
    client: clientOf(params),
  } as const;
  const latencyMs = connect?.mean_ms ?? 0;
  return systemSettings([service], {
    ...databaseOf(params),
    connectLatency: { family: 'constant', value: latencyMs * MILLISECOND },
  });
}

function clientOf({ patience }: OracleCase['params']): Partial<ClientSettings> {
  if (patience === undefined) return {};
  const law: Law = { family: 'exponential', mean: patience.mean_ms * MILLISECOND };
  return { cancel: true, patience: law };
}

/** Requests per second, all told; NaN for closed users. */
export function rateOf({ params: { arrival } }: OracleCase): number {
  if (arrival === undefined) return NaN;
  const [calm, busy] = arrival.rates_per_s ?? [NaN, NaN];
  const [calmFor, busyFor] = arrival.mean_sojourn_s ?? [NaN, NaN];
  switch (arrival.process) {
    case 'mmpp2':
      return (calm * calmFor + busy * busyFor) / (calmFor + busyFor);
    case 'batch_poisson':
      return (arrival.batch_rate_per_s ?? NaN) * meanBatch(arrival);
    default:
      return arrival.rate_per_s ?? NaN;
  }
}

function trafficOf(params: OracleCase['params']): TrafficSettings {
  const { arrival, clients, think } = params;
  if (arrival === undefined) {
    return {
      ...steady(0),
      users: {
        points: [{ atNs: 0, users: clients ?? NaN }],
        think: { family: 'exponential', mean: (think?.mean_ms ?? NaN) * MILLISECOND },
      },
    };
  }
  if (arrival.process === 'burst') {
    return { ...steady(0), bursts: [{ atNs: 0, count: arrival.count ?? NaN }] };
  }
  const arrivals = arrivalsOf(arrival);
  if (arrival.segments === undefined) {
    return { ...steady(rateOf({ params } as OracleCase)), arrivals };
  }
  let fromNs = 0;
  const rate = arrival.segments.flatMap(({ until_s: until, rate_per_s: perSecond }) => {
    const points = [
      { atNs: fromNs, perSecond },
      { atNs: until * SECOND, perSecond },
    ];
    fromNs = until * SECOND;
    return points;
  });
  return { ...steady(0), arrivals, rate: [...rate, { atNs: fromNs, perSecond: 0 }] };
}

function arrivalsOf(arrival: ArrivalParams): Arrivals {
  const [calm, busy] = arrival.rates_per_s ?? [NaN, NaN];
  const [calmFor, busyFor] = arrival.mean_sojourn_s ?? [NaN, NaN];
  switch (arrival.process) {
    case 'poisson':
    case 'poisson_piecewise':
      return { kind: 'poisson' };
    case 'deterministic':
    case 'deterministic_piecewise':
      return { kind: 'deterministic' };
    case 'mmpp2':
      return {
        kind: 'mmpp',
        ratio: busy / calm,
        calmNs: calmFor * SECOND,
        busyNs: busyFor * SECOND,
      };
    case 'batch_poisson': {
      const sizes = Object.entries(arrival.batch_size_probabilities ?? {});
      return { kind: 'batch', sizes: sizes.map(([n, weight]) => ({ size: Number(n), weight })) };
    }
    default:
      throw new Error(`no arrivals for ${arrival.process}`);
  }
}

function meanBatch({ batch_size_probabilities: sizes }: ArrivalParams): number {
  return Object.entries(sizes ?? {}).reduce((sum, [n, p]) => sum + Number(n) * p, 0);
}

function workOf({ service, database }: OracleCase['params']): WorkSettings {
  const law = lawOf(service);
  return database === undefined
    ? { kind: 'hold', hold: law }
    : { kind: 'query', work: law, cpu: 1 };
}

function databaseOf({ database }: OracleCase['params']): Partial<DatabaseSettings> {
  if (database === undefined) return {};
  const { cores, sigma, kappa } = database;
  if (cores !== undefined) return { cores, contention: { kind: 'cores' } };
  return { contention: { kind: 'usl', sigma: sigma ?? NaN, kappa: kappa ?? NaN } };
}

function lawOf(law: LawParams): Law {
  const mean = (law.mean_ms ?? law.mean_ms_alone ?? NaN) * MILLISECOND;
  switch (law.dist) {
    case 'exponential':
    case 'any':
      return { family: 'exponential', mean };
    case 'deterministic':
      return { family: 'constant', value: mean };
    case 'lognormal':
      return { family: 'lognormal', mean, cv: Math.sqrt(law.scv ?? NaN) };
    case 'two_stage_exponential':
      return { family: 'erlang', mean, stages: 2 };
    case 'hyperexponential2':
      return twoBranches(law);
    default:
      throw new Error(`no law for ${law.dist}`);
  }
}

function twoBranches({ p1 = NaN, mean1_ms: mean1 = NaN, mean2_ms: mean2 = NaN }: LawParams): Law {
  return {
    family: 'hyperexponential',
    branches: [
      { probability: p1, mean: mean1 * MILLISECOND },
      { probability: 1 - p1, mean: mean2 * MILLISECOND },
    ],
  };
}

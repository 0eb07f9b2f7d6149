// Exact values of queueing theory, with their source and their own uncertainty, and what they say about
// a service of the model.

import { readFileSync } from 'node:fs';
import type { Law } from '../../src/engine/law.ts';
import { MILLISECOND, SECOND } from '../../src/engine/time.ts';
import type { RequestClassSettings, ServiceSettings } from '../../src/model/service/settings.ts';
import type { TrafficSettings } from '../../src/model/traffic/settings.ts';
import {
  type ServiceWishes,
  requesting,
  serviceSettings,
  steady,
} from '../support/small-system.ts';

export interface Expected {
  readonly value: number;
  /** Absolute uncertainty of the value itself. */
  readonly calc_tol: number;
}

interface ServiceLaw {
  readonly dist: string;
  readonly mean_ms?: number;
  readonly mean_ms_alone?: number;
  readonly scv?: number;
  readonly p1?: number;
  readonly mean1_ms?: number;
  readonly mean2_ms?: number;
}

export interface OracleCase {
  readonly id: string;
  readonly model: string;
  readonly source: string;
  readonly params: {
    readonly arrival: {
      readonly rate_per_s?: number;
      readonly count?: number;
      readonly segments?: readonly { readonly until_s: number; readonly rate_per_s: number }[];
    };
    readonly service: ServiceLaw;
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
    };
    readonly patience?: { readonly mean_ms: number };
  };
  readonly expected: Readonly<Record<string, Expected>>;
}

const file = new URL('oracle.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly OracleCase[] };

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

/** The case as a service of one instance whose requests hold a connection for their service time. */
export function holdingService(one: OracleCase, traffic = trafficOf(one)): ServiceSettings {
  return service(one, traffic, (law) => requesting({ kind: 'hold', hold: law }));
}

/** … whose service time is CPU work in the database, all of it. */
export function queryingService(one: OracleCase): ServiceSettings {
  return service(one, trafficOf(one), (law) => requesting({ kind: 'query', work: law, cpu: 1 }));
}

function service(
  { params }: OracleCase,
  traffic: TrafficSettings,
  requestOf: (law: Law) => RequestClassSettings,
): ServiceSettings {
  const { pool, patience } = params;
  const max = pool?.max ?? 10_000;
  const timeout = pool?.acquire_timeout_ms ?? null;
  const limit = pool?.queue_limit ?? null;
  const requests = lawsOf(params.service).map(([weight, law], i) => ({
    ...requestOf(law),
    name: `class${i}`,
    weight,
  }));
  const wishes: ServiceWishes = {
    traffic,
    requests,
    pool: {
      max,
      acquireTimeoutNs: timeout === null ? Infinity : timeout * MILLISECOND,
      maxPending: limit ?? Infinity,
    },
    client: { cancel: true, patience: patienceOf(patience?.mean_ms) },
  };
  return serviceSettings(wishes);
}

function patienceOf(meanMs: number | undefined): Law | null {
  return meanMs === undefined ? null : { family: 'exponential', mean: meanMs * MILLISECOND };
}

function trafficOf({ params: { arrival } }: OracleCase): TrafficSettings {
  const { segments } = arrival;
  if (segments === undefined) return steady(arrival.rate_per_s ?? NaN);
  let fromNs = 0;
  const rate = segments.flatMap(({ until_s: until, rate_per_s: perSecond }) => {
    const points = [
      { atNs: fromNs, perSecond },
      { atNs: until * SECOND, perSecond },
    ];
    fromNs = until * SECOND;
    return points;
  });
  return { arrivals: 'poisson', rate };
}

/** The law of the service time as classes of the model's laws, with weights. */
function lawsOf(law: ServiceLaw): [weight: number, law: Law][] {
  const mean = (law.mean_ms ?? law.mean_ms_alone ?? NaN) * MILLISECOND;
  switch (law.dist) {
    case 'exponential':
    case 'any':
      return [[1, { family: 'exponential', mean }]];
    case 'deterministic':
      return [[1, { family: 'constant', value: mean }]];
    case 'lognormal':
      return [[1, { family: 'lognormal', mean, cv: Math.sqrt(law.scv ?? NaN) }]];
    case 'hyperexponential2': {
      const { p1 = NaN, mean1_ms: mean1 = NaN, mean2_ms: mean2 = NaN } = law;
      return [
        [p1, { family: 'exponential', mean: mean1 * MILLISECOND }],
        [1 - p1, { family: 'exponential', mean: mean2 * MILLISECOND }],
      ];
    }
    default:
      throw new Error(`no law for ${law.dist}`);
  }
}

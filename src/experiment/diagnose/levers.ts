/**
 * Levers: what one can change, in groups, each a tenth better: of what one wants more of the next whole
 * number from a tenth more on, of what one wants less of a tenth less.
 */
import { lawMean } from '../../engine/law.ts';
import { MILLISECOND } from '../../engine/time.ts';
import type { BalancerPolicy, ServiceSettings } from '../../model/service/settings.ts';
import type { DatabaseSettings } from '../../model/database/settings.ts';
import type { SystemSettings } from '../../model/settings.ts';
import { workMeans } from '../../model/database/work-parts.ts';
import { pathName, sizeSetting } from '../../scenario/pool-target.ts';
import { type ProductPool, productPools } from '../../scenario/product-pools.ts';
import { settingFor } from '../../scenario/profiles.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { Station } from '../result.ts';
import { scaledSystem } from '../scaled-traffic.ts';
import { scaledLaw, scaledRequest } from './scaled-law.ts';

export type LeverGroup = 'settings' | 'hardware' | 'demand';

/** What a lever is of: a number, milliseconds, a share, a rate, or a choice. */
export type LeverKind = 'count' | 'time' | 'share' | 'rate' | 'choice';

export interface Lever {
  readonly group: LeverGroup;
  /** As in a scenario file, in the product's own words. */
  readonly path: string;
  readonly name: string;
  readonly kind: LeverKind;
  /** Where requests wait that this makes larger or faster; null: of no station. */
  readonly station: Station | null;
  readonly variants: readonly Variant[];
}

export interface Variant {
  readonly from: number | string;
  readonly to: number | string;
  /** By how much it is better, as a share: 0.1, or more where the next whole number is further. */
  readonly by: number;
  readonly change: Apply | 'restart';
}

type Apply = (settings: SystemSettings) => SystemSettings;

const TENTH = 0.1;
const BALANCERS: readonly BalancerPolicy[] = ['round-robin', 'least-connections', 'random'];

/** All levers that these settings have. @param services indices of the services that are looked at */
export function leversOf(
  scenario: Scenario,
  settings: SystemSettings,
  services: readonly number[],
): Lever[] {
  const isOne = settings.services.length === 1;
  const ofServices = services.flatMap((i) => {
    const service = settings.services[i] as ServiceSettings;
    const base = 'services' in scenario.document ? `services.${service.name}` : 'service';
    const product = productPools(scenario.document).find((each) => each.service === service.name);
    const place = { i, service, base, product, of: isOne ? '' : ` of ${service.name}` };
    return [...poolLevers(place), ...serviceLevers(place), ...workLevers(place, scenario)];
  });
  return [...ofServices, ...databaseLevers(settings), ...trafficLevers(settings)];
}

interface Place {
  readonly i: number;
  readonly service: ServiceSettings;
  readonly base: string;
  readonly product: ProductPool | undefined;
  /** ` of shop`, where there are several. */
  readonly of: string;
}

function poolLevers({ i, service, base, product, of }: Place): Lever[] {
  const { pool } = service;
  const size = product === undefined ? null : sizeSetting(product.product, product.values);
  const path = (key: string) => `${base}.pool.${key}`;
  const own = (
    target: 'acquireTimeoutNs' | 'lifetimeNs' | 'min' | 'maxPending',
    generic: string,
  ) => {
    const setting = product && settingFor(product.product, target);
    return path((setting && pathName(setting)) ?? generic);
  };
  const withPool = (to: Partial<typeof pool>): Apply =>
    withService(i, (s) => ({ ...s, pool: { ...s.pool, ...to } }));
  const settings = { group: 'settings' } as const;
  return [
    ...larger(pool.max, (max) => ({
      ...settings,
      path: path(size?.key ?? 'max'),
      name: `size of the pool${of}`,
      station: 'pool',
      change: withPool({
        max,
        ...(pool.initial >= pool.max ? { initial: max } : {}),
        ...(pool.min >= pool.max ? { min: max } : {}),
      }),
    })),
    ...longer(pool.acquireTimeoutNs, (acquireTimeoutNs) => ({
      ...settings,
      path: own('acquireTimeoutNs', 'acquireTimeout'),
      name: `acquire timeout${of}`,
      station: null,
      change: withPool({ acquireTimeoutNs }),
    })),
    ...smallerShare(pool.reconnectShare, (reconnectShare) => ({
      ...settings,
      path: path('reconnectShare'),
      name: `connections opened anew${of}`,
      station: 'connection-opening',
      change: withPool({ reconnectShare }),
    })),
    ...longer(pool.policy.lifetimeNs, (lifetimeNs) => ({
      ...settings,
      path: own('lifetimeNs', 'lifetime'),
      name: `lifetime of connections${of}`,
      station: null,
      change: withPool({ policy: { ...pool.policy, lifetimeNs } }),
    })),
    ...(pool.min < pool.max
      ? larger(pool.min, (min) => ({
          ...settings,
          path: own('min', 'min'),
          name: `connections kept when idle${of}`,
          station: null,
          change: withPool({ min }),
        }))
      : []),
    ...larger(pool.maxPending, (maxPending) => ({
      ...settings,
      path: own('maxPending', 'maxPending'),
      name: `requests that may wait${of}`,
      station: null,
      change: withPool({ maxPending }),
    })),
  ];
}

function serviceLevers(place: Place): Lever[] {
  const { i, service, base, of } = place;
  const { concurrency, queue, client, instances } = service;
  const withIt = (to: Partial<ServiceSettings>) => withService(i, (s) => ({ ...s, ...to }));
  const withClient = (to: Partial<typeof client>) =>
    withService(i, (s) => ({ ...s, client: { ...s.client, ...to } }));
  const settings = { group: 'settings', station: null } as const;
  const clientPath = base === 'service' ? 'traffic.client' : `${base}.traffic.client`;
  return [
    ...larger(concurrency, (to) => ({
      ...settings,
      path: `${base}.concurrency`,
      name: `requests worked on at once${of}`,
      station: 'service-concurrency',
      change: withIt({ concurrency: to }),
    })),
    ...larger(queue, (to) => ({
      ...settings,
      path: `${base}.queue`,
      name: `length of the service's queue${of}`,
      change: withIt({ queue: to }),
    })),
    ...fewer(client.retryAttempts, (retryAttempts) => ({
      ...settings,
      path: `${clientPath}.retry.attempts`,
      name: `retries${of}`,
      change: withClient({ retryAttempts }),
    })),
    ...longer(client.timeoutNs, (timeoutNs) => ({
      ...settings,
      path: `${clientPath}.timeout`,
      name: `timeout of clients${of}`,
      change: withClient({ timeoutNs }),
    })),
    ...choices(place),
    ...larger(instances, (to) => ({
      group: 'hardware',
      station: null,
      path: `${base}.instances`,
      name: `instances and their pools${of}`,
      change: withIt({ instances: to }),
    })),
  ];
}

/** What has no tenth: each of the others is tried. */
function choices({ i, service, base, of }: Place): Lever[] {
  const { balancer: from, instances } = service;
  const choice = { group: 'settings', kind: 'choice', station: null } as const;
  const others = BALANCERS.filter((to) => to !== from && instances > 1).map((to): Variant => {
    return { from, to, by: TENTH, change: withService(i, (s) => ({ ...s, balancer: to })) };
  });
  const restart: Variant = { from: 'as it is', to: 'restarted', by: TENTH, change: 'restart' };
  const path = 'timeline.restart';
  return [
    { ...choice, path: `${base}.balancer`, name: `balancer${of}`, variants: others },
    { ...choice, path, name: `deployment rolled back${of}`, variants: [restart] },
  ];
}

function workLevers({ i, service, base, of }: Place, { document }: Scenario): Lever[] {
  const requestsPath =
    base === 'service' || 'requests' in document ? 'requests' : `${base}.requests`;
  const means = service.requests.map(({ work, weight }) => {
    const { queryNs, wholeNs } = workMeans(work, 0);
    return { weight, workNs: work.kind === 'hold' ? wholeNs : queryNs, appNs: wholeNs - queryNs };
  });
  const weights = means.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (of: 'workNs' | 'appNs') =>
    means.reduce((sum, each) => sum + (each[of] * each.weight) / weights, 0);
  const isHold = service.requests.every(({ work }) => work.kind === 'hold');
  const hasSteps = service.requests.some(({ work }) => work.kind === 'steps');
  const scaled = (part: 'work' | 'app') =>
    withService(i, (s) => ({
      ...s,
      requests: s.requests.map((request) => scaledRequest(request, part, 1 - TENTH)),
    }));
  return [
    ...shorter(mean('workNs'), {
      group: 'demand',
      path: requestsPath,
      name: isHold ? `time on a connection${of}` : `query work${of}`,
      station: null,
      change: scaled('work'),
    }),
    ...(hasSteps
      ? shorter(mean('appNs'), {
          group: 'demand',
          path: requestsPath,
          name: `work in the service itself${of}`,
          station: null,
          change: scaled('app'),
        })
      : []),
  ];
}

function databaseLevers({ database }: SystemSettings): Lever[] {
  const { cores, contention, roundTripNs, maxConnections, connectLatency, pooler } = database;
  const withIt =
    (to: Partial<DatabaseSettings>): Apply =>
    (s) => ({
      ...s,
      database: { ...s.database, ...to },
    });
  const hardware = { group: 'hardware' } as const;
  return [
    ...(contention.kind === 'cores'
      ? larger(cores, (to) => ({
          ...hardware,
          path: 'database.cores',
          name: 'database processors',
          station: 'database-cores',
          change: withIt({ cores: to }),
        }))
      : []),
    ...contentionLevers(database),
    ...shorter(roundTripNs, {
      ...hardware,
      path: 'database.roundTrip',
      name: 'network round trip',
      station: null,
      change: withIt({ roundTripNs: Math.round(roundTripNs * (1 - TENTH)) }),
    }),
    ...shorter(lawMean(connectLatency), {
      ...hardware,
      path: 'database.connect.latency',
      name: 'time to open a connection',
      station: 'connection-opening',
      change: withIt({ connectLatency: scaledLaw(connectLatency, 1 - TENTH) }),
    }),
    ...larger(maxConnections, (to) => ({
      ...hardware,
      path: 'database.maxConnections',
      name: 'connections admitted',
      station: 'connection-slots',
      change: withIt({ maxConnections: to }),
    })),
    ...(pooler === undefined
      ? []
      : larger(pooler.pool.max, (max) => ({
          group: 'settings',
          path: 'database.pooler.pool',
          name: "size of the pooler's pool",
          station: 'pooler',
          change: withIt({ pooler: { ...pooler, pool: { ...pooler.pool, max } } }),
        }))),
  ];
}

function contentionLevers({ contention }: DatabaseSettings): Lever[] {
  if (contention.kind !== 'usl' || contention.sigma + contention.kappa === 0) return [];
  const less = {
    kind: 'usl',
    sigma: contention.sigma * (1 - TENTH),
    kappa: contention.kappa * (1 - TENTH),
  } as const;
  const change: Apply = (s) => ({ ...s, database: { ...s.database, contention: less } });
  return [
    {
      group: 'hardware',
      path: 'database.contention.usl',
      name: 'contention of queries',
      station: 'database-contention',
      kind: 'choice',
      variants: [{ from: 'as it is', to: 'a tenth less', by: TENTH, change }],
    },
  ];
}

function trafficLevers({ services }: SystemSettings): Lever[] {
  const path = services.length === 1 ? 'traffic' : 'services.*.traffic';
  const variant = { from: 'as it is', to: 'a tenth less', by: TENTH };
  return [
    {
      group: 'demand',
      path,
      name: 'rate of requests',
      kind: 'choice',
      station: null,
      variants: [{ ...variant, change: (settings) => scaledSystem(settings, 1 - TENTH) }],
    },
  ];
}

function withService(i: number, change: (service: ServiceSettings) => ServiceSettings): Apply {
  return (settings) => ({
    ...settings,
    services: settings.services.map((service, k) => (k === i ? change(service) : service)),
  });
}

/** A lever without its variants' figures. */
interface Draft extends Pick<Lever, 'group' | 'path' | 'name' | 'station'> {
  readonly change: Apply;
}

function one({ change, ...rest }: Draft, kind: LeverKind, figures: Omit<Variant, 'change'>): Lever {
  return { ...rest, kind, variants: [{ ...figures, change }] };
}

/** A whole number: the next one from a tenth more on. None where there is no limit, or none of it. */
function larger(from: number, draft: (to: number) => Draft): Lever[] {
  if (!(from > 0 && from < Infinity)) return [];
  const to = Math.max(Math.round(from * (1 + TENTH)), from + 1);
  return [one(draft(to), 'count', { from, to, by: to / from - 1 })];
}

/** One less of a whole number. */
function fewer(from: number, draft: (to: number) => Draft): Lever[] {
  if (!(from > 0 && from < Infinity)) return [];
  const to = Math.min(Math.round(from * (1 - TENTH)), from - 1);
  return [one(draft(to), 'count', { from, to, by: 1 - to / from })];
}

/** A time limit, ns. */
function longer(from: number, draft: (to: number) => Draft): Lever[] {
  if (!(from > 0 && from < Infinity)) return [];
  const to = Math.round(from * (1 + TENTH));
  const ms = { from: from / MILLISECOND, to: to / MILLISECOND };
  return [one(draft(to), 'time', { ...ms, by: TENTH })];
}

/** A mean time, ns. */
function shorter(from: number, draft: Draft): Lever[] {
  if (!(from > 0)) return [];
  const ms = { from: from / MILLISECOND, to: (from * (1 - TENTH)) / MILLISECOND };
  return [one(draft, 'time', { ...ms, by: TENTH })];
}

function smallerShare(from: number, draft: (to: number) => Draft): Lever[] {
  if (!(from > 0)) return [];
  const to = from * (1 - TENTH);
  return [one(draft(to), 'share', { from, to, by: TENTH })];
}

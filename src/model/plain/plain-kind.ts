/**
 * Which systems the plain flow can take over: those in which a waiting request is no more than a few
 * numbers in a line. What is left out here is what would take a request out of the line otherwise than at
 * its front (patience, clients that leave), put it back (retries), make a pool's own rules matter at every
 * step (idle timeouts, hand-over), or bring it in otherwise than one by one.
 */
import type { ClientSettings } from '../client/settings.ts';
import type { PoolSettings } from '../pool/settings.ts';
import type { Change, SystemSettings } from '../settings.ts';
import type { TrafficSettings } from '../traffic/settings.ts';

/** `holds`: connections are held for a time, and nothing else happens to them. */
export type PlainKind = 'holds' | 'queries';

/** Which of the plain flows these settings need, and all that the timeline changes them to; null: neither. */
export function plainKind(settings: SystemSettings, changes: readonly Change[]): PlainKind | null {
  const all = [settings, ...changes.flatMap((c) => (c.kind === 'set' ? [c.settings] : []))];
  if (!all.every(arePlain) || changes.some(({ kind }) => kind === 'outage')) return null;
  return all.every(haveHoldsOnly) ? 'holds' : 'queries';
}

function haveHoldsOnly({ services }: SystemSettings): boolean {
  return services.every(
    ({ pool, requests }) =>
      pool.reconnectShare === 0 && requests.every(({ work }) => work.kind === 'hold'),
  );
}

function arePlain({ services, database }: SystemSettings): boolean {
  const [service, ...others] = services;
  if (service === undefined || others.length > 0) return false;
  const { traffic, client, pool } = service;
  // Connections that take equally long are established in order.
  const isInOrder = pool.reconnectShare === 0 || database.connectLatency.family === 'constant';
  const { kind } = database.contention;
  return (
    database.pooler === undefined &&
    isAllowed(PLAIN_TRAFFIC, traffic) &&
    isAllowed(PLAIN_CLIENT, client) &&
    isAllowed(PLAIN_POOL, pool) &&
    service.requests.every(({ leak, work }) => leak === undefined && work.kind !== 'steps') &&
    service.concurrency === Infinity &&
    (kind === 'usl' || kind === 'none') &&
    isInOrder
  );
}

/** Says of each setting which values are plain; one that is not named here does not compile. */
type Rules<T> = { readonly [K in keyof T]: (value: T[K]) => boolean };

const any = (): boolean => true;
const isNone = (value: unknown): boolean => value === null;
const isUnlimited = (value: number): boolean => value === Infinity;
const isZero = (value: number): boolean => value === 0;

const PLAIN_TRAFFIC: Rules<TrafficSettings> = {
  arrivals: ({ kind }) => ['poisson', 'erlang', 'deterministic', 'mmpp'].includes(kind),
  rate: any,
  bursts: ({ length }) => length === 0,
  users: isNone,
  trace: isNone,
};

const PLAIN_CLIENT: Rules<ClientSettings> = {
  timeoutNs: isUnlimited,
  patience: isNone,
  cancel: any,
  retryAttempts: isZero,
  retryBackoffNs: any,
};

const PLAIN_POOL: Rules<PoolSettings> = {
  profile: (profile) => profile === 'generic',
  max: any,
  initial: any,
  acquireTimeoutNs: any,
  maxPending: any,
  idleTimeoutNs: isUnlimited,
  min: any,
  connectTimeoutNs: any,
  handoverNs: isZero,
  reconnectShare: any,
  policy: ({ order }) => order === 'fifo',
};

function isAllowed<T extends object>(rules: Rules<T>, settings: T): boolean {
  const keys = Object.keys(rules) as (keyof T)[];
  return keys.every((key) => rules[key](settings[key]));
}

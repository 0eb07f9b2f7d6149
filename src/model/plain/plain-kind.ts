/**
 * Which systems the plain flow can take over: those in which a waiting request is no more than a few
 * numbers in a line. What is left out here is what would take a request out of the line otherwise than at
 * its front (patience, clients that leave), put it back (retries), make a pool's own rules matter at every
 * step (idle timeouts, hand-over, limits on waiters), or bring it in otherwise than one by one.
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
  if (!all.every(arePlain)) return null;
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
  const { pool } = service;
  // Connections that take equally long are established in order.
  const isInOrder = pool.reconnectShare === 0 || database.connectLatency.family === 'constant';
  return (
    isPlainTraffic(service.traffic) &&
    isPatient(service.client) &&
    service.concurrency === Infinity &&
    isPlainPool(pool) &&
    isInOrder &&
    database.contention.kind !== 'cores'
  );
}

function isPlainTraffic({ arrivals, bursts, users, trace }: TrafficSettings): boolean {
  return arrivals.kind !== 'batch' && bursts.length === 0 && users === null && trace === null;
}

function isPatient({ timeoutNs, patience, retryAttempts }: ClientSettings): boolean {
  return timeoutNs === Infinity && patience === null && retryAttempts === 0;
}

function isPlainPool({ order, maxPending, idleTimeoutNs, handoverNs }: PoolSettings): boolean {
  const isUnbounded = maxPending === Infinity && idleTimeoutNs === Infinity;
  return order === 'fifo' && isUnbounded && handoverNs === 0;
}

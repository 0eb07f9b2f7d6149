/**
 * Whether a pool is the one of queueing theory: so many servers that never cost time of their own, and a
 * line whose order nobody sees. Products differ from that in ways that a formula would have to know.
 */
import { lawMean } from '../../engine/law.ts';
import type { DatabaseSettings } from '../../model/database/settings.ts';
import type { PoolSettings } from '../../model/pool/settings.ts';
import type { ServiceSettings } from '../../model/service/settings.ts';

/** Once all its connections are open; that they are is seen in the run (`all-open`). */
export function isPlainPool(
  { pool, client }: ServiceSettings,
  database: DatabaseSettings,
): boolean {
  const isLimited = pool.max < Infinity && pool.policy.reserve === 0;
  // Whom a timeout or impatience meets depends on the order; without them, means do not.
  const isOrderSeen = pool.acquireTimeoutNs < Infinity || client.patience !== null;
  return (
    isLimited &&
    pool.handoverNs === 0 &&
    !costsRoundTrips(pool, database) &&
    !losesConnections(pool, database) &&
    (!isOrderSeen || (isStrictLine(pool) && isPunctual(pool)))
  );
}

/** Connections are given out in the order of the requests, and nobody comes in between. */
function isStrictLine({ policy: { order, barging, release } }: PoolSettings): boolean {
  return order === 'fifo' && release === 'handoff' && (barging === 'none' || barging === 'slot');
}

/** A timeout comes at its instant, and ends the wait alone. */
function isPunctual({ policy: { timeoutTickNs, timeoutEffect } }: PoolSettings): boolean {
  return timeoutTickNs === 0 && timeoutEffect === 'error';
}

/** Checks lengthen waits, and resets the time between two requests. */
function costsRoundTrips({ policy }: PoolSettings, { roundTripNs }: DatabaseSettings): boolean {
  const { checkAfterIdleNs, checkRoundTrips, resetRoundTrips } = policy;
  const checks = checkAfterIdleNs < Infinity ? checkRoundTrips : 0;
  return (checks + resetRoundTrips) * roundTripNs > 0;
}

/** Connections that idle out, grow old or are too many must be opened again, which takes time. */
function losesConnections(pool: PoolSettings, { connectLatency }: DatabaseSettings): boolean {
  const { idleTimeoutNs, max, policy } = pool;
  const { lifetimeNs, maxUses, maxIdle, openingPauseNs, fillFirstNs } = policy;
  const isQuick = lawMean(connectLatency) === 0 && openingPauseNs === 0 && fillFirstNs === Infinity;
  const loses = [idleTimeoutNs, lifetimeNs, maxUses].some((limit) => limit < Infinity);
  return !isQuick && (loses || maxIdle < max);
}

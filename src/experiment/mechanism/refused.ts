/** Refused connections: the pools together may have more than the database, or a pooler before it, admits. */
import type { DatabaseSettings } from '../../model/database/settings.ts';
import type { SystemSettings } from '../../model/settings.ts';
import type { PoolStretch } from '../pool-course.ts';
import { NEARLY_FULL } from '../pool-levels.ts';
import type { SeriesRow } from '../series.ts';
import type { Refused } from './mechanism.ts';
import { type Sight, waitingShare } from './sight.ts';

/** This share of failed requests, or of all waiting, must come from it. */
const MOST = 0.5;

/** Connections were refused, and that is why requests failed, or waited in vain beside unused room. */
export function refusedOf(sight: Sight & Failed): Refused | null {
  const { system, then } = sight;
  const { refused, peak } = (system.pooler ?? system.database).slots;
  const admitted = then.database.pooler?.clientLimit ?? admittedBy(then.database);
  const wanted = sum(then.services, ({ instances, pool }) => instances * pool.max);
  if (refused === 0 || peak < admitted || wanted <= admitted) return null;
  if (!failedByIt(sight) && !isStuck(sight)) return null;
  return {
    instances: sum(then.services, ({ instances }) => instances),
    max: maxOfEach(then),
    wanted: wanted === Infinity ? null : wanted,
    admitted,
    refused,
  };
}

/** Of one instance, where there is one service; null: no limit, or several services. */
function maxOfEach({ services }: SystemSettings): number | null {
  const [first, ...others] = services;
  if (first === undefined || others.length > 0 || first.pool.max === Infinity) return null;
  return first.pool.max;
}

/** Connections that the database admits. */
export function admittedBy(database: DatabaseSettings): number {
  const { maxConnections, reservedConnections, otherConnections } = database;
  return Math.max(0, maxConnections - reservedConnections - otherConnections);
}

/** Most failed requests were told that no connection could be opened. */
function failedByIt({ failures }: Failed): boolean {
  const told = (failures['connect-refused'] ?? 0) + (failures['connect-failed'] ?? 0);
  return told > 0 && told >= MOST * sum(Object.values(failures), (count) => count);
}

/** Most waiting was in vain, and not for the server connections of a pooler. */
function isStuck(sight: Sight & Failed): boolean {
  return !sight.poolerIsFull && waitingShare(sight, waitingStuck) >= MOST;
}

/** Who waits while there is room for connections and none is opened. */
function waitingStuck({ all, opened }: PoolStretch): number {
  return opened === 0 && all.open < NEARLY_FULL * all.max ? all.waiting : 0;
}

function sum<T>(items: readonly T[], read: (item: T) => number): number {
  return items.reduce((total, item) => total + read(item), 0);
}

/** What is known of the run without looking at its pools. */
export interface Failed {
  /** Failed requests by reason. */
  readonly failures: Readonly<Record<string, number>>;
  /** Whether a pooler in front of the database had no server connection left when the pools were full. */
  readonly poolerIsFull: boolean;
  readonly rows: readonly SeriesRow[];
}

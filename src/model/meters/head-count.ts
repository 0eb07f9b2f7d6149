/** Where the attempts of a service are, counted in the request table alone. */
import type { ContentionSettings } from '../database/settings.ts';
import {
  CLIENT_GONE,
  CPU_SHARE,
  HELD,
  INSTANCE,
  ORPHAN,
  type RequestTable,
  SERVICE,
  STATE,
  STATE_OF,
  STRIDE,
  USER,
} from '../request/request-table.ts';

export interface HeadCount {
  /** Attempts that a client waits for. */
  attempts: number;
  /** Users who wait for the outcome of their request. */
  users: number;
  /** Attempts in the instances' own queues. */
  queued: number;
  /** Attempts that wait for a connection without opening one. */
  pending: number;
  /** Attempts that instances work on: those that wait for a connection, open one, or have one. */
  working: number;
  /** Attempts that only the database still works on: their instance is gone. */
  orphans: number;
}

/** Scans the table. O(slots). */
export function countHeads({ marks, highWater }: RequestTable, service: number): HeadCount {
  const heads = { attempts: 0, users: 0, queued: 0, pending: 0, working: 0, orphans: 0 };
  for (let at = 0; at < highWater * STRIDE; at += STRIDE) {
    const state = marks[at + STATE_OF] as number;
    if (state === STATE.free || state === STATE.void || marks[at + SERVICE] !== service) continue;
    if (marks[at + ORPHAN] === 1) {
      heads.orphans++;
      continue;
    }
    if (marks[at + CLIENT_GONE] === 0) {
      if (state !== STATE.backoff) heads.attempts++;
      if ((marks[at + USER] as number) >= 0) heads.users++;
    }
    if (state === STATE.queued) heads.queued++;
    else if (state !== STATE.backoff) heads.working++;
    if (state === STATE.pending) heads.pending++;
  }
  return heads;
}

/** Connections of each instance that are held by requests which wait for one more. O(slots). */
export function heldByWaiting(
  { marks, highWater }: RequestTable,
  service: number,
  instances: number,
): Int32Array {
  const held = new Int32Array(instances);
  for (let at = 0; at < highWater * STRIDE; at += STRIDE) {
    if (marks[at + STATE_OF] !== STATE.pending || marks[at + SERVICE] !== service) continue;
    const i = marks[at + INSTANCE] as number;
    held[i] = (held[i] as number) + (marks[at + HELD] as number);
  }
  return held;
}

const MILLION = 1_000_000;

/** CPU shares of all queries at work, in millionths, as `Database.cpuShares` keeps them. O(slots). */
export function countCpuShares(
  { marks, highWater }: RequestTable,
  kind: ContentionSettings['kind'],
): number {
  const counts = kind === 'none' ? STATE.alone : STATE.working;
  let shares = 0;
  for (let at = 0; at < highWater * STRIDE; at += STRIDE) {
    if (marks[at + STATE_OF] !== counts) continue;
    shares += kind === 'cores' ? MILLION : (marks[at + CPU_SHARE] as number);
  }
  return shares;
}

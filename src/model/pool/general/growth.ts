/** How many connections a pool opens in the background when it looks whether it has enough: axis A8. */
import type { PoolPolicy } from '../policy.ts';

/** What the pool sees when it looks. */
export interface Sight {
  /** Requests in the line. */
  readonly waiting: number;
  readonly idle: number;
  /** Openings under way, ordered, or to be tried again. */
  readonly opening: number;
  /** Connections that are checked for whoever is first in the line then. */
  readonly checking: number;
  /** Connections that may still be opened. */
  readonly room: number;
}

/** Openings that are ordered now. */
export function openingsWanted(policy: PoolPolicy, sight: Sight): number {
  const { waiting, idle, opening, checking } = sight;
  const room = Math.max(0, sight.room);
  if (waiting === 0) return 0;
  switch (policy.growth) {
    case 'own-request':
      return 0;
    case 'fill-deficit':
      return Math.max(0, Math.min(room, waiting - idle - opening - checking));
    case 'one-if-deficit':
      return idle === 0 && opening < waiting ? Math.min(1, room) : 0;
    case 'one':
      return idle === 0 ? Math.min(1, room) : 0;
    case 'batch':
      return idle === 0 ? Math.min(policy.growthStep, room) : 0;
    case 'chain':
      return opening === 0 && waiting > idle ? Math.min(1, room) : 0;
  }
}

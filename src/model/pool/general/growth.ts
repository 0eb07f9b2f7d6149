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
  /** Connections that are checked like that, or reset after a use. */
  readonly testing: number;
  /** Connections that may still be opened. */
  readonly room: number;
}

/** Openings that are ordered now. */
export function openingsWanted(policy: PoolPolicy, sight: Sight): number {
  if (sight.waiting === 0) return 0;
  return Math.max(0, Math.min(sight.room, wish(policy, sight)));
}

/** The same as if there were room for any number. */
function wish({ growth, growthStep }: PoolPolicy, sight: Sight): number {
  const { waiting, idle, opening, checking, testing } = sight;
  const isEmpty = idle === 0;
  switch (growth) {
    case 'own-request':
      return 0;
    case 'fill-deficit':
      return waiting - idle - opening - checking;
    case 'one-if-deficit':
      return Number(isEmpty && opening < waiting);
    case 'one':
      return Number(isEmpty);
    case 'batch':
      return isEmpty ? growthStep : 0;
    case 'chain':
      return Number(opening === 0 && waiting > idle + testing);
  }
}

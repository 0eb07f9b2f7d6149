// What became of each request of a run, from its event log: for figures that no meter has.

import type { LoggedEvent } from '../../src/model/event-log.ts';
import type { SystemSettings } from '../../src/model/settings.ts';
import { System } from '../../src/model/system.ts';

/** Instants are ns; NaN: it did not happen. Entry n − 1 is the request with the number n. */
export interface RequestLog {
  readonly arrivedAt: number[];
  readonly acquiredAt: number[];
  readonly completedAt: number[];
  readonly failedAt: number[];
}

export function emptyLog(): RequestLog {
  return { arrivedAt: [], acquiredAt: [], completedAt: [], failedAt: [] };
}

/** A system of one service that writes into the log. */
export function loggedSystem(settings: SystemSettings, seed: string, log: RequestLog): System {
  const write = ({ name, request, atNs }: LoggedEvent): void => {
    const i = request - 1;
    if (name === 'arrival') {
      log.arrivedAt[i] = atNs;
      log.acquiredAt[i] = NaN;
      log.completedAt[i] = NaN;
      log.failedAt[i] = NaN;
    } else if (name === 'acquire') log.acquiredAt[i] = atNs;
    else if (name === 'complete') log.completedAt[i] = atNs;
    else if (name === 'fail') log.failedAt[i] = atNs;
  };
  return new System({ settings, changes: [], alerts: [], seed, mostInFlight: 1e6, log: write });
}

/** Waits, ns, of those who got a connection, in the order of their arrival. */
export function waitsOf({ arrivedAt, acquiredAt }: RequestLog): number[] {
  return arrivedAt.flatMap((at, i) => {
    const wait = (acquiredAt[i] as number) - at;
    return Number.isNaN(wait) ? [] : [wait];
  });
}

// What every queue of this room is described by, and the refusal of descriptions that mean nothing.

import { requirePositive, requireWhole } from './require-number.ts';

/** Requests that arrive in a Poisson stream at so many servers (the connections of a pool). */
export interface Queue {
  /** Mean arrivals a second. */
  readonly ratePerSecond: number;
  /** Mean time that a request holds its server. */
  readonly meanServiceSeconds: number;
  /** Whole and at least 1. */
  readonly servers: number;
}

/** The offered load in erlangs: the mean number of servers that unlimited ones would be busy. */
export function offeredLoad({ ratePerSecond, meanServiceSeconds }: Omit<Queue, 'servers'>): number {
  return ratePerSecond * meanServiceSeconds;
}

/** How much work a queue gets through. */
export function requestsPerSecond({ meanServiceSeconds, servers }: Omit<Queue, 'ratePerSecond'>) {
  return servers / meanServiceSeconds;
}

/** @throws RangeError when a rate or time is not above 0 and finite, or the servers are not whole */
export function requireQueue({ ratePerSecond, meanServiceSeconds, servers }: Queue): void {
  requirePositive('ratePerSecond', ratePerSecond);
  requirePositive('meanServiceSeconds', meanServiceSeconds);
  requireWhole('servers', servers, 1);
}

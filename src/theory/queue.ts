// What every queue of this room is described by, and the refusal of descriptions that mean nothing.

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

/** @throws RangeError when the value is not above 0 and finite */
export function requirePositive(name: string, value: number): void {
  if (value > 0 && value < Infinity) return;
  throw new RangeError(`${name} is a finite number above 0, not ${value}`);
}

/** @throws RangeError when the value is below 0 or not finite */
export function requireNotNegative(name: string, value: number): void {
  if (value >= 0 && value < Infinity) return;
  throw new RangeError(`${name} is a finite number of at least 0, not ${value}`);
}

/** @throws RangeError when the value is not whole or below the least */
export function requireWhole(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RangeError(`${name} is a whole number of at least ${least}, not ${value}`);
}

/** @throws RangeError when the share of a quantile is not within 0 ≤ share < 1 */
export function requireShare(share: number): void {
  if (share >= 0 && share < 1) return;
  throw new RangeError(`the share of a quantile is at least 0 and below 1, not ${share}`);
}

// A closed network: clients that think, and stations that each of their requests visits.

import { requireNotNegative, requirePositive, requireWhole } from './require-number.ts';

export interface Station {
  /** Mean time of one visit, without waiting. */
  readonly meanServiceSeconds: number;
  /** Mean visits of one request: 1 by default. */
  readonly visits?: number;
  /** How many are served at once: whole, 1 by default; Infinity is a delay, where nobody waits. */
  readonly servers?: number;
}

export interface ClosedNetwork {
  /** Whole and at least 1; each has one request at a time. */
  readonly clients: number;
  /** Mean time from the end of a client's request to its next: 0 by default. */
  readonly meanThinkSeconds?: number;
  /** At least one. */
  readonly stations: readonly Station[];
}

/** The service demand of a request at a station: all its visits together, without waiting. */
export function demandSeconds({ meanServiceSeconds, visits = 1 }: Station): number {
  return meanServiceSeconds * visits;
}

/** @throws RangeError when a count is not whole, a time is negative, or a station has no demand */
export function requireClosedNetwork(network: ClosedNetwork): void {
  requireWhole('clients', network.clients, 1);
  requireNotNegative('meanThinkSeconds', network.meanThinkSeconds ?? 0);
  requireStations(network.stations);
}

/** @throws RangeError when there is no station, or one has no demand or a fraction of a server */
export function requireStations(stations: readonly Station[]): void {
  if (stations.length === 0) throw new RangeError('stations are at least one, not none');
  stations.forEach(({ meanServiceSeconds, visits = 1, servers = 1 }, i) => {
    requirePositive(`stations[${i}].meanServiceSeconds`, meanServiceSeconds);
    requirePositive(`stations[${i}].visits`, visits);
    if (servers !== Infinity) requireWhole(`stations[${i}].servers`, servers, 1);
  });
}

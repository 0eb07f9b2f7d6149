// What no closed network can beat, from its demands alone.

import {
  type ClosedNetwork,
  demandSeconds,
  requireClosedNetwork,
  requireStations,
  type Station,
} from './closed-network.ts';

export interface AsymptoticBounds {
  /** Throughput is at most this: min(N/(D + Z), 1/D_max). */
  readonly mostPerSecond: number;
  /** Throughput is at least this: N/(N·D + Z), as if every request waited for all others everywhere. */
  readonly leastPerSecond: number;
  /** The mean response is at least this: max(D, N·D_max − Z). */
  readonly leastResponseSeconds: number;
  /** The mean response is at most this: N·D. */
  readonly mostResponseSeconds: number;
  /** The clients N* = (D + Z)/D_max from which on somebody has to wait; not a whole number. */
  readonly kneeClients: number;
}

/**
 * The operational bounds of Denning and Buzen 1978 (Jain 1991, section 33.6), with D the sum of the
 * demands, D_max the largest demand per server, Z the think time. They hold whatever the laws of the
 * times are.
 *
 * @throws RangeError for a network that means nothing, see {@link requireClosedNetwork}
 */
export function asymptoticBounds(network: ClosedNetwork): AsymptoticBounds {
  requireClosedNetwork(network);
  const { clients, meanThinkSeconds: think = 0, stations } = network;
  const all = stations.reduce((sum, station) => sum + demandSeconds(station), 0);
  const largest = largestDemandSeconds(stations);
  return {
    mostPerSecond: Math.min(clients / (all + think), 1 / largest),
    leastPerSecond: clients / (clients * all + think),
    leastResponseSeconds: Math.max(all, clients * largest - think),
    mostResponseSeconds: clients * all,
    kneeClients: (all + think) / largest,
  };
}

/**
 * The open arrival rate that fills the busiest station: 1/D_max; Infinity when all are delays.
 *
 * @throws RangeError when a station means nothing
 */
export function saturationPerSecond(stations: readonly Station[]): number {
  requireStations(stations);
  return 1 / largestDemandSeconds(stations);
}

function largestDemandSeconds(stations: readonly Station[]): number {
  return stations.reduce(
    (most, station) => Math.max(most, demandSeconds(station) / (station.servers ?? 1)),
    0,
  );
}

// Exact mean values of a closed network with one class of requests.
//
// Stations of one server and delays go through mean value analysis proper. A station of several servers
// is folded in afterwards: towards it the rest of the network behaves like one station whose rate
// depends on its population (Chandy, Herzog and Woo 1975). The textbook recursion for such stations
// takes small differences and fails at high load; this way has sums of positive terms only.

import { birthDeathProbabilities, meanOver } from './birth-death.ts';
import {
  type ClosedNetwork,
  demandSeconds,
  requireClosedNetwork,
  type Station,
} from './closed-network.ts';

export interface StationValues {
  /** Mean time of one visit, waiting included. */
  readonly meanResponseSeconds: number;
  /** Mean time of all visits of a request, waiting included. */
  readonly meanResidenceSeconds: number;
  /** The mean number of requests waiting or in service here. */
  readonly meanInStation: number;
  /** The mean share of the servers that is busy; 0 for a delay. */
  readonly utilisation: number;
}

export interface MeanValues {
  /** Requests finished a second. */
  readonly throughputPerSecond: number;
  /** Over all stations, without the think time. */
  readonly meanResponseSeconds: number;
  /** In the order of the network's stations. */
  readonly stations: readonly StationValues[];
}

/** A part of the network for each population n = 0 … clients: its throughput, and who is where. */
interface Part {
  /** Requests finished a second, by population. */
  readonly perSecond: Float64Array;
  /** For each station of the part, by its index in the network: mean number there, by population. */
  readonly inStation: ReadonlyMap<number, Float64Array>;
}

/**
 * The mean values of a product-form network: exponential service first come, first served, or any
 * service that is shared or a delay. Reiser and Lavenberg 1980. Steps: clients × stations, and for each
 * station of several servers clients² × stations.
 *
 * @throws RangeError for a network that means nothing, see {@link requireClosedNetwork}
 */
export function meanValueAnalysis(network: ClosedNetwork): MeanValues {
  requireClosedNetwork(network);
  const { clients, stations } = network;
  const several = stations.flatMap((station, i) => (isSimple(station) ? [] : [i]));
  let whole = simplePart(network);
  for (const i of several) whole = withStation(whole, network, i);
  const throughputPerSecond = whole.perSecond[clients] ?? 0;
  const values = stations.map((station, i): StationValues => {
    const meanInStation = whole.inStation.get(i)?.[clients] ?? 0;
    const meanResidenceSeconds = meanInStation / throughputPerSecond;
    const { visits = 1, servers = 1 } = station;
    return {
      meanResponseSeconds: meanResidenceSeconds / visits,
      meanResidenceSeconds,
      meanInStation,
      utilisation: (throughputPerSecond * demandSeconds(station)) / servers,
    };
  });
  return {
    throughputPerSecond,
    meanResponseSeconds: values.reduce((sum, one) => sum + one.meanResidenceSeconds, 0),
    stations: values,
  };
}

function isSimple({ servers = 1 }: Station): boolean {
  return servers === 1 || servers === Infinity;
}

/**
 * The think time with all stations of one server and all delays. An arrival finds what one client less
 * leaves in the mean, so R_i(n) = D_i·(1 + Q_i(n − 1)), X(n) = n/(Z + ΣR_i), Q_i(n) = X(n)·R_i(n).
 */
function simplePart({ clients, meanThinkSeconds = 0, stations }: ClosedNetwork): Part {
  const parts = stations.flatMap((station, index) =>
    isSimple(station)
      ? [
          {
            index,
            demand: demandSeconds(station),
            queues: station.servers !== Infinity,
            inStation: new Float64Array(clients + 1),
          },
        ]
      : [],
  );
  const perSecond = new Float64Array(clients + 1);
  for (let n = 1; n <= clients; n++) {
    let cycle = meanThinkSeconds;
    for (const { demand, queues, inStation } of parts) {
      const residence = queues ? demand * (1 + (inStation[n - 1] ?? 0)) : demand;
      inStation[n] = residence;
      cycle += residence;
    }
    // A part without time lets everybody through at once: its rate is Infinity.
    const rate = n / cycle;
    perSecond[n] = rate;
    for (const { inStation } of parts) inStation[n] = rate * (inStation[n] ?? 0);
  }
  return { perSecond, inStation: new Map(parts.map((part) => [part.index, part.inStation])) };
}

/** The part together with one more station, which has several servers. */
function withStation(part: Part, { clients, stations }: ClosedNetwork, index: number): Part {
  const station = stations[index];
  if (station === undefined) throw new Error(`bug: there is no station ${index}`);
  const { servers = 1 } = station;
  const demand = demandSeconds(station);
  const rateOf = (k: number) => Math.min(k, servers) / demand;
  const perSecond = new Float64Array(clients + 1);
  const here = new Float64Array(clients + 1);
  const elsewhere = [...part.inStation].map(([i, before]) => ({
    i,
    before,
    after: new Float64Array(clients + 1),
  }));
  for (let n = 1; n <= clients; n++) {
    // With k of n clients at the station, the part gives it more at the rate of its n − k.
    const p = birthDeathProbabilities(n, (k) => (part.perSecond[n - k + 1] ?? 0) / rateOf(k));
    perSecond[n] = meanOver(p, rateOf);
    here[n] = meanOver(p, (k) => k);
    for (const { before, after } of elsewhere) after[n] = meanOver(p, (k) => before[n - k] ?? 0);
  }
  const inStation = new Map([[index, here]]);
  for (const { i, after } of elsewhere) inStation.set(i, after);
  return { perSecond, inStation };
}

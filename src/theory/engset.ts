// Engset's loss system: so many clients, and whoever finds every server busy goes back to thinking.

import { birthDeathProbabilities, meanOver } from './birth-death.ts';
import type { FiniteSources } from './machine-repair.ts';
import { requirePositive, requireWhole } from './require-number.ts';

export interface Engset {
  /** The share of time in which every server is busy. */
  readonly timeCongestion: number;
  /** The share of requests that finds every server busy and is refused. */
  readonly callCongestion: number;
  /** The carried load in erlangs: the mean number of busy servers. */
  readonly carriedLoad: number;
  /** Requests served a second. */
  readonly throughputPerSecond: number;
}

/**
 * The steady state; of think and service time only the means matter. Engset 1918. A request finds the
 * steady state with one client less, so the call congestion is the time congestion of one client less.
 * With fewer clients than servers both are 0. Steps: twice the servers.
 *
 * @throws RangeError when clients or servers are not whole, or a time is not above 0
 */
export function engset(sources: FiniteSources): Engset {
  requireWhole('clients', sources.clients, 1);
  requireWhole('servers', sources.servers, 1);
  requirePositive('meanThinkSeconds', sources.meanThinkSeconds);
  requirePositive('meanServiceSeconds', sources.meanServiceSeconds);
  const { clients, servers, meanServiceSeconds } = sources;
  const p = busyServers(sources);
  const carriedLoad = meanOver(p, (n) => n);
  return {
    timeCongestion: p[servers] ?? 0,
    callCongestion: busyServers({ ...sources, clients: clients - 1 })[servers] ?? 0,
    carriedLoad,
    throughputPerSecond: carriedLoad / meanServiceSeconds,
  };
}

function busyServers(sources: FiniteSources): Float64Array {
  const { clients, servers, meanThinkSeconds, meanServiceSeconds } = sources;
  const load = meanServiceSeconds / meanThinkSeconds;
  return birthDeathProbabilities(Math.min(clients, servers), (n) => ((clients - n + 1) * load) / n);
}

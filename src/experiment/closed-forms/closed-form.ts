/** A closed form: what theory says of a station in its steady state, and how soon that state is reached. */
import type { Station } from './station.ts';

export interface ClosedForm {
  /** As the field calls it. */
  readonly name: string;
  /** The relative error that theory itself may have; 0: it is exact. */
  readonly error: number;
  readonly load: Load;
  /** Time in which the system forgets the state that it was in. */
  readonly relaxationSeconds: number;
  /** What has to be seen beside, or the form does not describe this stretch. */
  readonly requires: readonly Requirement[];
  readonly figures: readonly Figure[];
}

/**
 * `all-open`: all connections are open throughout, so that nobody opens one. `nobody-waits`: no request
 * had to wait. `nobody-lost`: none failed, and no client left.
 */
export type Requirement = 'all-open' | 'nobody-waits' | 'nobody-lost';

export interface Figure {
  readonly kind: FigureKind;
  readonly expected: number;
  /** How many requests a second the figure is learnt from: those who wait, those who are lost … */
  readonly eventsPerSecond: number;
}

/**
 * `mean-wait`: seconds, of those who get a connection. `wait-share`: of all requests, those who do not get
 * a connection at once. `lost-share`: of all, those who never get one. `left-share`: of all, those whose client
 * left first. `utilisation`: connections in use ÷ all. `throughput`: connections got, a second.
 */
export type FigureKind =
  'mean-wait' | 'wait-share' | 'lost-share' | 'left-share' | 'utilisation' | 'throughput';

/** Of one instance: load in units of its connections, and what waits can come to. */
export interface Load {
  /** Mean time that a connection is held, in the state that the queue is mostly in. */
  readonly holdSeconds: number;
  readonly scv: number;
  /** Those of the arrivals. */
  readonly dispersion: number;
  readonly memorySeconds: number;
  /** Arrival rate of the instance × mean hold ÷ connections. */
  readonly utilisation: number;
  readonly servers: number;
  /** Nobody waits longer than this; Infinity: nothing bounds waits. */
  readonly longestWaitSeconds: number;
}

/** @param holdSeconds the mean hold, contention included */
export function loadOf(station: Station, holdSeconds: number): Load {
  const { ratePerSecond, instances, servers, waitingPlaces, hold } = station;
  const { dispersion, memorySeconds } = station.arriving;
  const longest = Math.min(station.acquireTimeoutSeconds, station.patienceSeconds);
  return {
    holdSeconds,
    scv: hold.scv,
    dispersion,
    memorySeconds,
    servers,
    utilisation: (ratePerSecond * holdSeconds) / (instances * servers),
    longestWaitSeconds: Math.min(longest, ((waitingPlaces + 1) * holdSeconds) / servers),
  };
}

/**
 * The relaxation time of a queue, roughly. The wait behaves as a random walk with drift ρ − 1 and variance
 * ρ·S·(dispersion + scv)/c a second, kept within 0 … the longest wait: 1/(drift²/2σ² + π²σ²/2T²), which for M/M/c
 * is about the known 1/(cμ(1 − √ρ)²). Below that nothing is forgotten before the holds under way have
 * ended, which last E[S²]/2E[S] longer; and arrivals have to forget too.
 */
export function relaxationSeconds(load: Load): number {
  const { holdSeconds, scv, dispersion, utilisation, servers, longestWaitSeconds } = load;
  const irregular = (dispersion + scv) / 2;
  const rest = holdSeconds * Math.max(1, (1 + scv) / 2);
  const variance = (2 * Math.max(1, utilisation) * holdSeconds * irregular) / servers;
  const drift = 4 * (1 - Math.sqrt(utilisation)) * (1 - Math.sqrt(utilisation));
  const bounded = (Math.PI * Math.PI * variance) / (2 * longestWaitSeconds * longestWaitSeconds);
  const queue = Math.max(1, irregular) / (drift / (2 * variance) + bounded);
  return load.memorySeconds + Math.max(rest, queue);
}

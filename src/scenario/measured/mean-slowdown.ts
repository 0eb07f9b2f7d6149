/**
 * How much slower the database was, on average, when holds were measured: theory, from which the trials
 * start. `usl`: a birth-death chain over the connections held, each working at 1/V(n), whose mean number
 * is that of Little's law. `cores`: processor sharing (M/G/c-PS), exact for Poisson arrivals.
 */
import { slowdownOf } from '../../model/database/contention.ts';
import type { DatabaseSettings } from '../../model/database/settings.ts';
import { SECOND } from '../../engine/time.ts';
import { birthDeathProbabilities, meanOver } from '../../theory/birth-death.ts';
import { processorSharing } from '../../theory/processor-sharing.ts';

/** A stream of requests, with its mean times when nobody slows it down, ns. */
export interface Stream {
  readonly perSecond: number;
  /** Connections × time without work that queries slow down: round trips, reconnections, waits in between. */
  readonly delayNs: number;
  /** Work that is slowed down, and its part that is CPU. */
  readonly workNs: number;
  readonly cpuNs: number;
}

/** One whose whole time is known instead: the hold as measured. */
export interface HeldStream {
  readonly perSecond: number;
  readonly delayNs: number;
  readonly holdNs: number;
  readonly cpu: number;
}

const HALVINGS = 50;
/** A database that would have to be so much slower than alone cannot be told from one that stands. */
const MOST = 1e6;

/**
 * The factor by which work, in `cores` its CPU part, was slowed down: the one at which the work that it
 * leaves of the measured holds brings it about.
 */
export function meanSlowdown(
  database: DatabaseSettings,
  known: readonly Stream[],
  held: readonly HeldStream[],
): number {
  const caused = (slowdown: number) => {
    const streams = held.map((one) => unwoundStream(one, slowdown, database));
    return causedBy(database, [...known, ...streams]);
  };
  let [low, high] = [1, 2];
  while (high < MOST && caused(high) > high) [low, high] = [high, 2 * high];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (caused(middle) > middle) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The stream that, slowed down so, has these holds. */
function unwoundStream(
  { perSecond, delayNs, holdNs, cpu }: HeldStream,
  slowdown: number,
  database: DatabaseSettings,
): Stream {
  const workNs = Math.max(0, holdNs - delayNs) / stretchOf(database, cpu, slowdown);
  return { perSecond, delayNs, workNs, cpuNs: workNs * cpu };
}

/** How much longer work takes of which this share is CPU. */
export function stretchOf({ contention }: DatabaseSettings, cpu: number, slowdown: number): number {
  return contention.kind === 'cores' ? 1 - cpu + cpu * slowdown : slowdown;
}

/** How much these streams slow each other down; Infinity where the cores cannot do it. */
export function causedBy(database: DatabaseSettings, streams: readonly Stream[]): number {
  switch (database.contention.kind) {
    case 'none':
      return 1;
    case 'cores':
      return causedByCores(database.cores, streams);
    case 'usl':
      return causedByHeld(database, database.contention, streams);
  }
}

function causedByCores(servers: number, streams: readonly Stream[]): number {
  const ratePerSecond = sumOf(streams, () => 1);
  const meanServiceSeconds = sumOf(streams, ({ cpuNs }) => cpuNs) / ratePerSecond / SECOND;
  if (meanServiceSeconds === 0) return 1;
  return processorSharing({ ratePerSecond, meanServiceSeconds, servers }).stretch;
}

function causedByHeld(
  database: DatabaseSettings,
  { sigma, kappa }: { readonly sigma: number; readonly kappa: number },
  streams: readonly Stream[],
): number {
  const perSecond = sumOf(streams, () => 1);
  const workNs = sumOf(streams, (s) => s.workNs) / perSecond;
  const delayNs = sumOf(streams, (s) => s.delayNs) / perSecond;
  if (workNs === 0) return 1;
  const slowdown = slowdownOf(database);
  const alone = (perSecond * (workNs + delayNs)) / SECOND;
  const likely = Math.ceil(50 + 4 * alone * slowdown(alone));
  // Beyond its peak the law is slower the more are held, and everybody would be there in the end.
  const peak = kappa === 0 ? Infinity : Math.ceil(Math.sqrt((1 - sigma) / kappa));
  const most = Math.min(likely, Math.max(peak, Math.ceil(1.5 * alone)), MOST_HELD);
  const ratio = (n: number) => (perSecond * (delayNs + workNs * slowdown(n))) / SECOND / n;
  const held = meanOver(birthDeathProbabilities(most, ratio), (n) => n);
  return Math.max(1, ((held / perSecond) * SECOND - delayNs) / workNs);
}

/** Far more than can be unwound; a bound of the work. */
const MOST_HELD = 200_000;

function sumOf(streams: readonly Stream[], of: (stream: Stream) => number): number {
  return streams.reduce((sum, stream) => sum + stream.perSecond * of(stream), 0);
}

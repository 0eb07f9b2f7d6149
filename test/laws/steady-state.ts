// Measures a system in its steady state: figures of the whole run, and their standard errors from the
// scatter between batches.

import { MILLISECOND, SECOND } from '../../src/engine/time.ts';
import type { Snapshot } from '../../src/model/meters/snapshot.ts';
import { POOL_FULL } from '../../src/model/request/failure.ts';
import type { SystemSettings } from '../../src/model/settings.ts';
import type { System } from '../../src/model/system.ts';
import { batchMeans } from '../support/statistics.ts';
import { faultsOf } from '../support/invariants.ts';
import { systemOf } from '../support/small-system.ts';

const BATCHES = 25;

export interface Reading extends Snapshot {
  /** Requests turned away because too many waited for a connection. */
  readonly poolFull: number;
  readonly events: number;
}

/** A figure of a stretch between two readings. */
export type Figure = (from: Reading, to: Reading) => number;

export interface Measured {
  readonly value: number;
  readonly standardError: number;
}

export class SteadyState {
  private readonly readings: Reading[];

  /** Runs one batch to warm up, then 25 of `batchSeconds`. */
  constructor(settings: SystemSettings, seed: string, batchSeconds: number) {
    const system = systemOf(settings, { seed });
    const length = Math.round(batchSeconds * SECOND);
    this.readings = Array.from({ length: BATCHES + 1 }, (_, k) => {
      system.runUntil((k + 1) * length);
      return readingOf(system);
    });
    const faults = faultsOf(system);
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }

  measure(figure: Figure): Measured {
    const first = this.readings[0] as Reading;
    const last = this.readings.at(-1) as Reading;
    const batches = this.readings
      .slice(1)
      .map((reading, k) => figure(this.readings[k] as Reading, reading));
    return { value: figure(first, last), standardError: batchMeans(batches).standardError };
  }
}

function readingOf(system: System): Reading {
  const poolFull = system.services.reduce((sum, s) => sum + (s.meters.failures[POOL_FULL] ?? 0), 0);
  return { ...system.snapshot(), poolFull, events: system.simulation.events };
}

/** Share of those who were not turned away and did not get a connection at once. */
export const waitShare: Figure = (from, to) => {
  const turnedAway = to.poolFull - from.poolFull;
  const asked = grants(from, to) + gone(from, to) - turnedAway;
  return (asked - zeroWaits(from, to)) / asked;
};

/** Mean wait of those who got a connection, ms. */
export const meanWait: Figure = (from, to) => {
  const [a, b] = [from.distributions.acquire, to.distributions.acquire];
  return (b.total - a.total) / (b.count - a.count) / MILLISECOND;
};

/** Mean wait of all who came, whether they got a connection or not, ms. */
export const meanWaitOfAll: Figure = (from, to) =>
  (to.pending - from.pending) / (to.arrived - from.arrived) / MILLISECOND;

/** Mean time in the system of those who were served, ms. */
export const meanResponse: Figure = (from, to) => {
  const [a, b] = [from.distributions.response, to.distributions.response];
  return (b.total - a.total) / (b.count - a.count) / MILLISECOND;
};

/** Mean time that a connection was used, ms. */
export const meanUse: Figure = (from, to) => {
  const [a, b] = [from.distributions.use, to.distributions.use];
  return (b.total - a.total) / (b.count - a.count) / MILLISECOND;
};

/** Share of the values of a distribution that lie in histogram buckets from this one on. */
export function shareFrom(of: 'acquire' | 'response', firstBucket: number): Figure {
  return (from, to) => {
    const [a, b] = [from.distributions[of], to.distributions[of]];
    let beyond = 0;
    for (let i = firstBucket; i < b.counts.length; i++) {
      beyond += (b.counts[i] as number) - (a.counts[i] as number);
    }
    return beyond / (b.count - a.count);
  };
}

export const meanPending: Figure = (from, to) =>
  (to.pending - from.pending) / (to.atNs - from.atNs);
export const meanOwned: Figure = (from, to) => (to.owned - from.owned) / (to.atNs - from.atNs);
export const poolUtilisation: Figure = (from, to) =>
  (to.owned - from.owned) / (to.configured - from.configured);
export const cpuUtilisation: Figure = (from, to) => (to.cpu - from.cpu) / (to.cores - from.cores);
/** Share of those who left without a connection: timed out, or out of patience. */
export const renegedShare: Figure = (from, to) => gone(from, to) / (to.arrived - from.arrived);
export const blockedShare: Figure = (from, to) =>
  (to.poolFull - from.poolFull) / (to.arrived - from.arrived);
export const throughput: Figure = (from, to) =>
  ((to.completed - from.completed) * SECOND) / (to.atNs - from.atNs);
export const meanInSystem: Figure = (from, to) => meanOwned(from, to) + meanPending(from, to);

function grants(from: Reading, to: Reading): number {
  return to.distributions.acquire.count - from.distributions.acquire.count;
}

/** Attempts that got no connection. */
function gone(from: Reading, to: Reading): number {
  return to.acquireFailures - from.acquireFailures + (to.abandoned - from.abandoned);
}

function zeroWaits(from: Reading, to: Reading): number {
  const zeros = (reading: Reading) => reading.distributions.acquire.counts[0] as number;
  return zeros(to) - zeros(from);
}

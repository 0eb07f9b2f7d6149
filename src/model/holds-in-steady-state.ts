/** How long connections are out in a system whose settings stay as they are, by service. */
import type { Histogram } from '../stats/histogram.ts';
import { smoothQuantileOf } from '../stats/histogram.ts';
import type { SystemSettings } from './settings.ts';
import { System } from './system.ts';

/** Holds of one service that ended after the start-up. */
export interface SteadyHolds {
  readonly count: number;
  /** 0 when there are none. */
  readonly meanNs: number;
  /** Linear within the buckets of a histogram, so that changes below their width show; 0 when there are none. */
  readonly quantileNs: (p: number) => number;
  /** Mean wait for a connection. */
  readonly meanWaitNs: number;
}

interface SteadyRun {
  readonly seed: string;
  /** Holds that end before this are left out. */
  readonly fromNs: number;
  readonly toNs: number;
  /** Most requests in flight at once. */
  readonly mostInFlight: number;
}

/**
 * Simulates the settings from an empty system on.
 * @throws SimulationLimit when more than that is in flight
 */
export function holdsInSteadyState(settings: SystemSettings, run: SteadyRun): SteadyHolds[] {
  const { seed, fromNs, toNs, mostInFlight } = run;
  const changes = { changes: [], alerts: [], log: null };
  const system = new System({ settings, ...changes, seed, mostInFlight });
  system.runUntil(fromNs);
  const before = system.services.map(({ meters: { use, acquireWait } }) => {
    return { use: use.copy(), wait: acquireWait.copy() };
  });
  system.runUntil(toNs);
  return system.services.map(({ meters }, i) => {
    const { use, wait } = before[i] as { use: Histogram; wait: Histogram };
    return figuresOf(meters.use.since(use), meters.acquireWait.since(wait));
  });
}

function figuresOf(use: Histogram, wait: Histogram): SteadyHolds {
  return {
    count: use.count,
    meanNs: use.mean ?? 0,
    quantileNs: (p) => smoothQuantileOf(use.counts, use.count, p) ?? 0,
    meanWaitNs: wait.mean ?? 0,
  };
}

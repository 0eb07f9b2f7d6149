/**
 * A run under settings and a rate that stay: how a pool does in the long run, or, beyond what it can
 * serve, how much it serves.
 */
import { SECOND } from '../../engine/time.ts';
import type { DistributionName, Metric } from '../../model/control/settings.ts';
import type { Snapshot } from '../../model/meters/snapshot.ts';
import { metricValue } from '../../model/meters/stretch.ts';
import type { SystemSettings } from '../../model/settings.ts';
import { MOST_IN_FLIGHT, System } from '../../model/system.ts';
import { certify } from '../certificate.ts';
import { expectedArrivals } from '../expected-arrivals.ts';

export interface SteadyInput {
  readonly system: SystemSettings;
  readonly seed: string;
  /** From 1 on; the same requests arrive whatever the settings, and whatever the rate in the same order. */
  readonly replication: number;
  /** How many requests arrive, roughly. */
  readonly requests: number;
  readonly metrics: readonly Metric[];
}

export interface SteadyFigures {
  /** Of each metric; null: nothing was observed, Infinity: the quantile is one that failed. */
  readonly values: readonly (number | null)[];
  readonly arrivedPerSecond: number;
  /** Requests that were worked off, also of clients who had left. */
  readonly servedPerSecond: number;
  /** Share of the pools' connections in use. */
  readonly poolUtilisation: number;
  /** Mean hold of all services, ns; null: none ended. */
  readonly meanHoldNs: number | null;
}

/** The part of a run in which it settles, and nothing is measured. */
const SETTLES = 0.15;

/** Events between two signs of life. */
const EVENTS_A_STEP = 200_000;

/** Requests a second that arrive under settings which stay. */
export function ratePerSecond({ services, database }: SystemSettings): number {
  return services.reduce((sum, each) => sum + expectedArrivals(each, database, 0, SECOND), 0);
}

/** @throws SimulationLimit when the run cannot go on */
export function* steadyRun(input: SteadyInput): Generator<number, SteadyFigures, undefined> {
  const { system: settings, seed, replication, requests, metrics } = input;
  const lengthNs = Math.ceil((requests / ratePerSecond(settings)) * SECOND);
  const system = new System({
    settings,
    changes: [],
    alerts: [],
    seed: `${seed}/steady-${String(replication)}`,
    mostInFlight: MOST_IN_FLIGHT,
    log: null,
    asked: new Set(metrics.flatMap(distributionOf)),
  });
  while (!system.runUntil(Math.ceil(lengthNs * SETTLES), EVENTS_A_STEP)) yield system.arrived;
  const from = readingOf(system);
  while (!system.runUntil(lengthNs, EVENTS_A_STEP)) yield system.arrived;
  const to = readingOf(system);
  requireSound(system);
  return figuresBetween(from, to, metrics);
}

function distributionOf(metric: Metric): DistributionName[] {
  return metric.kind === 'percentile' ? [metric.of] : [];
}

interface Reading {
  readonly snapshot: Snapshot;
  readonly wasted: number;
}

function readingOf(system: System): Reading {
  const wasted = system.services.reduce((sum, { meters }) => sum + meters.wastedAttempts, 0);
  return { snapshot: system.snapshot(), wasted };
}

function figuresBetween(from: Reading, to: Reading, metrics: readonly Metric[]): SteadyFigures {
  const [a, b] = [from.snapshot, to.snapshot];
  const seconds = (b.atNs - a.atNs) / SECOND;
  const served = b.completed - a.completed + (to.wasted - from.wasted);
  const total = (of: (hold: Snapshot['holds'][number]) => number) =>
    sum(b.holds.map(of)) - sum(a.holds.map(of));
  const holds = total(({ count }) => count);
  return {
    values: metrics.map((metric) => metricValue(metric, a, b)),
    arrivedPerSecond: (b.arrived - a.arrived) / seconds,
    servedPerSecond: served / seconds,
    poolUtilisation: (b.owned - a.owned) / Math.max(1, b.configured - a.configured),
    meanHoldNs: holds === 0 ? null : total((hold) => hold.total) / holds,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

/** @throws Error when the run's own books do not balance: our fault */
export function requireSound(system: System): void {
  const { checks, holds } = certify(system);
  if (holds) return;
  const broken = checks.filter((check) => check.exact && !check.holds).map(({ name }) => name);
  throw new Error(`bug: the certificate does not hold: ${broken.join(', ')}`);
}

/** One run of a scenario: simulate it, watch it, and write down the result. */
import type { DatabaseSettings } from '../model/database/settings.ts';
import type { EventLog } from '../model/event-log.ts';
import type { ServiceTimes } from '../model/meters/service-times.ts';
import type { Snapshot } from '../model/meters/snapshot.ts';
import type { ServiceSettings } from '../model/service/settings.ts';
import { SimulationLimit } from '../model/simulation-limit.ts';
import { MOST_IN_FLIGHT, System } from '../model/system.ts';
import { MILLISECOND, SECOND } from '../engine/time.ts';
import { formatClock, formatIso } from '../scenario/clock.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { askedOf } from './asked.ts';
import { isCpuFull, isPoolerFull, onsetOf, stationOf } from './bottleneck.ts';
import { certify } from './certificate.ts';
import { ClosedForms } from './closed-forms/closed-forms.ts';
import { judgeObjectives } from './judge.ts';
import { reasonsOf } from './mechanism/find-mechanism.ts';
import { PoolCourse } from './pool-course.ts';
import { poolerSummary } from './pooler-summary.ts';
import { productSummary } from './product.ts';
import { readableLog } from './readable-log.ts';
import { Recorder } from './recorder.ts';
import type { AlertFiring, RunResult } from './result.ts';
import { rounded } from './rounding.ts';
import { seriesOf, type SeriesRow } from './series.ts';
import { changesOf, expectedRequests } from './settings-history.ts';
import { outageFigures, phaseFigures, timelineResults } from './stretch-figures.ts';
import { steadyOf } from './steady-state.ts';
import * as summary from './summary.ts';
import { WarmUp } from './warm-up.ts';
import { type Cut, cutRun } from './windows.ts';

/** How far a run has come. */
export interface Progress {
  readonly simulatedNs: number;
  readonly durationNs: number;
  /** Requests that have arrived, and the number expected in all. */
  readonly requests: number;
  readonly totalRequests: number;
  /** Which of how many replications this is, so far as is known; all figures above are over all of them. */
  readonly replication?: { readonly number: number; readonly of: number };
}

export interface RunOptions {
  /** Instead of the scenario's. */
  readonly seed?: string;
  /** Which replication, from 1 on: each has random numbers of its own, the same for every setting. */
  readonly replication?: number;
  /** Most requests in flight at once. */
  readonly maxInFlight?: number;
  /** Writes the first so many events, a line each. */
  readonly eventLog?: { readonly first: number; readonly write: (line: string) => void };
}

/** Those who watch a run. */
interface Observers {
  readonly cut: Cut;
  readonly recorder: Recorder;
  readonly course: PoolCourse;
  readonly warmUp: WarmUp;
  readonly closedForms: ClosedForms;
}

/** What rounding may add to a full processor. */
const OVER = 1e-9;

/** Between two steps of progress at most this many events are simulated: some milliseconds. */
const EVENTS_A_STEP = 50_000;

/**
 * Simulates a scenario; yields now and then, so that a caller can show progress or stop.
 * @throws SimulationLimit when too much is in flight or time stands still: the scenario's fault
 */
export function* simulate(
  scenario: Scenario,
  options: RunOptions = {},
): Generator<Progress, RunResult, undefined> {
  const seed = options.seed ?? scenario.seed;
  const system = new System({
    settings: scenario.system,
    changes: changesOf(scenario),
    alerts: scenario.alerts,
    seed: `${seed}/rep-${String(options.replication ?? 1)}`,
    mostInFlight: options.maxInFlight ?? MOST_IN_FLIGHT,
    log: logOf(scenario, options),
    asked: askedOf(scenario),
  });
  const cut = cutRun(scenario);
  const recorder = new Recorder(scenario, cut, system.snapshot());
  const observers = {
    cut,
    recorder,
    course: new PoolCourse(system),
    warmUp: new WarmUp(scenario, cut),
    closedForms: new ClosedForms(scenario),
  };
  try {
    yield* watch(system, scenario, observers);
  } catch (error) {
    throw withClock(error, scenario);
  }
  return resultOf(system, scenario, seed, observers);
}

function logOf(scenario: Scenario, { eventLog }: RunOptions): EventLog | null {
  return eventLog === undefined ? null : readableLog(scenario, eventLog.first, eventLog.write);
}

/** Runs to each of the cut's instants, in steps small enough to show progress. */
function* watch(
  system: System,
  scenario: Scenario,
  { cut, recorder, course, warmUp, closedForms }: Observers,
): Generator<Progress, void, undefined> {
  const { durationNs } = scenario;
  const totalRequests = expectedRequests(scenario);
  const progress = (): Progress => ({
    simulatedNs: system.simulation.now,
    durationNs,
    requests: system.arrived,
    totalRequests,
  });
  for (const instant of cut.instants.slice(1)) {
    for (const early of closedForms.instantsUntil(instant)) {
      while (!system.runUntil(early, EVENTS_A_STEP)) yield progress();
      closedForms.record(system);
    }
    while (!system.runUntil(instant, EVENTS_A_STEP)) yield progress();
    yield progress();
    recorder.record(system.snapshot());
    if (instant % cut.windowNs === 0 || instant === durationNs) course.record(system);
    warmUp.record(system);
  }
}

function resultOf(
  system: System,
  scenario: Scenario,
  seed: string,
  { cut, recorder, course, warmUp, closedForms }: Observers,
): RunResult {
  const { services } = system;
  const { durationNs } = scenario;
  const { rows } = recorder;
  const { times, endNs: warmNs } = warmUp.after(system, rows, cut);
  const onset = onsetOf(system, scenario, rows);
  const requests = summary.requestCounts(services);
  const failures = summary.failureCounts(services);
  const ledgerMs = summary.ledgerMeans(times);
  const configured = scenario.system.services.map((s) => s.instances * s.pool.max);
  const connections = configured.reduce((a, b) => a + b, 0);
  const pool = summary.poolSummary(services, connections, durationNs);
  const poolerIsFull = isPoolerFull(rows);
  const station = stationOf({
    failures,
    ledgerMs,
    hasOnset: onset !== null,
    abandonedShare: requests.abandoned / Math.max(1, requests.arrived),
    poolUtilisation: pool.utilisation ?? 0,
    cpuIsFull: isCpuFull(scenario, rows),
    poolerIsFull,
    poolerRefused: system.pooler?.slots.refused ?? 0,
  });
  return {
    format: 1,
    scenario: { name: scenario.name, title: scenario.title, hash: scenario.hash },
    seed,
    replications: 1,
    start: formatIso(scenario, 0),
    end: formatIso(scenario, durationNs),
    ...(warmNs === 0 ? {} : { warmupSeconds: rounded(warmNs / SECOND) }),
    requests,
    attempts: services.reduce((sum, s) => sum + s.meters.attempts, 0),
    failures,
    response: summary.distribution(times.map((t) => t.response)),
    acquireWait: summary.distribution(times.map((t) => t.acquireWait)),
    use: summary.distribution(times.map((t) => t.use)),
    opening: summary.distribution(times.map((t) => t.opening)),
    goodput: { perSecond: summary.goodput(services, durationNs) },
    wastedWork: summary.wastedWork(services),
    pool,
    database: {
      ...databaseSummary(system, { rows, at: recorder.at(durationNs) }),
      ...(services.length === 1 ? {} : { admits: admittedBy(scenario.system.database) }),
    },
    ...(system.pooler === null
      ? {}
      : { pooler: poolerSummary(system.pooler, scenario, deniedByPooler(services)) }),
    ledgerMs,
    bottleneck: {
      onset,
      ...reasonsOf(system, scenario, { course, rows, failures, poolerIsFull, station }),
    },
    services: serviceSummaries(system, scenario, times, rows),
    series: seriesOf(rows, cut, scenario),
    alerts: firings(system, scenario),
    timeline: timelineResults(scenario, recorder),
    phases: phaseFigures(scenario, recorder),
    outage: outageFigures(scenario, recorder, onset === null ? Infinity : system.onsetNs),
    objectives: judgeObjectives(scenario, recorder),
    steady: steadyOf(scenario, recorder.grid, rows),
    provenance: scenario.provenance,
    certificate: certify(system, closedForms.checks()),
  };
}

function deniedByPooler(services: System['services']): number {
  return services.reduce((sum, { meters }) => sum + meters.poolerDenials, 0);
}

function databaseSummary(
  { database: { slots } }: System,
  { rows, at }: { rows: readonly SeriesRow[]; at: Snapshot | null },
): RunResult['database'] {
  return {
    utilisation: at === null ? 0 : rounded(at.cpu / at.cores),
    overCpu: rows.some((row) => row.databaseUtilisation > 1 + OVER),
    peakConnections: slots.peak,
    refused: slots.refused,
  };
}

function admittedBy(settings: DatabaseSettings): number | null {
  const { maxConnections, reservedConnections, otherConnections } = settings;
  if (maxConnections === Infinity) return null;
  return maxConnections - reservedConnections - otherConnections;
}

function serviceSummaries(
  { services, onsetNs }: System,
  scenario: Scenario,
  times: readonly ServiceTimes[],
  rows: readonly SeriesRow[],
): RunResult['services'] {
  const filledNs = onsetNs === Infinity ? 0 : onsetNs;
  return services.map((service, i) => {
    const { instances, pool } = scenario.system.services[i] as ServiceSettings;
    const now = scenario.durationNs;
    const ended = { service, times: times[i] as ServiceTimes, now, rows, filledNs };
    const fleet = { maxAtStart: instances * pool.max, isOnly: services.length === 1 };
    return summary.serviceSummary(ended, fleet, productSummary(scenario, ended));
  });
}

function firings(system: System, scenario: Scenario): AlertFiring[] {
  return system.firings.map(({ rule, instance, firedAtNs, resolvedAtNs }) => ({
    name: rule.name,
    kind: rule.kind,
    ...(instance === null ? {} : { instance }),
    firedAt: formatIso(scenario, firedAtNs),
    resolvedAt: resolvedAtNs === null ? null : formatIso(scenario, resolvedAtNs),
  }));
}

/** The model knows no clock: the moment is added here. */
function withClock(error: unknown, scenario: Scenario): unknown {
  if (!(error instanceof SimulationLimit)) return error;
  const ms = String(Math.floor((error.atNs % SECOND) / MILLISECOND)).padStart(3, '0');
  const moment = `${formatClock(scenario, error.atNs)}.${ms}`;
  return new SimulationLimit(error.code, error.atNs, `at ${moment} ${error.message}`);
}

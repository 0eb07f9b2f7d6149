/**
 * A what-if: the run as it was until some minutes into the overload, so that the backlog stands; then a
 * change; then, when it has settled, a measurement. Always on the same requests, and as short as what the
 * system remembers allows: a backlog in which nobody waits longer than some seconds stands after some of
 * them, and a minute of it tells the change nothing more.
 */
import { MILLISECOND, MINUTE, SECOND } from '../engine/time.ts';
import type { DistributionName } from '../model/control/settings.ts';
import { MeterReader, type Snapshot } from '../model/meters/snapshot.ts';
import { errorShare, quantileNs } from '../model/meters/stretch.ts';
import { CONTENTION } from '../model/request/stage.ts';
import type { SystemSettings } from '../model/settings.ts';
import { MOST_IN_FLIGHT, System } from '../model/system.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { laterSettings } from './later-clock.ts';
import type { Distribution } from './result.ts';
import { rounded, roundedOrNull } from './rounding.ts';
import type { Connections } from './same-outcome.ts';

/** The instants of a what-if, ns after the start of the scenario's run. */
export interface WhatIfPlan {
  readonly fromNs: number;
  readonly changeNs: number;
  readonly measureNs: number;
  readonly toNs: number;
  /** Seed of the run that is questioned. */
  readonly seed: string;
}

/** Of several services each figure is that of the one that fares worst: a large one must not hide a small. */
export interface WhatIfFigures {
  readonly errors: number | null;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly contentionShare: number;
}

/** What a what-if found out. */
export interface Outcome {
  readonly figures: WhatIfFigures;
  readonly connections: Connections;
}

const LEAD_IN = MINUTE;
const BUILD_UP = 2 * MINUTE;
const SETTLE = 30 * SECOND;
const MEASURE = 2 * MINUTE;
/** The distributions whose quantiles are looked at. */
const ASKED: ReadonlySet<DistributionName> = new Set(['response']);
/** A system has forgotten how it began after so many of its longest ordinary responses. */
const FORGETS = 4;

/**
 * How long before the change a what-if has to begin for its backlog to be what it would be anyway: as long
 * as it takes to forget the start. Infinity where retries or users carry the past on, or nothing bounds it.
 * @param use how long connections were out in the run that is questioned
 */
export function memoryNs({ services }: SystemSettings, use: Distribution): number {
  const carriesOn = services.some(
    ({ client, traffic, concurrency }) =>
      client.retryAttempts > 0 || traffic.users !== null || concurrency < Infinity,
  );
  if (carriesOn || use.p999Ms === null) return Infinity;
  const wait = services.reduce((sum, { pool }) => sum + pool.acquireTimeoutNs, 0);
  return FORGETS * (wait + use.p999Ms * MILLISECOND);
}

/**
 * From a minute before the onset, or as late as memory allows; the change two minutes after the onset;
 * measured for two minutes when half a minute has passed. In shorter runs in proportion; null when less
 * than a second would be left.
 * @param memory ns; see `memoryNs`
 */
export function planWhatIf(
  scenario: Scenario,
  onsetNs: number,
  seed: string,
  memory: number,
): WhatIfPlan | null {
  const left = scenario.durationNs - onsetNs;
  const scale = Math.min(1, left / (BUILD_UP + SETTLE + MEASURE));
  if (!(left > SECOND)) return null;
  const changeNs = Math.round(onsetNs + BUILD_UP * scale);
  const measureNs = Math.round(changeNs + SETTLE * scale);
  return {
    fromNs: Math.round(Math.max(0, onsetNs - LEAD_IN * Math.max(scale, 0.1), changeNs - memory)),
    changeNs,
    measureNs,
    seed,
    toNs: Math.min(scenario.durationNs, Math.round(measureNs + MEASURE * scale)),
  };
}

/** A what-if that has come to its measurement, which may be looked at before it ends. */
export class WhatIf {
  private readonly plan: WhatIfPlan;
  private readonly system: System;
  private readonly readers: readonly MeterReader[];
  private readonly from: Figures;

  /**
   * @param before settings from its start on
   * @param after settings from the change on; null: nothing changes
   */
  constructor(plan: WhatIfPlan, before: SystemSettings, after: SystemSettings | null) {
    this.plan = plan;
    this.system = systemOf(plan, before, after);
    this.readers = readersOf(this.system);
    this.system.runUntil(plan.measureNs - plan.fromNs);
    this.from = readFigures(this.system, this.readers);
  }

  /** What is found from the beginning of the measurement up to an instant, not before one asked for earlier. */
  upTo(ns: number): Outcome {
    const { plan, system, readers, from } = this;
    system.runUntil(ns - plan.fromNs);
    const { peak, refused } = system.database.slots;
    const figures = figuresBetween(from, readFigures(system, readers));
    return { figures, connections: { peak, refused } };
  }
}

/** The whole of a what-if at once. */
export function whatIf(
  plan: WhatIfPlan,
  before: SystemSettings,
  after: SystemSettings | null,
): Outcome {
  return new WhatIf(plan, before, after).upTo(plan.toNs);
}

function systemOf(plan: WhatIfPlan, before: SystemSettings, after: SystemSettings | null): System {
  const atNs = plan.changeNs - plan.fromNs;
  const changed = after === null ? [] : [laterSettings(after, plan.fromNs)];
  return new System({
    settings: laterSettings(before, plan.fromNs),
    changes: changed.map((settings) => ({ kind: 'set' as const, atNs, settings })),
    alerts: [],
    seed: `${plan.seed}/what-if`,
    mostInFlight: MOST_IN_FLIGHT,
    log: null,
    takesTurns: false,
  });
}

/** One for each service. */
function readersOf({ services, database, pooler }: System): MeterReader[] {
  return services.map((service) => new MeterReader([service], database, pooler, ASKED));
}

interface Figures {
  /** Of each service. */
  readonly snapshots: readonly Snapshot[];
  readonly contention: number;
}

function readFigures(system: System, readers: readonly MeterReader[]): Figures {
  const contention = system.services.reduce(
    (sum, { meters }) => sum + (meters.ledger[CONTENTION]?.value ?? 0),
    0,
  );
  const { now } = system.simulation;
  return { snapshots: readers.map((reader) => reader.read(now)), contention };
}

function figuresBetween(from: Figures, to: Figures): WhatIfFigures {
  const pairs = to.snapshots.map((later, i) => [from.snapshots[i] as Snapshot, later] as const);
  const worst = (read: (from: Snapshot, to: Snapshot) => number | null): number | null => {
    const figures = pairs.map(([earlier, later]) => read(earlier, later));
    const known = figures.filter((figure) => figure !== null);
    return known.length === 0 ? null : Math.max(...known);
  };
  const ms = (p: number) => {
    const ns = worst((earlier, later) => quantileNs(earlier, later, 'response', p));
    return roundedOrNull(ns === null ? null : ns / MILLISECOND);
  };
  const held = pairs.reduce((sum, [a, b]) => sum + usedBetween(a, b), 0);
  return {
    errors: roundedOrNull(worst(errorShare)),
    p50Ms: ms(0.5),
    p99Ms: ms(0.99),
    contentionShare: held === 0 ? 0 : rounded((to.contention - from.contention) / held),
  };
}

function usedBetween(from: Snapshot, to: Snapshot): number {
  return to.distributions.use.total - from.distributions.use.total;
}

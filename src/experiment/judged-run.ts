/**
 * A run of which one wants to know whether it meets the objectives, and hardly anything else: it may end
 * as soon as one is surely missed, or at an instant before the end.
 */
import { MILLISECOND } from '../engine/time.ts';
import type { DistributionName } from '../model/control/settings.ts';
import type { Snapshot } from '../model/meters/snapshot.ts';
import { errorShare, holds, metricValue, quantileNs } from '../model/meters/stretch.ts';
import { MOST_IN_FLIGHT, System } from '../model/system.ts';
import type { Objective, Scenario } from '../scenario/scenario.ts';
import { changesOf } from './settings-history.ts';
import { requireSound } from './steady/steady-run.ts';
import { cutRun } from './windows.ts';
import { WorstWindow } from './worst-window.ts';

export interface JudgedInput {
  readonly scenario: Scenario;
  readonly seed: string;
  /** From 1 on. The same random numbers as those of `run`, whatever the settings. */
  readonly replication: number;
  /** It ends here, as if the scenario did; left out: at the scenario's end. */
  readonly untilNs?: number;
  /** Whether it ends as soon as an objective is missed whatever comes. */
  readonly stopsWhenMissed: boolean;
  /** Only when the value is beyond its limit by this share of it; left out: at once. */
  readonly stopsBeyond?: number;
}

export interface JudgedRun {
  /** Of each objective, in its unit; null: nothing was observed, Infinity: too many failed. */
  readonly values: readonly (number | null)[];
  readonly met: boolean;
  /** How far it was simulated. */
  readonly endedNs: number;
  /** Whether it ended early since an objective was missed. */
  readonly isCutShort: boolean;
  readonly arrived: number;
  /** Failed and abandoned, of those that ended; null: none did. */
  readonly errors: number | null;
  /** Of those that were answered. */
  readonly p99Ms: number | null;
  /** From the first to the last window in which a backlog stood; null: in none. */
  readonly backlog: { readonly fromNs: number; readonly toNs: number } | null;
}

/** Events between two signs of life. */
const EVENTS_A_STEP = 200_000;
/** A backlog: on average at least one waits, and one for so many connections. */
const CONNECTIONS_A_WAITER = 2;

/** @throws SimulationLimit when the run cannot go on */
export function* judgedRun(input: JudgedInput): Generator<number, JudgedRun, undefined> {
  const { scenario, seed, replication, untilNs = scenario.durationNs } = input;
  const system = new System({
    settings: scenario.system,
    changes: changesOf(scenario),
    alerts: [],
    seed: `${seed}/rep-${String(replication)}`,
    mostInFlight: MOST_IN_FLIGHT,
    log: null,
    asked: new Set<DistributionName>([
      'response',
      ...scenario.objectives.flatMap(({ condition: { metric } }) =>
        metric.kind === 'percentile' ? [metric.of] : [],
      ),
    ]),
  });
  const cut = cutRun(scenario);
  const judge = new Judge(scenario, system.snapshot(), cut.windowNs);
  const beyond = input.stopsBeyond ?? 0;
  for (const instant of cut.instants.slice(1)) {
    const at = Math.min(instant, untilNs);
    while (!system.runUntil(at, EVENTS_A_STEP)) yield system.arrived;
    judge.take(system.snapshot());
    if (at === untilNs || (input.stopsWhenMissed && judge.isLost(beyond))) break;
  }
  requireSound(system);
  return judge.result(untilNs);
}

class Judge {
  private readonly objectives: readonly Objective[];
  private readonly worst: readonly (WorstWindow | null)[];
  /** At the ends of stretches. */
  private readonly kept = new Map<number, Snapshot>();
  private readonly wanted: ReadonlySet<number>;
  private readonly first: Snapshot;
  private last: Snapshot;
  private readonly windowNs: number;
  private windowStart: Snapshot;
  private backlog: JudgedRun['backlog'] = null;

  constructor({ objectives, durationNs }: Scenario, first: Snapshot, windowNs: number) {
    this.objectives = objectives;
    this.worst = objectives.map(({ scope, condition }) =>
      scope.kind === 'worst-window' ? new WorstWindow(condition, scope.windowNs, durationNs) : null,
    );
    this.wanted = new Set(
      objectives.flatMap(({ scope }) =>
        scope.kind === 'during' ? [scope.fromNs, scope.toNs] : [],
      ),
    );
    this.first = first;
    this.windowNs = windowNs;
    this.windowStart = first;
    this.last = first;
    this.take(first);
  }

  take(reading: Snapshot): void {
    this.last = reading;
    if (this.wanted.has(reading.atNs)) this.kept.set(reading.atNs, reading);
    for (const worst of this.worst) worst?.take(reading);
    if (reading.atNs % this.windowNs !== 0 || reading === this.windowStart) return;
    this.lookForBacklog(this.windowStart, reading);
    this.windowStart = reading;
  }

  private lookForBacklog(from: Snapshot, to: Snapshot): void {
    const waited = to.pending - from.pending;
    const connections = to.configured - from.configured;
    if (waited < Math.max(to.atNs - from.atNs, connections / CONNECTIONS_A_WAITER)) return;
    this.backlog = { fromNs: this.backlog?.fromNs ?? from.atNs, toNs: to.atNs };
  }

  /** Whether an objective is missed, by this share of its limit, that nothing can mend any more. */
  isLost(beyond: number): boolean {
    return this.objectives.some((objective, i) => {
      const isFinal =
        objective.scope.kind === 'worst-window' ||
        (objective.scope.kind === 'during' && this.last.atNs >= objective.scope.toNs);
      return isFinal && !isMet(widened(objective, beyond), this.valueOf(objective, i));
    });
  }

  /** Of what has been seen so far. */
  private valueOf({ scope, condition }: Objective, i: number): number | null {
    const worst = this.worst[i] ?? null;
    if (worst !== null) return worst.value;
    const fromNs = scope.kind === 'during' ? scope.fromNs : 0;
    const from = fromNs === 0 ? this.first : this.kept.get(fromNs);
    const to = (scope.kind === 'during' ? this.kept.get(scope.toNs) : undefined) ?? this.last;
    return from === undefined ? null : metricValue(condition.metric, from, to);
  }

  result(untilNs: number): JudgedRun {
    const { first, last, backlog } = this;
    const values = this.objectives.map((objective, i) => this.valueOf(objective, i));
    const p99Ns = quantileNs(first, last, 'response', 0.99);
    return {
      values,
      met: this.objectives.every((objective, i) => isMet(objective, values[i] ?? null)),
      endedNs: last.atNs,
      isCutShort: last.atNs < untilNs,
      arrived: last.arrived,
      errors: errorShare(first, last),
      p99Ms: p99Ns === null ? null : p99Ns / MILLISECOND,
      backlog,
    };
  }
}

/** With a limit that is further off by this share of it. */
function widened(objective: Objective, by: number): Objective {
  const { condition } = objective;
  const factor = condition.comparison.startsWith('<') ? 1 + by : 1 / (1 + by);
  return { ...objective, condition: { ...condition, limit: condition.limit * factor } };
}

/** As objectives are judged: what nothing was observed of is met. */
function isMet({ condition }: Objective, value: number | null): boolean {
  return value === null || holds(condition, value);
}

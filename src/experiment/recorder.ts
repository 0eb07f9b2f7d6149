/**
 * Reads the running system's meters at the cut's instants and keeps what the result needs: rows of the
 * series, bins of the outage, the readings at named instants, and the worst windows of objectives.
 * All other readings are let go.
 */
import type { Snapshot } from '../model/meters/snapshot.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { type Bin, binOf } from './outage.ts';
import { rowOf, type SeriesRow } from './series.ts';
import { isStationary } from './stability.ts';
import { BESIDE_ENTRY_NS, type Cut } from './windows.ts';
import { WorstWindow } from './worst-window.ts';

export class Recorder {
  readonly rows: SeriesRow[] = [];
  readonly bins: Bin[] = [];
  /** One for each objective; null when it is not judged on its worst window. */
  readonly worst: readonly (WorstWindow | null)[];
  /** Readings at the instants of the cut's grid. */
  readonly grid: Snapshot[] = [];
  private readonly cut: Cut;
  private readonly durationNs: number;
  private readonly wanted: ReadonlySet<number>;
  private readonly onGrid: ReadonlySet<number>;
  private readonly kept = new Map<number, Snapshot>();
  private readonly first: Snapshot;
  private windowStart: Snapshot;
  private binStart: Snapshot;

  /** @param first the reading at the start of the run */
  constructor(scenario: Scenario, cut: Cut, first: Snapshot) {
    this.cut = cut;
    this.durationNs = scenario.durationNs;
    this.wanted = wantedInstants(scenario);
    this.onGrid = new Set(isStationary(scenario) ? cut.grid : []);
    this.first = first;
    this.windowStart = first;
    this.binStart = first;
    this.worst = scenario.objectives.map(({ scope, condition }) =>
      scope.kind === 'worst-window'
        ? new WorstWindow(condition, scope.windowNs, scenario.durationNs)
        : null,
    );
    this.keep(first);
  }

  /** Takes the reading at one of the cut's instants. */
  record(reading: Snapshot): void {
    const at = reading.atNs;
    const isEnd = at === this.durationNs;
    this.keep(reading);
    if (at % this.cut.windowNs === 0 || isEnd) {
      this.rows.push(rowOf(this.windowStart, reading));
      this.windowStart = reading;
    }
    if (at % this.cut.binNs === 0 || isEnd) {
      this.bins.push(binOf(this.first, this.binStart, reading));
      this.binStart = reading;
    }
  }

  /** The reading at an instant that the scenario names; null outside the run. */
  at(atNs: number): Snapshot | null {
    return this.kept.get(atNs) ?? null;
  }

  private keep(reading: Snapshot): void {
    if (this.wanted.has(reading.atNs)) this.kept.set(reading.atNs, reading);
    if (this.onGrid.has(reading.atNs)) this.grid.push(reading);
    for (const worst of this.worst) worst?.take(reading);
  }
}

/** The run's ends, the timeline's entries with five minutes around them, the ends of `during`. */
function wantedInstants(scenario: Scenario): Set<number> {
  const { durationNs, timeline, objectives } = scenario;
  const entries = timeline.flatMap(({ atNs }) => [
    atNs,
    Math.max(0, atNs - BESIDE_ENTRY_NS),
    Math.min(durationNs, atNs + BESIDE_ENTRY_NS),
  ]);
  const stretches = objectives.flatMap(({ scope }) =>
    scope.kind === 'during' ? [scope.fromNs, scope.toNs] : [],
  );
  return new Set([0, durationNs, ...entries, ...stretches]);
}

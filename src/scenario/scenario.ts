/** A scenario after parsing: everything that a run needs, validated and in inner units. */
import type { AlertSettings, Condition } from '../model/control/settings.ts';
import type { SystemSettings } from '../model/settings.ts';
import type { FileContents } from './files.ts';

export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** Simulated clock at the start of the run, as milliseconds since 1970 (UTC). */
  readonly startMs: number;
  /** Offset of the scenario's `timezone` from UTC in minutes; added when clock times are read or printed. */
  readonly utcOffsetMinutes: number;
  readonly durationNs: number;
  /** Before this, times are not measured; shorter than the run. `auto`: found when the run has ended. */
  readonly warmupNs: number | 'auto';
  /** Text or number from the file, as text. */
  readonly seed: string;
  readonly system: SystemSettings;
  readonly objectives: readonly Objective[];
  readonly alerts: readonly AlertSettings[];
  /** In order of time. */
  readonly timeline: readonly TimelineEntry[];
  /** In the order of the file. */
  readonly provenance: readonly ProvenanceEntry[];
  readonly readings: readonly FactReading[];
  /** SHA-256 (hex) of the resolved scenario with the contents of its files, without its seed. */
  readonly hash: string;
  /** The document as plain values, as written by the user (after `--set`): what `vary` edits. */
  readonly document: ScenarioDocument;
  /** The files that it names, by their paths as written, with what they held when it was read. */
  readonly files: ReadonlyMap<string, FileContents>;
}

/** A scenario file's content as plain values (maps, lists, strings, numbers). */
export type ScenarioDocument = Readonly<Record<string, unknown>>;

/** Where an objective is judged: on the worst window of this length, on a stretch, or on the whole run. */
export type ObjectiveScope =
  | { readonly kind: 'worst-window'; readonly windowNs: number }
  | { readonly kind: 'during'; readonly fromNs: number; readonly toNs: number }
  | { readonly kind: 'run' };

export interface Objective {
  /** As the user wrote it. */
  readonly text: string;
  readonly condition: Condition;
  readonly scope: ObjectiveScope;
}

/** Something that people did. An entry without `settings`, `restart` and `outage` is a note. */
export interface TimelineEntry {
  readonly atNs: number;
  readonly title: string;
  /** The paths that the entry sets, with the values as written. */
  readonly set: Readonly<Record<string, unknown>>;
  /** The complete settings from then on; null when the entry sets nothing. */
  readonly settings: SystemSettings | null;
  readonly restart: { readonly service: number; readonly eachNs: number } | null;
  /** The database drops all connections and refuses new ones for a while. */
  readonly outage: { readonly lastsNs: number; readonly isSilent: boolean } | null;
}

export type Grade = 'stated' | 'derived' | 'assumed' | 'fitted' | 'predicted';

export interface ProvenanceEntry {
  /** A path of the scenario (`service.pool.max`), or a free statement: whatever holds a space. */
  readonly path: string;
  readonly grade: Grade;
  readonly note: string;
}

/** One of the things that a stated fact can mean, and what would follow from it. */
export interface FactReading {
  readonly reading: string;
  readonly implies: string;
  readonly inReplay: string;
}

/** A scenario without those changes of its timeline that would undo what somebody varies. */
import { locate } from './document-path.ts';
import { isList, isMap, startsWith, type Path, type PlainMap } from './path.ts';
import type { Scenario, ScenarioDocument } from './scenario.ts';
import { resolveAgain } from './vary.ts';

/** What an entry of the timeline no longer sets. */
export interface LeftOut {
  /** Nanoseconds after the start. */
  readonly atNs: number;
  readonly title: string;
  /** As the entry writes them. */
  readonly paths: readonly string[];
}

/**
 * The scenario without what its timeline sets at these paths, above them or inside them, and what was left
 * out. All else of an entry stays; one that sets nothing more is a note.
 */
export function withoutSetsOf(
  scenario: Scenario,
  paths: readonly string[],
): { readonly scenario: Scenario; readonly leftOut: readonly LeftOut[] } {
  const { document } = scenario;
  const varied = paths.flatMap((path) => placesOf(document, path));
  const touches = (path: string) =>
    placesOf(document, path).some((place) =>
      varied.some((other) => startsWith(place, other) || startsWith(other, place)),
    );
  const dropped = scenario.timeline.map(({ set }) => Object.keys(set).filter(touches));
  if (dropped.every((keys) => keys.length === 0)) return { scenario, leftOut: [] };
  const again = resolveAgain(scenario, without(document, dropped), (path, _code, message) => {
    throw new Error(`bug: without ${paths.join(', ')} the timeline is wrong: ${path}: ${message}`);
  });
  if (!again.ok) throw new Error('bug: with less in its timeline the scenario is wrong');
  const leftOut = scenario.timeline.flatMap(({ atNs, title }, i): LeftOut[] => {
    const gone = dropped[i] ?? [];
    return gone.length === 0 ? [] : [{ atNs, title, paths: gone }];
  });
  return { scenario: again.scenario, leftOut };
}

function placesOf(document: unknown, path: string): Path[] {
  const place = locate(document, path);
  return place.ok ? [place.value] : [];
}

/** @param dropped for each entry of the timeline, the keys of its `set` that go */
function without(
  document: ScenarioDocument,
  dropped: readonly (readonly string[])[],
): ScenarioDocument {
  const { timeline, provenance } = document;
  if (!isList(timeline)) return document;
  const entries = timeline.map((entry, i) => withoutKeys(entry as PlainMap, dropped[i] ?? []));
  const graded = isMap(provenance) ? { provenance: stillGraded(provenance, entries) } : {};
  return { ...document, timeline: entries, ...graded };
}

function withoutKeys(entry: PlainMap, gone: readonly string[]): PlainMap {
  const { set, ...rest } = entry;
  if (!isMap(set)) return entry;
  const kept = Object.entries(set).filter(([path]) => !gone.includes(path));
  return kept.length === 0 ? rest : { ...rest, set: Object.fromEntries(kept) };
}

/** Grades of what is no longer there lead nowhere. */
function stillGraded(provenance: PlainMap, entries: readonly PlainMap[]): PlainMap {
  const isThere = (key: string) => {
    const [, index, path] = /^timeline\[(\d+)\]\.set(?:\.(.+))?$/.exec(key) ?? [];
    if (index === undefined) return true;
    const set = entries[Number(index)]?.['set'];
    return isMap(set) && (path === undefined || Object.hasOwn(set, path));
  };
  return Object.fromEntries(Object.entries(provenance).filter(([key]) => isThere(key)));
}

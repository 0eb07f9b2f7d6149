/** Everything that can be wrong with a scenario's document, all at once. */
import { parseInstant, parseOffset, type WrittenInstant } from './calendar.ts';
import { timelineChanges, type EntryChange } from './changes.ts';
import type { Clock } from './clock.ts';
import { formatDuration, parseDuration } from './duration.ts';
import type { Files, Surroundings } from './files.ts';
import { objectiveProblems } from './objective.ts';
import { entry, isMap } from './path.ts';
import { check, problem, withoutRepeats, type Problem } from './problem.ts';
import { provenanceProblems } from './provenance.ts';
import { silentAt } from './resolve-traffic.ts';
import { scenarioSchema, type WrittenScenario } from './scenario-schema.ts';
import type { ScenarioDocument } from './scenario.ts';
import { surgeTimeProblems } from './surge-times.ts';
import { systemProblems, trafficPaths } from './system.ts';
import { timelineProblems } from './timeline.ts';

/** A document without a fault, as far as it can be read without putting its parts together. */
export interface SoundDocument {
  readonly ok: true;
  readonly written: WrittenScenario;
  readonly surroundings: Surroundings;
  /** For each entry of the timeline. */
  readonly changes: readonly EntryChange[];
}

type DocumentCheck = SoundDocument | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Everything that can be wrong with a document. What depends on a value that cannot be read is passed
 * over. `asWritten`: the document before `--set`.
 */
export function checkDocument(
  document: ScenarioDocument,
  asWritten: unknown,
  files: Files,
): DocumentCheck {
  const checked = check(scenarioSchema, document);
  const surroundings = { ...readClock(document), files };
  const { changes, problems } = timelineChanges(document, surroundings);
  const faults = [
    ...(checked.ok ? [] : checked.problems),
    ...systemProblems(document, surroundings),
    ...trafficProblems(document),
    ...timeProblems(document, surroundings),
    ...problems,
  ];
  const all = withoutRepeats([...faults, ...provenanceProblems(document, asWritten, faults)]);
  if (!checked.ok || all.length > 0) return { ok: false, problems: all };
  return { ok: true, written: checked.value, surroundings, changes };
}

/** What does not fit into the run; nothing is said when the run's own start or end is not known. */
function timeProblems(document: unknown, clock: Clock): Problem[] {
  const start = entry(document, 'start');
  const duration = parseDuration(entry(document, 'duration'));
  if (start !== undefined && !parseInstant(start).ok) return [];
  const durationNs = duration.ok && duration.value > 0 ? duration.value : Infinity;
  return [
    ...warmupProblems(document, durationNs),
    ...objectiveProblems(document, clock, durationNs),
    ...timelineProblems(document, clock, durationNs),
    ...trafficPaths(document).flatMap((path) =>
      surgeTimeProblems(document, path, clock, durationNs),
    ),
  ];
}

/** The clock of a document that may have faults: 1970 in UTC where it cannot be read. */
export function readClock(document: unknown): Clock {
  const start = parseInstant(entry(document, 'start'));
  const zone = parseOffset(entry(document, 'timezone'));
  const instant = start.ok ? start.value : { ms: 0, utcOffsetMinutes: null };
  return clockOf(instant, zone.ok ? zone.value : undefined);
}

/** A start without an offset is on the clock of `timezone`, or UTC. */
function clockOf(start: WrittenInstant, zone: number | undefined): Clock {
  const utcOffsetMinutes = zone ?? start.utcOffsetMinutes ?? 0;
  const shift = start.utcOffsetMinutes === null ? utcOffsetMinutes * 60_000 : 0;
  return { startMs: start.ms - shift, utcOffsetMinutes };
}

/** After the warm-up something must be left to measure. */
function warmupProblems(document: unknown, durationNs: number): Problem[] {
  const warmup = parseDuration(entry(document, 'warmup'));
  if (!warmup.ok || warmup.value < durationNs) return [];
  const message = `is as long as the run (${formatDuration(durationNs)}) or longer: nothing would be measured`;
  return [problem(['warmup'], 'out-of-range', message)];
}

/** A run in which nothing ever arrives has nothing to say. */
function trafficProblems(document: unknown): Problem[] {
  const silent = trafficPaths(document).map((path) => silentAt(document, path));
  const timeline = entry(document, 'timeline');
  const later = Array.isArray(timeline) && timeline.some((item) => setsTraffic(entry(item, 'set')));
  const [first] = silent;
  if (first === undefined || first === null || silent.includes(null) || later) return [];
  return [problem(first, 'no-traffic', 'is 0 all the time: nothing would ever arrive')];
}

function setsTraffic(set: unknown): boolean {
  return isMap(set) && Object.keys(set).some((path) => /(^|\.)traffic\b/.test(path));
}

/** Changes of settings by path: `--set`, the timeline's `set`, and what-if experiments. */
import type { SystemSettings } from '../model/settings.ts';
import { locate, withValue } from './document-path.ts';
import type { Surroundings } from './files.ts';
import { frozenProfile } from './frozen-pool.ts';
import { frozenProblems, refuseRoot } from './frozen.ts';
import { holdOfQuery, isHoldOfQuery } from './hold-of-query.ts';
import { isWithoutPooler, noPooler } from './no-pooler.ts';
import { formatPath, isList, isMap, isSame, startsWith, type Path } from './path.ts';
import { isAmong, problem, type Problem } from './problem.ts';
import { checkSystem } from './system.ts';

/** A document after changes, its settings if they are valid, and what the changes did wrong. */
interface Changed {
  readonly document: unknown;
  /** Null when the document is not valid, by these changes or before them. */
  readonly settings: SystemSettings | null;
  /** Paths begin with the path as written in the change: `['service.pool.max', …]`. */
  readonly problems: readonly Problem[];
}

/** What a change starts from. */
interface Baseline {
  readonly document: unknown;
  readonly settings: SystemSettings | null;
  /** Mistakes that are known already and are not the change's. */
  readonly known: readonly Problem[];
}

/** The document as it stands before any change during the run. */
export function baseline(document: unknown, surroundings: Surroundings): Baseline {
  const checked = checkSystem(document, surroundings);
  if (checked.ok) return { document, settings: checked.value, known: [] };
  return { document, settings: null, known: checked.problems };
}

/**
 * Applies changes of a running system, all at once, and checks the whole. A mistake that was there
 * before is not reported again.
 */
export function applyChanges(
  before: Baseline,
  set: Readonly<Record<string, unknown>>,
  surroundings: Surroundings,
): Changed {
  const problems: Problem[] = [];
  const places: Place[] = [];
  let document = before.document;
  for (const [text, value] of Object.entries(set)) {
    const place = placeOf(document, text, value);
    if (typeof place === 'string') {
      if (leadsThrough(before, text)) continue;
      problems.push({ path: [text], part: 'key', code: 'bad-path', message: place });
      continue;
    }
    const twin = places.find(({ path }) => isSame(path, place));
    if (twin !== undefined) {
      const message = `sets the same as ${twin.text}; keep one`;
      problems.push({ path: [text], part: 'key', code: 'too-many', message });
      continue;
    }
    places.push({ text, path: place });
    document = withValue(document, place, value);
  }
  const checked = checkSystem(document, surroundings);
  const isNew = (p: Problem): boolean =>
    places.some(({ path }) => startsWith(p.path, path)) || !isAmong(before.known, p);
  const faulty = checked.ok ? [] : checked.problems.filter(isNew);
  if (checked.ok && before.settings !== null) {
    faulty.push(...frozenProblems(before.settings, checked.value));
  }
  problems.push(...faulty.map((p) => attribute(p, places, document)));
  return { document, settings: checked.ok ? checked.value : null, problems };
}

/** Whether a path leads through a value that is known to be wrong, so that it cannot be followed. */
function leadsThrough({ known, document }: Baseline, text: string): boolean {
  return known.some((p) => text.startsWith(formatPath(p.path, document)));
}

/** A path as written and where it leads. */
interface Place {
  readonly text: string;
  readonly path: Path;
}

function placeOf(document: unknown, text: string, value: unknown): Path | string {
  const root = /^[\w-]*/.exec(text)?.[0] ?? '';
  const refused = root === '' ? null : refuseRoot(root, document);
  if (refused !== null) return refused;
  const place = locate(document, text);
  if (!place.ok) return place.message;
  if (isWithoutPooler(document, place.value)) return noPooler;
  if (isHoldOfQuery(document, place.value)) return holdOfQuery;
  return frozenProfile(document, place.value, value) ?? place.value;
}

/** Puts a problem of the whole down to the change that is nearest to it. */
function attribute(found: Problem, places: readonly Place[], document: unknown): Problem {
  const inside = places.find(({ path }) => startsWith(found.path, path));
  const around = inside ?? places.find(({ path }) => startsWith(path, found.path)) ?? places[0];
  const text = around?.text ?? '';
  const rest = inside === undefined ? [] : found.path.slice(inside.path.length);
  if (inside !== undefined) return { ...found, path: [text, ...rest] };
  const where = formatPath(found.path, document);
  const obvious = where === text || found.code === 'not-changeable';
  const message = obvious ? found.message : `${where}: ${found.message}`;
  return { ...found, path: [text], part: 'value', message };
}

/** Most entries of a timeline: each of them that sets something checks the whole system again. */
export const mostEntries = 300;

/** A timeline entry's settings after its changes; null when it changes nothing. */
export interface EntryChange {
  readonly settings: SystemSettings | null;
  /** The document as it then stands. */
  readonly document: unknown;
}

/** Applies the timeline's sets one after another, in the order of the list. */
export function timelineChanges(
  document: unknown,
  surroundings: Surroundings,
): { readonly changes: readonly EntryChange[]; readonly problems: readonly Problem[] } {
  const timeline = isMap(document) ? document['timeline'] : undefined;
  const changes: EntryChange[] = [];
  const problems: Problem[] = [];
  let before = baseline(document, surroundings);
  const entries = isList(timeline) ? timeline.slice(0, mostEntries) : [];
  for (const [i, item] of entries.entries()) {
    const set = isMap(item) ? item['set'] : undefined;
    if (!isMap(set)) {
      changes.push({ settings: null, document: before.document });
      continue;
    }
    const changed = applyChanges(before, set, surroundings);
    problems.push(
      ...changed.problems.map((p) => ({ ...p, path: ['timeline', i, 'set', ...p.path] })),
    );
    if (Object.keys(set).length === 0) {
      problems.push(problem(['timeline', i, 'set'], 'empty', 'sets nothing; leave it out'));
    }
    // A faulty change is left out, so that those after it are not blamed for it.
    if (changed.problems.length === 0) {
      before = { document: changed.document, settings: changed.settings, known: before.known };
    }
    changes.push({ settings: changed.settings, document: changed.document });
  }
  return { changes, problems };
}

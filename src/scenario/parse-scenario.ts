/** Text → Scenario, or every fault in it at once. */
import { checkDocument } from './check-document.ts';
import { locate, withValue } from './document-path.ts';
import { expandDocument, isReadForExpansion } from './expand-document.ts';
import type { Expander, Expansion } from './expansion.ts';
import { inOrder, type Fault } from './fault.ts';
import { FilesOnDemand, type ReadFile } from './files.ts';
import type { Place } from './import/configuration.ts';
import { impliedMeans } from './implied-means.ts';
import { measuredHoldExpander } from './measured/expand-measured-holds.ts';
import { movedSurges } from './moved-surges.ts';
import { needsPooler, noPooler, POOLER } from './no-pooler.ts';
import { formatPath, isMap, isSame, startsWith, valueAt, type Path } from './path.ts';
import { poolNotices, timelineNotices } from './pool-notices.ts';
import { isAmong, type Problem } from './problem.ts';
import { rateNotices } from './rate-notices.ts';
import { refuse, show, type Reading } from './reading.ts';
import { resolveScenario } from './resolve-scenario.ts';
import type { Scenario, ScenarioDocument } from './scenario.ts';
import { readYaml, type Source, type SourceFault } from './yaml/yaml-source.ts';

interface ScenarioText {
  /** How messages call the file; its base name is the scenario's name unless it has one. */
  readonly file: string;
  readonly text: string;
  /** From `--set path=value`, in order; each value is YAML. */
  readonly sets: readonly { readonly path: string; readonly text: string }[];
  /** Reads the files that the scenario names; without it, naming one is a fault. */
  readonly readFile?: ReadFile;
  /** Writes out `pool: { from: FILE }`; without it, that is refused. */
  readonly poolFiles?: Expander;
}

/** Where something of a scenario stands: in its own file, or in the one that it is taken from. */
export type PlaceOf = (path: Path) => WrittenAt;

interface WrittenAt {
  readonly place: Place;
  /** The key as it stands in another file; null: in the scenario's own. */
  readonly key: string | null;
}

/** How what a document names is read. */
interface Readers {
  readonly files: FilesOnDemand;
  readonly expanders: readonly Expander[];
}

type ScenarioReading =
  | {
      readonly ok: true;
      readonly scenario: Scenario;
      readonly warnings: readonly string[];
      readonly placeOf: PlaceOf;
    }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** More faults than anybody reads; the rest is counted. */
const mostFaults = 100;

/**
 * Reads a scenario file with the changes of `--set`. Warnings are sentences with their place. Faults are
 * in the order of the file, those of `--set` after them; at most 100, then one that counts the rest.
 */
export function parseScenario(given: ScenarioText): ScenarioReading {
  const { file, text, sets, readFile, poolFiles } = given;
  const source = readYaml(text);
  if (!source.ok) {
    return {
      ok: false,
      faults: capped(
        source.faults.map((f) => faultOfText(file, f)),
        file,
      ),
    };
  }
  // A hold is unwound on the pools as they are when they are written out.
  const expanders = [...(poolFiles === undefined ? [] : [poolFiles]), measuredHoldExpander];
  const readers = { files: new FilesOnDemand(readFile), expanders };
  return parseDocument(file, source.source, sets, readers);
}

function parseDocument(
  file: string,
  source: Source,
  sets: ScenarioText['sets'],
  readers: Readers,
): ScenarioReading {
  const { files } = readers;
  const asWritten = source.value;
  if (!isMap(asWritten)) return { ok: false, faults: [noMap(file, asWritten)] };
  const { document, places, faults, expansion } = applySets(asWritten, sets, readers);
  const checked = checkDocument(document, asWritten, files);
  if (checked.ok && faults.length === 0 && expansion.problems.length === 0) {
    for (const path of expansion.consumed) files.contents.delete(path);
    const scenario = resolveScenario(checked, document, file, files.contents);
    const notices = [
      ...expansion.notices,
      ...impliedMeans(checked.written, files).filter(({ path }) => !isIn(expansion.made, path)),
      ...rateNotices(checked.written, checked.surroundings),
      ...poolNotices(document),
      ...timelineNotices(document, checked.changes),
      ...movedSurges(document, checked.changes, checked.surroundings, checked.written.duration),
    ];
    const warnings = notices.map(({ path, message }) => {
      const { line, column } = source.position(path, 'value');
      return `${file}:${line}:${column}: ${formatPath(path, document)}: ${message}`;
    });
    return { ok: true, scenario, warnings, placeOf: placeFinder(file, source, expansion) };
  }
  const problems = [...expansion.problems, ...(checked.ok ? [] : checked.problems)];
  const before = sets.length === 0 ? problems : problemsOfFile(asWritten, readers);
  const located = problems.map((p) =>
    locateProblem(p, { file, source, document, asWritten, old: before, sets: places }),
  );
  return { ok: false, faults: capped([...inOrder(located), ...faults], file) };
}

function placeFinder(file: string, source: Source, { places }: Expansion): PlaceOf {
  return (path) => {
    const elsewhere = places.find((one) => isSame(one.path, path));
    if (elsewhere !== undefined) return elsewhere;
    return { place: { file, ...source.position(path, 'value') }, key: null };
  };
}

function isIn(places: readonly Path[], path: Path): boolean {
  return places.some((place) => startsWith(path, place));
}

/** What is wrong without any `--set`. */
function problemsOfFile(
  asWritten: ScenarioDocument,
  { files, expanders }: Readers,
): readonly Problem[] {
  const { document, problems } = expandDocument(asWritten, files, expanders);
  const checked = checkDocument(document, asWritten, files);
  return [...problems, ...(checked.ok ? [] : checked.problems)];
}

function noMap(file: string, value: unknown): Fault {
  const place = { file, line: 1, column: 1, path: '' };
  if (value === null) return { ...place, code: 'empty', message: 'is empty; a scenario is needed' };
  const needed = 'a scenario is a map of keys such as duration, traffic, requests, service';
  return { ...place, code: 'wrong-type', message: `${show(value)} stands at the top; ${needed}` };
}

function faultOfText(file: string, { line, column, code, message }: SourceFault): Fault {
  return { file, line, column, path: '', code, message };
}

/** Where a `--set` leads and how messages call it. */
interface SetPlace {
  readonly path: Path;
  readonly label: string;
  /** All of what was said, however long. */
  readonly said: string;
}

/** A document after `--set`, where each leads, and what is wrong with them. */
interface SetDocument {
  readonly document: ScenarioDocument;
  readonly places: readonly SetPlace[];
  readonly faults: readonly Fault[];
}

/**
 * Those of what is written out come first, then that is written out, and then the others. Where there is
 * nothing of the kind, they follow each other as they were given.
 */
function applySets(
  asWritten: ScenarioDocument,
  sets: ScenarioText['sets'],
  { files, expanders }: Readers,
): SetDocument & { readonly expansion: Expansion } {
  const isEarly = ({ path }: ScenarioText['sets'][number]) => {
    const place = placeOfSet(asWritten, path);
    return place.ok && isReadForExpansion(place.value, expanders);
  };
  const none: SetDocument = { document: asWritten, places: [], faults: [] };
  const early = applyInOrder(none, sets.filter(isEarly));
  const expansion = expandDocument(early.document, files, expanders);
  const { document } = expansion;
  if (document === early.document) return { ...applyInOrder(none, sets), expansion };
  const late = sets.filter((set) => !isEarly(set));
  return { ...applyInOrder({ ...early, document }, late), expansion };
}

function applyInOrder(before: SetDocument, sets: ScenarioText['sets']): SetDocument {
  const places = [...before.places];
  const faults = [...before.faults];
  let changed: unknown = before.document;
  for (const { path, text } of sets) {
    const label = `--set ${path}=${text.length > 60 ? `${text.slice(0, 57)}…` : text}`;
    const fault = (code: string, message: string): void => {
      faults.push({ file: label, line: null, column: null, path: '', code, message });
    };
    const place = placeOfSet(changed, path);
    const value = readYaml(text);
    if (!place.ok) fault(place.code, place.message);
    for (const { code, message } of value.ok ? [] : value.faults.slice(0, 1)) {
      fault(code, `the value ${message}`);
    }
    if (!place.ok || !value.ok) continue;
    const said = label + text;
    const twin = places.find((other) => isSame(other.path, place.value) && other.said !== said);
    if (twin !== undefined) fault('too-many', `sets the same as ${twin.label}; keep one`);
    changed = withValue(changed, place.value, value.source.value);
    places.push({ path: place.value, label, said });
  }
  return { document: changed as ScenarioDocument, places, faults };
}

/** Where a `--set` leads; a scenario with one service has no `services`, and the other way round. */
function placeOfSet(document: unknown, path: string): Reading<Path> {
  const root = /^\w*/.exec(path)?.[0] ?? '';
  const [wrong, message] = isMap(document) && 'services' in document ? several : single;
  return wrong.includes(root) ? refuse('bad-path', message) : locate(document, path);
}

type WrongRoots = readonly [roots: readonly string[], message: string];
const single: WrongRoots = [['services'], 'there is one service; begin with service'];
const several: WrongRoots = [
  ['service', 'traffic', 'requests'],
  'there are several services; begin with services.<name>',
];

interface Places {
  readonly file: string;
  readonly source: Source;
  readonly document: unknown;
  readonly asWritten: unknown;
  /** Mistakes that are in the file without any `--set`. */
  readonly old: readonly Problem[];
  readonly sets: readonly SetPlace[];
}

/** A mistake that came with a `--set` names it; any other its line and column. */
function locateProblem(found: Problem, places: Places): Fault {
  const { file, source, document, old, sets } = places;
  const { code } = found;
  const path = formatPath(found.path, document);
  const inside = sets.findLast((set) => startsWith(found.path, set.path));
  const isNew = inside !== undefined || !isAmong(old, found);
  const cause = inside ?? sets.findLast((set) => startsWith(set.path, found.path));
  if (isNew && cause !== undefined) {
    return { file: cause.label, line: null, column: null, path, code, message: found.message };
  }
  const bringer = isNew ? places.sets.find((set) => needsPooler(set.path, found.path)) : undefined;
  if (bringer !== undefined && valueAt(places.asWritten, POOLER) === undefined) {
    return { file: bringer.label, line: null, column: null, path: '', code, message: noPooler };
  }
  const message = isNew && sets.length > 0 ? `${found.message} (by --set)` : found.message;
  return { file, ...source.position(found.path, found.part), path, code, message };
}

function capped(faults: readonly Fault[], file: string): readonly Fault[] {
  if (faults.length <= mostFaults) return faults;
  const message = `and ${faults.length - mostFaults} more faults`;
  const rest: Fault = { file, line: null, column: null, path: '', code: 'more', message };
  return [...faults.slice(0, mostFaults), rest];
}

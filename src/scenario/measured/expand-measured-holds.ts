/**
 * Holds with `measuredAt` → query work without contention, or, where nothing is to be unwound, the hold
 * itself without its rate.
 */
import { readClock } from '../check-document.ts';
import { withValue } from '../document-path.ts';
import { type Expander, type Expansion, unexpanded } from '../expansion.ts';
import type { Files } from '../files.ts';
import { entry, isMap, valueAt, type Path, type PlainMap } from '../path.ts';
import type { ScenarioDocument } from '../scenario.ts';
import { checkSystem } from '../system.ts';
import { type MeasuredHold, measuredHolds } from './measured-hold.ts';
import { measuredNotices } from './measured-notices.ts';
import { measurementProblems, unwindingProblems } from './measurement-problems.ts';
import { provenanceAfter } from './measured-provenance.ts';
import type { Works } from './trials.ts';
import { unwind } from './unwind.ts';
import { writtenFigures } from './work-figures.ts';

export const measuredHoldExpander: Expander = {
  reads: isOfHold,
  expand: expandMeasuredHolds,
};

/** A hold, something in it, or something that has it in it. */
function isOfHold(path: Path): boolean {
  const [root] = path;
  const inService = root === 'services' ? path.slice(2) : path;
  if (root === 'services' && path.length <= 2) return true;
  const [requests, ...rest] = inService;
  const inClass = typeof rest[0] === 'number' ? rest.slice(1) : rest;
  return requests === 'requests' && (inClass.length === 0 || inClass[0] === 'hold');
}

function expandMeasuredHolds(document: ScenarioDocument, files: Files): Expansion {
  const holds = measuredHolds(document, files);
  if (holds.length === 0) return unexpanded(document);
  const unwound = hasContention(document) ? holds.filter((hold) => !hold.isUsedAsItIs) : [];
  const asMeasured = new Map(unwound.map((hold) => [hold, hold.figures]));
  const standIn = {
    ...unexpanded(withWorks(document, holds, asMeasured)),
    made: holds.map(({ path }) => path),
    places: [],
  };
  const surroundings = { ...readClock(document), files };
  const checked = checkSystem(standIn.document, surroundings);
  if (!checked.ok) return standIn;
  const system = checked.value;
  const problems = measurementProblems(system, holds, unwound);
  if (problems.length > 0) return { ...standIn, problems };
  if (unwound.length === 0) {
    return { ...standIn, notices: measuredNotices(system, { holds, found: null }, files) };
  }
  const found = unwind(system, unwound);
  const missed = unwindingProblems(system, found);
  if (missed.length > 0) return { ...standIn, problems: missed };
  const notices = measuredNotices(system, { holds, found }, files);
  return { ...standIn, document: withWorks(document, holds, found.works), notices };
}

function hasContention(document: unknown): boolean {
  const contention = entry(entry(document, 'database'), 'contention');
  return contention !== undefined && contention !== 'none';
}

/** The document with this work for holds, and without the rates of those that are used as they are. */
function withWorks(
  document: ScenarioDocument,
  holds: readonly MeasuredHold[],
  works: Works,
): ScenarioDocument {
  const changed = holds.reduce<unknown>((before, hold) => {
    const written = valueAt(before, hold.path);
    if (!isMap(written)) return before;
    const figures = works.get(hold);
    const entries = Object.entries(written).map(([key, value]): [string, unknown] => {
      if (key !== 'hold' || !isMap(value)) return [key, value];
      if (figures === undefined) return ['hold', withoutRate(value)];
      return ['query', { ...writtenFigures(hold.shape, figures), ...cpuOf(value) }];
    });
    return withValue(before, hold.path, Object.fromEntries(entries));
  }, document) as ScenarioDocument;
  return provenanceAfter(changed, document, holds, (hold) => works.has(hold));
}

function cpuOf({ cpu }: PlainMap): PlainMap {
  return cpu === undefined ? {} : { cpu };
}

function withoutRate(hold: PlainMap): PlainMap {
  return Object.fromEntries(Object.entries(hold).filter(([key]) => !ofMeasurement.includes(key)));
}

const ofMeasurement: readonly string[] = ['measuredAt', 'cpu', 'contention'];

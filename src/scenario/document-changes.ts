/** What differs between two documents of a scenario, leaf by leaf. */
import { isList, isMap, type Path, type PlainMap } from './path.ts';
import type { ScenarioDocument } from './scenario.ts';

export interface DocumentChange {
  readonly path: Path;
  /** undefined: it was not there. */
  readonly before: unknown;
  /** undefined: it is there no more. */
  readonly after: unknown;
}

/** Keys that say nothing about the system: they change no outcome. */
const WORDS = ['format', 'name', 'title', 'seed', 'provenance', 'readings'];

/** In the order of the second, what is no longer in it after that. Lists of other lengths differ as a whole. */
export function documentChanges(
  before: ScenarioDocument,
  after: ScenarioDocument,
): DocumentChange[] {
  return changesOfMap(before, after, []).filter(({ path }) => !WORDS.includes(String(path[0])));
}

function changesAt(before: unknown, after: unknown, path: Path): DocumentChange[] {
  if (isMap(before) && isMap(after)) return changesOfMap(before, after, path);
  if (isList(before) && isList(after) && before.length === after.length) {
    return after.flatMap((item, i) => changesAt(before[i], item, [...path, i]));
  }
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  return isSame ? [] : [{ path, before, after }];
}

function changesOfMap(before: PlainMap, after: PlainMap, path: Path): DocumentChange[] {
  const keys = [...Object.keys(after), ...Object.keys(before).filter((key) => !(key in after))];
  return keys.flatMap((key) => changesAt(before[key], after[key], [...path, key]));
}

/** Surges that the timeline moves out of the run: nobody would see anything of them then. */
import type { EntryChange } from './changes.ts';
import type { Clock } from './clock.ts';
import { locate } from './document-path.ts';
import { isMap, isSame, startsWith, valueAt, type Path } from './path.ts';
import { problem, type Problem } from './problem.ts';
import { surgeTimeProblems } from './surge-times.ts';
import { trafficPaths } from './system.ts';

/** Said once, where it happens. `changes`: of each entry, from the document at the start of the run on. */
export function movedSurges(
  document: unknown,
  changes: readonly EntryChange[],
  clock: Clock,
  durationNs: number,
): Problem[] {
  const outside = (at: unknown): Problem[] =>
    trafficPaths(at).flatMap((path) => surgeTimeProblems(at, path, clock, durationNs));
  let before = document;
  return changes.flatMap(({ settings, document: after }, i) => {
    const known = outside(before);
    if (settings === null) return [];
    before = after;
    const moved = outside(after).filter(({ path }) => !known.some((one) => isSame(one.path, path)));
    return moved.map(({ path, code, message }) => problem(setOf(after, i, path), code, message));
  });
}

/** The `set` of an entry that changes the surge that has this `at`. */
function setOf(document: unknown, i: number, at: Path): Path {
  const surge = at.slice(0, -1);
  const here: Path = ['timeline', i, 'set'];
  const set = valueAt(document, here);
  const text = Object.keys(isMap(set) ? set : {}).find((one) => {
    const place = locate(document, one);
    return place.ok && (startsWith(place.value, surge) || startsWith(surge, place.value));
  });
  return text === undefined ? here : [...here, text];
}

/** Where in a configuration the maps stand that one is looking for. */
import { isMap, type Path, type PlainMap } from '../path.ts';

/** Deeper nobody hides the settings of a pool. */
const DEEPEST = 6;

type IsIt = (map: PlainMap, path: Path) => boolean;

/** Paths of all maps that are what is looked for, in the file's order; none inside another. */
export function mapsIn(value: unknown, isIt: IsIt): Path[] {
  return mapsBelow(value, [], isIt);
}

function mapsBelow(value: unknown, path: Path, isIt: IsIt): Path[] {
  if (!isMap(value)) return [];
  if (isIt(value, path)) return [path];
  if (path.length === DEEPEST) return [];
  return Object.entries(value).flatMap(([key, inner]) => mapsBelow(inner, [...path, key], isIt));
}

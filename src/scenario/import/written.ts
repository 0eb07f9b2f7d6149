/** The keys and values of one map of a configuration file. */
import { formatPath, isMap, valueAt, type Path } from '../path.ts';
import { findProfile, type Profile } from '../profiles.ts';
import type { Configuration, Place } from './configuration.ts';
import type { Written } from './found-pool.ts';

/** What stands in the map at a path of one document; nothing when no map stands there. */
export function writtenAt(configuration: Configuration, path: Path, document = 0): Written[] {
  const source = configuration.documents[document];
  const map = valueAt(source?.value, path);
  if (!isMap(map)) return [];
  return Object.entries(map).map(([name, value]) => ({
    name,
    key: formatPath([...path, name], source?.value),
    value,
    place: placeAt(configuration, [...path, name], document),
  }));
}

/** Where the value at a path stands, or its key. */
export function placeAt(
  { file, documents }: Configuration,
  path: Path,
  document = 0,
  part: 'key' | 'value' = 'value',
): Place {
  const { line, column } = documents[document]?.position(path, part) ?? { line: 1, column: 1 };
  return { file, line, column };
}

/** The profile of an importer, which is there. */
export function profileOf(id: string): Profile {
  const profile = findProfile(id);
  if (profile === undefined) throw new Error(`bug: there is no profile ${id}`);
  return profile;
}

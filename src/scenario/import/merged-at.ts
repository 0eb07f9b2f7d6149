/** Maps of YAML that take over others with `<<: *name`. */
import { formatPath, isList, type Path } from '../path.ts';
import type { Configuration } from './configuration.ts';
import type { Written } from './found-pool.ts';
import { writtenAt } from './written.ts';

/**
 * What stands in the map at a path and in those that it takes over: its own keys first, then the first of
 * those that have a key. Places are where the values really stand.
 */
export function mergedAt(configuration: Configuration, path: Path): Written[] {
  const found = new Map<string, Written>();
  for (const one of [...writtenAt(configuration, path), ...takenOver(configuration, path)]) {
    if (one.name === '<<' || found.has(one.name)) continue;
    const key = formatPath([...path, one.name], configuration.documents[0]?.value);
    found.set(one.name, { ...one, key });
  }
  return [...found.values()];
}

function takenOver(configuration: Configuration, path: Path): Written[] {
  const merge = writtenAt(configuration, path).find(({ name }) => name === '<<');
  if (merge === undefined) return [];
  const below = [...path, '<<'];
  if (!isList(merge.value)) return mergedAt(configuration, below);
  return merge.value.flatMap((_, i) => mergedAt(configuration, [...below, i]));
}

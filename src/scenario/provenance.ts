/** How one knows what a scenario says: grades of its paths. */
import { locate } from './document-path.ts';
import { nearMiss } from './near-miss.ts';
import { entry, formatPath, isList, isMap, startsWith, valueAt, type Path } from './path.ts';
import type { Problem } from './problem.ts';

const mostCandidates = 2000;

/**
 * Paths that lead nowhere, neither in the document nor in what it was before `--set`. A key that holds
 * a space is a statement about the run (`failed share is flat`), not a path. Where a path only fails at
 * one of the `others`, that one is enough.
 */
export function provenanceProblems(
  document: unknown,
  asWritten: unknown,
  others: readonly Problem[],
): Problem[] {
  const provenance = entry(document, 'provenance');
  if (!isMap(provenance)) return [];
  const missing = Object.keys(provenance).filter(
    (key) =>
      !isStatement(key) &&
      !exists(document, key) &&
      !exists(asWritten, key) &&
      !others.some((other) => isBecauseOf(other, key, document)),
  );
  if (missing.length === 0) return [];
  const candidates = allPaths(document);
  return missing.map((key) => {
    const near = nearMiss(key, candidates);
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    const message = `the scenario has no such path${hint}`;
    return { path: ['provenance', key], part: 'key', code: 'bad-path', message };
  });
}

/** Whether `key` would be there but for another mistake: a mistyped key beside it, a wrong value above. */
function isBecauseOf({ path, part }: Problem, key: string, document: unknown): boolean {
  const set = path.indexOf('set');
  const whole = path[0] === 'timeline' && set > 0 ? path.slice(0, set + 1) : path;
  if (part === 'value' || whole !== path) return isWithin(key, formatPath(whole, document));
  const parent = path.slice(0, -1);
  if (!isWithin(key, formatPath(parent, document))) return false;
  const place = locate(document, key);
  return !place.ok || valueAt(document, place.value.slice(0, path.length)) === undefined;
}

function isWithin(key: string, prefix: string): boolean {
  return (
    prefix === '' || key === prefix || key.startsWith(`${prefix}.`) || key.startsWith(`${prefix}[`)
  );
}

/** Whether a key of `provenance` is a free statement. */
function isStatement(key: string): boolean {
  return /\s/.test(key);
}

function exists(document: unknown, key: string): boolean {
  const change = /^(timeline\[\d+\])\.set\.(.+)$/.exec(key);
  if (change !== null) {
    const place = locate(document, change[1] ?? '');
    if (!place.ok) return false;
    return entry(valueAt(document, [...place.value, 'set']), change[2] ?? '') !== undefined;
  }
  const place = locate(document, key);
  return place.ok && valueAt(document, place.value) !== undefined;
}

/** Every path of the document as users write them, but not those of its notes on itself. */
function allPaths(document: unknown): string[] {
  const open: Path[] = [[]];
  const found: string[] = [];
  for (
    let path = open.pop();
    path !== undefined && found.length < mostCandidates;
    path = open.pop()
  ) {
    if (startsWith(path, ['provenance']) || startsWith(path, ['readings'])) continue;
    if (path.length > 0) found.push(formatPath(path, document));
    const here = valueAt(document, path);
    if (isMap(here)) for (const key of Object.keys(here)) open.push([...path, key]);
    if (isList(here)) for (const i of here.keys()) open.push([...path, i]);
  }
  return found;
}

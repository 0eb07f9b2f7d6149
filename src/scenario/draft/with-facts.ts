/** Facts into the text of a scenario that somebody wrote: comments and what they do not touch stay. */
import { locate } from '../document-path.ts';
import { entry, formatPath, isMap, startsWith, valueAt, type Path } from '../path.ts';
import { keyOfPool } from '../pool-key.ts';
import { genericProfile } from '../profiles.ts';
import { editYaml, type Edit } from '../yaml/write-yaml.ts';
import { readYaml } from '../yaml/yaml-source.ts';
import type { Fact } from './fact.ts';

/** The text with the facts in it; `text` must be a valid scenario. */
export function withFacts(text: string, facts: readonly Fact[]): string {
  return facts.length === 0 ? text : editYaml(text, editsOf(documentOf(text), facts));
}

/** What `--set` says, as facts. The paths must lead somewhere. */
export function factsOfSets(
  text: string,
  sets: readonly { readonly path: string; readonly text: string }[],
): Fact[] {
  const document = documentOf(text);
  return sets.flatMap(({ path, text: value }): Fact[] => {
    const place = locate(document, path);
    if (!place.ok) return [];
    return [{ path: place.value, value: documentOf(value), grade: 'stated', note: '--set' }];
  });
}

function documentOf(text: string): unknown {
  const read = readYaml(text);
  if (!read.ok) throw new Error('bug: a text that passed the checks is no YAML');
  return read.source.value;
}

function editsOf(document: unknown, facts: readonly Fact[]): Edit[] {
  const replaced = facts.filter(({ path, value }) => isOtherProduct(document, path, value));
  const pools = replaced.map(({ path }) => path.slice(0, -1));
  return [
    ...pools.map((path) => ({ path, value: {} })),
    ...pools.flatMap((path) => staleNotes(document, path)),
    ...facts.flatMap((fact) => editsOfFact(document, fact, pools)),
  ];
}

/** Whether a fact names another product than the pool's that is there: none of its settings hold then. */
function isOtherProduct(document: unknown, path: Path, value: unknown): boolean {
  if (path.at(-1) !== 'profile') return false;
  const pool = valueAt(document, path.slice(0, -1));
  return (entry(pool, 'profile') ?? genericProfile) !== value;
}

/** Notes on how one knows settings that are gone. */
function staleNotes(document: unknown, pool: Path): Edit[] {
  const provenance = entry(document, 'provenance');
  const keys = isMap(provenance) ? Object.keys(provenance) : [];
  const stale = keys.filter((key) => {
    const place = locate(document, key);
    return place.ok && startsWith(place.value, pool) && place.value.length > pool.length;
  });
  return stale.map((key) => ({ path: ['provenance', key], value: undefined }));
}

function editsOfFact(
  document: unknown,
  { path, value, grade, note }: Fact,
  replaced: readonly Path[],
): Edit[] {
  const above = path.slice(0, -1);
  const pool = valueAt(document, above);
  const isKept = !replaced.some((one) => startsWith(path, one));
  const last = path.at(-1) ?? '';
  const key = isKept && isMap(pool) && typeof last === 'string' ? keyOfPool(pool, last) : last;
  const at = [...above, key];
  const name = formatPath(at, document).replaceAll(' ', '');
  return [
    { path: at, value },
    { path: ['provenance', name], value: { grade, note } },
  ];
}

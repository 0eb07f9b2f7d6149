/**
 * `pool: { from: ./application.yml }` → the pool that the file sets up. What stands beside `from` wins over
 * the file: `pool: { from: ./application.yml, max: 20 }`.
 */
import { withValue } from '../document-path.ts';
import { formatFault } from '../fault.ts';
import { contentsOf, type Files } from '../files.ts';
import {
  entry,
  formatPath,
  isMap,
  startsWith,
  valueAt,
  type Path,
  type PlainMap,
} from '../path.ts';
import { keyOfPool } from '../pool-key.ts';
import { POOL_SOURCE_KEYS } from '../pool-source-keys.ts';
import { problem, type Problem } from '../problem.ts';
import { findProfile } from '../profiles.ts';
import { show } from '../reading.ts';
import type { Fact } from '../draft/fact.ts';
import { factsOf, POOLER_POOL, SERVICE_POOL } from './facts-of.ts';
import { type Expander, type Expansion, unexpanded } from '../expansion.ts';
import type { ScenarioDocument } from '../scenario.ts';
import type { SettingPlace } from '../setting-place.ts';
import { importFiles, type Imported, type ImportRequest } from './import-files.ts';

const SOURCE_KEYS = POOL_SOURCE_KEYS.map(({ key }) => key);

/** What one is told besides the scenario about placeholders in pool files. */
export type PoolFileContext = Pick<ImportRequest, 'variables' | 'envFiles' | 'environment'>;

export const poolFileExpander = poolFilesWith({ variables: [], envFiles: [], environment: null });

export function poolFilesWith(context: PoolFileContext): Expander {
  return {
    reads: (path) => path.at(-1) === 'pool' || (path.at(-2) === 'pool' && isSourceKey(path.at(-1))),
    expand: (document, files) => poolsFrom(document, files, context),
  };
}

/** The document with every pool that is in a file replaced by its settings; their lines are noted. */
function poolsFrom(document: ScenarioDocument, files: Files, context: PoolFileContext): Expansion {
  const problems: Problem[] = [];
  const notices: Problem[] = [];
  const consumed: string[] = [];
  const places: SettingPlace[] = [];
  let expanded: unknown = document;
  for (const path of poolPaths(document)) {
    const pool = valueAt(document, path);
    if (!isMap(pool) || !SOURCE_KEYS.some((key) => key in pool)) continue;
    const found = factsFrom(pool, path, { files, context, problems });
    notices.push(...(found?.notices ?? []));
    const facts: readonly Pick<Fact, 'path' | 'value' | 'found'>[] = found?.facts ?? [
      { path: ['profile'], value: pool['profile'] },
    ];
    expanded = withValue(expanded, path, merged(pool, facts));
    if (found !== null) expanded = withNotes(expanded, path, found.facts);
    places.push(...placesOf(facts, path));
    consumed.push(...SOURCE_KEYS.map((key) => pool[key]).filter((one) => typeof one === 'string'));
  }
  if (expanded === document) return unexpanded(document);
  return { document: expanded as ScenarioDocument, problems, notices, made: [], consumed, places };
}

function placesOf(facts: readonly Pick<Fact, 'path' | 'found'>[], pool: Path): SettingPlace[] {
  return facts.flatMap(({ path, found }) =>
    found === undefined ? [] : [{ path: [...pool, path.at(-1) ?? ''], ...found }],
  );
}

function isSourceKey(key: unknown): boolean {
  return typeof key === 'string' && SOURCE_KEYS.includes(key);
}

function poolPaths(document: unknown): Path[] {
  const services = entry(document, 'services');
  const names = isMap(services) ? Object.keys(services) : [];
  return [SERVICE_POOL, ...names.map((name): Path => ['services', name, 'pool']), POOLER_POOL];
}

interface Reading {
  readonly files: Files;
  readonly context: PoolFileContext;
  readonly problems: Problem[];
}

/** What the file says of the pool; null when there is a problem with it. */
function factsFrom(
  pool: PlainMap,
  path: Path,
  { problems, ...reading }: Reading,
): { readonly facts: readonly Fact[]; readonly notices: readonly Problem[] } | null {
  const before = problems.length;
  const source = sourceOf(pool, path, { problems, ...reading });
  if (source === null || problems.length > before) return null;
  const imported = importFiles(source.request);
  const found = imported.ok ? factsOf(imported) : imported;
  for (const fault of found.faults) {
    const key = fault.file === source.envFile ? 'envFile' : 'from';
    problems.push(problem([...path, key], fault.code, formatFault(fault)));
  }
  if (problems.length > before || !('facts' in found)) return null;
  const isPooler = path[0] === 'database';
  const from = isPooler ? POOLER_POOL : SERVICE_POOL;
  const facts = found.facts.filter((fact) => startsWith(fact.path, from));
  if (facts.length > 0) return { facts, notices: imported.ok ? filledIn(imported, path) : [] };
  const message = `${source.file} ${setsUpNone(found.facts, isPooler)}`;
  problems.push(problem([...path, 'from'], 'no-pool', message));
  return null;
}

function setsUpNone(facts: readonly Fact[], isPooler: boolean): string {
  if (isPooler) return 'does not set up a pooler such as PgBouncer';
  const isElsewhere = facts.some((fact) => startsWith(fact.path, POOLER_POOL));
  const hint = isElsewhere ? '; a pooler stands in database.pooler.pool' : '';
  return `does not set up the pool of a service${hint}`;
}

/** What stands for placeholders, as one notice. */
function filledIn({ filled }: Imported, path: Path): Problem[] {
  if (filled.length === 0) return [];
  const words = filled.map(
    ({ name, value, from }) => `\${${name}} is ${value}, ${originWords(from)}`,
  );
  return [problem([...path, 'from'], 'placeholders', words.join(', '))];
}

/** `its default`, `from prod.env`. */
function originWords(from: string): string {
  return from === 'its default' ? from : `from ${from}`;
}

interface PoolSource {
  readonly file: string;
  readonly envFile: string | null;
  readonly request: ImportRequest;
}

/** The file, and what else one must know to read it; null when no file is named. */
function sourceOf(
  pool: PlainMap,
  path: Path,
  { files, context, problems }: Reading,
): PoolSource | null {
  const text = textOf(pool, 'from', path, files, problems);
  const variables = textOf(pool, 'envFile', path, files, problems);
  const environment = wordAt(pool, 'environment', path, problems);
  if (!('from' in pool)) {
    problems.push(problem([...path, 'from'], 'missing', 'is missing; which file holds the pool?'));
  }
  if (text === null) return null;
  const profile = entry(pool, 'profile');
  const request = {
    files: [text],
    envFiles: [...context.envFiles, ...(variables === null ? [] : [variables])],
    variables: context.variables,
    environment: environment ?? context.environment,
    profile: (typeof profile === 'string' ? findProfile(profile) : undefined) ?? null,
  };
  return { file: text.file, envFile: variables?.file ?? null, request };
}

function textOf(pool: PlainMap, key: string, path: Path, files: Files, problems: Problem[]) {
  const file = wordAt(pool, key, path, problems);
  if (file === null) return null;
  const contents = contentsOf(files, file);
  if (contents.ok) return { file, text: contents.text };
  problems.push(problem([...path, key], 'no-file', contents.message));
  return null;
}

function wordAt(pool: PlainMap, key: string, path: Path, problems: Problem[]): string | null {
  const value = pool[key];
  if (value === undefined) return null;
  if (typeof value === 'string' && value.trim() !== '') return value;
  const what = key === 'environment' ? 'environment' : 'name of a file';
  problems.push(problem([...path, key], 'wrong-type', `${show(value)} is no ${what}`));
  return null;
}

/** The file's settings without those that stand beside `from`, and these under the names that they have there. */
function merged(pool: PlainMap, facts: readonly Pick<Fact, 'path' | 'value'>[]): PlainMap {
  const said = facts.filter(({ value }) => value !== undefined);
  const map = Object.fromEntries(said.map(({ path, value }) => [path.at(-1), value])) as PlainMap;
  const own = Object.entries(pool).filter(([key]) => ![...SOURCE_KEYS, 'profile'].includes(key));
  const better = new Set(own.map(([key]) => keyOfPool(map, key)));
  const rest = Object.entries(map).filter(([key]) => !better.has(key));
  return Object.fromEntries([...rest, ...own]);
}

/** Where each setting comes from, unless the scenario says so itself or does not take it from there. */
function withNotes(document: unknown, pool: Path, facts: readonly Fact[]): unknown {
  const notes = facts.flatMap(({ path, value, grade, note }) => {
    const at = [...pool, path.at(-1) ?? ''];
    const key = formatPath(at, document).replaceAll(' ', '');
    return valueAt(document, at) === value ? [[key, { grade, note }] as const] : [];
  });
  const provenance = entry(document, 'provenance');
  if (provenance !== undefined && !isMap(provenance)) return document;
  return withValue(document, ['provenance'], { ...Object.fromEntries(notes), ...provenance });
}

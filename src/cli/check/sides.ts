// A scenario with the pool of a file in it: as it is here, or as it was in a version of git.

import { relative } from 'node:path';
import { entry, isMap } from '../../scenario/path.ts';
import { factsOf, POOLER_POOL, SERVICE_POOL } from '../../scenario/import/facts-of.ts';
import {
  type FileText,
  importFiles,
  type ImportRequest,
} from '../../scenario/import/import-files.ts';
import { type PoolFileContext, poolFilesWith } from '../../scenario/import/pools-from.ts';
import { formatPath, startsWith, type Path } from '../../scenario/path.ts';
import { formatFault } from '../../scenario/fault.ts';
import { readYaml } from '../../scenario/yaml/yaml-source.ts';
import type { ImportOptions } from '../import/request.ts';
import type { ScenarioSource } from '../../files/scenario-source.ts';
import { type Parsed, parseWith } from '../parsed-scenario.ts';

/** The texts that one side is made of, wherever they come from. */
export interface SideTexts {
  readonly source: ScenarioSource;
  /** The configuration file whose pool takes the place of the scenario's. */
  readonly pool: FileText | null;
  readonly envFiles: readonly FileText[];
}

export function parseSide(
  { source, pool, envFiles }: SideTexts,
  { placeholders, sets, environment, profile }: ImportOptions,
): Parsed {
  const values = new Map(placeholders.map(({ path, text }) => [path, text]));
  const variables = values.size === 0 ? [] : [{ from: '--set', values }];
  const context: PoolFileContext = { variables, envFiles, environment };
  if (pool === null) return parseWith(withPoolFiles(source, context), sets);
  const place = poolPlace(source, { files: [pool], profile, ...context });
  if (!place.ok) return { scenario: null, faults: place.faults, warnings: [] };
  const from = relative(source.folder, pool.file);
  const readFile: ScenarioSource['readFile'] = (path) =>
    path === from ? { ok: true, text: pool.text } : source.readFile(path);
  const fromFile = {
    path: place.path,
    text: JSON.stringify({ from, ...(profile === null ? {} : { profile: profile.id }) }),
  };
  const whole = { ...source, readFile, poolFiles: poolFilesWith(context) };
  return parseWith(whole, [fromFile, ...sets]);
}

function withPoolFiles(source: ScenarioSource, context: PoolFileContext): ScenarioSource {
  return source.poolFiles === undefined ? source : { ...source, poolFiles: poolFilesWith(context) };
}

type PoolPlace =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly faults: readonly string[] };

/** Where the file's pool stands in the scenario; or what is wrong with the file, by its own lines. */
function poolPlace(source: ScenarioSource, request: ImportRequest): PoolPlace {
  const imported = importFiles(request);
  if (!imported.ok) return { ok: false, faults: imported.faults.map(formatFault) };
  const { facts, faults } = factsOf(imported);
  if (faults.length > 0) return { ok: false, faults: faults.map(formatFault) };
  const has = (path: Path) => facts.some((fact) => startsWith(fact.path, path));
  const file = request.files[0]?.file ?? '';
  if (has(SERVICE_POOL)) return servicePool(source, file);
  if (has(POOLER_POOL)) return { ok: true, path: formatPath(POOLER_POOL, null) };
  return { ok: false, faults: [`${file}: does not set up a pool`] };
}

function servicePool({ file, text }: ScenarioSource, pool: string): PoolPlace {
  const read = readYaml(text);
  const services = read.ok ? entry(read.source.value, 'services') : undefined;
  if (!isMap(services)) return { ok: true, path: formatPath(SERVICE_POOL, null) };
  const [only, ...more] = Object.keys(services);
  if (only !== undefined && more.length === 0) return { ok: true, path: `services.${only}.pool` };
  const says = `has several services, and --pool ${pool} is of one; write pool: { from: ${pool} } there`;
  return { ok: false, faults: [`${file}: ${says}`] };
}

// The files of `tidemark review`: which is a scenario, which are configuration files, and what they say.

import { factsOf, type GivenFacts } from '../../experiment/review/given.ts';
import type { ReviewFacts } from '../../experiment/review/facts.ts';
import type { ScenarioRead } from '../../experiment/review/simulated.ts';
import { formatFault } from '../../scenario/fault.ts';
import type { FileText, Imported } from '../../scenario/import/import-files.ts';
import { looksLikeScenario } from '../../scenario/looks-like-scenario.ts';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserFault } from '../faults.ts';
import { type ScenarioSource, sourceOf } from '../../files/scenario-source.ts';
import { readConfigurations } from '../files/configuration-files.ts';
import { checkImportOptions, importTexts } from '../import/request.ts';
import { parseWith, readOrFault } from '../parsed-scenario.ts';
import type { Setting } from '../settings.ts';
import { checkGivenFacts, type RawReviewOptions } from './options.ts';

export interface ReviewRead {
  readonly facts: ReviewFacts;
  /** Each file and what it is. */
  readonly files: Imported['files'];
}

/** @throws UserFault all that is wrong at once */
export async function readReview(
  paths: readonly string[],
  raw: RawReviewOptions,
  signal: AbortSignal,
): Promise<ReviewRead> {
  const faults: string[] = [];
  const given = checkGivenFacts(raw, faults);
  const options = checkImportOptions(raw, faults);
  const { scenarios, texts } = await readFiles(paths, options.sets, { signal, faults });
  const { imported, mistakes } = await importTexts(texts, options, { signal, faults });
  const scenario = onlyScenario(scenarios, options.sets, faults);
  const all = [...mistakes, ...(scenario?.faults ?? [])];
  if (faults.length > 0 || all.length > 0 || imported === null) throw new UserFault(faults, all);
  const facts = soundFacts(imported, scenario?.read ?? null, given);
  const { file } = scenario?.read ?? { file: null };
  return {
    facts,
    files: [...imported.files, ...(file === null ? [] : [{ file, kind: 'scenario' }])],
  };
}

interface Sorted {
  readonly scenarios: readonly ScenarioSource[];
  readonly texts: readonly FileText[];
}

async function readFiles(
  paths: readonly string[],
  sets: readonly Setting[],
  { signal, faults }: { readonly signal: AbortSignal; readonly faults: string[] },
): Promise<Sorted> {
  const scenarios: ScenarioSource[] = [];
  const texts: FileText[] = [];
  for (const path of paths) {
    if (isName(path)) {
      const source = await readOrFault(path, signal, faults, sets);
      if (source !== undefined) scenarios.push(source);
      continue;
    }
    for (const text of await readConfigurations([path], signal, faults)) {
      const folder = path === '-' ? '.' : dirname(path);
      if (looksLikeScenario(text.text)) scenarios.push(await sourceOf({ ...text, folder }, sets));
      else texts.push(text);
    }
  }
  return { scenarios, texts };
}

/** The name of a scenario has no ending, and is no file. */
function isName(path: string): boolean {
  return path !== '-' && !existsSync(path) && !/\.[^/.]+$/.test(path);
}

interface OnlyScenario {
  readonly read: ScenarioRead | null;
  readonly faults: readonly string[];
}

/** A review is of one system; `sets` need a scenario. */
function onlyScenario(
  scenarios: readonly ScenarioSource[],
  sets: readonly Setting[],
  faults: string[],
): OnlyScenario | null {
  const [source, second] = scenarios;
  if (second !== undefined) {
    faults.push(`${second.file}: is a second scenario; review them one by one`);
  }
  if (source === undefined) {
    for (const { path, text } of sets)
      faults.push(`--set ${path}=${text}: is about a scenario, and there is none among the files`);
    return null;
  }
  const parsed = parseWith(source, sets);
  const { file } = source;
  return { read: parsed.scenario === null ? null : { file, ...parsed }, faults: parsed.faults };
}

function soundFacts(
  { findings, files }: Imported,
  scenario: ScenarioRead | null,
  given: GivenFacts,
): ReviewFacts {
  const { facts, faults } = factsOf(findings, scenario, given);
  if (faults.length > 0) throw new UserFault([], faults.map(formatFault));
  if (facts.poolers.length > 0 || facts.services.some(({ pools }) => pools.length > 0))
    return facts;
  const kinds = files.map(({ file, kind }) => `${file} (${kind})`).join(', ');
  throw new UserFault([`there is no pool in ${kinds}; give the file that sets it up, too`]);
}

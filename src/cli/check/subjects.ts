// The scenarios of a check, each beside what it is compared with; or all that is wrong at once.

import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { CheckSubject } from '../../experiment/check/answer.ts';
import { poolFileExpander } from '../../scenario/import/pools-from.ts';
import { readBaseline, scenarioOf, type Baseline } from '../../scenario/baseline.ts';
import { UserFault } from '../faults.ts';
import { readConfigurations } from '../files/configuration-files.ts';
import { readText } from '../../files/read-text.ts';
import { parseSide, type SideTexts } from './sides.ts';
import type { ScenarioSource } from '../../files/scenario-source.ts';
import { type Parsed, readOrFault } from '../parsed-scenario.ts';
import { ownVersion } from '../version.ts';
import { GitVersion } from './git.ts';
import type { CheckOptions } from './options.ts';

export interface Subjects {
  readonly subjects: readonly CheckSubject[];
  /** What they are compared with, as people call it; null: nothing. */
  readonly against: string | null;
  readonly notices: readonly string[];
  readonly warnings: readonly string[];
}

/** @throws UserFault all that is wrong at once */
export async function readSubjects(
  files: readonly string[],
  options: CheckOptions,
  { signal, faults }: { readonly signal: AbortSignal; readonly faults: string[] },
): Promise<Subjects> {
  const read = await readSides(files, options, { signal, faults });
  const mistakes = read.flatMap(({ parsed }) => parsed.faults);
  if (faults.length > 0 || mistakes.length > 0) throw new UserFault(faults, [...new Set(mistakes)]);
  const warnings = [...new Set(read.flatMap(({ parsed }) => parsed.warnings))];
  const compared = await comparedWith(options, read, signal);
  return { ...compared, warnings };
}

/** A scenario as it is. */
interface Side {
  readonly texts: SideTexts;
  readonly parsed: Parsed;
}

async function readSides(
  files: readonly string[],
  options: CheckOptions,
  { signal, faults }: { readonly signal: AbortSignal; readonly faults: string[] },
): Promise<Side[]> {
  const { pool: path, configuration } = options;
  const envFiles = await readConfigurations(configuration.envFiles, signal, faults);
  const [pool] = await readConfigurations(path === undefined ? [] : [path], signal, faults);
  const sides: Side[] = [];
  for (const file of files) {
    const source = await readOrFault(file, signal, faults, configuration.sets);
    if (source === undefined || (path !== undefined && pool === undefined)) continue;
    const texts: SideTexts = { source, pool: pool ?? null, envFiles };
    sides.push({ texts, parsed: parseSide(texts, configuration) });
  }
  const takesFiles = sides.some(({ texts }) => texts.pool ?? texts.source.poolFiles);
  for (const { path: name } of sides.length === 0 || takesFiles ? [] : configuration.placeholders) {
    faults.push(`--set ${name}: is no setting of a scenario, and no pool comes from a file`);
  }
  return sides;
}

type Compared = Omit<Subjects, 'warnings'>;

async function comparedWith(
  options: CheckOptions,
  sides: readonly Side[],
  signal: AbortSignal,
): Promise<Compared> {
  const { against, baseline, updateBaseline } = options;
  if (against !== undefined) return inVersion(new GitVersion(against), sides, options);
  if (updateBaseline)
    return { subjects: sides.map((side) => alone(side)), against: null, notices: [] };
  if (!existsSync(baseline)) {
    const notice = `There is no baseline yet (${baseline}), so nothing is compared; --update-baseline writes it.`;
    return { subjects: sides.map((side) => alone(side)), against: null, notices: [notice] };
  }
  const text = await readText(baseline, signal, 'not a file');
  return inBaseline(text, sides, options);
}

function alone({ texts, parsed }: Side): CheckSubject {
  if (parsed.scenario === null) throw new Error('bug: a scenario with faults is checked');
  return { file: texts.source.file, now: parsed, before: null };
}

function inVersion(version: GitVersion, sides: readonly Side[], options: CheckOptions): Compared {
  const notices: string[] = [];
  const subjects = sides.map((side): CheckSubject => {
    const { now, file } = alone(side);
    const missing = (what: string) => {
      notices.push(`${what} is not in ${version.ref}, so ${file} is compared with nothing.`);
      return { file, now, before: null };
    };
    const texts = textsIn(version, side.texts);
    if (typeof texts === 'string') return missing(texts);
    const before = parseSide(texts, options.configuration);
    if (before.scenario !== null) return { file, now, before };
    const why = before.faults[0] ?? '';
    notices.push(
      `What ${file} was in ${version.ref} cannot be read, so it is not compared: ${why}`,
    );
    return { file, now, before: null };
  });
  return { subjects, against: version.ref, notices: [...new Set(notices)] };
}

/**
 * With --pool the version says what the pool was, without it what the scenario was, too. A string is the
 * file that the version does not have.
 */
function textsIn(version: GitVersion, { source, pool, envFiles }: SideTexts): SideTexts | string {
  const old = {
    envFiles: envFiles.map(({ file, text }) => ({ file, text: version.text(file) ?? text })),
  };
  if (pool !== null) {
    const text = version.text(pool.file);
    return text === null ? pool.file : { ...old, source, pool: { ...pool, text } };
  }
  const text = version.text(source.file);
  if (text === null) return source.file;
  const readFile: ScenarioSource['readFile'] = (path) => {
    const contents = version.text(resolve(source.folder, path));
    if (contents !== null) return { ok: true, text: contents };
    return { ok: false, message: `cannot read ${path}: it is not in ${version.ref}` };
  };
  // Today's text may not show that its pool was in a file then.
  const was = { ...source, text, readFile, poolFiles: poolFileExpander };
  return { ...old, source: was, pool: null };
}

function inBaseline(
  text: string,
  sides: readonly Side[],
  { baseline: file, isBaselineNamed }: CheckOptions,
): Compared {
  const read = readBaseline(text);
  if (!read.ok) throw new UserFault([`${file}: ${read.message}`]);
  const { baseline } = read;
  const keys = sides.map(({ texts }) => baselineKey(file, texts.source.file));
  if (isBaselineNamed && keys.every((key) => baseline.scenarios[key] === undefined)) {
    throw new UserFault([otherScenarios(file, baseline, keys)]);
  }
  const faults: string[] = [];
  const subjects = sides.map((side, i) =>
    subjectOf(side, keys[i] ?? '', { file, baseline, faults }),
  );
  if (faults.length > 0) throw new UserFault(faults);
  const notices = [...versionNotices(file, baseline), ...newNotices(file, subjects)];
  return { subjects, against: file, notices };
}

function subjectOf(
  side: Side,
  key: string,
  { file, baseline, faults }: { file: string; baseline: Baseline; faults: string[] },
): CheckSubject {
  const subject = alone(side);
  const kept = baseline.scenarios[key];
  if (kept === undefined) return subject;
  const { name } = subject.now.scenario;
  if (kept.name !== name) {
    const what = `${key} was the scenario ${kept.name}, and is ${name} now`;
    faults.push(`${file}: ${what}; make it anew with --update-baseline`);
    return subject;
  }
  const was = scenarioOf(key, kept, subject.now.scenario);
  if (!was.ok) faults.push(`${file}: ${was.message}`);
  else if (baseline.tidemark === ownVersion() && was.scenario.hash !== kept.hash) {
    const what = `what it keeps of ${key} was changed by hand, or in a merge`;
    faults.push(`${file}: ${what}; make it anew with --update-baseline`);
  } else return { ...subject, before: was };
  return subject;
}

/** Paths in a baseline begin at its folder, on every system with slashes. */
export function baselineKey(baseline: string, file: string): string {
  return relative(dirname(resolve(baseline)), resolve(file))
    .split(sep)
    .join('/');
}

function otherScenarios(file: string, baseline: Baseline, keys: readonly string[]): string {
  const known = Object.keys(baseline.scenarios).slice(0, 5).join(', ');
  const holds = known === '' ? 'no scenario' : `other scenarios (${known})`;
  const wanted = keys
    .map((key) => join(key))
    .slice(0, 3)
    .join(', ');
  return `${file}: is a baseline of ${holds}, not of ${wanted}; --update-baseline adds them`;
}

function versionNotices(file: string, { tidemark }: Baseline): string[] {
  const own = ownVersion();
  if (tidemark === own) return [];
  return [
    `${file} is of tidemark ${tidemark}, and this is ${own}: both sides are simulated by this one; --update-baseline makes it anew.`,
  ];
}

function newNotices(file: string, subjects: readonly CheckSubject[]): string[] {
  const added = subjects.filter(({ before }) => before === null).map((one) => one.file);
  if (added.length === 0) return [];
  return [
    `Not in ${file} yet, so compared with nothing: ${added.join(', ')}; --update-baseline adds it.`,
  ];
}

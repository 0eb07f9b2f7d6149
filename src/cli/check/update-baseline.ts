// Keeps what scenarios are now, beside what the baseline has of others.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CheckAnswer } from '../../experiment/check/answer.ts';
import { renderDocument } from '../../report/document.ts';
import { type Baseline, keptScenario, readBaseline } from '../../scenario/baseline.ts';
import { readText } from '../../files/read-text.ts';
import { ownVersion } from '../version.ts';
import { baselineKey } from './subjects.ts';

/** The text of the new baseline. */
export async function updatedBaseline(
  path: string,
  { files }: CheckAnswer,
  signal: AbortSignal,
): Promise<string> {
  const own = files.map(({ file, now, checked }) => {
    return [baselineKey(path, file), keptScenario(now.scenario, checked.figures)] as const;
  });
  const all = { ...(await others(path, signal)), ...Object.fromEntries(own) };
  const sorted = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
  const baseline: Baseline = {
    format: 1,
    tidemark: ownVersion(),
    scenarios: Object.fromEntries(sorted),
  };
  return renderDocument(baseline);
}

/** Scenarios that are still there, unless the file is of no use or of another version. */
async function others(path: string, signal: AbortSignal): Promise<Baseline['scenarios']> {
  if (!existsSync(path)) return {};
  const read = readBaseline(await readText(path, signal, 'not a file'));
  if (!read.ok || read.baseline.tidemark !== ownVersion()) return {};
  const there = Object.entries(read.baseline.scenarios).filter(([key]) =>
    existsSync(join(dirname(path), key)),
  );
  return Object.fromEntries(there);
}

// Replays through the built command, as a user would, and reads the figures of its JSON.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { parse } from 'yaml';
import type * as Library from '../../src/index.ts';
import type { RunResult } from '../../src/experiment/result.ts';

/** The built library, as its users load it: what a test runner makes of the sources is slower. */
const { formatFault, parseScenario, simulate } = (await import(
  new URL('../../dist/index.js', import.meta.url).href
)) as typeof Library;

export const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

/** What `tidemark run … --out DIR` writes: the report and the JSON, as text. */
export async function replayFiles(name: string, args: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-replay-'));
  const command = [join(root, 'dist/cli/main.js'), 'run', name, ...args, '--out', folder];
  await run(process.execPath, command, { maxBuffer: 64e6 });
  const [report, json] = ['txt', 'json'].map((ending) =>
    readFileSync(join(folder, `${name}.${ending}`), 'utf8'),
  );
  rmSync(folder, { recursive: true });
  return { report: report ?? '', json: json ?? '' };
}

/** Simulates January with some keys of its file replaced. */
export function january(changes: Readonly<Record<string, unknown>>): RunResult {
  const file = join(root, 'scenarios/january-2024.yaml');
  const document = parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const text = JSON.stringify({ ...document, provenance: {}, ...changes });
  const parsed = parseScenario({ file, text, sets: [] });
  if (!parsed.ok) throw new Error(parsed.faults.map(formatFault).join('\n'));
  return simulate(parsed.scenario);
}

/** A clock time of 21 January 2024 as it stands in a result. */
export function at(clock: string): string {
  return `2024-01-21T${clock.length === 5 ? `${clock}:00` : clock}Z`;
}

/** Indices of the windows that begin in [from, to), clock times. */
export function windowsIn({ series }: RunResult, from: string, to: string): number[] {
  return series.at.flatMap((start, i) => (start >= at(from) && start < at(to) ? [i] : []));
}

/** Failed share by the instant of the outcome, from the windows between two clock times; in percent. */
export function failedPercent(result: RunResult, from: string, to: string): number {
  const { completed, failed } = result.series;
  const windows = windowsIn(result, from, to);
  const sum = (counts: readonly number[]) => windows.reduce((s, i) => s + (counts[i] ?? 0), 0);
  return (100 * sum(failed)) / (sum(failed) + sum(completed));
}

/** Mean of a column over the windows between two clock times. */
export function meanOf(column: readonly (number | null)[], windows: readonly number[]): number {
  const values = windows.map((i) => column[i]).filter((value) => typeof value === 'number');
  return values.reduce((a, b) => a + b, 0) / values.length;
}

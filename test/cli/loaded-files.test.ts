// Which files a command loads: that decides how fast it starts, and unlike the time it takes it is the
// same on every machine.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, quiet, tidemark } from './tidemark.ts';

/** What every way of calling the command loads: itself, commander, and what the bundler needs for it. */
const always = ['faults.js', 'main.js', 'program.js', 'rolldown-runtime.js'];

/** Each file more costs about a millisecond. */
const MOST_FILES = 20;

/** The names of all files of code that a command runs, as V8's report of coverage lists them. */
async function loadedBy(...args: string[]): Promise<string[]> {
  const reports = folder();
  const at = { cwd: folder({ 'quiet.yaml': quiet }), env: { NODE_V8_COVERAGE: reports } };
  const { exitCode } = await tidemark(args, at);
  expect(exitCode).toBe(0);
  return readdirSync(reports)
    .flatMap((name) => urlsIn(join(reports, name)))
    .filter((url) => url.startsWith('file:'))
    .map((url) => basename(url))
    .sort();
}

function urlsIn(report: string): string[] {
  const { result } = JSON.parse(readFileSync(report, 'utf8')) as { result: { url: string }[] };
  return result.map(({ url }) => url);
}

describe('the built command', () => {
  it.each(['--help', '--version', 'run --help'])('loads no simulator for %s', async (words) => {
    expect(await loadedBy(...words.split(' '))).toEqual(always);
  });

  it('loads for the schema nothing that simulates', async () => {
    const loaded = await loadedBy('schema');
    expect(loaded).toContain('scenario-schema.js');
    expect(loaded).not.toContain('run-scenario.js');
    expect(loaded.length).toBeLessThanOrEqual(MOST_FILES);
  });

  it('runs a scenario from a few files, and draws no tables for --json', async () => {
    const loaded = await loadedBy('run', 'quiet.yaml', '--json');
    expect(loaded).toContain('run-scenario.js');
    expect(loaded).not.toContain('run-report.js');
    expect(loaded.length).toBeLessThanOrEqual(MOST_FILES);
  });

  it('loads tables for the text, and the progress line for terminals alone', async () => {
    const loaded = await loadedBy('run', 'quiet.yaml');
    expect(loaded).toContain('run-report.js');
    expect(loaded).not.toContain('progress.js');
    expect(loaded.length).toBeLessThanOrEqual(MOST_FILES);
  });
});

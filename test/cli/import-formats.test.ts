// Every format by the command: from the file to a run, and every way in which a file can be bad.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formats, SECRET, type Format } from './import-formats.ts';
import { folder, tidemark } from './tidemark.ts';

/** A folder with the format's file in it, which has this setting. */
function folderWith({ file, text }: Format, setting: string): string {
  const cwd = folder({});
  mkdirSync(dirname(join(cwd, file)), { recursive: true });
  writeFileSync(join(cwd, file), text.replace('SETTING', setting));
  return cwd;
}

/** What the import of a file with this setting says. */
function importOf(format: Format, setting: string, ...options: string[]) {
  return tidemark(['import', format.file, ...options], { cwd: folderWith(format, setting) });
}

describe('a file of each format', () => {
  it.each(formats)('becomes a scenario that runs: $file', async (format) => {
    const { file, profile, good } = format;
    const cwd = folderWith(format, good[0]);
    const [made, json] = await Promise.all([
      tidemark(['import', file, '--out', 'made'], { cwd }),
      importOf(format, good[0], '--json'),
    ]);
    expect([made.exitCode, json.exitCode], made.stderr).toEqual([0, 0]);
    expect(made.stdout).toContain(good[1]);
    const path = /^wrote (\S+)$/m.exec(made.stderr)?.[1] ?? '';
    expect(readFileSync(join(cwd, path), 'utf8')).toBe(made.stdout);
    const run = await tidemark(['run', path, '--json', '--set', 'duration=5s'], { cwd });
    expect(run.exitCode).toBe(0);
    const { certificate } = JSON.parse(run.stdout) as { certificate: { holds: boolean } };
    expect(certificate.holds).toBe(true);
    const profiles = [...run.stdout.matchAll(/"profile": "([^"]+)"/g)].map(([, one]) => one);
    expect(profiles[0] ?? 'generic').toBe(profile);
    for (const { stdout, stderr } of [made, json, run])
      expect(stdout + stderr).not.toContain(SECRET);
  });

  it.each(formats)('is refused with a wrong unit, key or placeholder: $file', async (format) => {
    const { file, unit, key, open } = format;
    const bad = [
      unit,
      key,
      [open, '${NOPE} has no value and no default; give one with --set NOPE=… or --env-file'],
    ] as const;
    const said = await Promise.all(bad.map(([setting]) => importOf(format, setting)));
    for (const [i, { stdout, stderr, exitCode }] of said.entries()) {
      expect({ stdout, exitCode }, stderr).toEqual({ stdout: '', exitCode: 2 });
      const [place, ...more] = stderr.trimEnd().split('\n');
      expect(more).toEqual([]);
      expect(place).toMatch(/^[\w./]+:\d+:\d+: /);
      expect(place?.startsWith(`${file}:`)).toBe(true);
      expect(place?.endsWith(bad[i]?.[1] ?? '')).toBe(true);
    }
  });

  it.each(formats)('is refused when it is missing, empty or binary: $file', async ({ file }) => {
    const bytes = new Uint8Array([...Buffer.from(SECRET), 0, 255, 254, 128, 7]);
    const cwd = folder({});
    for (const [name, content] of [
      ['binary', bytes],
      ['empty', '\n'],
    ] as const) {
      mkdirSync(dirname(join(cwd, name, file)), { recursive: true });
      writeFileSync(join(cwd, name, file), content);
    }
    const names = ['nope', 'binary', 'empty'].map((name) => `${name}/${file}`);
    expect(await tidemark(['import', ...names], { cwd })).toEqual({
      stdout: '',
      stderr: `tidemark: cannot read nope/${file}: there is no such file or folder (ENOENT)
tidemark: cannot read binary/${file}: it is no text in UTF-8
empty/${file}:1:1: is empty; it has to say something
`,
      exitCode: 2,
    });
  });
});

/** Copies of the built command, module by module instead of bundled, whole or with one rule broken. */

import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { folder, newFolder, quiet, remove, root, tidemark } from './tidemark.ts';

/** Puts a copy of the built command into a folder. */
function copyBuild(copy: string): void {
  const isRun = (path: string) => !/\.(d\.ts|map)$|\bchunks$/.test(path);
  cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true, filter: isRun });
  cpSync(join(root, 'package.json'), join(copy, 'package.json'));
  cpSync(join(root, 'scenarios'), join(copy, 'scenarios'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
}

/** What to run in a copy. */
export function startOf(copy: string): string {
  return join(copy, 'dist/cli/start.js');
}

/** A copy in which a text of one of its files is replaced. */
export function sabotaged(file: string, from: string | RegExp, to: string): string {
  const copy = folder({ 'quiet.yaml': quiet });
  copyBuild(copy);
  sabotage(copy, file, from, to);
  return copy;
}

/** Replaces a text of a copy's file; what it returns puts it back. */
function sabotage(copy: string, file: string, from: string | RegExp, to: string): () => void {
  const path = join(copy, 'dist', file);
  const whole = readFileSync(path, 'utf8');
  const broken = whole.replace(
    typeof from === 'string' ? compiled(from, whole) : from,
    compiled(to, whole),
  );
  if (broken === whole) throw new Error(`dist/${file} has nothing to break`);
  writeFileSync(path, broken);
  return () => {
    writeFileSync(path, whole);
  };
}

// Names of layouts as they stand in a compiled file: `NUM.NOW` is `0 /* NUM.NOW */` there.
function compiled(text: string, whole: string): string {
  return text.replace(/\b[A-Z]+\.[A-Z_]+\b/g, (name) => {
    return new RegExp(`-?\\d+ /\\* ${name} \\*/`).exec(whole)?.[0] ?? name;
  });
}

/** A broken rule: in words, the file, what stands there, what does instead, and the name of the identity. */
export type BrokenRule = readonly [string, string, RegExp | string, string, string];

/** Of a scenario that meets all these rules: each of them, broken, is named; as they are, none is broken. */
export function describeBrokenRules(what: string, scenario: string, rules: readonly BrokenRule[]) {
  describe(what, () => {
    let copy = '';
    beforeAll(() => {
      copy = newFolder({ 'busy.yaml': scenario });
      copyBuild(copy);
    });
    afterAll(() => {
      remove(copy);
    });

    it.each(rules)('%s: named, with exit code 3', async (_, file, from, to, name) => {
      onTestFinished(sabotage(copy, file, from, to));
      const { stderr, exitCode } = await tidemark(['run', 'busy.yaml', '--json'], {
        cwd: copy,
        main: startOf(copy),
      });
      expect(stderr).toContain('bug: the certificate does not hold: ');
      expect(stderr).toContain(`${name}: expected`);
      expect(exitCode).toBe(3);
    });

    it('is broken in none of them as they are', async () => {
      const cwd = folder({ 'busy.yaml': scenario });
      const { stderr, exitCode } = await tidemark(['run', 'busy.yaml', '--json'], { cwd });
      expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    });
  });
}

// The page on the library as a project of somebody who has installed the package: its programs as files,
// and what they print.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../', import.meta.url));

export const page = join(root, 'docs/LIBRARY.md');

export interface Program {
  /** The first line of its block in the page. */
  readonly line: number;
  readonly code: string;
  /** What the text block right below says that it prints; null: there is none, as it is a test. */
  readonly output: string | null;
}

const PROGRAM = /^```ts\n([\s\S]*?)^```$(?:\n\n```text\n([\s\S]*?)^```$)?/gm;

/** The programs of the page in their order. */
export function programsOf(text: string): Program[] {
  return [...text.matchAll(PROGRAM)].map(({ 1: code = '', 2: output, index }) => ({
    line: text.slice(0, index).split('\n').length,
    code,
    output: output ?? null,
  }));
}

/** The page with what its programs print now, each as `print` says. */
export function withPrinted(text: string, print: (program: Program) => string): string {
  const programs = programsOf(text);
  return text.replace(PROGRAM, (block) => {
    const program = programs.shift();
    if (program === undefined || program.output === null) return block;
    return block.replace(/(?<=^```text\n)[\s\S]*(?=^```$)/m, () => print(program));
  });
}

/** A new folder with the scenario of the page, its programs, the package and vitest; to be removed. */
export function projectOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-library-'));
  const scenario = /^```yaml\n([\s\S]*?)^```$/m.exec(text)?.[1] ?? '';
  writeFileSync(join(folder, 'surge.yaml'), scenario);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  const packages = join(folder, 'node_modules');
  mkdirSync(packages);
  symlinkSync(root, join(packages, 'tidemark'), 'junction');
  for (const name of ['vitest', '@types']) {
    symlinkSync(join(root, 'node_modules', name), join(packages, name), 'junction');
  }
  for (const program of programsOf(text)) {
    writeFileSync(join(folder, nameOf(program)), program.code);
  }
  return folder;
}

/** A test has a name that vitest looks for. */
export function nameOf({ line, output }: Program): string {
  return `line-${line}${output === null ? '.test' : ''}.ts`;
}

/** What a program prints. */
export function printedBy(program: Program, folder: string): string {
  const { outputText } = ts.transpileModule(program.code, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
  });
  const script = nameOf(program).replace(/ts$/, 'mjs');
  writeFileSync(join(folder, script), outputText);
  return runIn(folder, script);
}

/** What a module prints in the folder, in a process of its own. */
export function runIn(folder: string, ...args: readonly string[]): string {
  const env = { PATH: process.env['PATH'] ?? '' };
  return execFileSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' });
}

/** The text of the page. */
export function pageText(): string {
  return readFileSync(page, 'utf8');
}

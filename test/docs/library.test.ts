// The page on the library is executed: its examples are type-checked as users would, those that print
// something print what the page says, and those for vitest are run by vitest. The outputs are golden,
// written by `npm run samples`.

import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { remove, root } from '../cli/tidemark.ts';
import {
  nameOf,
  pageText,
  printedBy,
  programsOf,
  projectOf,
  runIn,
  withPrinted,
} from './library-page.ts';

const text = pageText();
const programs = programsOf(text);
const scripts = programs.filter(({ output }) => output !== null);
const tests = programs.filter(({ output }) => output === null);
const project = projectOf(text);

afterAll(() => {
  remove(project);
});

function typeFaults(resolution: ts.CompilerOptions): string[] {
  const program = ts.createProgram(
    programs.map((one) => join(project, nameOf(one))),
    {
      ...resolution,
      target: ts.ScriptTarget.ES2023,
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
    },
  );
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('docs/LIBRARY.md', () => {
  it('has examples of every entry that a program needs', () => {
    const imported = programs.flatMap(({ code }) =>
      [...code.matchAll(/'(tidemark[/\w]*)'/g)].map((match) => match[1]),
    );
    const entries = ['tidemark', 'tidemark/steps', 'tidemark/vitest'];
    expect([...new Set(imported)].sort()).toEqual(entries);
    expect(tests.filter(({ code }) => !code.includes("from 'vitest'"))).toEqual([]);
  });

  it.each([
    ['Node', { module: ts.ModuleKind.NodeNext }],
    [
      'a bundler',
      { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
    ],
  ])('has examples whose types are right as %s resolves them', (_, resolution) => {
    expect(typeFaults(resolution)).toEqual([]);
  });

  it.each(scripts)('prints what the page says: line $line', (program) => {
    expect(printedBy(program, project)).toBe(program.output);
  });

  it.each(tests)('passes in vitest: line $line', (program) => {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const args = ['run', '--root', project, '--reporter=json', nameOf(program)];
    const report = JSON.parse(runIn(project, vitest, ...args)) as Record<string, number>;
    expect(report['numPassedTests']).toBe(program.code.match(/^it\(/gm)?.length);
    expect(report['numTotalTests']).toBe(report['numPassedTests']);
  });
});

describe('the outputs of a page', () => {
  it('are replaced one by one, and nothing else', () => {
    const shown = '# A\n\n```ts\na();\n```\n\n```text\nold\n```\n\n```ts\nb();\n```\n\nB\n';
    const printed = withPrinted(shown, ({ code }) => `new $& of ${code}`);
    expect(printed).toBe(shown.replace('old\n', () => 'new $& of a();\n'));
    expect(programsOf(shown)).toEqual([
      { line: 3, code: 'a();\n', output: 'old\n' },
      { line: 11, code: 'b();\n', output: null },
    ]);
  });
});

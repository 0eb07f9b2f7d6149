// What the package exports, name by name: whoever adds or takes away one does so here, too, and in the
// changelog.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { root } from '../cli/tidemark.ts';

interface Surface {
  /** Its module for Node. */
  readonly module: string;
  readonly values: readonly string[];
  readonly types: readonly string[];
}

const surfaces: Readonly<Record<string, Surface>> = {
  '.': {
    module: 'dist/node.js',
    values: [
      ...['InputError', 'SimulationLimit', 'advise', 'check', 'formatFault'],
      ...['loadScenario', 'parseScenario', 'simulate'],
    ],
    types: [
      ...['Advice', 'CheckDocument', 'CheckRequest', 'CheckedFileDocument', 'Compared', 'Fault'],
      ...['FileContents', 'LoadOptions', 'LoadedScenario', 'ReadFile', 'RunResult', 'Scenario'],
      ...['SimulateOptions', 'Trial'],
    ],
  },
  './steps': {
    module: 'dist/library/steps.js',
    values: ['advise', 'replicate', 'simulate'],
    types: ['Progress', 'Replications', 'RunOptions'],
  },
  './vitest': { module: 'dist/vitest/index.js', values: [], types: ['ObjectivesOptions'] },
};

type Target = string | Readonly<Record<string, string>>;

const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Readonly<Record<string, Target>>;
};

function targetsOf(path: string): Readonly<Record<string, string>> {
  const target = exports[path];
  return typeof target === 'object' ? target : {};
}

/** All names that a declaration file exports, sorted. */
function declaredIn(file: string): string[] {
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    skipLibCheck: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${file} is no module`);
  return checker
    .getExportsOfModule(module)
    .map(({ name }) => name)
    .sort();
}

/** All modules that one loads, and what they load from outside. */
function reachedFrom(entry: string): { modules: Set<string>; outside: Set<string> } {
  const modules = new Set<string>();
  const outside = new Set<string>();
  const visit = (file: string): void => {
    if (modules.has(file)) return;
    modules.add(file);
    for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
      if (fileName.startsWith('.')) visit(join(dirname(file), fileName));
      else outside.add(fileName);
    }
  };
  visit(join(root, entry));
  return { modules, outside };
}

describe('the package', () => {
  it('has these export paths and no others', () => {
    const known = [...Object.keys(surfaces), './theory', './package.json'];
    expect(Object.keys(exports).sort()).toEqual(known.sort());
  });

  it.each(Object.entries(surfaces))('exports exactly the listed values from %s', async (_, one) => {
    const module = (await import(join(root, one.module))) as object;
    expect(Object.keys(module).sort()).toEqual(one.values);
  });

  it.each(Object.entries(surfaces))(
    'declares exactly the listed names for %s',
    (path, { values, types }) => {
      const declared = declaredIn(join(root, targetsOf(path)['types'] ?? ''));
      expect(declared).toEqual([...values, ...types].sort());
    },
  );

  it.each(Object.entries(surfaces))('leads Node to the listed module for %s', (path, one) => {
    const { node, default: usual } = targetsOf(path);
    expect(node ?? usual).toBe(`./${one.module}`);
  });

  it('gives a browser the same without the reading of files', async () => {
    const usual = join(root, targetsOf('.')['default'] ?? '');
    const values = surfaces['.']?.values.filter((name) => name !== 'loadScenario');
    expect(Object.keys((await import(usual)) as object).sort()).toEqual(values);
  });

  it.each(['.', './steps', './theory'])('needs nothing of Node in a browser for %s', (path) => {
    const { modules, outside } = reachedFrom(targetsOf(path)['default'] ?? '');
    expect(modules.size).toBeGreaterThan(10);
    expect([...outside].filter((name) => name.startsWith('node:'))).toEqual([]);
    expect(outside).not.toContain('piscina');
  });

  it('packs every module that an export path leads to, with all that those load', () => {
    const packing = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const [{ files }] = JSON.parse(packing.stdout) as [{ files: { path: string }[] }];
    const packed = new Set(files.map(({ path }) => path));
    const targets = Object.keys(exports).flatMap((path) => Object.values(targetsOf(path)));
    const code = targets.filter((target) => target.endsWith('.js'));
    const loaded = code.flatMap((target) =>
      [...reachedFrom(target).modules].map((file) => relative(root, file).replaceAll('\\', '/')),
    );
    const wanted = [...targets.map((target) => target.replace('./', '')), ...loaded];
    expect(wanted.filter((file) => !packed.has(file))).toEqual([]);
    expect(wanted.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

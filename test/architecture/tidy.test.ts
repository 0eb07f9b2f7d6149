// What lint cannot hold: the shape of the repository, and that no file betrays where it was written.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

const topLevel = [
  ...['.ci', 'bench', 'docs', 'reports', 'scenarios', 'src', 'test'],
  ...['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md', 'action.yml'],
  ...['.editorconfig', '.gitattributes', '.gitignore', '.npmrc', '.prettierignore'],
  ...['.prettierrc.json', 'eslint.config.js', 'eslint.layers.js', 'package-lock.json'],
  ...['package.json', 'rolldown.config.js', 'tsconfig.json', 'vitest.config.ts'],
];

/** Never part of the repository, wherever it was unpacked. */
const untracked = ['.git', 'node_modules', 'dist', 'coverage'];

/** A home or working folder on somebody's machine, on any system. Written so as not to match itself. */
const machinePaths = [
  /(?<![\w.~-])\/(?:home|Users|root|work|workspace|mnt)\/[\w.@-]+/,
  /(?<![\w.~-])\/(?:tmp|private|var\/folders)\/[\w.@-]+/,
  /\b[A-Z]:[\\/]Users[\\/]/,
  /file:\/\/\/[a-z]/,
];

/** Where some machine fetches its packages; everybody has their own. */
const packageHosts = [/\bregistry\.(?:npm|yarn)/, /https?:\/\/[^/\s]*registry/];

/** The files that the repository holds or is about to; all files when this is an unpacked archive. */
function repositoryFiles(): string[] {
  if (!existsSync(`${root}.git`)) return walk('');
  const listing = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root, encoding: 'utf8' },
  );
  return listing.split('\0').filter((file) => file !== '' && existsSync(`${root}${file}`));
}

function walk(folder: string): string[] {
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    if (untracked.includes(entry.name)) return [];
    return entry.isDirectory() ? walk(`${folder}${entry.name}/`) : [`${folder}${entry.name}`];
  });
}

function read(file: string): string {
  return readFileSync(`${root}${file}`, 'utf8');
}

/** Each line of a file that matches a pattern, as `file:line: text`. */
function matches(file: string, patterns: readonly RegExp[]): string[] {
  return read(file)
    .split('\n')
    .map((text, i) => ({ text, at: `${file}:${i + 1}` }))
    .filter(({ text }) => patterns.some((pattern) => pattern.test(text)))
    .map(({ text, at }) => `${at}: ${text.trim().slice(0, 100)}`);
}

const files = repositoryFiles();

describe('the repository', () => {
  it('has nothing at its top that the house does not name', () => {
    const tops = new Set(files.map((file) => file.split('/')[0] ?? file));
    expect([...tops].filter((name) => !topLevel.includes(name))).toEqual([]);
  });

  it('names no path of a machine', () => {
    expect(files.flatMap((file) => matches(file, machinePaths))).toEqual([]);
  });

  it('names no host that packages are fetched from', () => {
    expect(files.flatMap((file) => matches(file, packageHosts))).toEqual([]);
  });

  it('recognises the paths of machines, and leaves web addresses and relative paths alone', () => {
    const home = ['', 'home', 'ada', 'x.ts'].join('/');
    const mac = ['', 'Users', 'ada'].join('/');
    const scratch = ['', 'tmp', 'run'].join('/');
    const windows = ['C:', 'Users', 'ada'].join('\\');
    for (const path of [home, mac, scratch, windows, `file://${home}`]) {
      expect(
        machinePaths.some((pattern) => pattern.test(`see ${path}`)),
        path,
      ).toBe(true);
    }
    for (const path of ['https://example.org/home/ada', 'test/jobs/x.ts', './tmp/x', '/metrics']) {
      expect(
        machinePaths.some((pattern) => pattern.test(`see ${path}`)),
        path,
      ).toBe(false);
    }
  });

  it('has no source file of more than 400 lines', () => {
    const long = files
      .filter((file) => /^src\/.*\.ts$/.test(file))
      .filter((file) => read(file).trimEnd().split('\n').length > 400);
    expect(long).toEqual([]);
  });

  it('ends its lines the same way everywhere', () => {
    const text = files.filter((file) => /\.(?:ts|js|json|md|ya?ml)$/.test(file));
    expect(text.filter((file) => read(file).includes('\r\n'))).toEqual([]);
  });
});

describe('the packages', () => {
  it('are pinned to exact versions', () => {
    const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
    const loose = ['dependencies', 'devDependencies', 'optionalDependencies']
      .flatMap((kind) => Object.entries(manifest[kind] ?? {}))
      .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version));
    expect(loose).toEqual([]);
  });

  it('of the user are a range that begins with a major version, and the one that is tested is in it', () => {
    const { peerDependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      'peerDependencies' | 'devDependencies',
      Record<string, string>
    >;
    for (const [name, range] of Object.entries(peerDependencies)) {
      const tested = devDependencies[name] ?? '';
      expect(range, name).toBe(`^${/^\d+/.exec(tested)?.[0] ?? 'none'}.0.0`);
    }
  });

  it('are locked by checksum, with no address to fetch them from', () => {
    expect(matches('package-lock.json', [/"resolved":/, /https?:\/\/[^"]*\.tgz/])).toEqual([]);
    expect(matches('.npmrc', [/registry\s*=\s*http/, /_auth/])).toEqual([]);
  });
});

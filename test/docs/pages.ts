// Pages whose commands are executed, each in a folder with copies of the files that it is about.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandsOf, shellIn, type Shown } from './console.ts';

export interface Page {
  /** Its path in the repository. */
  readonly file: string;
  /** What its commands find: a file or folder of the repository → its name there. */
  readonly files: Readonly<Record<string, string>>;
  /** Whether that is a git repository, with the files in its only commit. */
  readonly isRepository: boolean;
}

export const tutorial: Page = {
  file: 'docs/tutorial/README.md',
  files: { 'docs/tutorial': '.' },
  isRepository: false,
};

export const ciGuide: Page = {
  file: 'docs/guides/ci.md',
  files: { 'docs/guides/ci': '.', 'scenarios/january-2024.yaml': 'incidents/january-2024.yaml' },
  isRepository: true,
};

export interface OpenPage {
  readonly text: string;
  readonly commands: readonly Shown[];
  /** The copy of its files. */
  readonly folder: string;
  /** Runs a command there; what it prints on either stream. */
  readonly run: (command: string) => string;
  readonly close: () => void;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A page with a fresh copy of its files, until it is closed. */
export function open({ file, files, isRepository }: Page): OpenPage {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-page-'));
  for (const [from, to] of Object.entries(files)) {
    cpSync(join(root, from), join(folder, to), { recursive: true });
  }
  if (isRepository) commitAll(folder);
  const text = readFileSync(join(root, file), 'utf8');
  return {
    text,
    commands: commandsOf(text),
    folder,
    run: shellIn(folder, join(root, 'dist/cli/main.js')),
    close: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function commitAll(folder: string): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Ada');
  git('config', 'user.email', 'ada@example.org');
  git('add', '--all');
  git('commit', '--quiet', '--message=The shop');
}

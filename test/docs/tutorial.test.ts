// The tutorial is executed: every command of the page, in its order, in a copy of its folder. The page's
// outputs are golden, written by `npm run samples`; that they are right is for the laws to say.

import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { newFolder, root } from '../cli/tidemark.ts';
import { isNightly } from '../support/nightly.ts';
import { commandsOf, shellIn } from './console.ts';

const source = join(root, 'docs/tutorial');
const folder = newFolder({});
cpSync(source, folder, { recursive: true });
const run = shellIn(folder, join(root, 'dist/cli/main.js'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** It takes a minute of two processors. */
const isLong = (command: string): boolean => command.startsWith('tidemark size');

describe('the tutorial', () => {
  const commands = commandsOf(readFileSync(join(source, 'README.md'), 'utf8'));

  it('shows how files and answers become a scenario, and a scenario a size', () => {
    const named = commands.map(({ command }) => /^\w+(?: \w+)?/.exec(command)?.[0]);
    for (const name of ['tidemark review', 'tidemark init', 'tidemark run', 'tidemark size']) {
      expect(named).toContain(name);
    }
  });

  it.each(commands)('prints what the page says: $command', ({ command, output }) => {
    if (isLong(command) && !isNightly) return;
    expect(run(command)).toBe(output);
  });
});

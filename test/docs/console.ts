// Console blocks of a page: the commands in them, what they are said to print, and what they do print.

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Shown {
  /** For the shell, over several lines where the page has them. */
  readonly command: string;
  /** What the page says that it prints. */
  readonly output: string;
}

const BLOCK = /^```console\n([\s\S]*?)^```$/gm;

/** The commands of a page in their order. */
export function commandsOf(page: string): Shown[] {
  return [...page.matchAll(BLOCK)].flatMap(([, block = '']) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((text) => {
        const command = /^(?:.*\\\n)*.*\n/.exec(text)?.[0] ?? '';
        return { command: command.trimEnd(), output: text.slice(command.length) };
      }),
  );
}

/** The page with other outputs, one for each of its commands. */
export function withOutputs(page: string, outputs: readonly string[]): string {
  const left = [...outputs];
  return page.replace(BLOCK, (_, block: string) => {
    const commands = commandsOf(`\`\`\`console\n${block}\`\`\``);
    const lines = commands.map(({ command }) => `$ ${command}\n${left.shift() ?? ''}`);
    return `\`\`\`console\n${lines.join('')}\`\`\``;
  });
}

/** A shell in a folder that knows `tidemark`; what a command prints on either stream. */
export function shellIn(folder: string, main: string): (command: string) => string {
  const bin = join(folder, '.bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'tidemark'), `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
  chmodSync(join(bin, 'tidemark'), 0o755);
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
  return (command) =>
    execFileSync('sh', ['-c', `{ ${command}\n} 2>&1`], { cwd: folder, env, encoding: 'utf8' });
}

// A command on a pseudo-terminal of 80 × 24, which `script` of util-linux opens. Whoever talks to it waits for
// what it says; nobody waits for time to pass.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { onTestFinished } from 'vitest';
import { root } from './tidemark.ts';

/** Other systems have another `script`, with other options. */
export const hasTerminals = versionOf('script').includes('util-linux');

export const CTRL_C = '\x03';
/** Empties the line. */
export const CTRL_U = '\x15';

export class Terminal {
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown[]>;
  /** All, and what nobody has waited for yet. */
  #said = '';
  #heard = '';
  /** Whom to tell when there is more. */
  #listener: () => void = () => undefined;

  /** @param args of tidemark, as a shell reads them: standard output may go to a file */
  constructor(args: string, cwd: string) {
    const node = `'${process.execPath}' '${join(root, 'dist/cli/main.js')}'`;
    const command = `stty cols 80 rows 24; exec ${node} ${args}`;
    this.#child = spawn('script', ['-qefc', command, '/dev/null'], {
      cwd,
      env: { PATH: process.env['PATH'], TERM: 'xterm' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#exit = once(this.#child, 'close');
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const plain = stripVTControlCharacters(text).replaceAll('\r', '');
      this.#said += plain;
      this.#heard += plain;
      this.#listener();
    });
    onTestFinished(() => {
      this.#child.kill('SIGKILL');
    });
  }

  /** Waits until it has said something; what was said up to then is not waited for again. */
  async says(wanted: string): Promise<void> {
    const isSaid = new Promise<void>((resolve) => {
      this.#listener = () => {
        const at = this.#heard.indexOf(wanted);
        if (at < 0) return;
        this.#heard = this.#heard.slice(at + wanted.length);
        this.#listener = () => undefined;
        resolve();
      };
      this.#listener();
    });
    const isOver = this.#exit.then(() => {
      throw new Error(`the command ended without saying "${wanted}", but:\n${this.#heard}`);
    });
    await Promise.race([isSaid, isOver]);
  }

  /** Types a line, or a key. */
  type(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** The exit code, and all that was said. */
  async ended(): Promise<{ readonly exitCode: unknown; readonly said: string }> {
    const [exitCode] = await this.#exit;
    return { exitCode, said: this.#said };
  }
}

/** What a program says of itself; nothing where there is none. */
function versionOf(program: string): string {
  const { error, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return error === undefined ? stdout : '';
}

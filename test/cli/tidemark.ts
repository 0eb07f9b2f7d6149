// Runs the built command as a user would, in a folder of its own and without the environment of
// whoever runs the tests.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const root = fileURLToPath(new URL('../../', import.meta.url));

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What standard input holds; null keeps it open. */
  readonly input?: string | null;
  /** An open file to be standard output. */
  readonly stdout?: number;
  /** Another copy of the command than the built one. */
  readonly main?: string;
}

/** Runs a command to its end. */
export async function tidemark(args: readonly string[], at: Surroundings = {}): Promise<Ended> {
  return ended(start(args, at));
}

/** Starts a command that the test talks to while it runs. */
export function start(args: readonly string[], at: Surroundings = {}): ChildProcess {
  const main = at.main ?? join(root, 'dist/cli/main.js');
  const child = spawn(process.execPath, [main, ...args], {
    cwd: at.cwd ?? tmpdir(),
    env: { PATH: process.env['PATH'], ...at.env },
    stdio: ['pipe', at.stdout ?? 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  if (at.input !== null) child.stdin?.end(at.input ?? '');
  return child;
}

export async function ended(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { stdout, stderr, exitCode };
}

/** Waits until a command has said something on stderr. */
export async function said(child: ChildProcess, wanted: string): Promise<void> {
  let heard = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', (text: string) => {
      heard += text;
      if (heard.includes(wanted)) resolve();
    });
    child.on('close', () => {
      reject(new Error(`the command ended without saying "${wanted}", but:\n${heard}`));
    });
  });
}

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder for one test, with files in it; gone afterwards. */
export function folder(files: Files = {}): string {
  const path = newFolder(files);
  onTestFinished(() => {
    remove(path);
  });
  return path;
}

/** A folder with files in it, which somebody has to `remove`. */
export function newFolder(files: Files): string {
  const path = mkdtempSync(join(tmpdir(), 'tidemark-cli-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

/** Removes a folder and all that is in it. */
export function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

/** One minute of 50 requests/s, far from any limit. */
export const quiet = `
name: quiet
duration: 1m
seed: 7
traffic: { rate: 50 }
requests: { query: 10ms }
service: { instances: 1, pool: { max: 10 } }
objectives: [ response p99 < 1s ]
`;

/** The same with an objective that nobody can meet. */
export const missed = quiet.replace('response p99 < 1s', 'response p99 < 1ms');

/** Hundreds of millions of requests: still running when a test has had its say. */
export const endless = quiet.replace('1m', '20d').replace('rate: 50', 'rate: 500');

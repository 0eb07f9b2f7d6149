/** The C programs of bench/reference: compiled into a folder of their own when there is a compiler. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './workloads.ts';

export type YardstickProgram = 'a' | 'b' | 'recursion-a' | 'recursion-b' | 'january';

/** What a program prints; January has rows as well. */
export interface YardstickRun {
  readonly customers: number;
  readonly events: number;
  readonly cpuSeconds: number;
  readonly nsPerCustomer: number;
  readonly timeouts: number;
}

/**
 * A vector that is read right after its parts were written waits for all of them, so loops are left as
 * they are; not every compiler knows the native machine.
 */
const FLAGS = ['-std=c11', '-O3', '-fno-tree-vectorize'];

export class Yardstick {
  private readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** null when there is no C compiler, or it refuses. */
  static compile(): Yardstick | null {
    const folder = mkdtempSync(join(tmpdir(), 'tidemark-yardstick-'));
    const source = `${root}bench/reference/`;
    const files = readdirSync(source)
      .filter((file) => file.endsWith('.c'))
      .map((file) => `${source}${file}`);
    const compiles = (native: string[]) => {
      const words = [...FLAGS, ...native, '-o', join(folder, 'yardstick'), ...files, '-lm'];
      return spawnSync(process.env['CC'] ?? 'cc', words).status === 0;
    };
    if (compiles(['-march=native']) || compiles([])) return new Yardstick(folder);
    rmSync(folder, { recursive: true });
    return null;
  }

  run(program: YardstickProgram, customers: number, seed = 1): YardstickRun {
    const words = [program, String(customers), String(seed)];
    const run = spawnSync(join(this.folder, 'yardstick'), words, { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`The yardstick failed: ${run.stderr}`);
    return JSON.parse(run.stdout) as YardstickRun;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** The product's own command in a fresh process: what it costs in CPU time and memory, and what it says. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './workloads.ts';

export interface ProductRun {
  readonly arrived: number;
  readonly timeouts: number;
  readonly meanWaitMs: number;
  readonly cpuSeconds: number;
  /** From the start of the process to its end. */
  readonly elapsedSeconds: number;
  readonly peakMegabytes: number;
}

interface Report {
  readonly requests: { readonly arrived: number };
  readonly pool: { readonly timeouts: number };
  readonly acquireWait: { readonly meanMs: number };
  readonly certificate: { readonly holds: boolean };
}

/** `tidemark run FILE --json` on this scenario. */
export function runProduct(text: string): ProductRun {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  try {
    const file = join(folder, 'scenario.yaml');
    writeFileSync(file, text);
    const { stdout, usage } = runNode([main, 'run', file, '--json']);
    const report = JSON.parse(stdout) as Report;
    if (!report.certificate.holds) throw new Error('bug: the certificate does not hold');
    return {
      arrived: report.requests.arrived,
      timeouts: report.pool.timeouts,
      meanWaitMs: report.acquireWait.meanMs,
      ...usage,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Usage {
  readonly cpuSeconds: number;
  readonly elapsedSeconds: number;
  readonly peakMegabytes: number;
}

/** The built command. */
export const main = `${root}dist/cli/main.js`;

/** Node with these words; it must succeed. */
export function runNode(words: readonly string[]): { stdout: string; usage: Usage } {
  const preload = ['--import', `${root}bench/usage-report.js`];
  const start = performance.now();
  const run = spawnSync(process.execPath, [...preload, ...words], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  const elapsedSeconds = (performance.now() - start) / 1000;
  if (run.status !== 0) throw new Error(`node ${words.join(' ')} failed: ${run.stderr}`);
  const { cpuMicroseconds, maxRSS } = JSON.parse(run.output[3] ?? '') as {
    cpuMicroseconds: number;
    maxRSS: number;
  };
  const cpuSeconds = cpuMicroseconds / 1e6;
  return {
    stdout: run.stdout,
    usage: { cpuSeconds, elapsedSeconds, peakMegabytes: maxRSS / 1024 },
  };
}

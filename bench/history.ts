/**
 * What each landed change did to the speed, a line of JSON each: ratios between programs of one run, which
 * hold on any machine, and the version of Node. No times, no names of machines.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { MedianRatio } from './interleaved.ts';
import { root } from './workloads.ts';

const FILE = `${root}bench/history.ndjson`;

export interface HistoryLine {
  /** What has landed. */
  readonly change: string;
  readonly node: string;
  /** CPU time of the engine ÷ that of the recursion; `Whole` is with the report. */
  readonly aBare: number;
  readonly aWhole: number;
  readonly bBare: number;
  readonly bWhole: number;
  /** Cost of an event on B ÷ that on A. */
  readonly eventBOverA: number;
  /** Speed ÷ speed of the C program; null: not measured. */
  readonly c: {
    readonly a: number | null;
    readonly b: number | null;
    readonly january: number | null;
  };
}

/** Names of the ratios that are guarded. */
export const GUARDED = ['aBare', 'aWhole', 'bBare', 'bWhole'] as const;

export function lastLine(): HistoryLine | null {
  if (!existsSync(FILE)) return null;
  const last = readFileSync(FILE, 'utf8').trimEnd().split('\n').at(-1);
  return last === undefined || last === '' ? null : (JSON.parse(last) as HistoryLine);
}

export function record(line: HistoryLine): void {
  appendFileSync(FILE, `${JSON.stringify(line)}\n`);
}

/** Worse by more than a tenth, and surely so: the whole interval lies beyond. */
export function hasBecomeWorse(before: number, now: MedianRatio): boolean {
  return now.low > 1.1 * before;
}

/** What to do, and what not to, when requests wait for a pool and none of them fails: from what was tried. */
import type { Advice } from '../../experiment/advice.ts';
import type { RunResult } from '../../experiment/result.ts';
import { milliseconds } from '../words.ts';
import { poolSizeOf, sizeSetBy } from './change-words.ts';

/** Failed shares below this are none. */
const FINE = 0.01;
/** A median of this share of the one before is a help, and of that one is none. */
const HELPS = 0.5;
const SAME = 0.9;

interface TriedSize {
  readonly words: string;
  readonly p50Ms: number;
}

/** Wordings of a line each, `Do` before `Don't`; nothing where the trials do not tell. */
export function slowRemedies(result: RunResult, advice: Advice): string[][] {
  const { p50Ms: before, errors } = advice.unchanged;
  const sizes = triedSizes(result, advice);
  const [first] = sizes;
  if (before === null || errors === null || errors >= FINE || first === undefined) return [];
  const fast = sizes.filter(({ p50Ms }) => p50Ms <= before * HELPS);
  const than = `not ${milliseconds(before)}`;
  const [smallest] = fast;
  if (smallest !== undefined) {
    return [[`Do: ${smallest.words} (half within ${milliseconds(smallest.p50Ms)}, ${than}).`]];
  }
  if (sizes.some(({ p50Ms }) => p50Ms < before * SAME)) return [];
  return [
    ['Do: less work a query, or fewer requests at once; a larger pool is no faster.'],
    [`Don't: ${first.words} or more (half within ${milliseconds(first.p50Ms)}, ${than}).`],
  ];
}

/** Larger pools, the smallest first. */
function triedSizes(result: RunResult, { trials }: Advice): TriedSize[] {
  return trials
    .filter(({ kind }) => kind === 'pool-size')
    .sort((a, b) => (poolSizeOf(a) ?? 0) - (poolSizeOf(b) ?? 0))
    .flatMap((trial) => {
      const size = sizeSetBy(trial, result);
      if (size === null || trial.p50Ms === null) return [];
      const { own, value } = size;
      const words = own === null ? `${value} connections per instance` : `${own} ${value}`;
      return [{ words, p50Ms: trial.p50Ms }];
    });
}

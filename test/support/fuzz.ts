// How much is fuzzed. An ordinary run takes the same cases every time, so that it judges the commit and
// not the day; the nightly run takes new ones, and more. fast-check prints the seed of a failure.

import { sized } from './sized.ts';

const nightly = process.env['TIDEMARK_NIGHTLY'] === '1';

export function fuzzed(ordinaryRuns: number): { numRuns: number; seed?: number } {
  const runs = sized(ordinaryRuns);
  const override = process.env['TIDEMARK_FUZZ_SEED'];
  if (override !== undefined) return { numRuns: runs, seed: Number(override) };
  return nightly ? { numRuns: 20 * runs } : { numRuns: runs, seed: 20240121 };
}

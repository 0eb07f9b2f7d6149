/**
 * Counts numbers in the buckets of a histogram, from their own form in the memory: handed over as an argument
 * each would need an object to stand in, unless the compiler put this into its caller.
 */
import { BUCKET_BITS, type Histogram } from '../../../stats/histogram.ts';
import { memory } from './plain-memory.ts';

const { num } = memory;
const { half, shift, base } = BUCKET_BITS;
const halves = new Uint32Array(num.buffer);

/** Counts the number at an entry of `num`. */
const tally = ({ counts }: Histogram, entry: number): void => {
  const bits = halves[2 * entry + half] as number;
  const bucket = bits === 0 ? 0 : (bits >>> shift) - base;
  (counts[bucket] as number)++;
};

export const plainTally = { tally };

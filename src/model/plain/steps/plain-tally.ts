/**
 * Counts numbers in the buckets of a histogram, from their own form in the memory: handed over as an argument
 * each would need an object to stand in, unless the compiler put this into its caller.
 */
import { BUCKET_BITS } from '../../../stats/histogram.ts';
import { memory } from './plain-memory.ts';

const { num } = memory;
const { half, shift, base } = BUCKET_BITS;
/** At 2 · entry: the half of an entry of `num` that its bucket follows from. */
const halves = new Uint32Array(num.buffer, half * Uint32Array.BYTES_PER_ELEMENT);

/** Counts the number at an entry of `num` in these buckets. */
const tally = (counts: Float64Array, entry: number): void => {
  const bits = halves[2 * entry] as number;
  const bucket = bits === 0 ? 0 : (bits >>> shift) - base;
  (counts[bucket] as number)++;
};

export const plainTally = { tally };

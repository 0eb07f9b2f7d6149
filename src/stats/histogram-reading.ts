/**
 * What histograms of one kind have held together at an instant. The buckets lie in blocks, one for each
 * power of two, and a reading shares with the one before it every block to which nothing was added: it
 * costs what has happened in between. What is asked about the difference of two readings looks at the sums
 * of the blocks first.
 */
import { BUCKETS, bucketMiddle, bucketOf, type Histogram, rankOf } from './histogram.ts';

/** Buckets of a block; bucket 0 is a block of its own. */
const SIZE = 64;
const BLOCKS = 1 + (BUCKETS - 1) / SIZE;

/** Counts by bucket. */
type Block = readonly number[];

export interface HistogramReading {
  readonly count: number;
  /** Sum of the values, and the largest of them; 0 when there are none. */
  readonly total: number;
  readonly max: number;
  /** Nothing, where the buckets are not read. */
  readonly blocks: readonly Block[];
  /** How many values lie in each block. */
  readonly sums: readonly number[];
}

/** Nothing is −0 here: an array of zeros would hold small integers, and change its form at the first count. */
const NONE = -0;
const EMPTY: Block = Array.from({ length: SIZE }, () => NONE);
const NOTHING: HistogramReading = {
  count: 0,
  total: 0,
  max: 0,
  blocks: Array.from({ length: BLOCKS }, (_, block) => EMPTY.slice(0, sizeOf(block))),
  sums: Array.from({ length: BLOCKS }, () => NONE),
};

export class HistogramReader {
  private readonly histograms: readonly Histogram[];
  private readonly readsBuckets: boolean;
  private latest: HistogramReading;

  /**
   * @param histograms to which values are added, and from which none is taken away
   * @param readsBuckets whether anything but count, total and maximum is asked of its readings
   */
  constructor(histograms: readonly Histogram[], readsBuckets = true) {
    this.histograms = histograms;
    this.readsBuckets = readsBuckets;
    this.latest = readsBuckets ? NOTHING : { ...NOTHING, blocks: [], sums: [] };
  }

  /** O(buckets from the smallest value since the last reading, but for zeros, up to the largest ever). */
  read(): HistogramReading {
    const { histograms, latest } = this;
    const count = histograms.reduce((sum, h) => sum + h.count, 0);
    let missing = count - latest.count;
    if (missing === 0) return latest;
    const total = histograms.reduce((sum, h) => sum + h.total.value, 0);
    const max = histograms.reduce((most, h) => Math.max(most, h.max), 0);
    const blocks = latest.blocks.slice();
    const sums = latest.sums.slice();
    if (this.readsBuckets) {
      missing -= this.readBlock(0, blocks, sums);
      for (let block = blockOf(bucketOf(max)); missing > 0 && block > 0; block--) {
        missing -= this.readBlock(block, blocks, sums);
      }
    }
    this.latest = { count, total, max, blocks, sums };
    return this.latest;
  }

  /** Brings a block up to date; returns how many values have been added to it. */
  private readBlock(block: number, blocks: Block[], sums: number[]): number {
    const start = startOf(block);
    const here = (NOTHING.blocks[block] as Block).slice();
    let sum = 0;
    for (const { counts } of this.histograms) {
      for (let i = 0; i < here.length; i++) {
        const n = counts[start + i] as number;
        here[i] = (here[i] as number) + n;
        sum += n;
      }
    }
    const added = sum - (sums[block] as number);
    if (added === 0) return 0;
    blocks[block] = here;
    sums[block] = sum;
    return added;
  }
}

/** Counts by bucket of what has been added from an earlier reading to a later one. */
export function countsBetween(earlier: HistogramReading, later: HistogramReading): Float64Array {
  const counts = new Float64Array(BUCKETS);
  later.blocks.forEach((here, block) => {
    const before = earlier.blocks[block] as Block;
    const start = startOf(block);
    for (let i = 0; i < here.length; i++) {
      counts[start + i] = (here[i] as number) - (before[i] as number);
    }
  });
  return counts;
}

/** How many values of a reading lie in this bucket or a higher one. */
export function countFrom({ blocks, sums }: HistogramReading, bucket: number): number {
  const first = blockOf(bucket);
  const inside = (blocks[first] as Block).slice(bucket - startOf(first));
  return [...inside, ...sums.slice(first + 1)].reduce((sum, n) => sum + n, 0);
}

/**
 * The quantile of what has been added from an earlier reading to a later one.
 * @param count how many values that is, and those that lie beyond every bucket
 * @returns null when there are none; Infinity when it is one of those beyond
 */
export function quantileBetween(
  earlier: HistogramReading,
  later: HistogramReading,
  count: number,
  p: number,
): number | null {
  if (count === 0) return null;
  if (later.sums.length === 0) throw new Error('bug: a quantile of buckets that were not read');
  let missing = rankOf(p, count);
  for (let block = 0; block < BLOCKS; block++) {
    const here = (later.sums[block] as number) - (earlier.sums[block] as number);
    if (here >= missing) {
      const place = placeOf(missing, earlier.blocks[block] as Block, later.blocks[block] as Block);
      return bucketMiddle(startOf(block) + place);
    }
    missing -= here;
  }
  return Infinity;
}

/** Where in a block the value of this rank lies, of those that have been added to it. */
function placeOf(rank: number, earlier: Block, later: Block): number {
  let missing = rank;
  let place = -1;
  while (missing > 0) {
    place++;
    missing -= (later[place] as number) - (earlier[place] as number);
  }
  return place;
}

function blockOf(bucket: number): number {
  return Math.ceil(bucket / SIZE);
}

function startOf(block: number): number {
  return block === 0 ? 0 : (block - 1) * SIZE + 1;
}

function sizeOf(block: number): number {
  return block === 0 ? 1 : SIZE;
}

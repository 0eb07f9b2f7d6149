/**
 * Time-weighted levels: how many there are now, and the exact integral of that over time. One meter holds
 * many levels of the same kind (the connections in use of each instance, say). Reading takes no time off:
 * whoever wants the mean of a stretch subtracts two readings.
 */
import { ExactSum } from './exact-sum.ts';

const CARRY = 2 ** 52;
/** Of all meters: a carry is rare. */
const scratch = new ExactSum();

/** Numbers that a level has in `areas`: since when it stands, and its integral until then in two parts. */
const AREA = 3;
const SINCE = 0;
const LOW = 1;
const HIGH = 2;

export class LevelMeter {
  /** Current levels: whole numbers. */
  readonly level: Int32Array;
  readonly areas: Float64Array;

  constructor(count: number) {
    this.level = new Int32Array(count);
    this.areas = new Float64Array(count * AREA);
  }

  /** Changes level `i` at the instant `now`, which never goes back. */
  add(i: number, change: number, now: number): void {
    const { areas } = this;
    const at = i * AREA;
    const level = this.level[i] as number;
    const area = (areas[at + LOW] as number) + level * (now - (areas[at + SINCE] as number));
    this.level[i] = level + change;
    if (area < CARRY) areas[at + LOW] = area;
    else this.carry(i, level, now);
    areas[at + SINCE] = now;
  }

  /**
   * Takes over a stretch that somebody else has watched, from the last change here on to `now`: the level at
   * its end, and its area, below 2^52.
   */
  cover(i: number, level: number, area: number, now: number): void {
    const { areas } = this;
    const at = i * AREA;
    const low = (areas[at + LOW] as number) + area;
    const isBeyond = low >= CARRY;
    if (isBeyond) areas[at + HIGH] = (areas[at + HIGH] as number) + 1;
    areas[at + LOW] = isBeyond ? low - CARRY : low;
    areas[at + SINCE] = now;
    this.level[i] = level;
  }

  /** ∫ level dt of level `i` up to `now`, in level × time units: the nearest double or one beside it. */
  integral(i: number, now: number): number {
    const { areas } = this;
    const at = i * AREA;
    const open = (this.level[i] as number) * (now - (areas[at + SINCE] as number));
    return (areas[at + HIGH] as number) * CARRY + ((areas[at + LOW] as number) + open);
  }

  /** ∫ dt of all levels together. */
  totalIntegral(now: number): number {
    let total = 0;
    for (let i = 0; i < this.level.length; i++) total += this.integral(i, now);
    return total;
  }

  /** The same, to the last unit. */
  exactTotal(now: number): ExactSum {
    const total = new ExactSum();
    for (let i = 0; i < this.level.length; i++)
      this.addExact(total, i, this.level[i] as number, now);
    return total;
  }

  /** The integral up to now no longer fits into its low part. */
  private carry(i: number, level: number, now: number): void {
    scratch.high = 0;
    scratch.low = 0;
    this.addExact(scratch, i, level, now);
    this.areas[i * AREA + HIGH] = scratch.high;
    this.areas[i * AREA + LOW] = scratch.low;
  }

  /** Adds the area of level `i`, which has stood at `level` since it last changed. */
  private addExact(sum: ExactSum, i: number, level: number, now: number): void {
    const at = i * AREA;
    sum.high += this.areas[at + HIGH] as number;
    sum.add(this.areas[at + LOW] as number);
    sum.addProduct(now - (this.areas[at + SINCE] as number), level);
  }
}

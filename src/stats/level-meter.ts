/**
 * Time-weighted levels: how many there are now, and the exact integral of that over time. One meter holds
 * many levels of the same kind (the connections in use of each instance, say). Reading takes no time off:
 * whoever wants the mean of a stretch subtracts two readings.
 */
import { ExactSum } from './exact-sum.ts';

const CARRY = 2 ** 52;
/** Of all meters: a carry is rare. */
const scratch = new ExactSum();

export class LevelMeter {
  /** Current levels: whole numbers. */
  readonly level: Int32Array;
  private readonly since: Float64Array;
  private readonly low: Float64Array;
  private readonly high: Float64Array;

  constructor(count: number) {
    this.level = new Int32Array(count);
    this.since = new Float64Array(count);
    this.low = new Float64Array(count);
    this.high = new Float64Array(count);
  }

  /** Changes level `i` at the instant `now`, which never goes back. */
  add(i: number, change: number, now: number): void {
    const level = this.level[i] as number;
    const area = (this.low[i] as number) + level * (now - (this.since[i] as number));
    this.level[i] = level + change;
    if (area < CARRY) this.low[i] = area;
    else this.carry(i, level, now);
    this.since[i] = now;
  }

  /** ∫ level dt of level `i` up to `now`, in level × time units: the nearest double or one beside it. */
  integral(i: number, now: number): number {
    const open = (this.level[i] as number) * (now - (this.since[i] as number));
    return (this.high[i] as number) * CARRY + ((this.low[i] as number) + open);
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

  private carry(i: number, level: number, now: number): void {
    scratch.high = 0;
    scratch.low = 0;
    this.addExact(scratch, i, level, now);
    this.high[i] = scratch.high;
    this.low[i] = scratch.low;
  }

  /** Adds the area of level `i`, which has stood at `level` since it last changed. */
  private addExact(sum: ExactSum, i: number, level: number, now: number): void {
    sum.high += this.high[i] as number;
    sum.add(this.low[i] as number);
    sum.addProduct(now - (this.since[i] as number), level);
  }
}

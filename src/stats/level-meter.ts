/**
 * Time-weighted levels: how many there are now, and the exact integral of that over time. One meter holds
 * many levels of the same kind (the connections in use of each instance, say). Reading takes no time off:
 * whoever wants the mean of a stretch subtracts two readings.
 */
const CARRY = 2 ** 52;

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
    this.since[i] = now;
    this.level[i] = level + change;
    if (area < CARRY) this.low[i] = area;
    else this.carry(i, area);
  }

  /** ∫ level dt of level `i` up to `now`, in level × time units; exact as a pair below 2^52 a step. */
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

  private carry(i: number, area: number): void {
    const carries = Math.floor(area / CARRY);
    this.high[i] = (this.high[i] as number) + carries;
    this.low[i] = area - carries * CARRY;
  }
}

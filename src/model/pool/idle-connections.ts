/**
 * Since when each idle connection has been idle: one deque an instance. The one returned last is given
 * out first, so that a surplus stays untouched and grows old enough to be closed.
 *
 *     instance 2:  oldest → 14:00:03  14:00:07  14:00:07 ← newest (taken and returned here)
 */

const INITIAL = 8;
const NOTHING = new Float64Array(0);

export class IdleConnections {
  /** Rings whose lengths are powers of two; empty until the instance has an idle connection. */
  private readonly since: Float64Array[];
  private readonly head: Int32Array;
  private readonly size: Int32Array;

  constructor(instances: number) {
    this.since = Array.from({ length: instances }, () => NOTHING);
    this.head = new Int32Array(instances);
    this.size = new Int32Array(instances);
  }

  /** A connection is idle from `now` on. O(1) amortised. */
  push(i: number, now: number): void {
    const size = this.size[i] as number;
    if (size === (this.since[i] as Float64Array).length) this.grow(i);
    const ring = this.since[i] as Float64Array;
    ring[((this.head[i] as number) + size) & (ring.length - 1)] = now;
    this.size[i] = size + 1;
  }

  /** The connection returned last is given out. There must be one. */
  takeNewest(i: number): void {
    this.size[i] = (this.size[i] as number) - 1;
  }

  /** The connection that has been idle longest is closed. There must be one. */
  takeOldest(i: number): void {
    const ring = this.since[i] as Float64Array;
    this.head[i] = ((this.head[i] as number) + 1) & (ring.length - 1);
    this.size[i] = (this.size[i] as number) - 1;
  }

  /** Since when the oldest has been idle; Infinity when none is. */
  oldestSince(i: number): number {
    if (this.size[i] === 0) return Infinity;
    return (this.since[i] as Float64Array)[this.head[i] as number] as number;
  }

  private grow(i: number): void {
    const ring = this.since[i] as Float64Array;
    const wider = new Float64Array(Math.max(INITIAL, ring.length * 2));
    const head = this.head[i] as number;
    for (let k = 0; k < ring.length; k++) wider[k] = ring[(head + k) & (ring.length - 1)] as number;
    this.since[i] = wider;
    this.head[i] = 0;
  }
}

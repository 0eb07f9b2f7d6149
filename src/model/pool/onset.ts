/**
 * The onset of saturation: the start of the first interval of at least ten seconds in which somebody was
 * pending without a break on a pool with no free connection; on the instance where it began earliest.
 */
import { SECOND } from '../../engine/time.ts';

/** How long the wait must go on to count. */
const ONSET_MIN_NS = 10 * SECOND;

export class OnsetWatch {
  /** Start of the interval, ns; Infinity: none yet. */
  at = Infinity;
  instance = -1;
  /** Since when somebody has been pending without a break, per instance. */
  private readonly since: Float64Array;
  /** When the last one ceased to wait; Infinity: somebody waits; −1: nobody ever did. */
  private readonly until: Float64Array;

  constructor(instances: number) {
    this.since = new Float64Array(instances);
    this.until = new Float64Array(instances).fill(-1);
  }

  /** The first request begins to wait. At the very instant at which the last one ceased to, it is no break. */
  begin(instance: number, now: number): void {
    if (this.until[instance] !== now) this.since[instance] = now;
    this.until[instance] = Infinity;
  }

  /** Nobody waits any more. */
  end(instance: number, now: number): void {
    this.judge(instance, now);
    this.until[instance] = now;
  }

  /** Takes the intervals into account that still go on. */
  close(now: number): void {
    for (let i = 0; i < this.since.length; i++) {
      if (this.until[i] === Infinity) this.judge(i, now);
    }
  }

  private judge(instance: number, now: number): void {
    const since = this.since[instance] as number;
    if (now - since < ONSET_MIN_NS || since >= this.at) return;
    this.at = since;
    this.instance = instance;
  }
}

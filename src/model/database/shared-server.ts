/**
 * Work that slows each other down, continuously: all jobs run at the same speed 1/V, and when V changes,
 * every job in progress changes speed. A virtual clock ticks at that speed, so a job that starts at
 * virtual time v with work w ends at v + w whatever happens to V in between:
 *
 *     virtual  ^        ___/        a job's end is fixed on this axis …
 *              |   ____/  ← V rises: the clock, and all jobs, slow down
 *              |__/
 *              +----------------> … and only where that falls in real time moves
 *
 * A change costs O(1), a start or an end O(log jobs). The virtual clock is the only time here that is not
 * a whole number; it starts again at 0 when nobody runs, and ends are rounded up to whole ns.
 */
import { EventQueue } from '../../engine/event-queue.ts';
import type { Slowdown } from './contention.ts';

const INITIAL_TABLE = 256;
/**
 * Rounding errors of the virtual clock stay far below this part of a nanosecond; without it, a job that
 * ends exactly on a whole ns could be rounded up to the next.
 */
const ROUNDING = 1 / 64;

/** Fields for doubles begin as −0: beginning as 0 they would be small integers, and change their form. */
export class SharedServer {
  private slowdown: Slowdown;
  private population = 0;
  /** V(n) and 1/V(n) for the populations met so far, and for the one at hand. */
  private slowers = new Float64Array(0);
  private speeds = new Float64Array(0);
  private slower = -0;
  private speed = -0;
  private readonly ends = new EventQueue();
  /** What the virtual clock shows, and since when it has. */
  private virtual = -0;
  private last = -0;
  /** Sum of the weights of the running jobs, and ∫ of it over virtual time. */
  private weight = 0;
  private integral = -0;

  constructor(slowdown: Slowdown) {
    this.slowdown = slowdown;
    this.tabulate(INITIAL_TABLE);
  }

  get running(): number {
    return this.ends.size;
  }

  /** Sum of the weights of the jobs that run. */
  get load(): number {
    return this.weight;
  }

  /** The instant at which the next job ends if nothing changes until then; Infinity when none runs. */
  get nextAt(): number {
    const { firstKey } = this.ends;
    if (firstKey === Infinity) return Infinity;
    const at = this.last + (firstKey - this.virtual) * this.slower;
    const whole = Math.ceil(at - ROUNDING);
    return whole > this.last ? whole : this.last;
  }

  /** ∫ (sum of running weights) × speed dt up to `now`: for CPU shares as weights, CPU time. */
  weightIntegral(now: number): number {
    this.moveTo(now);
    return this.integral;
  }

  /** Starts a job of `work` ns at full speed; returns the virtual clock's reading. */
  start(slot: number, work: number, weight: number, now: number): number {
    this.moveTo(now);
    const { virtual, ends } = this;
    this.weight += weight;
    ends.key = virtual + work;
    ends.put(slot);
    return virtual;
  }

  /** Ends the job whose instant has come, and returns its slot. */
  finish(now: number): number {
    this.moveTo(now);
    const slot = this.ends.pop();
    if (this.ends.firstKey === Infinity) this.virtual = 0;
    return slot;
  }

  /** A job's weight counts no more (it has ended, or was cut off). */
  dropWeight(weight: number, now: number): void {
    this.moveTo(now);
    this.weight -= weight;
  }

  /** Work that a job has done that started at the virtual time `start`. */
  workDone(start: number, now: number): number {
    this.moveTo(now);
    return this.virtual - start;
  }

  /** Changes how many the running jobs share with: from now on all run at 1/V(population). */
  setPopulation(population: number, now: number): void {
    this.moveTo(now);
    if (population >= this.slowers.length) this.tabulate(population * 2);
    this.population = population;
    this.slower = this.slowers[population] as number;
    this.speed = this.speeds[population] as number;
  }

  /** Changes the law of the slowdown. */
  setSlowdown(slowdown: Slowdown, now: number): void {
    this.moveTo(now);
    this.slowdown = slowdown;
    this.tabulate(this.slowers.length);
  }

  private moveTo(now: number): void {
    const elapsed = now - this.last;
    this.last = now;
    if (this.ends.firstKey === Infinity) return;
    const progress = elapsed * this.speed;
    this.virtual += progress;
    this.integral += progress * this.weight;
  }

  private tabulate(populations: number): void {
    this.slowers = Float64Array.from({ length: populations + 1 }, (_, n) => this.slowdown(n));
    this.speeds = this.slowers.map((v) => 1 / v);
    this.slower = this.slowers[this.population] as number;
    this.speed = this.speeds[this.population] as number;
  }
}

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
/** Entries of the state: floating-point fields would be boxed at every write. */
const VIRTUAL = 0;
const LAST = 1;
const WEIGHT_INTEGRAL = 2;
/**
 * Rounding errors of the virtual clock stay far below this part of a nanosecond; without it, a job that
 * ends exactly on a whole ns could be rounded up to the next.
 */
const ROUNDING = 1 / 64;

export class SharedServer {
  private slowdown: Slowdown;
  private population = 0;
  /** V(n) and 1/V(n) for the populations met so far. */
  private slower = new Float64Array(0);
  private speed = new Float64Array(0);
  private readonly ends = new EventQueue();
  private readonly state = new Float64Array(3);
  /** Sum of the weights of the running jobs. */
  private weight = 0;

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
    if (this.ends.size === 0) return Infinity;
    const left = this.ends.firstKey - (this.state[VIRTUAL] as number);
    const at = (this.state[LAST] as number) + left * (this.slower[this.population] as number);
    return Math.max(Math.ceil(at - ROUNDING), this.state[LAST] as number);
  }

  /** ∫ (sum of running weights) × speed dt up to `now`: for CPU shares as weights, CPU time. */
  weightIntegral(now: number): number {
    this.moveTo(now);
    return this.state[WEIGHT_INTEGRAL] as number;
  }

  /** Starts a job of `work` ns at full speed; returns the virtual clock's reading. */
  start(slot: number, work: number, weight: number, now: number): number {
    this.moveTo(now);
    this.weight += weight;
    const virtual = this.state[VIRTUAL] as number;
    this.ends.push(virtual + work, slot);
    return virtual;
  }

  /** Ends the job whose instant has come, and returns its slot. */
  finish(now: number): number {
    this.moveTo(now);
    const slot = this.ends.pop();
    if (this.ends.size === 0) this.state[VIRTUAL] = 0;
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
    return (this.state[VIRTUAL] as number) - start;
  }

  /** Changes how many the running jobs share with: from now on all run at 1/V(population). */
  setPopulation(population: number, now: number): void {
    this.moveTo(now);
    if (population >= this.slower.length) this.tabulate(population * 2);
    this.population = population;
  }

  /** Changes the law of the slowdown. */
  setSlowdown(slowdown: Slowdown, now: number): void {
    this.moveTo(now);
    this.slowdown = slowdown;
    this.tabulate(this.slower.length);
  }

  private moveTo(now: number): void {
    const elapsed = now - (this.state[LAST] as number);
    if (elapsed === 0) return;
    this.state[LAST] = now;
    if (this.ends.size === 0) return;
    const progress = elapsed * (this.speed[this.population] as number);
    this.state[VIRTUAL] = (this.state[VIRTUAL] as number) + progress;
    this.state[WEIGHT_INTEGRAL] = (this.state[WEIGHT_INTEGRAL] as number) + progress * this.weight;
  }

  private tabulate(populations: number): void {
    this.slower = Float64Array.from({ length: populations + 1 }, (_, n) => this.slowdown(n));
    this.speed = this.slower.map((v) => 1 / v);
  }
}

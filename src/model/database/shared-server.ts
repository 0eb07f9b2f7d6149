/**
 * Work that slows each other down, continuously: all jobs run at the same speed, which a virtual clock ticks
 * at, and are listed by its reading at their end. A change costs O(1), a start or an end O(log jobs).
 */
import { EventQueue } from '../../engine/event-queue.ts';
import type { Slowdown } from './contention.ts';
import { VirtualClock } from './virtual-clock.ts';

export class SharedServer {
  readonly clock: VirtualClock;
  /** Running jobs by the reading at which they end. Whoever changes them tells the clock. */
  readonly ends = new EventQueue();

  constructor(slowdown: Slowdown) {
    this.clock = new VirtualClock(slowdown);
  }

  get running(): number {
    return this.ends.size;
  }

  /** Sum of the weights of the jobs that run. */
  get load(): number {
    return this.clock.weight;
  }

  /** The instant at which the next job ends if nothing changes until then; Infinity when none runs. */
  get nextAt(): number {
    return this.clock.nextAt;
  }

  /** ∫ (sum of running weights) × speed dt up to `now`: for CPU shares as weights, CPU time. */
  weightIntegral(now: number): number {
    return this.clock.weightIntegral(now);
  }

  /** Starts a job of `work` ns at full speed; returns the virtual clock's reading. */
  start(slot: number, work: number, weight: number, now: number): number {
    const { clock, ends } = this;
    clock.now = now;
    if (ends.size === 0) clock.startAnew();
    clock.read();
    clock.weigh(weight);
    ends.push(clock.reading + work, slot);
    clock.firstEnd = ends.firstKey;
    clock.foresee();
    return clock.reading;
  }

  /** Ends the job whose instant has come, and returns its slot. */
  finish(now: number): number {
    const { clock, ends } = this;
    clock.now = now;
    const slot = ends.pop();
    clock.firstEnd = ends.firstKey;
    clock.foresee();
    return slot;
  }

  /** A job's weight counts no more (it has ended, or was cut off). */
  dropWeight(weight: number, now: number): void {
    this.readAt(now);
    this.clock.weigh(-weight);
  }

  /** Work that a job has done that started at the virtual time `start`. */
  workDone(start: number, now: number): number {
    this.readAt(now);
    return this.clock.reading - start;
  }

  /** Changes how many the running jobs share with: from now on all run at 1/V(population). */
  setPopulation(population: number, now: number): void {
    this.clock.now = now;
    this.clock.setPopulation(population);
  }

  /** Changes the law of the slowdown. */
  setSlowdown(slowdown: Slowdown, now: number): void {
    this.clock.now = now;
    this.clock.setSlowdown(slowdown);
  }

  private readAt(now: number): void {
    this.clock.now = now;
    this.clock.read();
  }
}

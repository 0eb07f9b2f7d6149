/**
 * The clock of work that slows each other down: it ticks at the speed 1/V of all that runs, so a job that
 * starts at virtual time v with work w ends at v + w whatever happens to V in between:
 *
 *     virtual  ^        ___/        a job's end is fixed on this axis …
 *              |   ____/  ← V rises: the clock, and all jobs, slow down
 *              |__/
 *              +----------------> … and only where that falls in real time moves
 *
 * It does not know the jobs: whoever lists their ends says when the first one is. The virtual time is the
 * only one in the model that is not a whole number; it starts again at 0 when nobody runs, and ends are
 * rounded up to whole ns.
 *
 * It is in the hot path of all queries, so instants come and go by fields: as an argument or a result of a
 * call they might be boxed. Fields for doubles begin as −0: beginning as 0 they would be small integers, and
 * change their form.
 */
import type { Slowdown } from './contention.ts';

/** All that moves in a clock, for whoever keeps it at hand for a while. */
export interface ClockHands {
  readonly reading: number;
  readonly firstEnd: number;
  readonly nextAt: number;
  readonly weight: number;
  readonly population: number;
  readonly last: number;
  readonly integral: number;
}

const INITIAL_TABLE = 256;
/**
 * Rounding errors of the virtual clock stay far below this part of a nanosecond; without it, a job that
 * ends exactly on a whole ns could be rounded up to the next.
 */
const ROUNDING = 1 / 64;

export class VirtualClock {
  /** The instant at which something is done, to be set before; not before any other. */
  now = -0;
  /** What the clock shows at that instant, once it has moved there. */
  reading = -0;
  /** The reading at which the next job ends; Infinity: none runs. To be told after each start and end. */
  firstEnd = Infinity;
  /** The instant at which that is if nothing changes until then; Infinity: none runs. */
  nextAt = Infinity;
  /** Sum of the weights of the running jobs. */
  weight = 0;
  private slowdown: Slowdown;
  /** How many the running jobs share with; changed by `setPopulation`. */
  population = 0;
  /** V(n) and 1/V(n) for the populations met so far, and for the one at hand. */
  slowers = new Float64Array(0);
  speeds = new Float64Array(0);
  private slower = -0;
  private speed = -0;
  /** The instant to which it has moved. */
  private last = -0;
  /** ∫ (sum of running weights) over virtual time. */
  private integral = -0;

  constructor(slowdown: Slowdown) {
    this.slowdown = slowdown;
    this.tabulate(INITIAL_TABLE);
  }

  /** Moves on to `now`. */
  move(): void {
    const elapsed = this.now - this.last;
    this.last = this.now;
    if (this.firstEnd === Infinity) return;
    const progress = elapsed * this.speed;
    this.reading += progress;
    this.integral += progress * this.weight;
  }

  /** Looks when the next job ends, after a start, an end or a change of speed, and after `move`. */
  foresee(): void {
    const { last } = this;
    const at = Math.ceil(last + (this.firstEnd - this.reading) * this.slower - ROUNDING);
    this.nextAt = at > last ? at : last;
  }

  /** … after an end: that may have been the last. */
  foreseeOrRest(): void {
    if (this.firstEnd === Infinity) this.reading = 0;
    this.foresee();
  }

  /** ∫ (sum of running weights) × speed dt up to `now`: for CPU shares as weights, CPU time. */
  weightIntegral(now: number): number {
    this.now = now;
    this.move();
    return this.integral;
  }

  /** Changes how many the running jobs share with: from now on all run at 1/V(population). */
  setPopulation(population: number): void {
    this.move();
    this.shareWith(population);
    this.foresee();
  }

  private shareWith(population: number): void {
    this.tabulateUpTo(population);
    this.population = population;
    this.slower = this.slowers[population] as number;
    this.speed = this.speeds[population] as number;
  }

  /** Makes the tables long enough for a population. */
  tabulateUpTo(population: number): void {
    if (population >= this.slowers.length) this.tabulate(population * 2);
  }

  hands(): ClockHands {
    const { reading, firstEnd, nextAt, weight, population, last, integral } = this;
    return { reading, firstEnd, nextAt, weight, population, last, integral };
  }

  setHands(hands: ClockHands): void {
    this.reading = hands.reading;
    this.firstEnd = hands.firstEnd;
    this.nextAt = hands.nextAt;
    this.weight = hands.weight;
    this.last = hands.last;
    this.integral = hands.integral;
    this.shareWith(hands.population);
  }

  /** Changes the law of the slowdown. */
  setSlowdown(slowdown: Slowdown): void {
    this.move();
    this.slowdown = slowdown;
    this.tabulate(this.slowers.length);
    this.foresee();
  }

  private tabulate(populations: number): void {
    this.slowers = Float64Array.from({ length: populations + 1 }, (_, n) => this.slowdown(n));
    this.speeds = this.slowers.map((v) => 1 / v);
    this.slower = this.slowers[this.population] as number;
    this.speed = this.speeds[this.population] as number;
  }
}

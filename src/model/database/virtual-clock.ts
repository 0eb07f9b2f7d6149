/**
 * The clock of work that slows each other down: it ticks at the speed 1/V of all that runs, so a job that
 * starts at virtual time v with work w ends at v + w whatever happens to V in between:
 *
 *     virtual  ^        ___/        a job's end is fixed on this axis …
 *              |   ____/  ← V rises: the clock, and all jobs, slow down
 *              |__/
 *              +----------------> … and only where that falls in real time moves
 *
 * Between two changes of V it is a straight line, so it stands still in memory: what it shows at an instant
 * is computed from where the line begins. It does not know the jobs: whoever lists their ends says when the
 * first one is. The virtual time is the only one in the model that is not a whole number; it starts again at
 * 0 when nobody has run, and ends are rounded up to whole ns.
 *
 * It is in the hot path of all queries, so instants come and go by fields: as an argument or a result of a
 * call they might be boxed. Fields for doubles begin as −0: beginning as 0 they would be small integers, and
 * change their form.
 */
import type { Slowdown } from './contention.ts';

/** All that moves in a clock, for whoever keeps it at hand for a while. */
export interface ClockHands {
  readonly since: number;
  readonly base: number;
  readonly firstEnd: number;
  readonly nextAt: number;
  readonly weight: number;
  readonly population: number;
  readonly spent: number;
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
  /** What the clock shows at that instant, once it has been read. */
  reading = -0;
  /** The reading at which the next job ends; Infinity: none runs. To be told after each start and end. */
  firstEnd = Infinity;
  /** The instant at which that is if nothing changes until then; Infinity: none runs. */
  nextAt = Infinity;
  /** Sum of the weights of the running jobs; changed by `weigh`. */
  weight = 0;
  private slowdown: Slowdown;
  /** How many the running jobs share with; changed by `setPopulation`. */
  population = 0;
  /** V(n) and 1/V(n) for the populations met so far, and for the one at hand. */
  slowers = new Float64Array(0);
  speeds = new Float64Array(0);
  private slower = -0;
  private speed = -0;
  /** Where the line begins: the instant, and what the clock showed then. */
  private since = -0;
  private base = -0;
  /**
   * ∫ (sum of running weights) over virtual time, less the weights that run times what the clock shows:
   * every weight is taken off with the reading at which it starts, and put back with that at its end.
   */
  private spent = -0;

  constructor(slowdown: Slowdown) {
    this.slowdown = slowdown;
    this.tabulate(INITIAL_TABLE);
  }

  /** Reads what it shows at `now`. */
  read(): void {
    this.reading = this.base + (this.now - this.since) * this.speed;
  }

  /** Nobody has run up to `now`. */
  startAnew(): void {
    this.since = this.now;
    this.base = 0;
  }

  /** A job with this weight starts, or ends if it is negative, at the reading. */
  weigh(weight: number): void {
    this.weight += weight;
    this.spent -= weight * this.reading;
  }

  /** Looks when the next job ends, after a start, an end or a change of speed. */
  foresee(): void {
    const { now } = this;
    const at = Math.ceil(this.since + (this.firstEnd - this.base) * this.slower - ROUNDING);
    this.nextAt = at > now ? at : now;
  }

  /** ∫ (sum of running weights) × speed dt up to `now`: for CPU shares as weights, CPU time. */
  weightIntegral(now: number): number {
    this.now = now;
    this.read();
    return this.spent + this.weight * this.reading;
  }

  /** Changes how many the running jobs share with: from now on all run at 1/V(population). */
  setPopulation(population: number): void {
    this.bend();
    this.shareWith(population);
    this.foresee();
  }

  /** Another line begins at `now`. */
  private bend(): void {
    this.read();
    this.since = this.now;
    this.base = this.reading;
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
    const { since, base, firstEnd, nextAt, weight, population, spent } = this;
    return { since, base, firstEnd, nextAt, weight, population, spent };
  }

  setHands(hands: ClockHands): void {
    this.since = hands.since;
    this.base = hands.base;
    this.firstEnd = hands.firstEnd;
    this.nextAt = hands.nextAt;
    this.weight = hands.weight;
    this.spent = hands.spent;
    this.shareWith(hands.population);
  }

  /** Changes the law of the slowdown. */
  setSlowdown(slowdown: Slowdown): void {
    this.bend();
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

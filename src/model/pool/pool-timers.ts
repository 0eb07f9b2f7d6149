/** What a pool has asked of the clock: openings that end, steps, deadlines of who waits, looks at idle connections. */
import type { LawFamily } from '../../engine/law.ts';
import type { Simulation } from '../../engine/simulation.ts';
import type { Tickets } from '../../engine/tickets.ts';
import { Deadlines } from '../schedule/deadlines.ts';
import { Delays } from '../schedule/delays.ts';
import { RANK } from '../schedule/ranks.ts';
import type { ConnectionPool } from './connection-pool.ts';

interface PoolTimerParts {
  readonly simulation: Simulation;
  readonly pool: ConnectionPool;
  /** Whether openings take equally long. */
  readonly connectFamily: LawFamily;
  /** Tell which deadlines still count. */
  readonly tickets: Tickets;
  /** The time of an opening is over. */
  readonly openingEnded: (id: number) => void;
  /** The deadline of a request that waits has passed. */
  readonly timeout: (slot: number) => void;
}

export class PoolTimers {
  readonly deadlines: Deadlines;
  private readonly openings: Delays;
  /** Checks, resets and pauses of the pool. */
  private readonly steps: Delays;
  /** When the next idle connection of an instance may be too old. */
  private readonly idle: Delays;

  constructor({ simulation, pool, connectFamily, tickets, openingEnded, timeout }: PoolTimerParts) {
    this.openings = new Delays(simulation, RANK.opening, connectFamily, openingEnded);
    this.steps = new Delays(simulation, RANK.opening, 'exponential', (payload) => {
      pool.stepDone(payload, simulation.now);
    });
    this.deadlines = new Deadlines(simulation, tickets, timeout);
    this.idle = new Delays(simulation, RANK.timeout, 'exponential', (payload) => {
      pool.idleTimerRings(payload, simulation.now);
    });
  }

  setOpening(id: number, at: number): void {
    this.openings.push(at, id);
  }

  setStep(payload: number, at: number): void {
    this.steps.push(at, payload);
  }

  setIdle(payload: number, at: number): void {
    this.idle.push(at, payload);
  }
}

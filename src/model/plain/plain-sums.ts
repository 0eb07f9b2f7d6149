/** What the plain flow has counted and summed up since it last told the meters. Times are ns. */
import type { Database } from '../database/database.ts';
import { TIMED_OUT, TURNED_AWAY } from '../request/denial.ts';
import { ACQUIRE_TIMEOUT, POOL_FULL } from '../request/failure.ts';
import { ACQUIRE_QUEUE, CONTENTION, DATABASE_WORK, NETWORK, OPENING } from '../request/stage.ts';
import type { Service } from '../service/service.ts';

/** Doubles begin as −0: beginning as 0 they would be small integers, and change their form at first use. */
export class PlainSums {
  arrived = 0;
  completed = 0;
  granted = 0;
  timeouts = 0;
  turnedAway = 0;
  /** Connections that are to be established anew. */
  reconnectsDue = 0;
  /** Of completed requests: whole response, its stages, and the use of the connection. */
  response = -0;
  queued = -0;
  opened = -0;
  travelled = -0;
  worked = -0;
  contended = -0;
  use = -0;
  /** Waits of those who got a connection, and of those who gave up. */
  wait = -0;
  vain = -0;
  /** Rules found broken: served out of turn, waits that end at another instant than set, … */
  outOfTurn = 0;
  oddWaits = 0;
  /** … more connections owned than are open, or fewer than none, … */
  oddOwned = 0;
  /** … round trips longer or shorter than set, and work that takes another time than its law says. */
  oddTrips = 0;
  oddWork = 0;
  /** The largest ones ever. */
  mostResponse = -0;
  mostUse = -0;
  mostWait = -0;

  /** Tells the meters and the watches, and begins anew. Every sum must be below 2^52. */
  settle({ meters, pool }: Service, { roundTripWatch, workWatch }: Database): void {
    pool.timeouts += this.timeouts;
    pool.turns.outOfTurn += this.outOfTurn;
    pool.violations += this.oddOwned;
    meters.waitWatch.faults += this.oddWaits;
    roundTripWatch.faults += this.oddTrips;
    workWatch.faults += this.oddWork;
    meters.arrived += this.arrived;
    meters.attempts += this.arrived;
    meters.reconnectsDue += this.reconnectsDue;
    meters.response.absorb(this.completed, this.response, this.mostResponse);
    meters.use.absorb(this.completed, this.use, this.mostUse);
    meters.acquireWait.absorb(this.granted, this.wait, this.mostWait);
    meters.book(ACQUIRE_QUEUE, this.queued);
    meters.book(OPENING, this.opened);
    meters.book(NETWORK, this.travelled);
    meters.book(DATABASE_WORK, this.worked);
    meters.book(CONTENTION, this.contended);
    meters.vainWait.add(this.vain);
    meters.vainTime.add(this.vain);
    meters.denials[TIMED_OUT] = (meters.denials[TIMED_OUT] as number) + this.timeouts;
    meters.failures[ACQUIRE_TIMEOUT] = (meters.failures[ACQUIRE_TIMEOUT] as number) + this.timeouts;
    meters.denials[TURNED_AWAY] = (meters.denials[TURNED_AWAY] as number) + this.turnedAway;
    meters.failures[POOL_FULL] = (meters.failures[POOL_FULL] as number) + this.turnedAway;
    this.begin();
  }

  private begin(): void {
    this.arrived = this.completed = this.granted = this.timeouts = 0;
    this.reconnectsDue = this.turnedAway = 0;
    this.outOfTurn = this.oddWaits = this.oddOwned = this.oddTrips = this.oddWork = 0;
    this.response = this.queued = this.opened = this.travelled = -0;
    this.worked = this.contended = this.use = this.wait = this.vain = -0;
  }
}

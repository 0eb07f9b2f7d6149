/**
 * What a service counts, from the start of the run and never set back: whoever wants the figures of a
 * stretch subtracts two readings. Counts are whole and exact, so are the totals behind the means.
 */
import { ExactSum } from '../../stats/exact-sum.ts';
import { Histogram } from '../../stats/histogram.ts';
import { LevelMeter } from '../../stats/level-meter.ts';
import { DENIALS } from '../request/denial.ts';
import { FAILURES } from '../request/failure.ts';
import {
  LEDGER_ENTRIES,
  ACQUIRE_AT,
  ARRIVAL_AT,
  INSTANCE,
  RECONNECT_DRAW,
  STRIDE,
  type RequestTable,
} from '../request/request-table.ts';
import { STAGES } from '../request/stage.ts';
import { DueWatch } from '../watch/due-watch.ts';

export class ServiceMeters {
  arrived = 0;
  attempts = 0;
  /** Attempts that ended with another one to follow, and those that did follow. */
  pauses = 0;
  retries = 0;
  /** Retries that the client's settings do not allow, and requests given up though they do. */
  retryFaults = 0;
  /** Connections that had to be established anew inside a hold, and those of which it was begun. */
  reconnectsDue = 0;
  reconnects = 0;
  /** Requests by outcome and instance of their last attempt; the last entry is for none. */
  readonly completed: Float64Array;
  readonly failed: Float64Array;
  readonly abandoned: Float64Array;
  /** Failed requests by the reason of their last attempt. */
  readonly failures = new Float64Array(FAILURES.length);
  /** Attempts that got no connection, by what they were told; whether others followed or not. */
  readonly denials = new Float64Array(DENIALS.length);
  /** Attempts that a pooler in front of the database did not serve. */
  poolerDenials = 0;
  /** Attempts whose connection died under them; of those, whose connection was dead when they got it. */
  connectionsLost = 0;
  deadMet = 0;
  /** Requests whose outcome is not known yet. */
  readonly inSystem = new LevelMeter(1);
  /** Time from arrival to outcome of those that failed or were abandoned. */
  readonly vainTime = new ExactSum();
  /** Time that attempts waited for a connection and left without one. */
  readonly vainWait = new ExactSum();
  /** Time that connections had been used whose instance was lost. */
  readonly lostUse = new ExactSum();
  readonly response = new Histogram();
  readonly acquireWait = new Histogram();
  readonly use = new Histogram();
  readonly opening = new Histogram();
  /** Time spent in each stage by completed requests. */
  readonly ledger = STAGES.map(() => new ExactSum());
  /** Requests whose ledger did not add up to their response time: a fault of this program. */
  ledgerFaults = 0;
  /** Readings at which all connections were held by requests that wait for one more, of each instance. */
  readonly deadlocks: Float64Array;
  /** When that was first so; Infinity: never. */
  deadlockedAt = Infinity;
  wastedAttempts = 0;
  readonly wastedTime = new ExactSum();
  /** Waits for a connection, under the acquire timeout. */
  readonly waitWatch = new DueWatch();
  readonly handoverWatch = new DueWatch();
  /** Attempts, under the client's timeout. */
  readonly clientWatch = new DueWatch();
  readonly pauseWatch = new DueWatch();

  private readonly clock: Float64Array;

  /** @param clock its first number is the current instant: as an argument it would be boxed */
  constructor(instances: number, clock: Float64Array) {
    this.clock = clock;
    this.deadlocks = new Float64Array(instances);
    this.completed = new Float64Array(instances + 1);
    this.failed = new Float64Array(instances + 1);
    this.abandoned = new Float64Array(instances + 1);
  }

  /** A request arrives: its number, from 1. */
  arrive(): number {
    const now = this.clock[0] as number;
    this.inSystem.add(0, 1, now);
    return ++this.arrived;
  }

  /** A request ended well; its ledger is booked up to now. */
  complete({ times, marks }: RequestTable, slot: number): void {
    const now = this.clock[0] as number;
    this.inSystem.add(0, -1, now);
    const at = slot * STRIDE;
    const instance = marks[at + INSTANCE] as number;
    this.completed[instance] = (this.completed[instance] as number) + 1;
    const response = now - (times[at + ARRIVAL_AT] as number);
    this.response.add(response);
    let booked = 0;
    for (let stage = 0; stage < LEDGER_ENTRIES; stage++) {
      const time = times[at + stage] as number;
      if (time === 0) continue;
      booked += time;
      (this.ledger[stage] as ExactSum).add(time);
    }
    if (booked !== response) this.ledgerFaults++;
  }

  /** Time that completed requests have spent in a stage, summed up elsewhere; below 2^52. */
  book(stage: number, time: number): void {
    (this.ledger[stage] as ExactSum).add(time);
  }

  /** A request failed for good. */
  fail(table: RequestTable, slot: number, reason: number, now: number): void {
    this.endInVain(this.failed, table, slot, now);
    this.failures[reason] = (this.failures[reason] as number) + 1;
  }

  /** An attempt fails for want of a connection. */
  deny(denial: number): void {
    this.denials[denial] = (this.denials[denial] as number) + 1;
  }

  /** Attempts that got no connection: timed out, turned away by a full pool, or refused by the server. */
  get acquireFailures(): number {
    return this.denials.reduce((sum, count) => sum + count, 0);
  }

  /** A client left for good. */
  abandon(table: RequestTable, slot: number, now: number): void {
    this.endInVain(this.abandoned, table, slot, now);
  }

  /** An attempt leaves without the connection it has waited for. */
  leaveWithout({ times }: RequestTable, slot: number, now: number): void {
    this.vainWait.add(now - (times[slot * STRIDE + ACQUIRE_AT] as number));
    this.waitWatch.end(slot, now);
    this.handoverWatch.end(slot, now);
  }

  /** An attempt gets a connection that is established anew if its draw says so. */
  countReconnectDue({ times }: RequestTable, slot: number, share: number): void {
    if ((times[slot * STRIDE + RECONNECT_DRAW] as number) < share) this.reconnectsDue++;
  }

  /** An attempt's instance is lost while it has a connection. */
  loseUse({ times }: RequestTable, slot: number, now: number): void {
    this.lostUse.add(now - (times[slot * STRIDE + ACQUIRE_AT] as number));
  }

  private endInVain(
    outcomes: Float64Array,
    { times, marks }: RequestTable,
    slot: number,
    now: number,
  ): void {
    const instance = marks[slot * STRIDE + INSTANCE] as number;
    const i = instance < 0 ? outcomes.length - 1 : instance;
    outcomes[i] = (outcomes[i] as number) + 1;
    this.inSystem.add(0, -1, now);
    this.vainTime.add(now - (times[slot * STRIDE + ARRIVAL_AT] as number));
  }
}

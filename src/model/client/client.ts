/**
 * The client of a service: how long it waits, when it tries again, and what it counts as the outcome. A
 * request is final after its last attempt: completed, failed (an error came back) or abandoned (the
 * client left first).
 */
import type { RandomStreams } from '../../engine/random-streams.ts';
import type { Simulation } from '../../engine/simulation.ts';
import type { VariateStream } from '../../engine/variates.ts';
import type { Journal } from '../event-log.ts';
import type { ServiceMeters } from '../meters/service-meters.ts';
import { FAILURES } from '../request/failure.ts';
import {
  ACQUIRE_AT,
  ARRIVAL_AT,
  ATTEMPT,
  CLIENT_GONE,
  HELD,
  INSTANCE,
  NO_INSTANCE,
  RECONNECT_DRAW,
  REQUEST_CLASS,
  SINCE,
  STATE_OF,
  STRIDE,
  type RequestTable,
  STATE,
  USER,
} from '../request/request-table.ts';
import { BACKOFF } from '../request/stage.ts';
import { Deadlines } from '../schedule/deadlines.ts';
import { Delays } from '../schedule/delays.ts';
import { RANK } from '../schedule/ranks.ts';
import { SimulationLimit } from '../simulation-limit.ts';
import { Patience } from './patience.ts';
import type { ClientSettings } from './settings.ts';

/** A request that has been retried this often, as often within one instant, goes round in a loop. */
const MOST_RETRIES_AT_ONCE = 100;

/** What a client is wired to. */
interface ClientParts {
  readonly simulation: Simulation;
  readonly table: RequestTable;
  readonly meters: ServiceMeters;
  readonly streams: RandomStreams;
  /** Name of the service, which names its random streams. */
  readonly name: string;
  /** Decides anew, for each attempt after the first, whether its connection is established anew. */
  readonly retryDraws: VariateStream;
  readonly journal: Journal;
  readonly startAttempt: (slot: number) => void;
  /** The client waits no longer for this slot; with `cancel` the server drops it. */
  readonly leaveServer: (slot: number, cancel: boolean) => void;
  /** Books the time since the slot's stage began. */
  readonly bookStage: (slot: number) => void;
  /** The final outcome of a user's request that arrived at an instant. */
  readonly userDone: (user: number, arrivalAt: number) => void;
  /** Called when no slot is left: throws. */
  readonly tableFull: () => never;
}

export class Client {
  private settings: ClientSettings;
  private readonly parts: ClientParts;
  private readonly deadlines: Deadlines;
  private readonly patience: Patience | null;
  private readonly retries: Delays;
  private lastInstantRetryAt = -1;
  private retriesAtOnce = 0;

  constructor(settings: ClientSettings, parts: ClientParts) {
    this.settings = settings;
    this.parts = parts;
    const { simulation, table } = parts;
    this.retries = new Delays(simulation, RANK.retry, 'constant', (slot) => {
      this.retry(slot);
    });
    this.deadlines = new Deadlines(simulation, table.clientDeadlines, (slot) => {
      parts.meters.clientWatch.ring(slot, simulation.now);
      this.leave(slot);
    });
    const expired = (slot: number): void => {
      this.leave(slot);
    };
    this.patience = settings.patience && new Patience(settings.patience, parts, expired);
  }

  apply(settings: ClientSettings): void {
    this.settings = settings;
    if (settings.patience !== null) this.patience?.apply(settings.patience);
  }

  /** An attempt is on its way. */
  startTimers(slot: number): void {
    const { meters, simulation } = this.parts;
    this.deadlines.set(slot, simulation.now + this.settings.timeoutNs);
    meters.clientWatch.begin(slot, simulation.now + this.settings.timeoutNs);
    this.patience?.begin(slot);
  }

  /** The attempt has a connection, or is about to: it loses patience no more. */
  gotConnection(slot: number): void {
    this.patience?.end(slot);
  }

  /** The server has answered; the slot is done. */
  answered(slot: number): void {
    const { table, meters, simulation, journal } = this.parts;
    if (table.marks[slot * STRIDE + CLIENT_GONE] === 1) {
      meters.wastedAttempts++;
      meters.wastedTime.add(simulation.now - (table.times[slot * STRIDE + ACQUIRE_AT] as number));
    } else {
      this.deadlines.cancel(slot);
      meters.clientWatch.end(slot, simulation.now);
      meters.complete(table, slot);
      journal.note('complete', slot);
      this.tellUser(slot);
    }
    table.free(slot);
  }

  /** An error came back; the slot has left the server. Its ledger is booked up to now. */
  failed(slot: number, reason: number): void {
    const { table, meters, simulation, journal } = this.parts;
    if (table.marks[slot * STRIDE + CLIENT_GONE] === 1) {
      table.free(slot);
      return;
    }
    this.cancelTimers(slot);
    journal.note('fail', slot, FAILURES[reason]);
    if (this.mayRetry(slot)) {
      this.backOff(slot, reason);
      return;
    }
    this.watchRetry(slot, false);
    meters.fail(table, slot, reason, simulation.now);
    this.tellUser(slot);
    table.free(slot);
  }

  /**
   * Moves the request out of a slot that the server or the database still works on: the new slot has its
   * attributes and its ledger up to now, the old one has nobody waiting for it.
   */
  detach(slot: number): number {
    const { table, simulation } = this.parts;
    const next = table.take();
    if (next < 0) this.parts.tableFull();
    table.copyRequest(slot, next);
    table.times[next * STRIDE + SINCE] = simulation.now;
    table.marks[next * STRIDE + HELD] = 0;
    table.marks[slot * STRIDE + CLIENT_GONE] = 1;
    this.cancelTimers(slot);
    return next;
  }

  /** The client's time is up, or its patience at an end. */
  private leave(slot: number): void {
    const { table, meters, simulation, journal, bookStage, leaveServer } = this.parts;
    const { cancel } = this.settings;
    this.cancelTimers(slot);
    journal.note('abandon', slot);
    if (this.mayRetry(slot)) {
      bookStage(slot);
      const next = this.detach(slot);
      leaveServer(slot, cancel);
      this.backOff(next, -1);
      return;
    }
    this.watchRetry(slot, false);
    meters.abandon(table, slot, simulation.now);
    this.tellUser(slot);
    leaveServer(slot, cancel);
  }

  private cancelTimers(slot: number): void {
    this.deadlines.cancel(slot);
    this.parts.meters.clientWatch.end(slot, this.parts.simulation.now);
    this.patience?.end(slot);
  }

  /** The request is final: the user who waits for it, if there is one, goes on. */
  private tellUser(slot: number): void {
    const { table, userDone } = this.parts;
    const user = table.marks[slot * STRIDE + USER] as number;
    if (user >= 0) userDone(user, table.times[slot * STRIDE + ARRIVAL_AT] as number);
  }

  private mayRetry(slot: number): boolean {
    return (
      (this.parts.table.marks[slot * STRIDE + ATTEMPT] as number) <= this.settings.retryAttempts
    );
  }

  /** @param reason index of the failure, −1 when the client left */
  private backOff(slot: number, reason: number): void {
    const { table, meters, simulation } = this.parts;
    const { retryBackoffNs } = this.settings;
    this.watchRetry(slot, true);
    meters.pauses++;
    meters.pauseWatch.begin(slot, simulation.now + this.settings.retryBackoffNs);
    if (retryBackoffNs === 0) this.guardInstant(slot, reason);
    table.marks[slot * STRIDE + ATTEMPT] = (table.marks[slot * STRIDE + ATTEMPT] as number) + 1;
    if ((table.marks[slot * STRIDE + REQUEST_CLASS] as number) >= 0)
      table.times[slot * STRIDE + RECONNECT_DRAW] = this.parts.retryDraws.next();
    table.times[slot * STRIDE + SINCE] = simulation.now;
    table.marks[slot * STRIDE + STATE_OF] = STATE.backoff;
    this.retries.push(simulation.now + retryBackoffNs, slot);
  }

  private retry(slot: number): void {
    const { table, meters, simulation, journal, startAttempt } = this.parts;
    meters.retries++;
    meters.pauseWatch.ring(slot, simulation.now);
    table.book(slot, BACKOFF, simulation.now);
    table.marks[slot * STRIDE + INSTANCE] = NO_INSTANCE;
    journal.note('retry', slot);
    startAttempt(slot);
  }

  /** An attempt has ended in vain: another one follows exactly as long as the settings allow it. */
  private watchRetry(slot: number, follows: boolean): void {
    const { table, meters } = this.parts;
    const retriesSoFar = (table.marks[slot * STRIDE + ATTEMPT] as number) - 1;
    if (retriesSoFar < this.settings.retryAttempts !== follows) meters.retryFaults++;
  }

  /** Stops retries that go round within one instant, where simulated time would never move on. */
  private guardInstant(slot: number, reason: number): void {
    const { table, simulation } = this.parts;
    const { now } = simulation;
    if (now !== this.lastInstantRetryAt) {
      this.lastInstantRetryAt = now;
      this.retriesAtOnce = 0;
    }
    const attempt = table.marks[slot * STRIDE + ATTEMPT] as number;
    if (Math.min(++this.retriesAtOnce, attempt) <= MOST_RETRIES_AT_ONCE) return;
    const cause = FAILURES[reason] ?? 'the client left';
    throw new SimulationLimit(
      'zero-time-loop',
      now,
      `time stands still: a request was retried more than ${String(MOST_RETRIES_AT_ONCE)} times at one ` +
        `instant (${cause}, retried at once because client.retry.backoff is 0); give it a backoff`,
    );
  }
}

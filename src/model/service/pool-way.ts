/**
 * The part of a request's way that leads through the pool: from asking for a connection to having it, or to
 * failing without one. The pool decides; here its decisions are booked and carried out.
 *
 *     acquire ─► granted ─► [reconnect] ─► its work
 *        ├─► opening, waiting, checking ─► [hand-over] ─┘
 *        └─► turned away, timed out, failed to connect
 */
import type { Simulation } from '../../engine/simulation.ts';
import type { Database } from '../database/database.ts';
import type { Journal } from '../event-log.ts';
import type { ServiceMeters } from '../meters/service-meters.ts';
import { type ConnectionPool, NOBODY, type PoolEvents } from '../pool/connection-pool.ts';
import { NO_OWNER, OPENS, REFUSED, TIMES_OUT } from '../pool/openings.ts';
import { ACQUIRE_TIMEOUT, CONNECT_FAILED, CONNECT_REFUSED, POOL_FULL } from '../request/failure.ts';
import {
  ACQUIRE_AT,
  HELD,
  INSTANCE,
  OPENING_ID,
  RECONNECT_DRAW,
  type RequestTable,
  SINCE,
  STATE,
  STATE_OF,
  STRIDE,
} from '../request/request-table.ts';
import { ACQUIRE_QUEUE, OPENING } from '../request/stage.ts';
import { Deadlines } from '../schedule/deadlines.ts';
import { Delays } from '../schedule/delays.ts';
import { RANK } from '../schedule/ranks.ts';
import type { RequestFlow } from './request-flow.ts';
import { NO_STEPS, type RequestMix } from './request-mix.ts';
import type { Stations } from './stations.ts';

export class PoolWay implements PoolEvents {
  readonly deadlines: Deadlines;
  readonly reconnects: Delays;
  private readonly flow: RequestFlow;
  private readonly simulation: Simulation;
  private readonly table: RequestTable;
  private readonly pool: ConnectionPool;
  private readonly mix: RequestMix;
  private readonly database: Database;
  private readonly meters: ServiceMeters;
  private readonly journal: Journal;
  private readonly openings: Delays;
  private readonly handovers: Delays;
  /** Requests that are about to find out that their connection is dead. */
  private readonly losses: Delays;
  /** Checks, resets and pauses of the pool. */
  private readonly steps: Delays;
  /** When the next idle connection of an instance may be too old. */
  private readonly idleTimers: Delays;

  constructor(flow: RequestFlow, stations: Stations) {
    const { simulation, table, database } = stations;
    this.flow = flow;
    this.simulation = simulation;
    this.table = table;
    this.pool = stations.pool;
    this.mix = stations.mix;
    this.database = database;
    this.meters = stations.meters;
    this.journal = stations.journal;
    const { connectFamily } = database;
    this.openings = new Delays(simulation, RANK.opening, connectFamily, (id) => {
      if (this.pool.openings.outcome[id] === OPENS) this.openingDone(id);
      else this.openingFailed(id);
    });
    this.reconnects = new Delays(simulation, RANK.opening, connectFamily, (slot) => {
      this.reconnected(slot);
    });
    this.handovers = new Delays(simulation, RANK.opening, 'constant', (slot) => {
      this.handoverDone(slot);
    });
    this.steps = new Delays(simulation, RANK.opening, 'exponential', (payload) => {
      this.pool.stepDone(payload, simulation.now);
    });
    this.losses = new Delays(simulation, RANK.opening, 'constant', (slot) => {
      this.foundDead(slot);
    });
    this.deadlines = new Deadlines(simulation, table.acquireDeadlines, (slot) => {
      this.timeout(slot);
    });
    this.idleTimers = new Delays(simulation, RANK.timeout, 'exponential', (payload) => {
      this.pool.idleTimerRings(payload, simulation.now);
    });
  }

  closing(instance: number): void {
    this.journal.noteOf('close', instance);
  }

  idleTimerSet(payload: number, at: number): void {
    this.idleTimers.push(at, payload);
  }

  stepSet(payload: number, at: number): void {
    this.steps.push(at, payload);
  }

  served(slot: number, openedSince: number): void {
    this.bookOpening(slot, openedSince);
    this.giveConnection(slot);
  }

  checked(slot: number): void {
    this.table.marks[slot * STRIDE + STATE_OF] = STATE.handover;
  }

  waitsAgain(slot: number): void {
    this.table.marks[slot * STRIDE + STATE_OF] = STATE.pending;
  }

  failed(slot: number): void {
    this.failWaiting(slot, CONNECT_FAILED);
  }

  /** A connection is being established; it is open, or refused, after `delay` ns. */
  openingStarted(id: number, delay: number): void {
    const { owner, instance } = this.pool.openings;
    const slot = owner[id] as number;
    if (slot !== NO_OWNER) this.table.marks[slot * STRIDE + OPENING_ID] = id;
    this.journal.noteOf('connect', instance[id] as number);
    this.openings.push(this.simulation.now + delay, id);
  }

  /** A request on instance `i` asks for a connection. */
  acquire(slot: number, i: number): void {
    const { table } = this;
    const { now } = this.simulation;
    if (table.hasSteps) table.noteHold(slot);
    table.times[slot * STRIDE + ACQUIRE_AT] = now;
    const outcome = this.pool.acquire(i, slot, now);
    if (outcome === 'granted') {
      this.granted(slot);
      return;
    }
    if (outcome === 'full' || outcome === 'rejected') {
      this.turnAway(slot, i, outcome === 'full' ? POOL_FULL : CONNECT_FAILED);
      return;
    }
    table.marks[slot * STRIDE + STATE_OF] = waitingState(outcome);
    this.deadlines.set(slot, this.pool.deadlineFrom(now, outcome));
    this.meters.waitWatch.begin(slot, this.pool.deadlineFrom(now, outcome));
    this.journal.note(outcome === 'opening' ? 'open' : 'wait', slot);
  }

  /** It does not even wait. Its place is free again, and whoever admits from the queue goes on with it. */
  private turnAway(slot: number, i: number, reason: number): void {
    if (this.heldBy(slot) > 0) {
      this.failHere(slot, i, reason);
      return;
    }
    this.meters.acquireFailures++;
    this.flow.client.failed(slot, reason);
    this.flow.gate.leave(i);
    this.flow.countOut(i);
  }

  /** A request is given the connection that it opened, or one that came free, which takes its hand-over. */
  giveConnection(slot: number): void {
    const { handoverNs, policy } = this.pool.settings;
    const { marks } = this.table;
    const { now } = this.simulation;
    const isPending = marks[slot * STRIDE + STATE_OF] === STATE.pending;
    // Who was woken has had his hand-over before he took the connection.
    const takesNs = isPending && policy.release === 'handoff' ? handoverNs : 0;
    this.meters.waitWatch.end(slot, now);
    this.meters.handoverWatch.begin(slot, now + takesNs);
    if (takesNs === 0) {
      this.grantWaiter(slot);
      return;
    }
    marks[slot * STRIDE + STATE_OF] = STATE.handover;
    this.deadlines.cancel(slot);
    this.flow.client.gotConnection(slot);
    this.pool.beginHandover(marks[slot * STRIDE + INSTANCE] as number, now);
    this.handovers.push(now + handoverNs, slot);
  }

  private handoverDone(slot: number): void {
    const { table } = this;
    if (table.marks[slot * STRIDE + STATE_OF] === STATE.void) {
      table.free(slot);
      return;
    }
    this.pool.endHandover(table.marks[slot * STRIDE + INSTANCE] as number, this.simulation.now);
    this.grantWaiter(slot);
  }

  private grantWaiter(slot: number): void {
    const isOpening = this.table.marks[slot * STRIDE + STATE_OF] === STATE.opening;
    this.table.book(slot, isOpening ? OPENING : ACQUIRE_QUEUE, this.simulation.now);
    this.deadlines.cancel(slot);
    this.meters.handoverWatch.ring(slot, this.simulation.now);
    this.granted(slot);
  }

  private granted(slot: number): void {
    const { table, meters } = this;
    const { now } = this.simulation;
    this.flow.client.gotConnection(slot);
    meters.acquireWait.add(now - (table.times[slot * STRIDE + ACQUIRE_AT] as number));
    table.times[slot * STRIDE + ACQUIRE_AT] = now;
    if (table.hasSteps) table.marks[slot * STRIDE + HELD] = this.heldBy(slot) + 1;
    this.journal.note('acquire', slot);
    meters.countReconnectDue(table, slot, this.pool.settings.reconnectShare);
    if (this.database.losses.any && this.pool.findsDead(slot)) {
      this.findDead(slot);
      return;
    }
    if (
      (table.times[slot * STRIDE + RECONNECT_DRAW] as number) >= this.pool.settings.reconnectShare
    ) {
      this.begin(slot);
      return;
    }
    table.marks[slot * STRIDE + STATE_OF] = STATE.reconnecting;
    meters.reconnects++;
    this.reconnects.push(now + this.database.drawConnectLatency(), slot);
    this.journal.note('reconnect', slot);
  }

  private heldBy(slot: number): number {
    return this.table.marks[slot * STRIDE + HELD] as number;
  }

  /** What the request wanted its connection for. */
  private begin(slot: number): void {
    if (this.table.hasSteps && this.mix.programOf(slot) !== NO_STEPS) this.flow.stepWay.next(slot);
    else this.mix.begin(slot);
  }

  /** Its first round trip will tell that the connection is dead. */
  private findDead(slot: number): void {
    const { now } = this.simulation;
    this.table.marks[slot * STRIDE + STATE_OF] = STATE.reconnecting;
    this.losses.push(now + this.database.roundTripNs, slot);
  }

  private foundDead(slot: number): void {
    const { table } = this;
    if (table.marks[slot * STRIDE + STATE_OF] === STATE.void) {
      table.free(slot);
      return;
    }
    this.meters.deadMet++;
    this.flow.exits.loseConnection(slot);
    table.free(slot);
  }

  private reconnected(slot: number): void {
    const { table } = this;
    const { now } = this.simulation;
    if (table.marks[slot * STRIDE + STATE_OF] === STATE.void) {
      table.free(slot);
      return;
    }
    this.pool.countReconnect();
    this.meters.opening.add(now - (table.times[slot * STRIDE + ACQUIRE_AT] as number));
    table.book(slot, OPENING, now);
    this.begin(slot);
  }

  private openingDone(id: number): void {
    const { now } = this.simulation;
    this.meters.opening.add(now - (this.pool.openings.startedAt[id] as number));
    const slot = this.pool.openingDone(id, now);
    if (slot !== NOBODY) this.giveConnection(slot);
  }

  private openingFailed(id: number): void {
    const { openings } = this.pool;
    const i = openings.instance[id] as number;
    const outcome = openings.outcome[id] as number;
    const slot = this.pool.openingFailed(id, this.simulation.now);
    // Those who wait come before whoever this failure lets in.
    this.openForWaiters(i);
    if (slot !== NOBODY) this.failWaiting(slot, this.reasonOf(outcome, slot));
  }

  /** A connection that takes as long to open as its request would wait is the end of that wait. */
  private reasonOf(outcome: number, slot: number): number {
    if (outcome === REFUSED) return CONNECT_REFUSED;
    const waited = this.simulation.now - (this.table.times[slot * STRIDE + ACQUIRE_AT] as number);
    if (outcome !== TIMES_OUT || waited < this.pool.settings.acquireTimeoutNs)
      return CONNECT_FAILED;
    this.pool.timeouts++;
    return ACQUIRE_TIMEOUT;
  }

  /** A request that waits for a connection fails; the pool has let go of it. */
  private failWaiting(slot: number, reason: number): void {
    const { table } = this;
    this.flow.exits.bookStage(slot);
    this.deadlines.cancel(slot);
    this.meters.leaveWithout(table, slot, this.simulation.now);
    this.failHere(slot, table.marks[slot * STRIDE + INSTANCE] as number, reason);
  }

  private timeout(slot: number): void {
    const { table, pool } = this;
    const { now } = this.simulation;
    const i = table.marks[slot * STRIDE + INSTANCE] as number;
    if (pool.opensLate(i, slot, now)) {
      this.opensItself(slot);
      return;
    }
    this.meters.waitWatch.ring(slot, now);
    this.flow.exits.bookStage(slot);
    if (table.marks[slot * STRIDE + STATE_OF] === STATE.opening)
      pool.disown(table.marks[slot * STRIDE + OPENING_ID] as number, now);
    else pool.leave(i, slot, now);
    pool.timeouts++;
    this.meters.leaveWithout(table, slot, now);
    this.failHere(slot, i, ACQUIRE_TIMEOUT);
  }

  /** The attempt fails on its instance, having left the pool. */
  private failHere(slot: number, i: number, reason: number): void {
    this.meters.acquireFailures++;
    this.flow.exits.releaseAll(slot, i);
    this.flow.client.failed(slot, reason);
    this.flow.leaveInstance(i);
  }

  /** New room in the pool: those who wait open connections at once. */
  openForWaiters(i: number): void {
    const { now } = this.simulation;
    for (;;) {
      const slot = this.pool.openForWaiter(i, now);
      if (slot === NOBODY) return;
      this.opensItself(slot);
    }
  }

  /** One who waited opens a connection now. */
  opensItself(slot: number): void {
    this.table.book(slot, ACQUIRE_QUEUE, this.simulation.now);
    this.table.marks[slot * STRIDE + STATE_OF] = STATE.opening;
    this.journal.note('open', slot);
    if (this.pool.settings.policy.timeoutCovers !== 'queue') return;
    this.deadlines.cancel(slot);
    this.meters.waitWatch.end(slot, this.simulation.now);
  }

  /** Of the wait for a connection that the pool has opened, what this took was no wait for others. */
  private bookOpening(slot: number, openedSince: number): void {
    const { table } = this;
    const since = table.times[slot * STRIDE + SINCE] as number;
    if (openedSince >= this.simulation.now) return;
    table.book(slot, ACQUIRE_QUEUE, Math.max(since, openedSince));
    table.book(slot, OPENING, this.simulation.now);
  }
}

/** Where a request is that has to wait for its connection. */
function waitingState(outcome: 'opening' | 'waiting' | 'checking'): number {
  if (outcome === 'waiting') return STATE.pending;
  return outcome === 'opening' ? STATE.opening : STATE.handover;
}

/**
 * The part of a request's way that leads through the pool: from asking for a connection to having it, or to
 * failing without one. The pool decides; here its decisions are booked and carried out.
 *
 *     acquire ─► granted ─► [reconnect] ─► its work
 *        ├─► opening, waiting, checking ─► [hand-over] ─┘
 *        └─► turned away, timed out, failed to connect
 */
import type { Simulation } from '../../engine/simulation.ts';
import type { Backend } from '../database/backend.ts';
import type { Journal } from '../event-log.ts';
import type { ServiceMeters } from '../meters/service-meters.ts';
import { type ConnectionPool, NOBODY, type PoolEvents } from '../pool/connection-pool.ts';
import { NO_OWNER, OPENS, REFUSED, TIMES_OUT } from '../pool/openings.ts';
import { PoolTimers } from '../pool/pool-timers.ts';
import {
  DENIALS,
  NOT_CONNECTED,
  NOT_CONNECTED_IN_TIME,
  REFUSED_BY_SERVER,
  TIMED_OUT,
  TIMED_OUT_OPENING,
  TURNED_AWAY,
} from '../request/denial.ts';
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
  STEP,
  STRIDE,
} from '../request/request-table.ts';
import { ACQUIRE_QUEUE, OPENING } from '../request/stage.ts';
import type { Deadlines } from '../schedule/deadlines.ts';
import { Delays } from '../schedule/delays.ts';
import { RANK } from '../schedule/ranks.ts';
import type { RequestFlow } from './request-flow.ts';
import { NO_STEPS, type RequestMix } from './request-mix.ts';
import type { Stations } from './stations.ts';

export class PoolWay implements PoolEvents {
  readonly reconnects: Delays;
  private readonly flow: RequestFlow;
  private readonly simulation: Simulation;
  private readonly table: RequestTable;
  private readonly pool: ConnectionPool;
  private readonly mix: RequestMix;
  private readonly backend: Backend;
  private readonly meters: ServiceMeters;
  private readonly journal: Journal;
  private readonly timers: PoolTimers;
  private readonly handovers: Delays;
  /** Requests that are about to find out that their connection is dead. */
  private readonly losses: Delays;

  constructor(flow: RequestFlow, stations: Stations) {
    const { simulation, table, backend, pool } = stations;
    this.flow = flow;
    this.simulation = simulation;
    this.table = table;
    this.pool = pool;
    this.mix = stations.mix;
    this.backend = backend;
    this.meters = stations.meters;
    this.journal = stations.journal;
    const { connectFamily } = backend;
    this.timers = new PoolTimers({
      simulation,
      pool,
      connectFamily,
      tickets: table.acquireDeadlines,
      openingEnded: (id) => {
        if (pool.openings.outcome[id] === OPENS) this.openingDone(id);
        else this.openingFailed(id);
      },
      timeout: (slot) => {
        this.timeout(slot);
      },
    });
    this.reconnects = new Delays(simulation, RANK.opening, connectFamily, (slot) => {
      this.reconnected(slot);
    });
    this.handovers = new Delays(simulation, RANK.opening, 'constant', (slot) => {
      this.handoverDone(slot);
    });
    this.losses = new Delays(simulation, RANK.opening, 'constant', (slot) => {
      this.foundDead(slot);
    });
  }

  /** When those who wait give up. */
  get deadlines(): Deadlines {
    return this.timers.deadlines;
  }

  closing(instance: number): void {
    this.journal.noteOf('close', instance);
  }

  gone(number: number): void {
    this.flow.poolerWay?.gone(number);
  }

  idleTimerSet(payload: number, at: number): void {
    this.timers.setIdle(payload, at);
  }

  stepSet(payload: number, at: number): void {
    this.timers.setStep(payload, at);
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
    this.failWaiting(slot, NOT_CONNECTED);
  }

  /** A connection is being established; it is open, or refused, after `delay` ns. */
  openingStarted(id: number, delay: number): void {
    const { owner, instance } = this.pool.openings;
    const slot = owner[id] as number;
    if (slot !== NO_OWNER) this.table.marks[slot * STRIDE + OPENING_ID] = id;
    this.journal.noteOf('connect', instance[id] as number);
    this.timers.setOpening(id, this.simulation.now + delay);
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
      this.turnAway(slot, i, outcome === 'full' ? TURNED_AWAY : NOT_CONNECTED);
      return;
    }
    table.marks[slot * STRIDE + STATE_OF] = waitingState(outcome);
    this.deadlines.set(slot, this.pool.deadlineFrom(now, outcome));
    this.meters.waitWatch.begin(slot, this.pool.deadlineFrom(now, outcome));
    this.journal.note(outcome === 'opening' ? 'open' : 'wait', slot);
  }

  /** It does not even wait. If it has just come in, whoever admits from the queue goes on with its place. */
  private turnAway(slot: number, i: number, denial: number): void {
    if (this.isUnderWay(slot)) {
      this.failHere(slot, i, denial);
      return;
    }
    this.deny(slot, denial);
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
    if (this.backend.losses.any && this.pool.findsDead(slot)) {
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
    this.reconnects.push(now + this.backend.drawConnectLatency(), slot);
    this.journal.note('reconnect', slot);
  }

  /** Whether it has done more in the service than to ask for its first connection. */
  private isUnderWay(slot: number): boolean {
    const { table, mix } = this;
    if (!table.hasSteps || mix.programOf(slot) === NO_STEPS) return false;
    return (table.marks[slot * STRIDE + STEP] as number) > 1;
  }

  private heldBy(slot: number): number {
    return this.table.marks[slot * STRIDE + HELD] as number;
  }

  /** What the request wanted its connection for. */
  begin(slot: number): void {
    const { flow, table, mix } = this;
    if (table.hasSteps && mix.programOf(slot) !== NO_STEPS) flow.stepWay.next(slot);
    else if (flow.poolerWay === null || flow.poolerWay.mayWork(slot)) mix.begin(slot);
  }

  /** Its first round trip will tell that the connection is dead. */
  findDead(slot: number): void {
    const { now } = this.simulation;
    this.table.marks[slot * STRIDE + STATE_OF] = STATE.reconnecting;
    this.losses.push(now + this.backend.roundTripNs, slot);
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
    const startedAt = openings.startedAt[id] as number;
    const slot = this.pool.openingFailed(id, this.simulation.now);
    // Those who wait come before whoever this failure lets in.
    this.openForWaiters(i);
    if (slot !== NOBODY) this.failWaiting(slot, this.denialOf(outcome, slot, startedAt));
  }

  /** A connection that takes as long to open as its request would wait is the end of that wait. */
  private denialOf(outcome: number, slot: number, startedAt: number): number {
    if (outcome === REFUSED) return REFUSED_BY_SERVER;
    if (outcome !== TIMES_OUT) return NOT_CONNECTED;
    const waited = this.simulation.now - (this.table.times[slot * STRIDE + ACQUIRE_AT] as number);
    if (waited < this.pool.settings.acquireTimeoutNs) return NOT_CONNECTED_IN_TIME;
    this.pool.timeouts++;
    return this.timeoutOf(slot, startedAt);
  }

  /** @param startedAt since when it has been opening a connection for itself */
  private timeoutOf(slot: number, startedAt: number): number {
    const askedAt = this.table.times[slot * STRIDE + ACQUIRE_AT] as number;
    return startedAt === askedAt ? TIMED_OUT_OPENING : TIMED_OUT;
  }

  /** A request that waits for a connection fails; the pool has let go of it. */
  private failWaiting(slot: number, denial: number): void {
    const { table } = this;
    this.flow.exits.bookStage(slot);
    this.deadlines.cancel(slot);
    this.meters.leaveWithout(table, slot, this.simulation.now);
    this.failHere(slot, table.marks[slot * STRIDE + INSTANCE] as number, denial);
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
    let denial = TIMED_OUT;
    if (table.marks[slot * STRIDE + STATE_OF] === STATE.opening) {
      const id = table.marks[slot * STRIDE + OPENING_ID] as number;
      denial = this.timeoutOf(slot, pool.openings.startedAt[id] as number);
      pool.disown(id, now);
    } else pool.leave(i, slot, now);
    pool.timeouts++;
    this.meters.leaveWithout(table, slot, now);
    this.failHere(slot, i, denial);
  }

  /** The attempt fails on its instance, having left the pool. */
  private failHere(slot: number, i: number, denial: number): void {
    this.flow.exits.releaseAll(slot, i);
    this.deny(slot, denial);
    this.flow.leaveInstance(i);
  }

  private deny(slot: number, denial: number): void {
    this.meters.deny(denial);
    this.flow.client.failed(slot, (DENIALS[denial] as (typeof DENIALS)[number]).reason);
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
  bookOpening(slot: number, openedSince: number, queue = ACQUIRE_QUEUE): void {
    const { table } = this;
    const since = table.times[slot * STRIDE + SINCE] as number;
    if (openedSince >= this.simulation.now) return;
    table.book(slot, queue, Math.max(since, openedSince));
    table.book(slot, OPENING, this.simulation.now);
  }
}

/** Where a request is that has to wait for its connection. */
function waitingState(outcome: 'opening' | 'waiting' | 'checking'): number {
  if (outcome === 'waiting') return STATE.pending;
  return outcome === 'opening' ? STATE.opening : STATE.handover;
}

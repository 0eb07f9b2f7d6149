/**
 * Ways out before the end: a client that leaves, a request that is withdrawn, an instance that is gone.
 * What the request holds must be given back wherever it stands.
 */
import type { Simulation } from '../../engine/simulation.ts';
import type { Database } from '../database/database.ts';
import type { Journal } from '../event-log.ts';
import type { ServiceMeters } from '../meters/service-meters.ts';
import { type ConnectionPool, NOBODY } from '../pool/connection-pool.ts';
import { CONNECTION_LOST, INSTANCE_LOST } from '../request/failure.ts';
import {
  ACQUIRE_AT,
  CLIENT_GONE,
  HELD,
  INSTANCE,
  LEAKS,
  OPENING_ID,
  ORPHAN,
  type RequestTable,
  STATE,
  STATE_OF,
  STRIDE,
} from '../request/request-table.ts';
import { ACQUIRE_QUEUE, APP, BACKOFF, OPENING, POOLER_QUEUE, QUEUE } from '../request/stage.ts';
import type { Gate } from './gate.ts';
import type { RequestFlow } from './request-flow.ts';
import type { Stations } from './stations.ts';

export class EarlyExit {
  private readonly flow: RequestFlow;
  private readonly simulation: Simulation;
  private readonly table: RequestTable;
  private readonly gate: Gate;
  private readonly pool: ConnectionPool;
  private readonly database: Database;
  private readonly meters: ServiceMeters;
  private readonly journal: Journal;

  constructor(flow: RequestFlow, stations: Stations) {
    this.flow = flow;
    this.simulation = stations.simulation;
    this.table = stations.table;
    this.gate = stations.gate;
    this.pool = stations.pool;
    this.database = stations.database;
    this.meters = stations.meters;
    this.journal = stations.journal;
  }

  /** Nobody waits for the answer any more; with `cancel` the server stops working on it. */
  clientLeft(slot: number, cancel: boolean): void {
    const { table } = this;
    if (!cancel) {
      table.marks[slot * STRIDE + CLIENT_GONE] = 1;
      return;
    }
    const i = table.marks[slot * STRIDE + INSTANCE] as number;
    const wasQueued = table.marks[slot * STRIDE + STATE_OF] === STATE.queued;
    const next = this.withdraw(slot, i);
    if (next !== NOBODY) this.flow.poolWay.giveConnection(next);
    this.releaseAll(slot, i);
    if (table.marks[slot * STRIDE + STATE_OF] !== STATE.void) table.free(slot);
    if (wasQueued) this.flow.countOut(i);
    else this.flow.leaveInstance(i);
  }

  /** Takes a slot out of the queue, the pool or the database: the waiter that gets its connection. */
  private withdraw(slot: number, i: number): number {
    const { table, pool } = this;
    const { now } = this.simulation;
    switch (this.stateOf(slot)) {
      case STATE.queued:
        this.gate.removeWaiting(i, slot);
        return NOBODY;
      case STATE.pending:
        pool.leave(i, slot, now);
        break;
      case STATE.opening:
        pool.disown(table.marks[slot * STRIDE + OPENING_ID] as number, now);
        break;
      case STATE.handover:
        table.marks[slot * STRIDE + STATE_OF] = STATE.void;
        this.meters.leaveWithout(table, slot, now);
        this.flow.poolWay.deadlines.cancel(slot);
        pool.endHandover(i, now);
        return pool.release(i, now, slot);
      case STATE.app:
        table.marks[slot * STRIDE + STATE_OF] = STATE.void;
        return NOBODY;
      case STATE.pooled:
        this.flow.poolerWay?.leave(slot);
        return this.takeConnection(slot, i);
      case STATE.appHolding:
      case STATE.reconnecting:
        table.marks[slot * STRIDE + STATE_OF] = STATE.void;
        return this.takeConnection(slot, i);
      default:
        this.database.cut(slot);
        return this.takeConnection(slot, i);
    }
    this.flow.poolWay.deadlines.cancel(slot);
    this.meters.leaveWithout(table, slot, now);
    return NOBODY;
  }

  /** Gives back the connections that a request still has whose steps are at an end. */
  releaseAll(slot: number, i: number): void {
    const { table } = this;
    if (!table.hasSteps) return;
    for (let held = this.heldBy(slot); held > 0; held = this.heldBy(slot)) {
      table.times[slot * STRIDE + ACQUIRE_AT] = table.holdStart(slot, held);
      const next = this.takeConnection(slot, i);
      if (next !== NOBODY) this.flow.poolWay.giveConnection(next);
    }
  }

  private heldBy(slot: number): number {
    return this.table.marks[slot * STRIDE + HELD] as number;
  }

  /** Whose connection is being checked has none yet: it waits. */
  private stateOf(slot: number): number {
    const state = this.table.marks[slot * STRIDE + STATE_OF] as number;
    return state === STATE.handover && this.pool.isChecked(slot) ? STATE.pending : state;
  }

  /** Ends the hold of a slot: the waiter that gets its connection, or NOBODY. */
  takeConnection(slot: number, i: number): number {
    const { now } = this.simulation;
    this.meters.use.add(now - (this.table.times[slot * STRIDE + ACQUIRE_AT] as number));
    if (this.table.hasSteps) this.table.endHold(slot);
    this.flow.poolerWay?.useDone(slot);
    if (this.table.marks[slot * STRIDE + LEAKS] === 1) {
      this.journal.note('leak', slot);
      this.pool.leak(i, now, slot);
      return NOBODY;
    }
    this.journal.note('release', slot);
    return this.pool.release(i, now, slot);
  }

  /** The slot's connection has died under it: its request fails, and the pool gets what is left. */
  loseConnection(slot: number, reason = CONNECTION_LOST): void {
    const { table } = this;
    const i = table.marks[slot * STRIDE + INSTANCE] as number;
    if (reason === CONNECTION_LOST) this.meters.connectionsLost++;
    else this.meters.poolerDenials++;
    this.bookStage(slot);
    const isAwaited = table.marks[slot * STRIDE + CLIENT_GONE] === 0;
    const request = isAwaited ? this.flow.client.detach(slot) : NOBODY;
    const next = this.withdraw(slot, i);
    if (next !== NOBODY) this.flow.poolWay.giveConnection(next);
    this.releaseAll(slot, i);
    if (table.marks[slot * STRIDE + STATE_OF] !== STATE.void) table.free(slot);
    // There is room for another one: those who wait come before whoever is let in next.
    this.flow.poolWay.openForWaiters(i);
    if (isAwaited) this.flow.client.failed(request, reason);
    this.flow.leaveInstance(i);
  }

  /** What a lost instance left to the database ends with its connection. */
  endOrphan(slot: number): void {
    this.database.cut(slot);
    this.database.addHeld(-1);
    this.database.slots.giveBack();
  }

  /** The slot's instance is gone: its request fails, its work on the database goes on without it. */
  lose(slot: number, i: number): void {
    const { table, pool } = this;
    const { now } = this.simulation;
    this.bookStage(slot);
    const state = this.stateOf(slot);
    if (state === STATE.queued || state === STATE.pending || state === STATE.opening) {
      this.withdraw(slot, i);
      this.dropHeld(slot, i);
      this.flow.client.failed(slot, INSTANCE_LOST);
      return;
    }
    if (table.marks[slot * STRIDE + CLIENT_GONE] === 0)
      this.flow.client.failed(this.flow.client.detach(slot), INSTANCE_LOST);
    if (state === STATE.handover) {
      table.marks[slot * STRIDE + STATE_OF] = STATE.void;
      this.meters.leaveWithout(table, slot, now);
      pool.endHandover(i, now);
      pool.dropHeld(i, now, slot);
      this.dropHeld(slot, i);
      return;
    }
    if (state === STATE.app || state === STATE.appHolding) {
      table.marks[slot * STRIDE + STATE_OF] = STATE.void;
      table.noteHold(slot);
      this.dropHeld(slot, i);
      return;
    }
    this.loseUsed(slot, i, state);
    if (table.hasSteps) {
      table.endHold(slot);
      this.dropHeld(slot, i);
    }
    if (state === STATE.pooled) table.free(slot);
    else if (state === STATE.reconnecting) table.marks[slot * STRIDE + STATE_OF] = STATE.void;
    else table.marks[slot * STRIDE + ORPHAN] = 1;
  }

  /** The connection that a request uses is lost with its instance: what the database does for it goes on. */
  private loseUsed(slot: number, i: number, state: number): void {
    const { pool, database, flow } = this;
    const { now } = this.simulation;
    this.meters.loseUse(this.table, slot, now);
    if (flow.poolerWay !== null) {
      if (state === STATE.pooled) flow.poolerWay.leave(slot);
      else if (state !== STATE.reconnecting) flow.poolerWay.abandon(slot);
      pool.dropHeld(i, now, slot);
      return;
    }
    pool.abandonUsed(i, now, slot);
    if (state !== STATE.reconnecting) return;
    database.addHeld(-1);
    database.slots.giveBack();
  }

  /** Connections that a request has beside the one that it uses, or waits for, end with its instance. */
  private dropHeld(slot: number, i: number): void {
    const { table, pool } = this;
    const { now } = this.simulation;
    if (!table.hasSteps) return;
    for (let held = this.heldBy(slot); held > 0; held = this.heldBy(slot)) {
      table.times[slot * STRIDE + ACQUIRE_AT] = table.holdStart(slot, held);
      this.meters.loseUse(table, slot, now);
      pool.dropHeld(i, now, slot);
      table.endHold(slot);
    }
  }

  /** Books the time since the slot's stage began. */
  bookStage(slot: number): void {
    const { table } = this;
    const { now } = this.simulation;
    switch (table.marks[slot * STRIDE + STATE_OF] as number) {
      case STATE.queued:
        table.book(slot, QUEUE, now);
        return;
      case STATE.pending:
      case STATE.handover:
        table.book(slot, ACQUIRE_QUEUE, now);
        return;
      case STATE.opening:
      case STATE.reconnecting:
        table.book(slot, OPENING, now);
        return;
      case STATE.app:
      case STATE.appHolding:
        table.book(slot, APP, now);
        return;
      case STATE.backoff:
        table.book(slot, BACKOFF, now);
        return;
      case STATE.pooled:
        table.book(slot, POOLER_QUEUE, now);
        return;
      default:
        this.database.bookProgress(slot);
    }
  }
}

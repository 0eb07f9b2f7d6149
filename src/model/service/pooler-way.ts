/**
 * The part of a request's way that leads through a pooler in front of the database: it has a connection of
 * its service's pool, and needs a server connection of the pooler's before it can work.
 *
 *     its connection ─► [line of the pooler] ─► server connection ─► its work
 *                            └─► timed out or refused: its connection is closed
 */
import type { Simulation } from '../../engine/simulation.ts';
import type { GeneralPool } from '../pool/general/general-pool.ts';
import type { Pooler } from '../pooler/pooler.ts';
import { CONNECTION_LOST, POOLER_FAILED } from '../request/failure.ts';
import { type RequestTable, STATE, STATE_OF, STRIDE } from '../request/request-table.ts';
import { POOLER_QUEUE } from '../request/stage.ts';
import { Delays } from '../schedule/delays.ts';
import { RANK } from '../schedule/ranks.ts';
import type { RequestFlow } from './request-flow.ts';

interface PoolerWayParts {
  readonly flow: RequestFlow;
  readonly pooler: Pooler;
  /** The pool of the service, which knows its connections apart. */
  readonly pool: GeneralPool;
  readonly table: RequestTable;
  readonly simulation: Simulation;
  /** Number of the service, and of all there are: clients are numbered over all services. */
  readonly index: number;
  readonly services: number;
}

export class PoolerWay {
  private readonly parts: PoolerWayParts;
  /** Requests that are about to hear that they are not served. */
  private readonly refusals: Delays;

  constructor(parts: PoolerWayParts) {
    this.parts = parts;
    this.refusals = new Delays(parts.simulation, RANK.opening, 'constant', (slot) => {
      this.refused(slot);
    });
  }

  /** Whether the request can work now. If not it waits, or will hear that it fails. */
  mayWork(slot: number): boolean {
    const { pooler, table, simulation } = this.parts;
    const number = this.clientOf(slot);
    const answer = pooler.ask(number, slot);
    if (answer === 'server') return !this.meetsDead(slot, number);
    const isRejected = answer === 'rejected';
    table.marks[slot * STRIDE + STATE_OF] = isRejected ? STATE.reconnecting : STATE.pooled;
    if (isRejected) this.refusals.push(simulation.now + pooler.roundTripNs, slot);
    return false;
  }

  /** A request that waited has its server connection. */
  served(slot: number, openedSince: number): void {
    const { table, simulation, flow } = this.parts;
    flow.poolWay.bookOpening(slot, openedSince, POOLER_QUEUE);
    table.book(slot, POOLER_QUEUE, simulation.now);
    flow.poolWay.begin(slot);
  }

  /** A request fails by what the pooler says, which may close its connection, too. */
  failed(slot: number, reason: number): void {
    const { pool, pooler, flow } = this.parts;
    const { timeoutEffect } = pooler.settings.pool.policy;
    if (reason === CONNECTION_LOST || timeoutEffect === 'closes-client') pool.spoil(slot);
    flow.exits.loseConnection(slot, reason);
  }

  private refused(slot: number): void {
    const { table } = this.parts;
    if (table.marks[slot * STRIDE + STATE_OF] !== STATE.void) this.failed(slot, POOLER_FAILED);
    table.free(slot);
  }

  /** A request does not wait any more. */
  leave(slot: number): void {
    this.parts.pooler.leave(this.clientOf(slot));
  }

  queryDone(slot: number): void {
    this.parts.pooler.queryDone(this.clientOf(slot));
  }

  /** A request is about to give back the connection that it got last. */
  useDone(slot: number): void {
    this.parts.pooler.useDone(this.clientOf(slot));
  }

  /** The instance of a request is gone, for which the database still works. */
  abandon(slot: number): void {
    this.parts.pooler.abandon(this.clientOf(slot));
  }

  /** A connection of the service's pool is not there any more. */
  gone(number: number): void {
    this.parts.pooler.gone(this.numberOf(number));
  }

  /** Whether a request has a server connection, for any of its connections. */
  hasServer(slot: number): boolean {
    const { pool, pooler } = this.parts;
    return pool.numbersOf(slot).some((number) => pooler.hasServer(this.numberOf(number)));
  }

  /** Its first round trip will tell that its server connection has died. */
  private meetsDead(slot: number, number: number): boolean {
    const { pooler, pool, flow } = this.parts;
    if (!pooler.findsDead(number)) return false;
    pool.spoil(slot);
    flow.poolWay.findDead(slot);
    return true;
  }

  private clientOf(slot: number): number {
    return this.numberOf(this.parts.pool.numberOf(slot));
  }

  private numberOf(connection: number): number {
    return connection * this.parts.services + this.parts.index;
  }
}

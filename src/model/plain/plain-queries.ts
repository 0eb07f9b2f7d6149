/**
 * The plain flow with queries, which travel to the database and slow each other down there, and with
 * connections that are established anew. See `plain-flow` for what is traded and why.
 */
import { OrderedLanes } from '../../engine/ordered-lanes.ts';
import type { SharedServer } from '../database/shared-server.ts';
import { PlainFlow } from './plain-flow.ts';
import type { PlainParts } from './plain-state.ts';

/** As in `plain-state`. */
const ROW = 3;
const ACQUIRED = 1;
const READY = 2;
const STARTED = 3;
const WORK = 4;
const WORK_START = 6;
const DRAWN = 7;
const MARK = 2;
const CPU_SHARE = 2;
const NOT_YET = -1;
const NOBODY = -1;
/** As in `database/database`. */
const CLOCK_ERROR = 1000;

export class PlainQueries extends PlainFlow {
  /** The next instant of the further kinds of event. */
  private sharedWorkAt = -0;
  private roundTripAt = -0;
  private reconnectAt = -0;
  private readonly server: SharedServer;
  private readonly roundTrips: OrderedLanes;
  private readonly reconnects: OrderedLanes;
  private readonly isShared: boolean;

  constructor(parts: PlainParts) {
    super(parts);
    const { service, database } = parts;
    this.server = database.server;
    this.roundTrips = database.roundTrips.lanes ?? new OrderedLanes(null);
    this.reconnects = service.flow.reconnects.lanes ?? new OrderedLanes(null);
    this.isShared = database.kind === 'usl';
  }

  /** As in `plain-flow`; round trips end after work, and reconnections after round trips. */
  protected override loop(until: number, budget: number): number {
    let events = 0;
    const { arrivals, alone } = this;
    for (; events < budget; events++) {
      const arrivalAt = arrivals.nextAt;
      const loneWorkAt = alone.firstKey;
      const { sharedWorkAt, roundTripAt, reconnectAt, giveUpAt } = this;
      const workAt = Math.min(sharedWorkAt, loneWorkAt);
      const stepAt = Math.min(roundTripAt, reconnectAt);
      const serverAt = Math.min(workAt, stepAt);
      let slot = NOBODY;
      if (arrivalAt < serverAt && arrivalAt <= giveUpAt) {
        if (arrivalAt > until) break;
        slot = this.arrive();
      } else if (serverAt > giveUpAt) {
        if (giveUpAt > until) break;
        this.giveUp();
      } else {
        if (serverAt > until) break;
        if (workAt <= stepAt) slot = this.workDone();
        else this.stepDone();
      }
      if (slot !== NOBODY) this.connect(slot);
    }
    return events;
  }

  /** The work that ends first ends; as `loneWorkDone`. */
  private workDone(): number {
    return this.sharedWorkAt <= this.alone.firstKey ? this.sharedWorkDone() : this.loneWorkDone();
  }

  /** A round trip or a reconnection ends. */
  private stepDone(): void {
    if (this.roundTripAt <= this.reconnectAt) this.roundTripDone();
    else this.reconnected();
  }

  override begin(): void {
    super.begin();
    const { simulation, database } = this.parts;
    this.sharedWorkAt = simulation.instantOf(database.serverSource);
    this.roundTripAt = this.roundTrips.firstAt;
    this.reconnectAt = this.reconnects.firstAt;
    database.roundTrips.suspend();
    this.parts.service.flow.reconnects.suspend();
    simulation.schedule(database.serverSource, Infinity);
  }

  override end(): void {
    super.end();
    const { simulation, database, service } = this.parts;
    database.roundTrips.reschedule();
    service.flow.reconnects.reschedule();
    simulation.schedule(database.serverSource, this.sharedWorkAt);
  }

  /** The draw is looked at twice, so that a reconnection left out, or one too many, is noticed. */
  protected override connect(slot: number): void {
    const { service } = this.parts;
    const drawn = this.rows[(slot << ROW) | DRAWN] as number;
    if (drawn < service.pool.settings.reconnectShare) service.meters.reconnectsDue++;
    super.connect(slot);
  }

  protected override reconnect(slot: number): void {
    const { rows, now, reconnects } = this;
    this.parts.service.meters.reconnects++;
    rows[(slot << ROW) | READY] = NOT_YET;
    rows[(slot << ROW) | STARTED] = NOT_YET;
    reconnects.push(now + this.database.drawConnectLatency(), slot, 0);
    this.reconnectAt = reconnects.firstAt;
  }

  private reconnected(): void {
    const { rows, reconnects } = this;
    const { pool, meters } = this.parts.service;
    const now = this.reconnectAt;
    this.now = now;
    const slot = reconnects.pop();
    this.reconnectAt = reconnects.firstAt;
    rows[(slot << ROW) | READY] = now;
    pool.countReconnect();
    meters.opening.add(now - (rows[(slot << ROW) | ACQUIRED] as number));
    this.use(slot);
  }

  protected override query(slot: number): void {
    const { roundTrips } = this;
    const { roundTripNs } = this.database;
    if (roundTripNs === 0) {
      this.work(slot);
      return;
    }
    this.rows[(slot << ROW) | STARTED] = NOT_YET;
    roundTrips.push(this.now + roundTripNs, slot, 0);
    this.roundTripAt = roundTrips.firstAt;
  }

  private roundTripDone(): void {
    const { roundTrips } = this;
    const now = this.roundTripAt;
    this.now = now;
    const slot = roundTrips.pop();
    this.roundTripAt = roundTrips.firstAt;
    const began = this.rows[(slot << ROW) | READY] as number;
    if (began > this.since && now - began !== this.database.settings.roundTripNs)
      this.sums.oddTrips++;
    this.work(slot);
  }

  /** The query begins to work, alone or slowed down by the others. */
  private work(slot: number): void {
    const { rows, now, server, alone } = this;
    const at = slot << ROW;
    const work = rows[at | WORK] as number;
    const cpuShare = this.marks[(slot << MARK) | CPU_SHARE] as number;
    rows[at | STARTED] = now;
    if (this.isShared) {
      rows[at | WORK_START] = server.start(slot, work, cpuShare, now);
      this.sharedWorkAt = server.nextAt;
    } else {
      this.database.aloneCpu.add(0, cpuShare, now);
      alone.key = now + work;
      alone.put(slot);
    }
  }

  /** As `loneWorkDone`. */
  private sharedWorkDone(): number {
    const { server } = this;
    const now = this.sharedWorkAt;
    this.now = now;
    const slot = server.finish(now);
    const { rows } = this;
    const at = slot << ROW;
    const soonest = (rows[at | STARTED] as number) + (rows[at | WORK] as number);
    if (soonest > now + CLOCK_ERROR) this.sums.oddWork++;
    server.dropWeight(this.marks[(slot << MARK) | CPU_SHARE] as number, now);
    this.sharedWorkAt = server.nextAt;
    return this.finish(slot);
  }

  protected override hold(change: number): void {
    const { database } = this;
    database.held += change;
    if (!this.isShared) return;
    this.server.setPopulation(database.held, this.now);
    this.sharedWorkAt = this.server.nextAt;
  }
}

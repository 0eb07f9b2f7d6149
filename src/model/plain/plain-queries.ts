/**
 * The plain flow with queries, which travel to the database and slow each other down there, and with
 * connections that are established anew. See `plain-flow` for what is traded and why.
 */
import { OrderedLanes } from '../../engine/ordered-lanes.ts';
import type { VariateStream } from '../../engine/variates.ts';
import type { SharedServer } from '../database/shared-server.ts';
import type { RequestClass } from '../service/request-mix.ts';
import { PlainFlow } from './plain-flow.ts';
import type { PlainParts } from './plain-state.ts';

/** As in `plain-state`. */
const ROW = 3;
const ARRIVED = 0;
const ACQUIRED = 1;
const READY = 2;
const STARTED = 3;
const WORK = 4;
const DEMAND = 5;
const WORK_START = 6;
/** When its round trip ends; only here. */
const DUE = 7;
const MARK = 2;
const CLASS = 1;
const CPU_SHARE = 2;
const NOT_YET = -1;
const NOBODY = -1;
/** As in `database/database`. */
const CLOCK_ERROR = 1000;

export class PlainQueries extends PlainFlow {
  /** The next instants of the further kinds of event: work that others slow down, and any work; … */
  private sharedWorkAt = -0;
  private workAt = -0;
  /** … a round trip, a reconnection, and either. */
  private roundTripAt = -0;
  private reconnectAt = -0;
  private stepAt = -0;
  /** Slots whose round trip is under way, in a ring of as many places as there are slots. */
  private trips = new Int32Array(0);
  private firstTrip = 0;
  private underWay = 0;
  /** What the class at hand does with a connection; 1: it sends a query. */
  private queries = 0;
  private cpuShare = 0;
  private roundTrip = -0;
  private reconnectShare = -0;
  /** The share again, to hold what is done against. */
  private dueShare = -0;
  private readonly draws: VariateStream | null;
  private readonly server: SharedServer;
  private readonly reconnects: OrderedLanes;
  /** 1: queries slow each other down. */
  private readonly shared: number;

  constructor(parts: PlainParts) {
    super(parts);
    const { service, database } = parts;
    this.draws = service.mix.reconnects;
    this.server = database.server;
    this.reconnects = service.flow.poolWay.reconnects.lanes ?? new OrderedLanes(null);
    this.shared = database.kind === 'usl' ? 1 : 0;
  }

  /** As in `plain-flow`; round trips end after work, and reconnections after round trips. */
  protected override loop(until: number, most: number): number {
    let events = 0;
    const { arrivals } = this;
    for (; events < most; events++) {
      const arrivalAt = arrivals.nextAt;
      const { workAt, stepAt, giveUpAt } = this;
      let slot: number;
      if (arrivalAt < workAt && arrivalAt < stepAt && arrivalAt <= giveUpAt) {
        if (arrivalAt > until) break;
        slot = this.arrive();
      } else if (workAt <= stepAt && workAt <= giveUpAt) {
        if (workAt > until) break;
        slot = this.workDone();
      } else {
        if (stepAt > until && giveUpAt > until) break;
        this.stepDone();
        continue;
      }
      if (slot !== NOBODY) this.connect(slot);
    }
    return events;
  }

  /** The work that ends first ends; as `loneWorkDone`. */
  private workDone(): number {
    return this.sharedWorkAt <= this.alone.firstKey ? this.sharedWorkDone() : this.loneWorkDone();
  }

  /** A round trip or a reconnection ends, or somebody gives up. */
  private stepDone(): void {
    if (this.stepAt > this.giveUpAt) this.giveUp();
    else if (this.roundTripAt <= this.reconnectAt) this.roundTripDone();
    else this.reconnected();
  }

  override begin(): void {
    super.begin();
    const { simulation, database, service } = this.parts;
    this.roundTrip = database.roundTripNs;
    this.reconnectShare = service.pool.settings.reconnectShare;
    this.dueShare = service.pool.settings.reconnectShare;
    this.widenTrips();
    this.reconnectAt = this.reconnects.firstAt;
    const lanes = database.roundTrips.lanes ?? new OrderedLanes(null);
    for (let at = lanes.firstAt; at < Infinity; at = lanes.firstAt) this.depart(lanes.pop(), at);
    this.foreseeStep();
    this.foreseeWork();
    database.roundTrips.suspend();
    service.flow.poolWay.reconnects.suspend();
    simulation.schedule(database.serverSource, Infinity);
  }

  override end(): void {
    super.end();
    const { simulation, database, service } = this.parts;
    for (; this.underWay > 0; this.arriveThere()) {
      database.roundTrips.push(this.roundTripAt, this.trips[this.firstTrip] as number);
    }
    service.flow.poolWay.reconnects.reschedule();
    simulation.schedule(database.serverSource, this.sharedWorkAt);
  }

  override clear(): void {
    super.clear();
    this.underWay = 0;
    this.roundTripAt = Infinity;
  }

  override widenRows(slot: number): void {
    super.widenRows(slot);
    this.widenTrips();
  }

  /** As many places as there are slots; the first trip stands at the first. */
  private widenTrips(): void {
    const slots = this.marks.length >> MARK;
    const { trips, firstTrip } = this;
    if (slots === trips.length) return;
    this.trips = new Int32Array(slots);
    this.trips.set(trips.subarray(firstTrip));
    this.trips.set(trips.subarray(0, firstTrip), trips.length - firstTrip);
    this.firstTrip = 0;
  }

  /** The slot's round trip begins, and ends when all that are under way have ended. */
  private depart(slot: number, due: number): void {
    const { trips, underWay } = this;
    this.rows[(slot << ROW) | DUE] = due;
    if (underWay === 0) this.roundTripAt = due;
    trips[(this.firstTrip + underWay) & (trips.length - 1)] = slot;
    this.underWay = underWay + 1;
  }

  /** The first round trip that is under way ends: its slot. */
  private arriveThere(): number {
    const { trips, rows } = this;
    const slot = trips[this.firstTrip] as number;
    const first = (this.firstTrip + 1) & (trips.length - 1);
    this.firstTrip = first;
    const isLast = --this.underWay === 0;
    this.roundTripAt = isLast
      ? Infinity
      : (rows[((trips[first] as number) << ROW) | DUE] as number);
    return slot;
  }

  private foreseeStep(): void {
    const { roundTripAt, reconnectAt } = this;
    this.stepAt = roundTripAt < reconnectAt ? roundTripAt : reconnectAt;
  }

  private foreseeWork(): void {
    const lone = this.alone.firstKey;
    const shared = this.server.nextAt;
    this.sharedWorkAt = shared;
    this.workAt = shared < lone ? shared : lone;
  }

  override get sharing(): number {
    if (this.shared === 0) return 0;
    const { rows, marks, mix } = this;
    return this.holders().filter((slot) => {
      const isQuery = mix.classes[marks[(slot << MARK) | CLASS] as number]?.isQuery === true;
      return isQuery && rows[(slot << ROW) | STARTED] !== NOT_YET;
    }).length;
  }

  protected override take(requestClass: number): RequestClass {
    const taken = super.take(requestClass);
    this.queries = taken.isQuery ? 1 : 0;
    this.cpuShare = taken.cpuShare;
    return taken;
  }

  protected override draw(): void {
    super.draw();
    if (this.draws !== null) this.drawn = this.draws.next();
  }

  /** The slot has its connection: it is used, or established anew first. */
  protected override connect(slot: number): void {
    const { rows, now, drawn } = this;
    // Asked twice, so that a reconnection left out, or one too many, is noticed.
    if (drawn < this.dueShare) this.sums.reconnectsDue++;
    rows[(slot << ROW) | ACQUIRED] = now;
    if (drawn < this.reconnectShare) {
      this.reconnect(slot);
      return;
    }
    rows[(slot << ROW) | READY] = now;
    this.use(slot);
  }

  private reconnect(slot: number): void {
    const { rows, now, reconnects } = this;
    this.parts.service.meters.reconnects++;
    rows[(slot << ROW) | READY] = NOT_YET;
    rows[(slot << ROW) | STARTED] = NOT_YET;
    rows[(slot << ROW) | DEMAND] = this.demand;
    reconnects.push(now + this.database.drawConnectLatency(), slot, 0);
    this.reconnectAt = reconnects.firstAt;
    this.foreseeStep();
  }

  private reconnected(): void {
    const { rows, reconnects } = this;
    const { pool, meters } = this.parts.service;
    const now = this.reconnectAt;
    this.now = now;
    const slot = reconnects.pop();
    this.reconnectAt = reconnects.firstAt;
    this.foreseeStep();
    rows[(slot << ROW) | READY] = now;
    this.demand = rows[(slot << ROW) | DEMAND] as number;
    pool.countReconnect();
    meters.opening.add(now - (rows[(slot << ROW) | ACQUIRED] as number));
    if (this.classes > 1) this.take(this.marks[(slot << MARK) | CLASS] as number);
    this.use(slot);
  }

  /** What the request at hand does with its connection, by the plan in force now. */
  private use(slot: number): void {
    const { rows, now } = this;
    this.makeWork();
    rows[(slot << ROW) | WORK] = this.work;
    this.marks[(slot << MARK) | CPU_SHARE] = this.cpuShare;
    if (this.queries === 0) {
      rows[(slot << ROW) | STARTED] = now;
      this.workAlone(slot);
    } else if (this.roundTrip === 0) this.beginWork(slot);
    else {
      rows[(slot << ROW) | STARTED] = NOT_YET;
      this.depart(slot, now + this.roundTrip);
      this.foreseeStep();
    }
  }

  private roundTripDone(): void {
    const now = this.roundTripAt;
    this.now = now;
    const slot = this.arriveThere();
    this.foreseeStep();
    const began = this.rows[(slot << ROW) | READY] as number;
    if (began > this.since && now - began !== this.database.settings.roundTripNs)
      this.sums.oddTrips++;
    this.beginWork(slot);
  }

  /** The query begins to work, alone or slowed down by the others. */
  private beginWork(slot: number): void {
    const { rows, now, server } = this;
    const at = slot << ROW;
    const cpuShare = this.marks[(slot << MARK) | CPU_SHARE] as number;
    rows[at | STARTED] = now;
    if (this.shared === 1) {
      rows[at | WORK_START] = server.start(slot, rows[at | WORK] as number, cpuShare, now);
      this.foreseeWork();
    } else {
      this.database.aloneCpu.add(0, cpuShare, now);
      this.workAlone(slot);
    }
  }

  private workAlone(slot: number): void {
    const { alone } = this;
    alone.key = this.now + (this.rows[(slot << ROW) | WORK] as number);
    alone.put(slot);
    this.foreseeWork();
  }

  /** Work that nobody slows down ends: the slot if it has another request now, or NOBODY. */
  protected override loneWorkDone(): number {
    const { alone, rows } = this;
    const now = alone.firstKey;
    this.now = now;
    const slot = alone.pop();
    this.foreseeWork();
    const at = slot << ROW;
    if ((rows[at | STARTED] as number) + (rows[at | WORK] as number) !== now) this.sums.oddWork++;
    const share = this.marks[(slot << MARK) | CPU_SHARE] as number;
    if (share > 0) this.database.aloneCpu.add(0, -share, now);
    this.book(slot);
    return this.release(slot);
  }

  /** As `loneWorkDone`. */
  private sharedWorkDone(): number {
    const { server, rows } = this;
    const now = this.sharedWorkAt;
    this.now = now;
    const slot = server.finish(now);
    const at = slot << ROW;
    const soonest = (rows[at | STARTED] as number) + (rows[at | WORK] as number);
    if (soonest > now + CLOCK_ERROR) this.sums.oddWork++;
    server.dropWeight(this.marks[(slot << MARK) | CPU_SHARE] as number, now);
    this.foreseeWork();
    this.book(slot);
    return this.release(slot);
  }

  /** Where the time of a request went that is answered now. */
  private book(slot: number): void {
    const { rows, now, sums } = this;
    const at = slot << ROW;
    const arrivedAt = rows[at | ARRIVED] as number;
    const acquiredAt = rows[at | ACQUIRED] as number;
    const readyAt = rows[at | READY] as number;
    const startedAt = rows[at | STARTED] as number;
    const work = rows[at | WORK] as number;
    const response = now - arrivedAt;
    const use = now - acquiredAt;
    const elapsed = now - startedAt;
    const worked = work < elapsed ? work : elapsed;
    sums.response += response;
    sums.queued += acquiredAt - arrivedAt;
    sums.opened += readyAt - acquiredAt;
    sums.travelled += startedAt - readyAt;
    sums.worked += worked;
    sums.contended += elapsed - worked;
    sums.use += use;
    if (response > sums.mostResponse) sums.mostResponse = response;
    if (use > sums.mostUse) sums.mostUse = use;
    this.responses.tally(response);
    this.uses.tally(use);
  }

  protected override hold(change: number): void {
    super.hold(change);
    if (this.shared === 0) return;
    this.server.setPopulation(this.held, this.now);
    this.foreseeWork();
  }
}

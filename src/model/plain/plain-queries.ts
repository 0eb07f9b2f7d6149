/**
 * The plain flow with queries, which travel to the database and slow each other down there, and with
 * connections that are established anew. See `plain-flow` for what is traded and why.
 */
import { OrderedLanes } from '../../engine/ordered-lanes.ts';
import type { VariateStream } from '../../engine/variates.ts';
import type { VirtualClock } from '../database/virtual-clock.ts';
import type { RequestClass } from '../service/request-mix.ts';
import { PlainFlow } from './plain-flow.ts';
import { type Holder, NOBODY } from './holder.ts';
import { HolderQueue } from './holder-queue.ts';
import type { PlainParts } from './plain-state.ts';

const NOT_YET = -1;
/** As in `database/database`. */
const CLOCK_ERROR = 1000;

export class PlainQueries extends PlainFlow {
  /** The next instants of the further kinds of event: a round trip, a reconnection, and either. */
  private roundTripAt = -0;
  private reconnectAt = -0;
  private stepAt = -0;
  /** Whose round trip is under way, a chain. */
  private firstTrip = NOBODY;
  private lastTrip = NOBODY;
  /** What the class at hand does with a connection; 1: it sends a query. */
  private queries = 0;
  private cpuShare = 0;
  private roundTrip = -0;
  private reconnectShare = -0;
  /** Trip and share again, to hold what is done against. */
  private dueTrip = -0;
  private dueShare = -0;
  private readonly draws: VariateStream | null;
  /** Whose work others slow down, by the reading of their clock at which it ends. */
  private readonly works: HolderQueue;
  private readonly clock: VirtualClock;
  private readonly reconnects: OrderedLanes;
  /** 1: queries slow each other down. */
  private readonly shared: number;

  constructor(parts: PlainParts) {
    super(parts);
    const { service, database } = parts;
    this.draws = service.mix.reconnects;
    this.works = new HolderQueue(this.slots);
    this.clock = database.server.clock;
    this.reconnects = service.flow.poolWay.reconnects.lanes ?? new OrderedLanes(null);
    this.shared = database.kind === 'usl' ? 1 : 0;
  }

  /** As in `plain-flow`; round trips end after work, and reconnections after round trips. */
  protected override loop(until: number, most: number): number {
    let events = 0;
    const { arrivals, alone, clock } = this;
    for (; events < most; events++) {
      const arrivalAt = arrivals.nextAt;
      const sharedAt = clock.nextAt;
      const loneAt = alone.first.key;
      const { stepAt, giveUpAt } = this;
      const workAt = sharedAt <= loneAt ? sharedAt : loneAt;
      if (arrivalAt < workAt && arrivalAt < stepAt && arrivalAt <= giveUpAt) {
        if (arrivalAt > until) break;
        this.arrive();
      } else if (workAt <= stepAt && workAt <= giveUpAt) {
        if (workAt > until) break;
        this.workDone();
      } else {
        if (stepAt > until && giveUpAt > until) break;
        this.stepDone();
      }
    }
    return events;
  }

  private workDone(): void {
    if (this.clock.nextAt <= this.alone.first.key) this.sharedWorkDone();
    else this.loneWorkDone();
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
    this.dueTrip = database.settings.roundTripNs;
    this.reconnectShare = service.pool.settings.reconnectShare;
    this.dueShare = service.pool.settings.reconnectShare;
    this.reconnectAt = this.reconnects.firstAt;
    const lanes = database.roundTrips.lanes ?? new OrderedLanes(null);
    for (let at = lanes.firstAt; at < Infinity; at = lanes.firstAt)
      this.depart(this.slots[lanes.pop()] as Holder, at);
    this.takeOver(database.server.ends, this.works);
    this.foreseeStep();
    database.roundTrips.suspend();
    service.flow.poolWay.reconnects.suspend();
    simulation.schedule(database.serverSource, Infinity);
  }

  override end(): void {
    super.end();
    const { simulation, database, service } = this.parts;
    for (let trip = this.firstTrip; trip !== NOBODY; trip = trip.next) {
      database.roundTrips.push(trip.key, trip.slot);
    }
    this.handBack(this.works, database.server.ends);
    service.flow.poolWay.reconnects.reschedule();
    simulation.schedule(database.serverSource, this.clock.nextAt);
  }

  override clear(): void {
    super.clear();
    this.firstTrip = NOBODY;
    this.roundTripAt = Infinity;
  }

  /** The round trip begins, and ends when all that are under way have ended. */
  private depart(holder: Holder, due: number): void {
    holder.key = due;
    holder.next = NOBODY;
    if (this.firstTrip === NOBODY) {
      this.firstTrip = holder;
      this.roundTripAt = due;
    } else this.lastTrip.next = holder;
    this.lastTrip = holder;
  }

  private foreseeStep(): void {
    const { roundTripAt, reconnectAt } = this;
    this.stepAt = roundTripAt < reconnectAt ? roundTripAt : reconnectAt;
  }

  override get sharing(): number {
    if (this.shared === 0) return 0;
    const { classes } = this.mix;
    return this.holders().filter(({ requestClass, started }) => {
      return classes[requestClass]?.isQuery === true && started !== NOT_YET;
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

  /** The request at hand has its connection, which is used, or established anew first. */
  protected override connect(holder: Holder): void {
    const { now, drawn } = this;
    // Asked twice, so that a reconnection left out, or one too many, is noticed.
    if (drawn < this.dueShare) this.sums.reconnectsDue++;
    holder.acquired = now;
    if (drawn < this.reconnectShare) {
      this.reconnect(holder);
      return;
    }
    holder.ready = now;
    this.use(holder);
  }

  private reconnect(holder: Holder): void {
    const { reconnects } = this;
    this.parts.service.meters.reconnects++;
    holder.ready = NOT_YET;
    holder.started = NOT_YET;
    holder.demand = this.demand;
    reconnects.push(this.now + this.database.drawConnectLatency(), holder.slot, 0);
    this.reconnectAt = reconnects.firstAt;
    this.foreseeStep();
  }

  private reconnected(): void {
    const { reconnects } = this;
    const { pool, meters } = this.parts.service;
    const now = this.reconnectAt;
    this.now = now;
    const holder = this.slots[reconnects.pop()] as Holder;
    this.reconnectAt = reconnects.firstAt;
    this.foreseeStep();
    holder.ready = now;
    this.demand = holder.demand;
    pool.countReconnect();
    meters.opening.add(now - holder.acquired);
    if (this.classes > 1) this.take(holder.requestClass);
    this.use(holder);
  }

  /** What the request at hand does with its connection, by the plan in force now. */
  private use(holder: Holder): void {
    this.makeWork();
    holder.work = this.work;
    holder.cpuShare = this.cpuShare;
    if (this.queries === 0) {
      holder.started = this.now;
      this.workAlone(holder);
    } else if (this.roundTrip === 0) this.beginWork(holder);
    else {
      holder.started = NOT_YET;
      this.depart(holder, this.now + this.roundTrip);
      this.foreseeStep();
    }
  }

  private roundTripDone(): void {
    const holder = this.firstTrip;
    const now = holder.key;
    this.now = now;
    this.firstTrip = holder.next;
    this.roundTripAt = holder.next.key;
    this.foreseeStep();
    const { ready } = holder;
    if (ready > this.since && now - ready !== this.dueTrip) this.sums.oddTrips++;
    this.beginWork(holder);
  }

  /** The query begins to work, alone or slowed down by the others. */
  private beginWork(holder: Holder): void {
    const { now, clock, works } = this;
    holder.started = now;
    if (this.shared === 1) {
      clock.now = now;
      clock.move();
      clock.weight += holder.cpuShare;
      holder.workStart = clock.reading;
      holder.key = clock.reading + holder.work;
      works.put(holder);
      clock.firstEnd = works.first.key;
      clock.foresee();
    } else {
      this.database.aloneCpu.add(0, holder.cpuShare, now);
      this.workAlone(holder);
    }
  }

  private workAlone(holder: Holder): void {
    holder.key = this.now + holder.work;
    this.alone.put(holder);
  }

  /** Work that nobody slows down ends; who waits gets the connection. */
  protected override loneWorkDone(): void {
    const holder = this.alone.pop();
    const now = holder.key;
    this.now = now;
    if (holder.started + holder.work !== now) this.sums.oddWork++;
    const share = holder.cpuShare;
    if (share > 0) this.database.aloneCpu.add(0, -share, now);
    this.book(holder);
    this.release(holder);
  }

  /** As `loneWorkDone`. */
  private sharedWorkDone(): void {
    const { clock, works } = this;
    const now = clock.nextAt;
    this.now = now;
    clock.now = now;
    clock.move();
    const holder = works.pop();
    clock.firstEnd = works.first.key;
    clock.weight -= holder.cpuShare;
    clock.foreseeOrRest();
    if (holder.started + holder.work > now + CLOCK_ERROR) this.sums.oddWork++;
    this.book(holder);
    this.release(holder);
  }

  /** Where the time of a request went that is answered now. */
  private book({ arrived, acquired, ready, started, work }: Holder): void {
    const { now, sums } = this;
    const response = now - arrived;
    const use = now - acquired;
    const elapsed = now - started;
    const worked = work < elapsed ? work : elapsed;
    sums.response += response;
    sums.queued += acquired - arrived;
    sums.opened += ready - acquired;
    sums.travelled += started - ready;
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
    this.clock.now = this.now;
    this.clock.setPopulation(this.held);
  }
}

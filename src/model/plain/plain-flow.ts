/**
 * The way of a request where all is plain: the same steps as in `service/request-flow`, `pool/pool` and
 * `database/database`, written out a second time, one method for each kind of event and no branch for what
 * cannot happen here (`is-plain`). A law test runs both and wants equal bytes.
 *
 * What it trades, and why: all that changes at an event stands in plain fields and in a few flat arrays,
 * laid out in this file, because an array of another object is checked anew at every access and a constant
 * of another module is read from memory. Strides are powers of two, so that places are found by shifting.
 * A field that holds a double begins as −0, or its first values would make it a small integer. Sums go to
 * the meters when `run` ends, or before they could lose a digit. `plain-exchange` copies requests between
 * this layout and the general flow's.
 */
import type { EventQueue } from '../../engine/event-queue.ts';
import { exp } from '../../engine/math.ts';
import { countIn } from '../../stats/histogram.ts';
import type { Database } from '../database/database.ts';
import type { Pool } from '../pool/pool.ts';
import type { RequestTable } from '../request/request-table.ts';
import type { Balancer } from '../service/balancer.ts';
import type { RequestClass, RequestMix } from '../service/request-mix.ts';
import type { OpenArrivals } from '../traffic/open-arrivals.ts';
import { type PlainParts, PlainState } from './plain-state.ts';

/** A request that has a connection has a row of `rows`, at its slot of the request table << ROW … */
const ROW = 3;
const ARRIVED = 0;
const ACQUIRED = 1;
/** When its connection had been established anew, or ACQUIRED. */
const READY = 2;
/** When it began to use it: its query had reached the database, or READY. */
const STARTED = 3;
const WORK = 4;
const DEMAND = 5;
/** Decides whether its connection is established anew. */
const DRAWN = 7;
/** … and of `marks`, << MARK. The instance is GONE when nobody has the slot. */
const MARK = 2;
const INSTANCE = 0;
const CLASS = 1;
const CPU_SHARE = 2;

/** A request that waits has a place in `line`, << PLACE … */
const PLACE = 2;
const W_ARRIVED = 0;
const W_DEADLINE = 1;
const W_DEMAND = 2;
const W_DRAW = 3;
/** … and in `lineMarks`, << PLACE_MARK. The instance is GONE when it waits no longer. */
const PLACE_MARK = 2;
const W_INSTANCE = 0;
const W_CLASS = 1;
const W_NEXT = 2;

/**
 * An instance has two levels in `fleet`, << BERTH, each with the instant since when it stands and its
 * integral until then in the next two entries; and how many connections are open.
 */
const BERTH = 3;
const PENDING = 0;
const OPEN = 3;
const OWNED = 4;
/** The first and the last of its chain through the line, in `chains`, << CHAIN. */
const CHAIN = 1;
const HEAD = 0;

/** How each class is used, in `plans`, << PLAN: law, and what is done. */
const PLAN = 3;
const FORM = 0;
const OFFSET = 1;
const SCALE = 2;
const IS_QUERY = 3;
const CPU = 4;
/** `LAST_INSTANT`. */
const LAST = Number.MAX_SAFE_INTEGER;

const GONE = -1;
const NOBODY = -1;
/** Sums go to the meters before they reach twice this. */
const FULL = 2 ** 51;

export class PlainFlow extends PlainState {
  protected readonly alone: EventQueue;
  protected readonly mix: RequestMix;
  protected readonly database: Database;
  /** Works begun, of which some are checked. */
  private began = 0;
  private readonly plans: Float64Array;
  private readonly table: RequestTable;
  private readonly pool: Pool;
  private readonly balancer: Balancer;
  protected readonly arrivals: OpenArrivals;
  private readonly outstanding: Int32Array;
  private readonly completedAt: Float64Array;
  private readonly failedAt: Float64Array;
  private readonly responses: Float64Array;
  private readonly waits: Float64Array;
  private readonly uses: Float64Array;

  constructor(parts: PlainParts) {
    super(parts);
    const { service, database } = parts;
    const { meters, balancer } = service;
    this.alone = database.alone.queue;
    this.mix = service.mix;
    this.database = database;
    this.plans = new Float64Array(service.mix.classes.length << PLAN);
    this.table = parts.table;
    this.pool = service.pool;
    this.balancer = balancer;
    this.arrivals = service.flow.traffic.open;
    this.outstanding = balancer.outstanding;
    this.completedAt = meters.completed;
    this.failedAt = meters.failed;
    this.responses = meters.response.counts;
    this.waits = meters.acquireWait.counts;
    this.uses = meters.use.counts;
  }

  /**
   * Lets everything happen up to and including an instant. At equal instants work ends first, then requests
   * arrive, then others give up.
   * @param budget stops after so many events
   * @returns how many there were
   */
  run(until: number, budget: number): number {
    this.load();
    const events = this.loop(until, budget);
    this.settle();
    return events;
  }

  /** A method of its own, since it is compiled while it runs, and what comes after it was not seen then. */
  protected loop(until: number, budget: number): number {
    let events = 0;
    const { arrivals, alone } = this;
    for (; events < budget; events++) {
      const arrivalAt = arrivals.nextAt;
      const workAt = alone.firstKey;
      const { giveUpAt } = this;
      let slot: number;
      if (arrivalAt < workAt && arrivalAt <= giveUpAt) {
        if (arrivalAt > until) break;
        slot = this.arrive();
      } else if (workAt <= giveUpAt) {
        if (workAt > until) break;
        slot = this.loneWorkDone();
      } else {
        if (giveUpAt > until) break;
        this.giveUp();
        continue;
      }
      if (slot !== NOBODY) this.connect(slot);
    }
    return events;
  }

  /** Takes over: all events but those of other things are looked for here from now on. */
  begin(): void {
    this.since = this.parts.simulation.now;
    const oldest = this.line[(this.oldest << PLACE) | W_DEADLINE] as number;
    this.giveUpAt = this.waiting === 0 ? Infinity : oldest;
    this.mix.classes.forEach(({ law, isQuery, cpuShare }, i) => {
      const { form, offset, scale } = law;
      this.plans.set([form, offset, scale, isQuery ? 1 : 0, cpuShare], i << PLAN);
    });
  }

  /** Hands back what has been looked for here. */
  end(): void {
    this.parts.service.flow.traffic.resumeOpen();
    this.parts.database.alone.reschedule();
  }

  /** A request arrives: its slot if it gets a connection at once, or NOBODY. */
  protected arrive(): number {
    const { arrivals, mix, outstanding, fleet } = this;
    const now = arrivals.nextAt;
    this.now = now;
    if (arrivals.advance() === 0) return NOBODY;
    if (this.waiting + this.table.inUse >= this.parts.mostInFlight) this.parts.tableFull();
    this.changeInSystem(1);
    this.sums.arrived++;
    const requestClass = mix.drawClass();
    const i = this.balancer.choose();
    outstanding[i] = (outstanding[i] as number) + 1;
    if (fleet[(i << BERTH) | OWNED] === fleet[(i << BERTH) | OPEN]) {
      this.wait(i, requestClass);
      return NOBODY;
    }
    const slot = this.table.takeAsIs();
    if (slot << MARK >= this.marks.length) this.widenRows(slot);
    const { marks, rows } = this;
    marks[(slot << MARK) | INSTANCE] = i;
    marks[(slot << MARK) | CLASS] = requestClass;
    rows[(slot << ROW) | ARRIVED] = now;
    mix.drawInto(requestClass, rows, (slot << ROW) | DEMAND, (slot << ROW) | DRAWN);
    this.own(i, 1);
    this.waits[0] = (this.waits[0] as number) + 1;
    this.sums.granted++;
    return slot;
  }

  private wait(i: number, requestClass: number): void {
    const { mix, pool, now } = this;
    const deadline = now + pool.settings.acquireTimeoutNs;
    const isFirst = this.fleet[(i << BERTH) | PENDING] === 0;
    if (isFirst) pool.onset.begin(i, now);
    this.shift((i << BERTH) | PENDING, 1, pool.pending, i);
    const at = this.enqueue(i, requestClass, isFirst) << PLACE;
    const { line } = this;
    line[at | W_ARRIVED] = now;
    line[at | W_DEADLINE] = deadline;
    mix.drawInto(requestClass, line, at | W_DEMAND, at | W_DRAW);
    if (this.waiting === 1) this.giveUpAt = deadline;
    if (this.waiting > pool.peakPending) pool.peakPending = this.waiting;
  }

  /** The slot has its connection: it is used, or established anew first. */
  protected connect(slot: number): void {
    const { rows, now } = this;
    rows[(slot << ROW) | ACQUIRED] = now;
    rows[(slot << ROW) | READY] = now;
    if ((rows[(slot << ROW) | DRAWN] as number) < this.pool.settings.reconnectShare)
      this.reconnect(slot);
    else this.use(slot);
  }

  /** What the request does with its connection, by the plan in force now. */
  protected use(slot: number): void {
    const { rows, marks, plans, now } = this;
    const requestClass = marks[(slot << MARK) | CLASS] as number;
    const plan = requestClass << PLAN;
    const at = slot << ROW;
    const form = plans[plan | FORM] as number;
    const demand = rows[at | DEMAND] as number;
    let work = (plans[plan | OFFSET] as number) + (plans[plan | SCALE] as number) * demand;
    if (form !== 0) work = form === 1 ? exp(work) : this.workByLaw(requestClass, slot);
    work = Math.floor(work + 0.5);
    if (work > LAST) work = LAST;
    rows[at | WORK] = work;
    if ((++this.began & 255) === 0) this.checkWork(requestClass, slot);
    marks[(slot << MARK) | CPU_SHARE] = plans[plan | CPU] as number;
    if (plans[plan | IS_QUERY] === 1) {
      this.query(slot);
      return;
    }
    rows[at | STARTED] = now;
    this.alone.key = now + work;
    this.alone.put(slot);
  }

  private workByLaw(requestClass: number, slot: number): number {
    const { law } = this.mix.classes[requestClass] as RequestClass;
    return law.duration(this.rows[(slot << ROW) | DEMAND] as number);
  }

  /** One work in 256 is held against the law itself. */
  private checkWork(requestClass: number, slot: number): void {
    const work = this.rows[(slot << ROW) | WORK] as number;
    if (this.workByLaw(requestClass, slot) !== work) this.sums.oddWork++;
  }

  /** Work that nobody slows down ends: the slot if it has another request now, or NOBODY. */
  protected loneWorkDone(): number {
    const { alone, rows } = this;
    const now = alone.firstKey;
    this.now = now;
    const slot = alone.pop();
    const at = slot << ROW;
    if ((rows[at | STARTED] as number) + (rows[at | WORK] as number) !== now) this.sums.oddWork++;
    const share = this.marks[(slot << MARK) | CPU_SHARE] as number;
    if (share > 0) this.database.aloneCpu.add(0, -share, now);
    return this.finish(slot);
  }

  /**
   * The work is done: the request is answered, and its connection goes to who has waited longest.
   * @returns the slot if it has another request now, or NOBODY
   */
  protected finish(slot: number): number {
    const { rows, now, sums, uses, responses, completedAt, outstanding, fleet } = this;
    const at = slot << ROW;
    const arrivedAt = rows[at | ARRIVED] as number;
    const acquiredAt = rows[at | ACQUIRED] as number;
    const startedAt = rows[at | STARTED] as number;
    const work = rows[at | WORK] as number;
    const response = now - arrivedAt;
    const use = now - acquiredAt;
    const elapsed = now - startedAt;
    const worked = work < elapsed ? work : elapsed;
    sums.completed++;
    sums.response += response;
    sums.queued += acquiredAt - arrivedAt;
    sums.worked += worked;
    sums.use += use;
    if (use !== worked) {
      const readyAt = rows[at | READY] as number;
      sums.opened += readyAt - acquiredAt;
      sums.travelled += startedAt - readyAt;
      sums.contended += elapsed - worked;
    }
    if (response > sums.mostResponse) sums.mostResponse = response;
    if (use > sums.mostUse) sums.mostUse = use;
    countIn(responses, response);
    countIn(uses, use);
    if (sums.response >= FULL) this.settle();
    this.changeInSystem(-1);
    const i = this.marks[(slot << MARK) | INSTANCE] as number;
    completedAt[i] = (completedAt[i] as number) + 1;
    outstanding[i] = (outstanding[i] as number) - 1;
    if ((fleet[(i << BERTH) | PENDING] as number) > 0) {
      this.passOn(slot, i);
      return slot;
    }
    this.own(i, -1);
    this.marks[(slot << MARK) | INSTANCE] = GONE;
    this.table.freeAsIs(slot);
    return NOBODY;
  }

  /** The slot and its connection go to who has waited longest at this instance. */
  private passOn(slot: number, i: number): void {
    const place = this.leaveLine(i);
    const { rows, line, now, sums, waits } = this;
    const from = place << PLACE;
    const arrivedAt = line[from | W_ARRIVED] as number;
    const wait = now - arrivedAt;
    this.watchServed(i, arrivedAt, line[from | W_DEADLINE] as number);
    rows[(slot << ROW) | ARRIVED] = arrivedAt;
    rows[(slot << ROW) | DEMAND] = line[from | W_DEMAND] as number;
    rows[(slot << ROW) | DRAWN] = line[from | W_DRAW] as number;
    this.marks[(slot << MARK) | CLASS] = this.lineMarks[(place << PLACE_MARK) | W_CLASS] as number;
    sums.granted++;
    sums.wait += wait;
    if (wait > sums.mostWait) sums.mostWait = wait;
    countIn(waits, wait);
    if (sums.wait >= FULL) this.settle();
  }

  /** Who has waited longest of all gives up. */
  protected giveUp(): void {
    const { outstanding, failedAt, sums } = this;
    const now = this.giveUpAt;
    this.now = now;
    const i = this.lineMarks[(this.oldest << PLACE_MARK) | W_INSTANCE] as number;
    const place = this.leaveLine(i);
    const arrivedAt = this.line[(place << PLACE) | W_ARRIVED] as number;
    const waited = now - arrivedAt;
    sums.timeouts++;
    sums.vain += waited;
    if (arrivedAt > this.since && waited !== this.pool.settings.acquireTimeoutNs) sums.oddWaits++;
    failedAt[i] = (failedAt[i] as number) + 1;
    outstanding[i] = (outstanding[i] as number) - 1;
    this.changeInSystem(-1);
    if (sums.vain >= FULL) this.settle();
  }

  /** Takes out of the line who has waited longest at an instance: the place, valid until somebody joins. */
  private leaveLine(i: number): number {
    const { lineMarks, chains, mask } = this;
    const place = chains[(i << CHAIN) | HEAD] as number;
    chains[(i << CHAIN) | HEAD] = lineMarks[(place << PLACE_MARK) | W_NEXT] as number;
    lineMarks[(place << PLACE_MARK) | W_INSTANCE] = GONE;
    this.shift((i << BERTH) | PENDING, -1, this.pool.pending, i);
    if (this.fleet[(i << BERTH) | PENDING] === 0) this.pool.onset.end(i, this.now);
    this.waiting--;
    if (place !== this.oldest) return place;
    let next = place;
    let left = this.used;
    do {
      next = (next + 1) & mask;
      left--;
    } while (left > 0 && lineMarks[(next << PLACE_MARK) | W_INSTANCE] === GONE);
    this.oldest = next;
    this.used = left;
    this.giveUpAt = left === 0 ? Infinity : (this.line[(next << PLACE) | W_DEADLINE] as number);
    return place;
  }

  /** The instance's requests own a connection more, or less. */
  private own(i: number, change: number): void {
    this.shift((i << BERTH) | OWNED, change, this.pool.owned, i);
    this.hold(change);
  }

  /** Requests own more connections of the database, or less. */
  protected hold(change: number): void {
    this.database.held += change;
  }

  /** The connection is established anew: not among lone holds. */
  protected reconnect(slot: number): void {
    throw new Error(`bug: slot ${slot} establishes its connection anew, among lone holds`);
  }

  /** The class has a query: not among lone holds. */
  protected query(slot: number): void {
    throw new Error(`bug: slot ${slot} has a query, among lone holds`);
  }
}

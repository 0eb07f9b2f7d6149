/**
 * The way of a request where all is plain: the same steps as in `service/request-flow`, `pool/pool` and
 * `database/database`, written out a second time, one method for each kind of event and no branch for what
 * cannot happen here (`plain-kind`). A law test runs both and wants equal books. Here connections are held
 * for a time and nothing else; `plain-queries` adds what queries do.
 *
 * What it trades, and why: all that changes at an event stands in plain fields and in a few flat arrays,
 * laid out in this file, because an array of another object is checked anew at every access and a constant
 * of another module is read from memory. Strides are powers of two, so that places are found by shifting.
 * A field that holds a double begins as −0, or its first values would make it a small integer. What only
 * fleets and mixes of classes need is asked for by their numbers. Sums go to the meters when a stretch ends, which
 * is so short that they cannot lose a digit. `plain-exchange` copies requests between this layout and the
 * general flow's.
 */
import type { EventQueue } from '../../engine/event-queue.ts';
import type { Histogram } from '../../stats/histogram.ts';
import type { Database } from '../database/database.ts';
import type { Pool } from '../pool/pool.ts';
import type { RequestTable } from '../request/request-table.ts';
import type { Balancer } from '../service/balancer.ts';
import type { OpenArrivals } from '../traffic/open-arrivals.ts';
import type { PlainParts } from './plain-state.ts';
import { PlainWork } from './plain-work.ts';

/** As in `plain-state` and `plain-line`. */
const ROW = 3;
const ARRIVED = 0;
const ACQUIRED = 1;
const WORK = 4;
const MARK = 2;
const INSTANCE = 0;
const CLASS = 1;
const PLACE = 2;
const W_ARRIVED = 0;
const W_DEADLINE = 1;
const W_DEMAND = 2;
const W_DRAW = 3;
const PLACE_MARK = 2;
const W_INSTANCE = 0;
const W_CLASS = 1;
const BERTH = 2;
const PENDING = 0;
const OWNED = 1;
const OPEN = 2;
const LAST_SERVED = 2;
const GONE = -1;

/** `LAST_INSTANT`. */
const LAST = Number.MAX_SAFE_INTEGER;
const NOBODY = -1;

export class PlainFlow extends PlainWork {
  protected readonly alone: EventQueue;
  protected readonly database: Database;
  private timeout = -0;
  private maxPending = -0;
  private readonly mostInFlight: number;
  private readonly table: RequestTable;
  private readonly pool: Pool;
  private readonly balancer: Balancer;
  protected readonly arrivals: OpenArrivals;
  private readonly completedAt: Float64Array;
  private readonly failedAt: Float64Array;
  protected readonly responses: Histogram;
  private readonly waits: Histogram;
  protected readonly uses: Histogram;

  constructor(parts: PlainParts) {
    super(parts);
    const { service, database, mostInFlight, table } = parts;
    const { meters, balancer } = service;
    this.alone = database.alone.queue;
    this.database = database;
    this.mostInFlight = mostInFlight;
    this.table = table;
    this.pool = parts.pool;
    this.balancer = balancer;
    this.arrivals = service.flow.traffic.open;
    this.completedAt = meters.completed;
    this.failedAt = meters.failed;
    this.responses = meters.response;
    this.waits = meters.acquireWait;
    this.uses = meters.use;
  }

  /**
   * Lets everything happen up to and including an instant. At equal instants work ends first, then requests
   * arrive, then others give up.
   * @param budget stops after so many events
   * @returns how many there were
   */
  run(until: number, budget: number): number {
    let left = budget;
    for (;;) {
      this.load();
      let most = Math.min(left, this.exactEvents(this.now));
      const stop = this.exactUntil(until, most);
      most = Math.min(most, this.exactEvents(stop));
      const events = this.loop(stop, most);
      this.countExact(events);
      left -= events;
      const isThere = events < most;
      if (isThere && stop < until) this.now = stop;
      this.settle();
      if (isThere ? stop === until : left === 0) return budget - left;
    }
  }

  /** A method of its own, since it is compiled while it runs, and what comes after it was not seen then. */
  protected loop(until: number, most: number): number {
    let events = 0;
    const { arrivals, alone } = this;
    for (; events < most; events++) {
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
    this.findGiveUp();
    this.timeout = this.pool.settings.acquireTimeoutNs;
    this.maxPending = this.pool.settings.maxPending;
    this.take(0);
  }

  /** Hands back what has been looked for here. */
  end(): void {
    this.parts.service.flow.traffic.resumeOpen();
    this.parts.database.alone.reschedule();
  }

  /** How many queries run in the database and slow each other down. O(slots). */
  get sharing(): number {
    return 0;
  }

  /** A request arrives: its slot if it gets a connection at once, or NOBODY. */
  protected arrive(): number {
    const { arrivals, inSystem } = this;
    const now = arrivals.nextAt;
    this.now = now;
    if (arrivals.advance() === 0) return NOBODY;
    if (inSystem >= this.mostInFlight) this.tooMany();
    this.inSystem = inSystem + 1;
    this.inSystemArea -= now - this.base;
    this.sums.arrived++;
    if (this.classes > 1) this.take(this.mix.drawClass());
    const i = this.instances > 1 ? this.choose() : 0;
    this.draw();
    const { levels } = this;
    if (levels[(i << BERTH) | OWNED] === levels[(i << BERTH) | OPEN]) {
      this.wait(i);
      return NOBODY;
    }
    const slot = this.table.takeAsIs();
    if (slot < 0) this.tooMany();
    if (slot << MARK >= this.marks.length) this.widenRows(slot);
    this.marks[(slot << MARK) | INSTANCE] = i;
    this.marks[(slot << MARK) | CLASS] = this.requestClass;
    this.rows[(slot << ROW) | ARRIVED] = now;
    this.own(i, 1);
    this.waits.tally(0);
    this.sums.granted++;
    return slot;
  }

  /** Of a fleet, the instance that the request goes to. */
  private choose(): number {
    const { balancer } = this;
    const i = balancer.choose();
    balancer.count(i, 1);
    return i;
  }

  private wait(i: number): void {
    const { levels, areas, now } = this;
    const berth = i << BERTH;
    const pending = levels[berth | PENDING] as number;
    if (pending >= this.maxPending) {
      this.turnAway(i);
      return;
    }
    if (pending === 0) this.pool.onset.begin(i, now);
    levels[berth | PENDING] = pending + 1;
    areas[berth | PENDING] = (areas[berth | PENDING] as number) - (now - this.base);
    const at = this.enqueue(i, this.requestClass, pending === 0) << PLACE;
    const { line, waiting } = this;
    const deadline = now + this.timeout;
    line[at | W_ARRIVED] = now;
    line[at | W_DEADLINE] = deadline;
    line[at | W_DEMAND] = this.demand;
    line[at | W_DRAW] = this.drawn;
    if (waiting === 1) this.giveUpAt = deadline;
    if (waiting > this.mostWaiting) this.mostWaiting = waiting;
  }

  /** As many wait at the instance as may. */
  private turnAway(i: number): void {
    this.sums.turnedAway++;
    if (this.instances > 1) this.tellBalancer(i, this.failedAt);
    this.inSystem--;
    this.inSystemArea += this.now - this.base;
  }

  /** The slot has its connection, and holds it. */
  protected connect(slot: number): void {
    const { rows, alone, now } = this;
    this.makeWork();
    const { work } = this;
    rows[(slot << ROW) | ACQUIRED] = now;
    rows[(slot << ROW) | WORK] = work;
    alone.key = now + work;
    alone.put(slot);
  }

  /** A hold ends, that nobody slows down: the slot if it has another request now, or NOBODY. */
  protected loneWorkDone(): number {
    const { alone, rows, sums } = this;
    const now = alone.firstKey;
    this.now = now;
    const slot = alone.pop();
    const at = slot << ROW;
    const arrivedAt = rows[at | ARRIVED] as number;
    const acquiredAt = rows[at | ACQUIRED] as number;
    const work = rows[at | WORK] as number;
    const response = now - arrivedAt;
    const use = now - acquiredAt;
    if (use !== work) sums.oddWork++;
    sums.response += response;
    sums.queued += acquiredAt - arrivedAt;
    sums.worked += work;
    sums.use += use;
    if (response > sums.mostResponse) sums.mostResponse = response;
    if (use > sums.mostUse) sums.mostUse = use;
    this.responses.tally(response);
    this.uses.tally(use);
    return this.release(slot);
  }

  /**
   * The request of a slot is answered, and its connection goes to who has waited longest.
   * @returns the slot if it has another request now, or NOBODY
   */
  protected release(slot: number): number {
    const { marks, table } = this;
    this.sums.completed++;
    this.inSystem--;
    this.inSystemArea += this.now - this.base;
    const i = this.instances > 1 ? (marks[(slot << MARK) | INSTANCE] as number) : 0;
    if (this.instances > 1) this.tellBalancer(i, this.completedAt);
    if ((this.levels[(i << BERTH) | PENDING] as number) > 0) {
      this.passOn(slot, i);
      return slot;
    }
    this.own(i, -1);
    marks[(slot << MARK) | INSTANCE] = GONE;
    table.freeAsIs(slot);
    return NOBODY;
  }

  /** An attempt of an instance of a fleet has ended, and is counted there. */
  private tellBalancer(i: number, counts: Float64Array): void {
    counts[i] = (counts[i] as number) + 1;
    this.balancer.count(i, -1);
  }

  /** The slot and its connection go to who has waited longest at this instance. */
  private passOn(slot: number, i: number): void {
    const place = this.leaveLine(i);
    const { rows, line, areas, now, sums } = this;
    const from = place << PLACE;
    const arrivedAt = line[from | W_ARRIVED] as number;
    const wait = now - arrivedAt;
    const berth = i << BERTH;
    if (arrivedAt < (areas[berth | LAST_SERVED] as number)) sums.outOfTurn++;
    if (this.instances > 1 && this.marks[(slot << MARK) | INSTANCE] !== i) sums.outOfTurn++;
    const limit = arrivedAt > this.since ? arrivedAt + this.pool.settings.acquireTimeoutNs : LAST;
    if ((line[from | W_DEADLINE] as number) < now || limit < now) sums.oddWaits++;
    areas[berth | LAST_SERVED] = arrivedAt;
    rows[(slot << ROW) | ARRIVED] = arrivedAt;
    this.demand = line[from | W_DEMAND] as number;
    this.drawn = line[from | W_DRAW] as number;
    if (this.classes > 1) this.retake(slot, place);
    sums.granted++;
    sums.wait += wait;
    if (wait > sums.mostWait) sums.mostWait = wait;
    this.waits.tally(wait);
  }

  /** Takes the class at hand of who has left this place of the line for a slot. */
  private retake(slot: number, place: number): void {
    const requestClass = this.lineMarks[(place << PLACE_MARK) | W_CLASS] as number;
    this.marks[(slot << MARK) | CLASS] = requestClass;
    this.take(requestClass);
  }

  /** Who has waited longest of all gives up. */
  protected giveUp(): void {
    const { sums } = this;
    const now = this.giveUpAt;
    this.now = now;
    const i = this.lineMarks[(this.oldest << PLACE_MARK) | W_INSTANCE] as number;
    const place = this.leaveLine(i);
    const arrivedAt = this.line[(place << PLACE) | W_ARRIVED] as number;
    const waited = now - arrivedAt;
    sums.timeouts++;
    sums.vain += waited;
    if (arrivedAt > this.since && waited !== this.pool.settings.acquireTimeoutNs) sums.oddWaits++;
    if (this.instances > 1) this.tellBalancer(i, this.failedAt);
    this.inSystem--;
    this.inSystemArea += now - this.base;
  }

  /** Who has waited longest at an instance waits no more: the place, valid until somebody joins. */
  private leaveLine(i: number): number {
    const { levels, areas, now } = this;
    const berth = i << BERTH;
    const pending = (levels[berth | PENDING] as number) - 1;
    levels[berth | PENDING] = pending;
    areas[berth | PENDING] = (areas[berth | PENDING] as number) + (now - this.base);
    if (pending === 0) this.pool.onset.end(i, now);
    return this.dequeue(i);
  }

  /** The instance's requests own a connection more, or less. */
  private own(i: number, change: number): void {
    const { levels, areas } = this;
    const at = (i << BERTH) | OWNED;
    const owned = (levels[at] as number) + change;
    if (owned < 0 || owned > (levels[(i << BERTH) | OPEN] as number)) this.sums.oddOwned++;
    levels[at] = owned;
    areas[at] = (areas[at] as number) - change * (this.now - this.base);
    this.hold(change);
  }

  /** Requests own more connections of the database, or less. */
  protected hold(change: number): void {
    this.held += change;
  }
}

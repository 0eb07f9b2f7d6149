/**
 * The way of a request where all is plain: the same steps as in `service/request-flow`, `pool/pool` and
 * `database/database`, written out a second time, one method for each kind of event and no branch for what
 * cannot happen here (`plain-kind`). A law test runs both and wants equal books. Here connections are held
 * for a time and nothing else; `plain-queries` adds what queries do.
 *
 * What it trades, and why: all that changes at an event stands in plain fields of few objects, one for the
 * flow, for each instance and for each connection in use (`holder`), and those who wait in a flat array,
 * laid out in this file, because a constant of another module is read from memory. An instant is a field and
 * no argument, or it would be boxed; a field that holds a double begins as −0, or its first values would make
 * it a small integer. What only fleets and mixes of classes need is asked for by their numbers. Sums go to
 * the meters when a stretch ends, which is so short that they cannot lose a digit. `plain-exchange` copies
 * requests between this layout and the general flow's.
 */
import type { EventQueue } from '../../engine/event-queue.ts';
import type { Histogram } from '../../stats/histogram.ts';
import type { Database } from '../database/database.ts';
import type { Pool } from '../pool/pool.ts';
import type { RequestTable } from '../request/request-table.ts';
import type { Balancer } from '../service/balancer.ts';
import type { OpenArrivals } from '../traffic/open-arrivals.ts';
import { type Berth, type Holder, NOBODY, NOWHERE } from './holder.ts';
import { HolderQueue } from './holder-queue.ts';
import type { PlainParts } from './plain-state.ts';
import { PlainWork } from './plain-work.ts';

/** As in `plain-line`. */
const PLACE = 2;
const W_ARRIVED = 0;
const W_DEADLINE = 1;
const W_DEMAND = 2;
const W_DRAW = 3;
const PLACE_MARK = 2;
const W_INSTANCE = 0;
const W_CLASS = 1;

/** `LAST_INSTANT`. */
const LAST = Number.MAX_SAFE_INTEGER;

export class PlainFlow extends PlainWork {
  /** Whose work nobody slows down, by the instant at which it ends. */
  protected readonly alone: HolderQueue;
  protected readonly database: Database;
  private timeout = -0;
  /** The timeout again, to hold what is done against. */
  private dueTimeout = -0;
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
    this.alone = new HolderQueue(this.slots);
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
      const workAt = alone.first.key;
      const { giveUpAt } = this;
      if (arrivalAt < workAt && arrivalAt <= giveUpAt) {
        if (arrivalAt > until) break;
        this.arrive();
      } else if (workAt <= giveUpAt) {
        if (workAt > until) break;
        this.loneWorkDone();
      } else {
        if (giveUpAt > until) break;
        this.giveUp();
      }
    }
    return events;
  }

  /** Takes over: all events but those of other things are looked for here from now on. */
  begin(): void {
    this.since = this.parts.simulation.now;
    this.findGiveUp();
    this.timeout = this.pool.settings.acquireTimeoutNs;
    this.dueTimeout = this.pool.settings.acquireTimeoutNs;
    this.maxPending = this.pool.settings.maxPending;
    this.take(0);
    this.takeOver(this.database.alone.queue, this.alone);
    this.database.alone.suspend();
  }

  /** Hands back what has been looked for here. */
  end(): void {
    this.parts.service.flow.traffic.resumeOpen();
    this.handBack(this.alone, this.database.alone.queue);
    this.database.alone.reschedule();
  }

  protected takeOver(from: EventQueue, to: HolderQueue): void {
    while (from.size > 0) {
      const { firstKey } = from;
      const holder = this.slots[from.pop()] as Holder;
      holder.key = firstKey;
      to.put(holder);
    }
  }

  protected handBack(from: HolderQueue, to: EventQueue): void {
    while (from.first !== NOBODY) {
      const { key } = from.first;
      to.push(key, from.pop().slot);
    }
  }

  /** How many queries run in the database and slow each other down. O(slots). */
  get sharing(): number {
    return 0;
  }

  /** A request arrives: it gets a connection at once, or waits. */
  protected arrive(): void {
    const { arrivals, inSystem } = this;
    const now = arrivals.nextAt;
    this.now = now;
    if (arrivals.advance() === 0) return;
    if (inSystem >= this.mostInFlight) this.tooMany();
    this.inSystem = inSystem + 1;
    this.inSystemArea -= now - this.base;
    this.sums.arrived++;
    if (this.classes > 1) this.take(this.mix.drawClass());
    const berth = this.berths[this.instances > 1 ? this.choose() : 0] as Berth;
    this.draw();
    if (berth.owned === berth.open) this.wait(berth);
    else this.acquire(berth);
  }

  /** Of a fleet, the instance that the request goes to. */
  private choose(): number {
    const { balancer } = this;
    const i = balancer.choose();
    balancer.count(i, 1);
    return i;
  }

  private wait(berth: Berth): void {
    const { now } = this;
    const { pending } = berth;
    if (pending >= this.maxPending) {
      this.turnAway(berth);
      return;
    }
    if (pending === 0) this.pool.onset.begin(berth.index, now);
    berth.pending = pending + 1;
    berth.pendingArea -= now - this.base;
    const at = this.enqueue(berth, this.requestClass) << PLACE;
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
  private turnAway({ index }: Berth): void {
    this.sums.turnedAway++;
    if (this.instances > 1) this.tellBalancer(index, this.failedAt);
    this.inSystem--;
    this.inSystemArea += this.now - this.base;
  }

  /** A free connection of the instance goes to the request at hand. */
  private acquire(berth: Berth): void {
    const slot = this.table.takeAsIs();
    if (slot < 0) this.tooMany();
    const holder = this.holderAt(slot, berth);
    holder.requestClass = this.requestClass;
    holder.arrived = this.now;
    this.own(berth, 1);
    this.waits.tally(0);
    this.sums.granted++;
    this.connect(holder);
  }

  /** The request at hand has its connection, and holds it. */
  protected connect(holder: Holder): void {
    const { alone, now } = this;
    this.makeWork();
    const { work } = this;
    holder.acquired = now;
    holder.work = work;
    holder.key = now + work;
    alone.put(holder);
  }

  /** A hold ends, that nobody slows down; who waits gets the connection. */
  protected loneWorkDone(): void {
    const { alone, sums } = this;
    const holder = alone.pop();
    const now = holder.key;
    this.now = now;
    const { arrived, acquired, work } = holder;
    const response = now - arrived;
    const use = now - acquired;
    if (use !== work) sums.oddWork++;
    sums.response += response;
    sums.queued += acquired - arrived;
    sums.worked += work;
    sums.use += use;
    if (response > sums.mostResponse) sums.mostResponse = response;
    if (use > sums.mostUse) sums.mostUse = use;
    this.responses.tally(response);
    this.uses.tally(use);
    this.release(holder);
  }

  /** A request is answered, and its connection goes to who has waited longest. */
  protected release(holder: Holder): void {
    const { berth } = holder;
    this.sums.completed++;
    this.inSystem--;
    this.inSystemArea += this.now - this.base;
    if (this.instances > 1) this.tellBalancer(berth.index, this.completedAt);
    if (berth.pending > 0) {
      this.passOn(holder, berth);
      this.connect(holder);
      return;
    }
    this.own(berth, -1);
    holder.berth = NOWHERE;
    this.table.freeAsIs(holder.slot);
  }

  /** An attempt of an instance of a fleet has ended, and is counted there. */
  private tellBalancer(i: number, counts: Float64Array): void {
    counts[i] = (counts[i] as number) + 1;
    this.balancer.count(i, -1);
  }

  /** The connection goes to who has waited longest at this instance. */
  private passOn(holder: Holder, berth: Berth): void {
    const place = this.leaveLine(berth);
    const { line, now, sums } = this;
    const from = place << PLACE;
    const arrived = line[from | W_ARRIVED] as number;
    const deadline = line[from | W_DEADLINE] as number;
    const wait = now - arrived;
    if (arrived < berth.lastServed || holder.berth !== berth) sums.outOfTurn++;
    const limit = arrived > this.since ? arrived + this.dueTimeout : LAST;
    if (deadline < now || limit < now) sums.oddWaits++;
    berth.lastServed = arrived;
    holder.arrived = arrived;
    this.demand = line[from | W_DEMAND] as number;
    this.drawn = line[from | W_DRAW] as number;
    if (this.classes > 1) this.retake(holder, place);
    sums.granted++;
    sums.wait += wait;
    if (wait > sums.mostWait) sums.mostWait = wait;
    this.waits.tally(wait);
  }

  /** Takes the class at hand of who has left this place of the line for a connection. */
  private retake(holder: Holder, place: number): void {
    const requestClass = this.lineMarks[(place << PLACE_MARK) | W_CLASS] as number;
    holder.requestClass = requestClass;
    this.take(requestClass);
  }

  /** Who has waited longest of all gives up. */
  protected giveUp(): void {
    const { sums } = this;
    const now = this.giveUpAt;
    this.now = now;
    const i = this.lineMarks[(this.oldest << PLACE_MARK) | W_INSTANCE] as number;
    const place = this.leaveLine(this.berths[i] as Berth);
    const arrived = this.line[(place << PLACE) | W_ARRIVED] as number;
    const waited = now - arrived;
    sums.timeouts++;
    sums.vain += waited;
    if (arrived > this.since && waited !== this.dueTimeout) sums.oddWaits++;
    if (this.instances > 1) this.tellBalancer(i, this.failedAt);
    this.inSystem--;
    this.inSystemArea += now - this.base;
  }

  /** Who has waited longest at an instance waits no more: the place, valid until somebody joins. */
  private leaveLine(berth: Berth): number {
    const pending = berth.pending - 1;
    berth.pending = pending;
    berth.pendingArea += this.now - this.base;
    if (pending === 0) this.pool.onset.end(berth.index, this.now);
    return this.dequeue(berth);
  }

  /** The instance's requests own a connection more, or less. */
  private own(berth: Berth, change: number): void {
    const owned = berth.owned + change;
    if (owned < 0 || owned > berth.open) this.sums.oddOwned++;
    berth.owned = owned;
    berth.ownedArea -= change * (this.now - this.base);
    this.hold(change);
  }

  /** Requests own more connections of the database, or less. */
  protected hold(change: number): void {
    this.held += change;
  }
}

/**
 * Who is in charge: the general flow, or the plain one while the pools are full of open connections and
 * nothing but plain steps is under way. At every entry of the timeline the general flow takes over, with
 * all that waits, and gives it back afterwards; alerts only read, and interrupt nothing.
 */
import { INSTANCE, STRIDE } from '../request/request-table.ts';
import { RANK } from '../schedule/ranks.ts';
import {
  completeHolds,
  deadlineAt,
  holderFromTable,
  holderToTable,
  isPlainSlot,
  takenSlots,
  waiterToLine,
  waiterToTable,
  waitingSlots,
} from './plain-exchange.ts';
import type { PlainKind } from './plain-kind.ts';
import { PlainFlow } from './plain-flow.ts';
import type { PlainParts } from './plain-parts.ts';
import { holderQueues } from './steps/holder-queues.ts';
import { waitingLine } from './steps/plain-line.ts';
import { MOST } from './steps/plain-memory.ts';

/** After so many events of the general flow it is looked whether all is plain, unless told otherwise. */
export const LOOK_AFTER = 300;
/** How many times as long the plain flow goes on after each turn of the general flow. */
const RARER = 4;
/** With less room than for so many the general flow takes over. */
const LEAST_ROOM = 1000;
/** … and for how many events at least for each request in the system, as all of them are handed over twice. */
const EVENTS_A_REQUEST = 500;

export class PlainRun {
  /** Events so far that were the plain flow's. */
  events = 0;
  /** After so many events the general flow takes its turn. */
  private turnAfter = 0;
  /** How many events the plain flow had had when the last one came. */
  private lastTurn = 0;
  private isInCharge = false;
  private readonly parts: PlainParts;
  private readonly kind: PlainKind;
  private readonly flow: PlainFlow;

  private readonly lookAfter: number;

  /** @param takesTurns whether the general flow takes its turns; otherwise only what is not plain is its own */
  constructor(parts: PlainParts, kind: PlainKind, lookAfter: number, takesTurns: boolean) {
    this.parts = parts;
    this.kind = kind;
    this.lookAfter = lookAfter;
    if (!takesTurns) this.turnAfter = Infinity;
    this.flow = new PlainFlow(parts, kind);
  }

  /** As `Simulation.runUntil`, to a finite instant. */
  runUntil(until: number, budget: number): boolean {
    const { simulation } = this.parts;
    const lastEvent = simulation.events + budget;
    for (;;) {
      const left = lastEvent - simulation.events;
      if (left <= 0) return false;
      const few = this.isInCharge ? 0 : this.eventsOfGeneral();
      if (few > 0) {
        if (simulation.runUntil(until, Math.min(left, few))) return true;
        continue;
      }
      const other = simulation.nextOf(RANK.completion, RANK.timeout);
      const control = simulation.nextOf(RANK.control, RANK.control);
      // Instants are whole, so one less is just before the general flow has to take over.
      const stop = Math.min(until, control, other - 1);
      const { room } = this.flow;
      const most = Math.min(left, this.turnAfter - this.events, room);
      const events = this.flow.run(stop, most);
      simulation.events += events;
      this.events += events;
      if (events >= most) {
        if (this.isTurnDue() || room < LEAST_ROOM) this.leave();
        continue;
      }
      if (stop === other - 1) this.leave();
      const next = Math.min(until, control, other);
      if (!simulation.runUntil(next, lastEvent - simulation.events)) return false;
      if (next === until) return true;
    }
  }

  /** How many events the general flow has before it is looked again; 0: the plain flow has taken over. */
  private eventsOfGeneral(): number {
    if (this.isTurnOfGeneral()) return this.lookAfter;
    if (!this.arePoolsFull()) return this.lookAfter;
    // Looking costs as much as there are slots, so it is done once for as many events.
    return this.enter() ? 0 : this.lookAfter + this.parts.table.highWater;
  }

  /**
   * Now and then, ever more rarely, the general flow takes its turn though all is plain: so that a fault in
   * either of them shows in the certificate of any run.
   */
  private isTurnOfGeneral(): boolean {
    if (this.events < this.turnAfter) return false;
    this.lastTurn = this.events;
    this.turnAfter = Math.ceil(this.events * RARER) + this.lookAfter;
    return true;
  }

  /** Whether the general flow's turn has come, and is worth its hand-over. */
  private isTurnDue(): boolean {
    if (this.events < this.turnAfter) return false;
    this.turnAfter = Math.max(this.turnAfter, this.lastTurn + this.inSystem * EVENTS_A_REQUEST);
    return this.events >= this.turnAfter;
  }

  /** Requests that wait in the line. */
  get waiting(): number {
    return this.isInCharge ? this.flow.waiting : 0;
  }

  /** Queries that run in the database and slow each other down. */
  get sharing(): number {
    return this.isInCharge ? this.flow.sharing : 0;
  }

  /** Requests that are in the system, and not in the request table. */
  get inSystem(): number {
    return this.isInCharge ? this.flow.inSystem : 0;
  }

  /**
   * Takes over if all is plain. O(slots + instances). What is done for each request is a method of its own,
   * here and in `leave`, and its loop is not written out: the compiler would come to a loop of thousands in
   * the midst of it, and work on the whole method for longer than it saves.
   */
  private enter(): boolean {
    if (!this.isReady()) return false;
    const { service, pool, database, simulation, table } = this.parts;
    const { flow } = service;
    const waiting = waitingSlots(table);
    if (!hasRoom(waiting.length, table.inUse - waiting.length)) return false;
    const { deadlines } = flow.poolWay;
    const deadlineOf = deadlines.takeAll(table.highWater);
    const next = simulation.now + pool.settings.acquireTimeoutNs;
    if (!isAscending(deadlineOf, waiting, next)) {
      for (const slot of waiting) deadlines.set(slot, deadlineOf[slot] as number);
      return false;
    }
    this.flow.clear();
    waiting.forEach((slot) => {
      this.takeWaiter(slot, deadlineOf[slot] as number);
    });
    const holderOf = new Map<number, number>();
    takenSlots(table).forEach((slot) => {
      holderOf.set(slot, holderFromTable(table, slot));
      database.roundTripWatch.forget(slot);
      database.workWatch.forget(slot);
    });
    this.flow.begin(holderOf);
    this.isInCharge = true;
    return true;
  }

  private takeWaiter(slot: number, deadline: number): void {
    const { service, pool, table } = this.parts;
    const i = table.marks[slot * STRIDE + INSTANCE] as number;
    waiterToLine(table, slot, deadline);
    pool.waiters.remove(i, slot);
    pool.turns.leave(i, slot);
    service.meters.waitWatch.forget(slot);
  }

  /** Hands over to the general flow, if it is not in charge already. O(slots + instances). */
  leave(): void {
    if (!this.isInCharge) return;
    const { service, database, table } = this.parts;
    const { waiting } = this.flow;
    if (this.kind === 'holds') completeHolds();
    const isShared = (requestClass: number): boolean =>
      database.kind === 'usl' && service.mix.classes[requestClass]?.isQuery === true;
    table.reserve(this.flow.inSystem);
    const slotOf = new Map<number, number>();
    holderQueues.inUse().forEach((holder) => {
      const slot = this.slotFor();
      holderToTable(holder, table, slot, isShared);
      slotOf.set(holder, slot);
    });
    this.flow.end(slotOf);
    const roundTrips = database.roundTrips.instants();
    for (const slot of slotOf.values()) database.watchAgain(slot, roundTrips);
    // Only the order of these numbers matters here, and that all later ones are larger.
    const first = service.meters.arrived - waiting + 1;
    waitingLine.places().forEach((place, k) => {
      this.giveWaiter(place, first + k);
    });
    this.flow.clear();
    service.gate.active.set(service.balancer.outstanding);
    this.isInCharge = false;
  }

  /** @param number of the request in the order of arrival */
  private giveWaiter(place: number, number: number): void {
    const { service, pool, table } = this.parts;
    const slot = this.slotFor();
    waiterToTable(place, table, slot, number);
    const i = table.marks[slot * STRIDE + INSTANCE] as number;
    const deadline = deadlineAt(place);
    pool.waiters.push(i, slot);
    // It began to wait before, maybe when more were allowed to.
    pool.turns.begin(i, slot, Infinity);
    service.flow.poolWay.deadlines.set(slot, deadline);
    service.meters.waitWatch.begin(slot, deadline);
  }

  /** A slot of the request table for who is handed over. */
  private slotFor(): number {
    const { table, tableFull } = this.parts;
    const slot = table.take();
    return slot < 0 ? tableFull() : slot;
  }

  /**
   * Whether nobody is anywhere but in the line or at work, and no round trip ends after one that would begin
   * now.
   */
  private isReady(): boolean {
    const { table, database, simulation } = this.parts;
    const next = simulation.now + database.roundTripNs;
    for (const at of database.roundTrips.instants().values()) if (at > next) return false;
    for (let slot = 0; slot < table.highWater; slot++) if (!isPlainSlot(table, slot)) return false;
    return true;
  }

  /** Whether nobody restarts, and all connections are open. O(instances). */
  private arePoolsFull(): boolean {
    const { service } = this.parts;
    const { open, opening } = service.pool;
    if (!service.isSteady || service.capacity > MOST.INSTANCES) return false;
    for (let i = 0; i < service.capacity; i++) {
      const isFull = open.level[i] === service.pool.limitAt(i);
      if (!isFull || (opening.level[i] as number) > 0) return false;
    }
    return true;
  }
}

/** Whether so many leave an eighth of the memory free, so that the plain flow is not left again at once. */
function hasRoom(waiting: number, holders: number): boolean {
  const most = 7 / 8;
  return waiting < MOST.WAITING * most && holders < MOST.HOLDERS * most;
}

/** Whether the instants at these places are in order, and `next` comes after them. */
function isAscending(instants: Float64Array, places: readonly number[], next: number): boolean {
  let last = -Infinity;
  for (const place of places) {
    const at = instants[place] as number;
    if (at < last) return false;
    last = at;
  }
  return last <= next;
}
